// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: a run's step line by line, runs dragged from the history, and the range that suits all differences.
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>
#include <QUrl>
#include <cmath>

#include "tests/ui/compare/compare_fixture.h"
#include "ui/base/dragged_runs.h"
#include "ui/compare/compare_lines.h"
#include "ui/files/history_dialog.h"
#include "ui/run/compare_timeline.h"
#include "ui/run/past_runs_panel.h"
#include "ui/steps/algorithm_view.h"
#include "ui/steps/line_run.h"
#include "ui/steps/step_tiles.h"
#include "ui/widgets/panel_scroller.h"
#include "ui/widgets/segmented.h"
#include "ui/window/top_bar.h"

using namespace p2l;
using ui::CompareLines;
using ui::LineRun;

class CompareLinesTest : public CompareFixture {
  Q_OBJECT

 private:
  CompareLines* lines() const { return view()->lines(); }
  ui::PastRunsPanel* cards() const { return window_->findChild<ui::PastRunsPanel*>(); }
  QTabBar* tabs() const { return window_->widgets().top->pages(); }

  /// The numbers of a ladder that has run, LPIPS among them.
  CompareTable* tableOfLadder() {
    lpips_ = 0.2;
    addLadder();
    runAll();
    view()->table()->refresh();
    QCoreApplication::processEvents();
    return view()->table();
  }

  /// A step with all that it makes; frames are grey by step and picture. Of two steps one projects.
  void lineStep(const ui::RunJob& job, int number, int steps = 4) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->run_id = job.run_id;
    snapshot->report = report(number, steps);
    snapshot->report.projected = number % 2 == 0;
    snapshot->report.residual = 30.0 + number;
    if (snapshot->report.projected) {
      snapshot->report.residual_projected = 1.5;
      snapshot->report.residual_reencoded = 2.5;
      snapshot->projected = frame(30 + number);
      snapshot->reencoded = frame(40 + number);
    }
    snapshot->estimate = frame(10 + number);
    snapshot->noisy = frame(20 + number);
    snapshot->gradient = frame(50 + number);
    runs()->stepFinished(job.run_id, snapshot->report);
    runs()->picturesReady({snapshot});
  }
  void lineRun(const ui::RunJob& job) {
    start(job);
    for (int i = 1; i <= 4; ++i) lineStep(job, i);
    finish(job, Outcome::Status::Completed, 20.0, 250);
  }
  int greyOf(StepPicture which) const {
    const auto& picture = lines()->tiles()->tile(which)->picture();
    return picture.isNull() ? -1 : qRed(picture.pixel(1, 1));
  }
  void showLines() {
    auto* button = view()->modes()->button(ComparePage::kLines);
    button->setFocus();
    QTest::mouseClick(button, Qt::LeftButton);
  }
  /// Drags these runs over the widget and drops them. @return whether they were taken
  bool drop(QWidget* target, QPoint place, const QList<int>& dragged) {
    return dropData(target, place, std::unique_ptr<QMimeData>(ui::dataFromRuns(dragged)));
  }
  bool dropData(QWidget* target, QPoint place, const std::unique_ptr<QMimeData>& data) {
    QDragEnterEvent enter(place, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &enter);
    if (!enter.isAccepted()) return false;
    QDragMoveEvent move(place, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &move);
    QDropEvent dropped(place, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &dropped);
    return dropped.isAccepted();
  }
  /// Chooses this action when a menu opens.
  void answerMenu(int action) {
    QTimer::singleShot(0, this, [this, action] {
      auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
      if (menu == nullptr) return answerMenu(action);
      menu->setActiveAction(menu->actions().at(action));
      QTest::keyClick(menu, Qt::Key_Return);
    });
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-lines-test"); }
  void init() { openWindow(); }
  void cleanup() { window_.reset(); }

  void theStepOfARungIsFollowedLineByLine() {
    addLadder();
    runAll();
    const auto kept = document()->pastRuns().all().size();
    showLines();
    QVERIFY(lines()->isVisible() && !canvas()->isVisible());
    QCOMPARE(lines()->run(), entry(0).key);
    QCOMPARE(line_jobs_.size(), 1);  // it is made once more,
    QVERIFY(jsonFromRequest(line_jobs_[0].request) == jsonFromRequest(entry(0).request));
    QVERIFY(line_jobs_[0].pictures.photo != nullptr);
    QVERIFY(lines()->sentence()->text().contains(QStringLiteral("once more")));
    lineRun(line_jobs_[0]);
    QCOMPARE(document()->pastRuns().all().size(), kept);  // and the history does not hear of it
    QCOMPARE(lines()->lineRun(entry(0).key)->state(), LineRun::State::Done);

    view()->timeline()->setTime(500);  // t = 750, 500, 250, 0
    QCOMPARE(greyOf(StepPicture::Estimate), 12);
    QCOMPARE(greyOf(StepPicture::Noisy), 22);
    QCOMPARE(greyOf(StepPicture::Projected), 32);
    QCOMPARE(greyOf(StepPicture::Reencoded), 42);
    QCOMPARE(greyOf(StepPicture::Gradient), 52);
    QCOMPARE(greyOf(StepPicture::Next), 23);  // the noisy latent of the step after it
    QCOMPARE(lines()->algorithm()->count(), int(catalogue_.solver("p2l").iteration.size()));
    QStringList labels;
    for (int i = 0; i < 7; ++i) {
      QTest::mouseClick(lines()->nextLineButton(), Qt::LeftButton);
      labels << QString::fromStdString(catalogue_.solver("p2l").iteration[std::size_t(lines()->line())].label);
    }
    QCOMPARE(labels.join(QLatin1Char(' ')), QStringLiteral("3 4 5 6 7 11 12"));
    QVERIFY(lines()->tiles()->tile(StepPicture::Next)->isLit());
    lines()->setLine(4);
    for (const char* number : {"32.0", "1.5", "2.5", "0.5"})
      QVERIFY2(lines()->sentence()->text().contains(QString::fromLatin1(number)),
               qPrintable(lines()->sentence()->text()));

    lines()->setLine(7);
    QTest::mouseClick(lines()->nextLineButton(), Qt::LeftButton);  // after the last line the next step
    QCOMPARE(view()->timeline()->time(), 250);
    QCOMPARE(lines()->line(), 0);
    QCOMPARE(greyOf(StepPicture::Estimate), 13);
    QCOMPARE(greyOf(StepPicture::Projected), -1);  // it does not project
    lines()->previousLine();                       // and back
    QCOMPARE(view()->timeline()->time(), 500);
    QCOMPARE(lines()->line(), 7);
    lines()->previousLine();
    QCOMPARE(lines()->line(), 6);
    lines()->wholeStep();
    labels.clear();
    for (int i = 0; i < 5; ++i) {
      QTest::mouseClick(lines()->nextLineButton(), Qt::LeftButton);
      labels << QString::fromStdString(catalogue_.solver("p2l").iteration[std::size_t(lines()->line())].label);
    }
    QCOMPARE(labels.join(QLatin1Char(' ')), QStringLiteral("3 4 5 11 12"));
    QTest::mouseClick(lines()->wholeStepButton(), Qt::LeftButton);
    QCOMPARE(view()->timeline()->time(), 0);
    QCOMPARE(greyOf(StepPicture::Next), 250);  // the last step makes the result
    QTest::mouseClick(lines()->wholeStepButton(), Qt::LeftButton);
    QCOMPARE(view()->timeline()->time(), 750);  // from the start again
    lines()->previousLine();                    // there is nothing before it
    QCOMPARE(view()->timeline()->time(), 750);
    QCOMPARE(lines()->line(), 0);
    emit view()->modes()->chosen(0);
    QVERIFY(canvas()->isVisible() && !lines()->isVisible());
  }

  void keysHoldRungsAgainstEachOtherAtTheSameLine() {
    addLadder();
    runAll();
    showLines();
    lineRun(line_jobs_[0]);
    view()->timeline()->setTime(500);
    lines()->setLine(2);
    QTest::keyClick(lines(), Qt::Key_3);
    QCOMPARE(lines()->run(), entry(2).key);
    QCOMPARE(lines()->line(), 2);
    QCOMPARE(line_jobs_.size(), 2);
    QVERIFY(jsonFromRequest(line_jobs_[1].request) == jsonFromRequest(entry(2).request));
    QCOMPARE(greyOf(StepPicture::Estimate), -1);
    lineRun(line_jobs_[1]);
    QCOMPARE(greyOf(StepPicture::Estimate), 12);
    QTest::keyClick(lines(), Qt::Key_1);
    QCOMPARE(lines()->run(), entry(0).key);
    QCOMPARE(line_jobs_.size(), 2);  // it is there
    QCOMPARE(greyOf(StepPicture::Estimate), 12);
    QCOMPARE(lines()->chooser()->count(), 3);
    const auto* box = lines()->chooser();
    QStyleOptionComboBox option;
    option.initFrom(box);
    const auto field =
        box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box).width() - 2;
    for (int i = 0; i < box->count(); ++i)  // its names are whole
      QVERIFY2(box->fontMetrics().horizontalAdvance(box->itemText(i)) <= field, qPrintable(box->itemText(i)));
    // One that is made anew is made anew for its lines, too.
    compare()->retry(0);
    runWhole(jobs_.last(), 25.0);
    runs()->runFailed(bound_, QStringLiteral("not now"));  // the bound is measured first
    QCOMPARE(line_jobs_.size(), 3);
  }

  void theLinesAreThoseOfTheRunThatIsLookedAt() {
    addLadder();
    runAll();
    showLines();
    const auto formulaOf = [this](int rung) {
      const auto& request = entry(rung).request;
      const auto made = catalogue_.solver("p2l").linesWith(request.solver_values, request.sampler_values);
      const auto found = std::find_if(made.begin(), made.end(), [](const auto& line) { return line.label == "11"; });
      return QString::fromStdString(found->formula);
    };
    const auto isShown = [this](const QString& formula) {
      const auto rows = lines()->algorithm()->findChildren<QLabel*>();
      return std::any_of(rows.begin(), rows.end(), [&](auto* row) { return row->accessibleName() == formula; });
    };
    QVERIFY2(formulaOf(0) != formulaOf(2), qPrintable(formulaOf(0)));  // nothing is drawn anew after a projection
    lineRun(line_jobs_[0]);
    QVERIFY2(isShown(formulaOf(0)) && !isShown(formulaOf(2)), qPrintable(formulaOf(0)));
    QTest::keyClick(lines(), Qt::Key_3);
    QVERIFY2(isShown(formulaOf(2)) && !isShown(formulaOf(0)), qPrintable(formulaOf(2)));
    lineRun(line_jobs_[1]);
    QVERIFY2(isShown(formulaOf(2)) && !isShown(formulaOf(0)), qPrintable(formulaOf(2)));
  }

  void equalRunsAreMadeOnceMoreForTheirLines() {
    for (int i = 0; i < 2; ++i)
      compare()->add(ui::sweepChoices(catalogue_, compare()->base(), "K", QStringLiteral("0")));
    runAll();
    showLines();
    QCOMPARE(line_jobs_.size(), 1);
    lineRun(line_jobs_[0]);
    view()->timeline()->setTime(500);
    QTest::keyClick(lines(), Qt::Key_2);
    QCOMPARE(lines()->run(), entry(1).key);
    QCOMPARE(line_jobs_.size(), 1);
    QCOMPARE(greyOf(StepPicture::Estimate), 12);
    compare()->remove(0);  // the other has them still
    QCOMPARE(line_jobs_.size(), 1);
    QCOMPARE(greyOf(StepPicture::Estimate), 12);
  }

  void theStepAfterTheNewestIsWaitedFor() {
    addLadder();
    runAll();
    showLines();
    start(line_jobs_.at(0));
    lineStep(line_jobs_.at(0), 1);
    lineStep(line_jobs_.at(0), 2);
    lines()->wholeStep();  // of the newest one, which is shown
    QCOMPARE(view()->timeline()->time(), -1);
    QCOMPARE(greyOf(StepPicture::Estimate), 12);
    view()->timeline()->setTime(750);
    lines()->wholeStep();
    QCOMPARE(view()->timeline()->time(), 500);
    lines()->wholeStep();
    QCOMPARE(view()->timeline()->time(), 500);  // not back to the first
    lineStep(line_jobs_.at(0), 3);
    lines()->wholeStep();
    QCOMPARE(view()->timeline()->time(), 250);
  }

  void leavingTheLinesEndsTheirRun() {
    addLadder();
    QVERIFY(!entry(0).result);
    showLines();
    QVERIFY(line_jobs_.isEmpty());  // nothing was made yet
    QVERIFY2(lines()->sentence()->text().contains(QStringLiteral("Run all")), qPrintable(lines()->sentence()->text()));
    QVERIFY(!lines()->nextLineButton()->isEnabled());
    runAll();
    QTRY_COMPARE_WITH_TIMEOUT(line_jobs_.size(), 1, kPatience);
    QVERIFY(!line_jobs_[0].control->stopRequested());
    start(line_jobs_[0]);
    lineStep(line_jobs_[0], 1);
    emit view()->modes()->chosen(0);
    QVERIFY(line_jobs_[0].control->stopRequested());
    finish(line_jobs_[0], Outcome::Status::Cancelled, 20.0);
    showLines();
    QCOMPARE(line_jobs_.size(), 2);
    runs()->runFailed(line_jobs_[1].run_id, QStringLiteral("There is no memory."));
    QVERIFY(lines()->sentence()->text().contains(QStringLiteral("no memory")));
  }

  void aTileOpensItsRunLineByLine() {
    addLadder();
    runAll();
    answerMenu(1);
    view()->chips()->showMenu(1, window_->mapToGlobal(QPoint(40, 40)));
    QVERIFY(lines()->isVisible());
    QCOMPARE(lines()->run(), entry(1).key);
  }

  void theLinesFitSmallWindows() {
    addLadder();
    runAll();
    showLines();
    lineRun(line_jobs_[0]);
    for (const auto size : {QSize(640, 480), QSize(960, 600), QSize(1280, 720), QSize(1900, 1100)}) {
      window_->resize(size);
      QCoreApplication::processEvents();
      QCOMPARE(window_->size(), size);
      const auto* tile = lines()->tiles()->tile(StepPicture::Estimate);
      QVERIFY2(tile->width() >= 72, qPrintable(QString::number(tile->width())));
      QCOMPARE(view()->panel()->isVisible(), size.width() > 1700);
      lines()->setLine(4);
      QVERIFY(lines()->sentence()->text().contains(QStringLiteral("1.5")));
      // Where the algorithm has no room, its line stands with the sentence.
      QVERIFY(lines()->algorithm()->isVisible() || lines()->sentence()->text().contains(QStringLiteral("argmin")));
    }
  }

  void theLinesFillLargeWindows_data() {
    QTest::addColumn<QSize>("size");
    for (const QSize& size : {QSize(1280, 720), QSize(1600, 900), QSize(1920, 1080), QSize(2560, 1440)})
      QTest::addRow("%d x %d", size.width(), size.height()) << size;
  }
  void theLinesFillLargeWindows() {
    QFETCH(QSize, size);
    addLadder();
    runAll();
    showLines();
    lineRun(line_jobs_[0]);
    window_->resize(size);
    QCoreApplication::processEvents();
    QCOMPARE(window_->size(), size);
    const auto* tiles = lines()->tiles();
    const auto pictures = tiles->tile(StepPicture::Noisy)->geometry() | tiles->tile(StepPicture::Next)->geometry();
    const int used = pictures.width() + lines()->side()->width();
    const auto said = QStringLiteral("%1 of %2 x %3 of %4")
                          .arg(used)
                          .arg(lines()->width())
                          .arg(pictures.height())
                          .arg(tiles->height());
    QVERIFY2(used >= 0.9 * lines()->width() && pictures.height() >= 0.9 * tiles->height(), qPrintable(said));
    // The algorithm is whole, in print that grows with its column, and so is the sentence.
    const auto* side = lines()->side();
    QVERIFY(lines()->algorithm()->height() <= side->viewport()->height());
    const bool wider = side->width() > CompareLines::kAlgorithm + 30;
    QCOMPARE(lines()->algorithm()->font().pointSizeF() > lines()->font().pointSizeF(), wider);
    const auto* sentence = lines()->sentence();
    QVERIFY(sentence->height() >= sentence->heightForWidth(sentence->width()));
    QTest::qWait(100);  // the rows above it find their height
    const auto kept = tiles->geometry();
    lines()->setLine(4);  // what is said is another length
    QCoreApplication::processEvents();
    QCOMPARE(tiles->width(), kept.width());
  }

  void aSmallWindowHasTheSentenceBelowThePictures() {
    addLadder();
    runAll();
    showLines();
    lineRun(line_jobs_[0]);
    const auto below = [this] {
      const auto* sentence = lines()->sentence();
      return sentence->mapTo(lines(), QPoint(0, 0)).y() > lines()->tiles()->geometry().bottom();
    };
    for (const bool small : {true, false, true}) {
      window_->resize(small ? QSize(960, 560) : QSize(1600, 900));
      QCoreApplication::processEvents();
      QCOMPARE(below(), small);
      QVERIFY(lines()->sentence()->isVisible() && lines()->algorithm()->isVisible());
      if (small) QCOMPARE(lines()->side()->width(), CompareLines::kAlgorithm);
    }
  }

  void theTruthCanBeSwitchedHere() {
    addLadder();
    QVERIFY(view()->truth()->isVisible() && view()->truth()->isChecked());
    QTest::mouseClick(view()->truth(), Qt::LeftButton, {}, QPoint(8, view()->truth()->height() / 2));
    QCOMPARE(document()->request().mode, Mode::Restore);
    QTRY_VERIFY_WITH_TIMEOUT(!compare()->references().truth_known, kPatience);
    bar()->runAction()->trigger();
    QVERIFY(!jobs_.isEmpty() && jobs_[0].request.mode == Mode::Restore);
    QVERIFY(!view()->truth()->isEnabled());  // not in the middle of a comparison
    for (int i = 0; i < jobs_.size(); ++i) runWhole(jobs_[i], kUnknown);
    auto* table = view()->table();
    table->refresh();
    for (const char* key : {"psnr", "ssim"}) QVERIFY2(table->isColumnHidden(CompareTable::columnOf(key)), key);
    QVERIFY(!table->isColumnHidden(CompareTable::columnOf("residual")));
    auto settings = document()->request();
    settings.mode = Mode::Demonstrate;
    document()->recall(settings);  // as another page does
    QVERIFY(view()->truth()->isChecked() && view()->truth()->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(!table->isColumnHidden(CompareTable::columnOf("psnr")), kPatience);  // it will be known
  }

  void theMainNumbersAreSeenWithoutScrolling() {
    auto* table = tableOfLadder();
    for (const char* key : {"psnr", "ssim", "lpips_alex", "residual", "steps"}) {
      const int column = CompareTable::columnOf(key);
      const int right = table->columnViewportPosition(column) + table->columnWidth(column);
      QVERIFY2(right <= table->viewport()->width(),
               qPrintable(
                   QStringLiteral("%1: %2 of %3").arg(QLatin1String(key)).arg(right).arg(table->viewport()->width())));
    }
    // All rows, and no empty room below them.
    const auto last = table->visualRect(table->model()->index(table->rowCount() - 1, 0));
    QVERIFY(last.bottom() < table->viewport()->height());
    QVERIFY(table->viewport()->height() - last.bottom() < 2 * last.height());
  }

  void numbersWithoutRoomAreInTheTipsOfTheNames() {
    auto* table = tableOfLadder();
    QTRY_COMPARE(table->horizontalScrollBar()->maximum(), 0);  // at 1280 px
    const auto evaluations = QStringLiteral("Evaluations: %1").arg(cell(0, "evaluations"));
    QVERIFY2(evaluations.at(evaluations.size() - 1).isDigit(), qPrintable(evaluations));
    const auto* name = table->item(rowOf(0), CompareTable::kName);
    for (const char* key : {"relative_residual", "evaluations", "seconds_per_step"})
      QVERIFY2(table->isColumnHidden(CompareTable::columnOf(key)), key);
    QVERIFY2(name->toolTip().split(QLatin1Char('\n')).contains(evaluations), qPrintable(name->toolTip()));
    QVERIFY(!name->toolTip().contains(QStringLiteral("PSNR")));  // it is seen
    const auto* head = table->horizontalHeaderItem(CompareTable::kName);
    QVERIFY2(head->toolTip().contains(QStringLiteral("Evaluations")), qPrintable(head->toolTip()));
    QVERIFY(table->html().contains(QStringLiteral("Evaluations")));  // a report has room for all
    table->sortByColumn(CompareTable::columnOf("evaluations"), Qt::AscendingOrder);
    QVERIFY(!table->isColumnHidden(CompareTable::columnOf("evaluations")));  // what is sorted by is seen
    window_->resize(3000, 1080);
    QTRY_VERIFY(!table->isColumnHidden(CompareTable::columnOf("seconds_per_step")));
    QVERIFY(head->toolTip().isEmpty());
    QVERIFY(!table->item(rowOf(0), CompareTable::kName)->toolTip().contains(QStringLiteral("Evaluations")));
  }

  void theBoundSaysWhichRunsItBounds() {
    addLadder();
    bar()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) runWhole(jobs_.at(i), 22.0 + i);
    QVERIFY(bound_ != 0);
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(80));
    outcome.report.metrics["psnr"] = 34.375;
    finishBound(ui::resultFromOutcome(std::move(outcome)));
    auto* table = view()->table();
    table->refresh();
    const auto* name = table->item(table->rowCount() - 1, CompareTable::kName);
    QCOMPARE(name->text(), QStringLiteral("Autoencoder's bound"));
    QVERIFY2(name->toolTip().contains(QStringLiteral("solvers that do not end on the data")),
             qPrintable(name->toolTip()));
  }

  void stepsSecondsAndMemoryAreSeenInAWideWindow() {
    lpips_ = 0.2;
    addLadder();
    runAll();
    window_->resize(1920, 1080);
    QCoreApplication::processEvents();
    auto* table = view()->table();
    table->refresh();
    QCoreApplication::processEvents();
    for (const char* key : {"steps", "seconds", "memory"}) {
      const int column = CompareTable::columnOf(key);
      const int right = table->columnViewportPosition(column) + table->columnWidth(column);
      QVERIFY2(right <= table->viewport()->width(), key);
      // Their numbers and titles are whole.
      const auto fits = [&](const QTableWidgetItem* item, const QFont& font) {
        return QFontMetrics(font).horizontalAdvance(item->text()) <= table->columnWidth(column);
      };
      QVERIFY2(fits(table->horizontalHeaderItem(column), table->horizontalHeader()->font()), key);
      for (int row = 0; row < table->rowCount(); ++row)
        QVERIFY2(fits(table->item(row, column), table->item(row, column)->font()), key);
    }
    QCOMPARE(table->textElideMode(), Qt::ElideMiddle);  // "K = 1" and "K = 3" differ at their ends
    QCOMPARE(table->item(0, CompareTable::kName)->toolTip().section(QLatin1Char('\n'), 0, 0),
             table->item(0, CompareTable::kName)->text());
  }

  void runsOfTheHistoryAreDroppedOnThePage() {
    addLadder();
    runAll();
    compare()->clear();
    QVERIFY(drop(view(), QPoint(200, 200), {2, 0}));
    QCOMPARE(compare()->entries().size(), std::size_t(2));
    QCOMPARE(entry(0).result, document()->pastRuns().all()[0].result);
    QCOMPARE(entry(1).result, document()->pastRuns().all()[2].result);
    QMimeData text;
    text.setText(QStringLiteral("[1]"));
    QDragEnterEvent enter(QPoint(9, 9), Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(view(), &enter);
    QVERIFY(!enter.isAccepted());
    QVERIFY(!drop(view(), QPoint(200, 200), {}));
    drop(view(), QPoint(200, 200), {77});  // one that is gone
    QCOMPARE(compare()->entries().size(), std::size_t(2));
  }

  void picturesThatAreDroppedAreFiles() {
    const auto made = folder_.filePath(QStringLiteral("made.png")),
               other = folder_.filePath(QStringLiteral("other.png"));
    for (const auto& path : {made, other}) writePhoto(Image(kSide, kSide, 3, 0.5f), path.toStdString(), {});
    const auto dataOf = [](const QStringList& paths) {
      auto data = std::make_unique<QMimeData>();
      QList<QUrl> urls;
      for (const auto& path : paths) urls << QUrl::fromLocalFile(path);
      data->setUrls(urls);
      return data;
    };
    QVERIFY(dropData(view(), QPoint(200, 200), dataOf({made, other})));
    QCOMPARE(compare()->entries().size(), std::size_t(2));
    for (int i = 0; i < 2; ++i) {
      QCOMPARE(entry(i).kind, CompareEntry::Kind::File);
      QTRY_COMPARE_WITH_TIMEOUT(entry(i).state, CompareEntry::State::Done, kPatience);
    }
    QCOMPARE(document()->photo()->path, photo_);  // which stays
    // Projects and folders are left to the window.
    const auto project = folder_.filePath(QStringLiteral("kept.p2l"));
    writeTextFile(project.toStdString(), "a project");
    for (const auto& path : {project, folder_.path()}) {
      const auto data = dataOf({path});
      QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
      static_cast<QObject*>(view())->event(&enter);
      QVERIFY2(!enter.isAccepted(), qPrintable(path));
    }
  }

  void cardsAreDraggedToTheTab() {
    addLadder();
    runAll();
    compare()->clear();
    window_->showPage(ui::MainWindow::Page::Restore);
    // What the strip gives to a drag is what was selected.
    const auto first = cards()->model()->index(0, 0), second = cards()->model()->index(1, 0);
    std::unique_ptr<QMimeData> data(cards()->model()->mimeData({first, second}));
    const int newest = int(document()->pastRuns().all().size()) - 1;
    QCOMPARE(ui::runsFromData(data.get()), (QList<int>{newest - 1, newest}));
    QCOMPARE(cards()->model()->supportedDragActions(), Qt::CopyAction);  // a card never moves away
    const auto place_of = [&](int page) { return tabs()->tabRect(page).center(); };
    QVERIFY(!drop(tabs(), place_of(int(ui::MainWindow::Page::Lab)), {newest}));
    QCOMPARE(window_->page(), ui::MainWindow::Page::Restore);
    QVERIFY(drop(tabs(), place_of(int(ui::MainWindow::Page::Compare)), {newest - 1, newest}));
    QCOMPARE(window_->page(), ui::MainWindow::Page::Compare);
    QCOMPARE(compare()->entries().size(), std::size_t(2));
  }

  void aTabOpensUnderRunsThatAreHeldOverIt() {
    addLadder();
    runAll();
    window_->showPage(ui::MainWindow::Page::Restore);
    std::unique_ptr<QMimeData> data(ui::dataFromRuns({0}));
    const auto place = tabs()->tabRect(int(ui::MainWindow::Page::Compare)).center();
    QDragEnterEvent enter(place, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(tabs(), &enter);
    QTRY_COMPARE_WITH_TIMEOUT(window_->page(), ui::MainWindow::Page::Compare, kPatience);
    QCOMPARE(compare()->entries().size(), std::size_t(3));  // nothing was dropped yet
  }

  void severalCardsAreSelectedAndComparedByTheirMenu() {
    addLadder();
    runAll();
    compare()->clear();
    window_->showPage(ui::MainWindow::Page::Restore);
    QSignalSpy back(cards(), &ui::PastRunsPanel::chosen);
    const auto click = [&](int row, Qt::KeyboardModifiers keys) {
      const auto place = cards()->visualItemRect(cards()->item(row)).center();
      QTest::mouseClick(cards()->viewport(), Qt::LeftButton, keys, place);
    };
    click(0, Qt::ControlModifier);
    cards()->clearSelection();
    click(0, Qt::ControlModifier);
    click(2, Qt::ControlModifier);
    QCOMPARE(back.count(), 0);  // selecting brings nothing back
    const int newest = int(document()->pastRuns().all().size()) - 1;
    QCOMPARE(cards()->selectedRuns(), (QList<int>{newest - 2, newest}));
    answerMenu(1);
    cards()->showMenu(cards()->mapToGlobal(QPoint(20, 20)));
    QCOMPARE(window_->page(), ui::MainWindow::Page::Compare);
    QCOMPARE(compare()->entries().size(), std::size_t(2));
    QCOMPARE(entry(1).result, document()->pastRuns().all()[std::size_t(newest)].result);
  }

  void theHistoryComparesWhatIsSelected() {
    addLadder();
    runAll();
    compare()->clear();
    window_->showPage(ui::MainWindow::Page::Restore);
    ui::HistoryDialog dialog(document());
    dialog.show();
    auto* list = dialog.findChild<QListWidget*>();
    QVERIFY(list != nullptr);
    list->selectAll();
    QPushButton* found = nullptr;
    for (auto* button : dialog.findChildren<QPushButton*>()) {
      if (button->text().remove(QLatin1Char('&')) == QStringLiteral("Compare")) found = button;
      if (button->text().contains(QStringLiteral("Rename"))) QVERIFY(!button->isEnabled());  // of one alone
    }
    QVERIFY(found != nullptr && found->isEnabled());
    found->click();
    QVERIFY(!dialog.isVisible());
    QCOMPARE(window_->page(), ui::MainWindow::Page::Compare);
    QCOMPARE(compare()->entries().size(), std::size_t(3));
  }

  void theRangeHoldsNinetyNineOfAHundredDifferences() {
    // Differences of 0 to 255 grey levels, each as often as the others.
    QImage ramp(256, 4, QImage::Format_RGB32), black(256, 4, QImage::Format_RGB32);
    black.fill(Qt::black);
    for (int x = 0; x < 256; ++x) {
      for (int y = 0; y < 4; ++y) ramp.setPixel(x, y, qRgb(x / 4, x / 4, x / 4));
    }
    using Kind = ui::DifferenceKind;
    const auto range = [&](const std::vector<QImage>& pictures, Kind kind) {
      return ui::fittingRange(pictures, black, QSize(256, 4), kind);
    };
    // 99 % of the ramp are below 63 / 255 = 0.247: 0.5 is the next one of 1, 2, 5.
    QCOMPARE(range({ramp}, Kind::Absolute), 0.5);
    QCOMPARE(range({ramp}, Kind::Error), 0.5);
    QCOMPARE(range({ramp}, Kind::Squared), 0.5);  // of 0.061, whose root it is
    QCOMPARE(range({ramp}, Kind::Relative), 50.0);
    // Half a percent of outliers has no say.
    QImage rare(200, 1, QImage::Format_RGB32);
    rare.fill(qRgb(4, 4, 4));
    rare.setPixel(7, 0, qRgb(255, 255, 255));
    QCOMPARE(ui::fittingRange({rare}, black, rare.size(), Kind::Absolute), 0.02);
    QCOMPARE(range({black}, Kind::Absolute), ui::kSmallestRange);
    QCOMPARE(range({}, Kind::Absolute), ui::kSmallestRange);
  }

  void allTilesShareOneRangeThatIsShown() {
    addLadder();
    runAll();  // 190, 195 and 200
    int index = -1;
    tile(entry(2).key, &index);
    view()->reference()->setCurrentIndex(view()->reference()->findData(QVariant::fromValue(entry(0).key)));
    emit view()->reference()->activated(view()->reference()->currentIndex());
    emit view()->modes()->chosen(3);
    QCOMPARE(view()->range()->currentText(), QStringLiteral("auto"));
    // The truth (64) is 126 grey levels off, that is 0.494.
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->shownRange(), 0.5, kPatience);
    const auto expected = ui::differenceColour(ui::DifferenceKind::Absolute, 5.0 / 255.0, 0.5);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(qRed(middle(entry(1).key)) - qRed(expected)) <= 2, kPatience);
    // Without it the runs have the colours for themselves; the measurement has no say.
    auto* menu = view()->tilesButton()->menu();
    emit menu->aboutToShow();
    menu->actions().first()->trigger();
    QCOMPARE(view()->tileOf(ComparePage::kTruth), -1);
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->shownRange(), 0.05, kPatience);  // of 10 / 255 = 0.039
    chooseRange(0.25);
    QCOMPARE(canvas()->shownRange(), 0.25);
  }
};

QTEST_MAIN(CompareLinesTest)
#include "compare_lines_test.moc"
