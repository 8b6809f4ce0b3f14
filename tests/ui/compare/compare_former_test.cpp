// SPDX-License-Identifier: GPL-3.0-or-later
// Compare: what is of other settings says so, is not held against what is of the present ones, and goes with Run all.
#include <QAction>
#include <QSignalSpy>

#include "tests/ui/compare/compare_fixture.h"
#include "ui/base/photo_opener.h"
#include "ui/base/run_keeper.h"
#include "ui/base/same_masks.h"

using namespace p2l;

class CompareFormerTest : public CompareFixture {
  Q_OBJECT

 private:
  static ui::ResultPtr boundResult() {
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(80));
    outcome.report.metrics["psnr"] = 34.375;
    return ui::resultFromOutcome(std::move(outcome));
  }
  /// Another draw of the noise.
  void changeMeasurement() {
    auto settings = document()->request();
    settings.measurement_seed = settings.measurement_seed.value_or(5) + 1;
    document()->recall(settings);
  }
  bool plainIsFormer() const { return compare()->isReferenceFormer(ComparedRow::Kind::Plain); }
  bool boundIsFormer() const { return compare()->isReferenceFormer(ComparedRow::Kind::Bound); }
  void waitForPlain() const { QTRY_VERIFY_WITH_TIMEOUT(compare()->references().plain != nullptr, kPatience); }
  /// All that is due and the autoencoder's bound, to their ends.
  void runAllAndBound() {
    jobs_.clear();
    bar()->runAction()->trigger();
    for (int i = 0; i < jobs_.size(); ++i) runWhole(jobs_[i], 22.0 + i);
    QVERIFY(bound_ != 0);
    finishBound(boundResult());
    waitForPlain();
    QVERIFY(compare()->references().bound != nullptr);
  }
  QString title(int index) const {
    const int at = view()->tileOf(entry(index).key);
    return at < 0 ? QString() : canvas()->pictures()[at].title;
  }
  /// The first line below the title: PSNR, and how far it is from the reference's.
  QString numbers(int index) const {
    const int at = view()->tileOf(entry(index).key);
    return at < 0 ? QString() : canvas()->pictures()[at].detail.section(QLatin1Char('\n'), 0, 0);
  }
  QString rowName(int index) const {
    view()->table()->refresh();
    return view()->table()->item(rowOf(index), CompareTable::kName)->text();
  }

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-former-test"); }
  void init() { openWindow(); }
  void cleanup() { window_.reset(); }

  void theBaselineBesideRunsOfTheHistoryIsMeasuredAgain() {
    addLadder();
    runAll();
    waitForPlain();
    const auto past = document()->pastRuns().all().at(1);
    compare()->clear();
    compare()->addPast(past);
    QTRY_VERIFY_WITH_TIMEOUT(!bar()->runAction()->isEnabled(), kPatience);
    changeMeasurement();
    QVERIFY(plainIsFormer());
    QCOMPARE(compare()->dueCount(), 0);  // a run of the history is compared as it was
    QTRY_VERIFY_WITH_TIMEOUT(bar()->runAction()->isEnabled(), kPatience);
    QCOMPARE(bar()->text(), QStringLiteral("Baseline"));
    document()->measuringTimed({double(kSide) * kSide, 0.5, 1.5, 0.0});  // its metrics take two seconds
    QTRY_COMPARE_WITH_TIMEOUT(bar()->text(), QStringLiteral("Baseline · a few seconds"), kPatience);
    jobs_.clear();
    bar()->runAction()->trigger();
    QVERIFY(!compare()->isRunning() && jobs_.isEmpty());
    waitForPlain();
    QVERIFY(!plainIsFormer());
    QTRY_VERIFY_WITH_TIMEOUT(!bar()->runAction()->isEnabled(), kPatience);
    QCOMPARE(bar()->text(), QStringLiteral("Done"));
  }

  void theBoundIsMeasuredAfterTheRunsAndCanBeStopped() {
    addLadder();
    compare()->remove(2);
    compare()->remove(1);
    jobs_.clear();
    bar()->runAction()->trigger();
    runWhole(jobs_.at(0), 22.0);
    QVERIFY(!compare()->isRunning() && bound_ != 0);
    QVERIFY2(bar()->text().contains(QStringLiteral("Autoencoder's bound: measuring")), qPrintable(bar()->text()));
    QVERIFY(bar()->stopAction()->isEnabled());
    bar()->stopAction()->trigger();
    QVERIFY(!bar()->stopAction()->isEnabled());
    QVERIFY2(!bar()->text().contains(QStringLiteral("measuring")), qPrintable(bar()->text()));
    const auto stopped = std::exchange(bound_, 0);
    runs()->runFailed(stopped, QStringLiteral("It was stopped."));
    QVERIFY(bar()->runAction()->isEnabled());  // so that it can be had all the same
    bar()->runAction()->trigger();
    QVERIFY(bound_ != 0 && bound_ != stopped && jobs_.size() == 1);
    finishBound(boundResult());
    waitForPlain();
    QVERIFY(compare()->references().bound != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(bar()->text(), QStringLiteral("Done"), kPatience);
  }

  void aTimeThatIsNotKnownMakesItAtLeast() {
    addLadder();
    NetworkTimes times;
    times.pixels = 256.0 * 256.0;
    times.unet = times.decode = times.encode = 2.0;
    document()->networksTimed(*catalogue_.model("p2l-tiny"), times);
    QTRY_VERIFY_WITH_TIMEOUT(compare()->dueSeconds() > 0.0 && !compare()->isDueLonger(), kPatience);
    const double known = compare()->dueSeconds();
    const auto said = QStringLiteral("at least ");
    QTRY_VERIFY_WITH_TIMEOUT(!bar()->text().contains(said), kPatience);
    compare()->add(ui::sweepChoices(catalogue_, compare()->base(), "K", QStringLiteral("2")));  // reckoned a bit later
    QVERIFY(compare()->isDueLonger());
    QCOMPARE(compare()->dueSeconds(), known);
    QVERIFY2(bar()->text().contains(said), qPrintable(bar()->text()));
    QTRY_VERIFY_WITH_TIMEOUT(!bar()->text().contains(said) && compare()->dueSeconds() > known, kPatience);
  }

  void runningOneAgainMeasuresTheReferencesAgain() {
    addLadder();
    compare()->remove(2);
    compare()->remove(1);
    runAllAndBound();
    QVERIFY(!plainIsFormer() && !boundIsFormer());
    changeMeasurement();
    QVERIFY(plainIsFormer() && boundIsFormer());
    QCOMPARE(compare()->retry(0), QString());
    runWhole(jobs_.at(1), 23.0);
    QVERIFY(bound_ != 0);
    finishBound(boundResult());
    waitForPlain();
    QVERIFY(compare()->references().bound != nullptr);
    QVERIFY(!plainIsFormer() && !boundIsFormer());
    QCOMPARE(compare()->dueCount(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(!bar()->runAction()->isEnabled(), kPatience);
  }

  void theBoundBesideAFileIsMeasuredAgain() {
    addLadder();
    runAllAndBound();
    compare()->clear();
    const auto path = folder_.filePath(QStringLiteral("made.png"));
    writePhoto(Image(kSide, kSide, 3, 0.30f), path.toStdString(), {});
    compare()->addFile(path);
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Done, kPatience);
    changeMeasurement();
    QVERIFY(plainIsFormer() && boundIsFormer());
    QCOMPARE(compare()->dueFiles(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(bar()->runAction()->isEnabled(), kPatience);
    bar()->runAction()->trigger();
    QVERIFY(!compare()->isRunning());
    QVERIFY(bound_ != 0);
    finishBound(boundResult());
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Done, kPatience);
    waitForPlain();
    QVERIFY(compare()->references().bound != nullptr);
    QVERIFY(!plainIsFormer() && !boundIsFormer() && !compare()->isFormer(0));
    QTRY_VERIFY_WITH_TIMEOUT(!bar()->runAction()->isEnabled(), kPatience);
  }

  void whatWasStoppedOrFailedIsMarkedToo() {
    addLadder();
    bar()->runAction()->trigger();
    start(jobs_.at(0));
    step(jobs_.at(0), 1);
    compare()->cancel(0);
    finish(jobs_.at(0), Outcome::Status::Cancelled, 21.0);
    start(jobs_.at(1));
    finish(jobs_.at(1), Outcome::Status::Diverged, 12.0);
    start(jobs_.at(2));
    step(jobs_.at(2), 1);  // a picture and numbers, although no result
    runs()->runFailed(jobs_.at(2).run_id, QStringLiteral("There is no memory."));
    finishBound();
    QCOMPARE(entry(0).state, CompareEntry::State::Stopped);
    QCOMPARE(entry(1).state, CompareEntry::State::Failed);
    QVERIFY(entry(0).result && entry(1).result && !entry(2).result);
    const auto mark = QStringLiteral(", of other settings");
    const auto name = [&](int i) { return entry(i).label + (i == 0 ? QStringLiteral(", stopped") : QString()); };
    for (int i = 0; i < 3; ++i) {
      QVERIFY(!compare()->isFormer(i));
      QCOMPARE(rowName(i), name(i));
    }
    changeMeasurement();
    for (int i = 0; i < 3; ++i) {
      QVERIFY(compare()->isFormer(i));
      QCOMPARE(rowName(i), name(i) + mark);
    }
    QTRY_COMPARE_WITH_TIMEOUT(title(0), entry(0).label + mark + QStringLiteral(", stopped"), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(title(1), entry(1).label + mark, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(title(2), entry(2).label + mark, kPatience);
    QCOMPARE(compare()->retry(1), QString());
    QCOMPARE(compare()->retry(0), QString());
    compare()->cancel(0);  // before it began
    changeMeasurement();
    QCOMPARE(entry(0).state, CompareEntry::State::Stopped);
    QVERIFY(entry(0).result && compare()->isFormer(0));  // as it was
    QVERIFY(!compare()->isFormer(1));                    // it is at work
    compare()->stop();
  }

  void aRunThatNeverBeganHasItsFormerResult() {
    addLadder();
    runAll();  // 22, 23 and 24 dB
    changeMeasurement();
    jobs_.clear();
    QTRY_VERIFY_WITH_TIMEOUT(bar()->runAction()->isEnabled(), kPatience);  // the measurement is made anew
    bar()->runAction()->trigger();
    start(jobs_.at(0));
    step(jobs_.at(0), 1);
    QCOMPARE(entry(2).state, CompareEntry::State::Waiting);
    QVERIFY(!entry(2).result);
    compare()->stop();
    finish(jobs_.at(0), Outcome::Status::Cancelled, 20.0);
    QVERIFY(!compare()->isRunning());
    QCOMPARE(entry(0).state, CompareEntry::State::Stopped);
    QVERIFY(!compare()->isFormer(0));
    for (int i : {1, 2}) {
      QCOMPARE(entry(i).state, CompareEntry::State::Done);
      QVERIFY(entry(i).result && compare()->isFormer(i) && compare()->isDue(i));
      QCOMPARE(entry(i).result->outcome.report.metric("psnr"), 22.0 + i);
      QTRY_COMPARE_WITH_TIMEOUT(title(i), entry(i).label + QStringLiteral(", of other settings"), kPatience);
    }
    QCOMPARE(compare()->dueCount(), 3);
  }

  void aRunThatIsStoppedWhileItsModelIsReadHasItsFormerResult() {
    addLadder();
    runAll();
    QCOMPARE(compare()->retry(1), QString());
    QVERIFY(!entry(1).result);
    compare()->stop();
    finish(jobs_.last(), Outcome::Status::Cancelled, kUnknown, 0);  // it never began
    QVERIFY(!compare()->isRunning());
    QCOMPARE(entry(1).state, CompareEntry::State::Done);
    QVERIFY(entry(1).result && !compare()->isFormer(1) && !compare()->isDue(1));
    QCOMPARE(entry(1).result->outcome.report.metric("psnr"), 23.0);
  }

  void aLongNameHidesNoMark() {
    auto choices = ui::solverChoices(catalogue_, compare()->base());
    const auto possible = std::find_if(choices.begin(), choices.end(), [](const auto& each) { return each.possible; });
    QVERIFY(possible != choices.end());
    possible->name = nullptr;
    possible->label = QStringLiteral("A solver whose name says all of its settings, one after the other");
    compare()->add({*possible});
    runAll();
    auto* table = view()->table();
    table->refresh();
    const auto* name = table->item(rowOf(0), CompareTable::kName);
    QVERIFY(table->columnWidth(CompareTable::kName) < table->fontMetrics().horizontalAdvance(name->text()));
    const auto begin = [&] {  // where the name begins, whatever its length
      table->refresh();
      table->clearSelection();
      const auto cell = table->visualItemRect(table->item(rowOf(0), CompareTable::kName));
      return table->viewport()->grab(QRect(cell.topLeft(), QSize(24, cell.height()))).toImage();
    };
    QVERIFY(name->icon().isNull());
    const auto unmarked = begin();
    changeMeasurement();
    QVERIFY(begin() != unmarked);
    name = table->item(rowOf(0), CompareTable::kName);
    QVERIFY(!name->icon().isNull());
    QVERIFY2(name->toolTip().contains(QStringLiteral("of other settings")), qPrintable(name->toolTip()));
  }

  void theMarksNoteIsCutBeforeTheName() {
    compare()->add(ui::sweepChoices(catalogue_, compare()->base(), "K", QStringLiteral("0, 1, 3")));
    runAll();
    changeMeasurement();
    auto* table = view()->table();
    table->refresh();
    table->clearSelection();
    const auto* item = table->item(rowOf(0), CompareTable::kName);
    QVERIFY2(item->text().startsWith(QStringLiteral("K = 0, ")), qPrintable(item->text()));
    const auto begin = [&](int width) {  // to the end of "K = 0"
      table->setColumnWidth(CompareTable::kName, width);
      const auto cell = table->visualItemRect(item);
      const int wide = 24 + table->fontMetrics().horizontalAdvance(QStringLiteral("K = 0"));
      return table->viewport()->grab(QRect(cell.topLeft(), QSize(wide, cell.height()))).toImage();
    };
    const auto whole = begin(table->fontMetrics().horizontalAdvance(item->text()) + 60);
    QVERIFY(begin(88) == whole);
  }

  void aRunOfTheHistoryOfAnotherPhotoOrNoiseIsMarked() {
    addLadder();
    runAll();  // 22, 23 and 24 dB
    auto past = document()->pastRuns().all().at(2);
    past.photo = ui::openPhotoFile(photo_);  // as after a restart: equal, and another object
    past.pictures.photo = {past.photo, &past.photo->photo->image};
    compare()->remove(2);
    compare()->addPast(past);
    QVERIFY(!compare()->isFormer(2));
    emit view()->chips()->referenceWanted(entry(0).key);
    QTRY_COMPARE_WITH_TIMEOUT(numbers(2), QStringLiteral("24.00 dB · +2.00 vs LDPS"), kPatience);
    QVERIFY(bold(2, "psnr"));
    const auto settings = document()->request();
    auto solver = settings;
    solver.solver_values["rho"] = 0.75;  // what is compared may differ
    document()->recall(solver);
    QVERIFY(!compare()->isFormer(2));
    document()->recall(settings);
    changeMeasurement();
    QVERIFY(compare()->isFormer(2));
    QCOMPARE(compare()->retry(0), QString());
    QCOMPARE(compare()->retry(1), QString());
    runWhole(jobs_.at(3), 22.0);
    finishBound();  // it was asked for with the first one: the second one waits for it
    QCOMPARE(jobs_.size(), 5);
    runWhole(jobs_.at(4), 23.0);
    QTRY_COMPARE_WITH_TIMEOUT(title(2), entry(2).label + QStringLiteral(", of other settings"), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(numbers(2), QStringLiteral("24.00 dB"), kPatience);  // not held against the others
    QVERIFY(!bold(2, "psnr"));
    QVERIFY(bold(1, "psnr"));
    const auto latex = view()->table()->text(TableFormat::Latex);
    QVERIFY2(latex.contains(QStringLiteral(", of other settings & 24.00")), qPrintable(latex));
    document()->recall(settings);
    QVERIFY(!compare()->isFormer(2));
    const auto former = document()->openedPhoto();
    const auto other = folder_.filePath(QStringLiteral("brighter.png"));
    writePhoto(Image(kSide, kSide, 3, 0.65f), other.toStdString(), {});
    window_->files()->open(other);
    QTRY_VERIFY_WITH_TIMEOUT(document()->openedPhoto() != former, kPatience);
    window_->showPage(ui::MainWindow::Page::Compare);  // it was opened in Restore
    document()->recall(settings);
    QVERIFY(compare()->isFormer(2));
    compare()->clear();
    compare()->addPast(past);
    QVERIFY(compare()->isFormer(0));
  }

  void formerRunsOfOneMeasurementAloneHaveABest() {
    addLadder();
    runAll();  // 22, 23 and 24 dB
    const auto runs = document()->pastRuns().all();
    changeMeasurement();
    compare()->clear();
    compare()->addPast({runs.at(0), runs.at(1)});
    QVERIFY(compare()->isFormer(0) && compare()->isFormer(1));
    QVERIFY(bold(1, "psnr") && !bold(0, "psnr"));  // of one measurement, although not the present one
    view()->chips()->addLadder();
    runAll(30.0);
    compare()->clear();
    changeMeasurement();
    compare()->addPast({runs.at(0), document()->pastRuns().all().back()});
    QVERIFY(compare()->isFormer(0) && compare()->isFormer(1));
    QCOMPARE(cell(1, "psnr"), QStringLiteral("32.00"));
    QVERIFY(!bold(0, "psnr") && !bold(1, "psnr"));
  }

  void aStoppedRunOfTheHistoryIsNotCalledDone() {
    addLadder();
    compare()->remove(2);
    compare()->remove(1);
    bar()->runAction()->trigger();
    start(jobs_.at(0));
    step(jobs_.at(0), 1);
    bar()->stopAction()->trigger();
    finish(jobs_.at(0), Outcome::Status::Cancelled, 21.0);
    finishBound();
    QCOMPARE(entry(0).state, CompareEntry::State::Stopped);
    const auto past = document()->pastRuns().all().back();
    compare()->clear();
    compare()->addPast(past);
    QCOMPARE(entry(0).state, CompareEntry::State::Stopped);
    QCOMPARE(entry(0).result, past.result);
    QVERIFY(!compare()->canRetry(0));
    const auto chip = view()->chips()->chips().first()->accessibleName();
    QVERIFY2(chip.endsWith(QStringLiteral(": stopped")), qPrintable(chip));
    QTRY_COMPARE_WITH_TIMEOUT(title(0), entry(0).label + QStringLiteral(", stopped"), kPatience);
    QCOMPARE(cell(0, "psnr"), QStringLiteral("21.00"));
  }

  void aRunOfTheHistoryWithAnotherMaskIsMarked() {
    auto settings = document()->request();
    settings.degradations = {DegradationChoice{"inpaint", {}, "hole.png", {}, false}};
    ui::JobPictures stored;
    stored.mask = QImage(kSide, kSide, QImage::Format_Grayscale8);
    stored.mask.fill(Qt::black);
    for (int y = 8; y < 20; ++y) {
      for (int x = 8; x < 20; ++x) stored.mask.setPixel(x, y, qRgb(255, 255, 255));
    }
    document()->recall(settings, stored);
    ui::PastRun past;
    past.name = QStringLiteral("earlier");
    past.pictures = document()->pictures(past.request);
    QVERIFY(!past.request.degradation().mask.empty() && !past.pictures.mask.isNull());
    past.photo = document()->openedPhoto();
    past.photo_sha256 = past.photo->sha256;
    past.request.degradation().mask = "of another name.png";
    past.pictures.mask = past.pictures.mask.convertToFormat(QImage::Format_RGB32);  // as it is read
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(120));
    outcome.report.request = past.request;
    past.result = ui::resultFromOutcome(std::move(outcome), past.pictures);
    compare()->addPast(past);
    QVERIFY(!compare()->isFormer(0));
    past.pictures.mask.invertPixels();
    compare()->addPast(past);
    QTRY_VERIFY_WITH_TIMEOUT(compare()->isFormer(1), kPatience);  // masks are compared beside the window,
    QVERIFY(!compare()->isFormer(0));                             // one after the other
    QTRY_COMPARE_WITH_TIMEOUT(title(1), entry(1).label + QStringLiteral(", of other settings"), kPatience);
    past.request.degradation().mask.clear();  // drawn by the seed
    past.pictures.mask = {};
    compare()->addPast(past);
    QVERIFY(compare()->isFormer(2));
  }

  void masksAreComparedByWhatTheyMiss() {
    QImage grey(kSide, kSide, QImage::Format_Grayscale8), rgb(kSide, kSide, QImage::Format_RGB32);
    grey.fill(Qt::black);
    rgb.fill(Qt::black);
    grey.setPixel(3, 4, qRgb(200, 200, 200));
    rgb.setPixel(3, 4, qRgb(255, 255, 255));
    auto other = rgb;
    other.setPixel(5, 5, qRgb(255, 255, 255));
    ui::SameMasks masks;
    QSignalSpy found(&masks, &ui::SameMasks::found);
    QVERIFY(!masks.same(grey, rgb).has_value());
    QVERIFY(!masks.same(grey, other).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(found.count(), 2, kPatience);
    QVERIFY(masks.same(grey, rgb) == true);
    QVERIFY(masks.same(grey, other) == false);
    QVERIFY(masks.same(grey, grey) == true);  // what is seen is said at once
    QVERIFY(masks.same(grey, QImage()) == false);
    QVERIFY(masks.same(grey, rgb.copy(0, 0, 8, 8)) == false);
    QCOMPARE(found.count(), 2);
  }

  void masksThatWereComparedLongAgoAreForgotten() {
    std::vector<QImage> masks;
    for (int i = 0; i < 4; ++i) {
      masks.emplace_back(kSide, kSide, QImage::Format_Grayscale8);
      masks.back().fill(i < 2 ? Qt::black : Qt::white);
    }
    ui::SameMasks same(nullptr, 2);
    QSignalSpy found(&same, &ui::SameMasks::found);
    for (int i = 1; i < 4; ++i) {
      QVERIFY(!same.same(masks[0], masks[i]).has_value());
      QTRY_COMPARE_WITH_TIMEOUT(found.count(), i, kPatience);
      QVERIFY(same.same(masks[0], masks[i]) == (i == 1));
    }
    QVERIFY(same.same(masks[0], masks[2]) == false);
    QVERIFY(!same.same(masks[0], masks[1]).has_value());  // it is compared again
    QTRY_COMPARE_WITH_TIMEOUT(found.count(), 4, kPatience);
    QVERIFY(same.same(masks[0], masks[1]) == true);
    // Forgotten before they are compared, they are no less found.
    for (int i = 2; i < 4; ++i) QVERIFY(!same.same(masks[i], masks[0]).has_value());
    QVERIFY(!same.same(masks[3], masks[2]).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(found.count(), 7, kPatience);
    QVERIFY(same.same(masks[3], masks[2]) == true);
  }

  void aResultOfTheSameMaskIsPresentOnceItIsCompared() {
    const QTemporaryDir data;
    document()->openHistory(data.path(), std::uint64_t{1} << 30);
    auto settings = document()->request();
    settings.degradations = {DegradationChoice{"inpaint", {}, "hole.png", {}, false}};
    ui::JobPictures stored;
    stored.mask = QImage(kSide, kSide, QImage::Format_Grayscale8);
    stored.mask.fill(Qt::black);
    for (int i = 8; i < 20; ++i) stored.mask.setPixel(i, i, qRgb(255, 255, 255));
    document()->recall(settings, stored);
    compare()->add({ui::ladderChoices(catalogue_, compare()->base()).front()});
    QCOMPARE(compare()->entries().size(), std::size_t(1));
    bar()->runAction()->trigger();
    QCOMPARE(jobs_.size(), 1);
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(120));
    outcome.report.request = jobs_.at(0).request;
    runs()->runFinished(jobs_.at(0).run_id, ui::resultFromOutcome(std::move(outcome), jobs_.at(0).pictures));
    finishBound();
    document()->history()->wait();
    const auto text = compare()->keptText();
    QVERIFY(text.contains(QStringLiteral("\"present\":true")));
    compare()->clear();
    compare()->bringBack(text);  // its mask comes from the disk
    QTRY_VERIFY_WITH_TIMEOUT(entry(0).result != nullptr, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!compare()->isFormer(0) && !compare()->isDue(0), kPatience);
  }

  void formerRunsAreNotHeldAgainstPresentOnes() {
    addLadder();
    runAll();  // 22, 23 and 24 dB
    emit view()->chips()->referenceWanted(entry(0).key);
    QTRY_COMPARE_WITH_TIMEOUT(numbers(2), QStringLiteral("24.00 dB · +2.00 vs LDPS"), kPatience);
    changeMeasurement();
    QTRY_COMPARE_WITH_TIMEOUT(title(2), entry(2).label + QStringLiteral(", of other settings"), kPatience);
    QCOMPARE(numbers(2), QStringLiteral("24.00 dB · +2.00 vs LDPS"));  // all are former
    QVERIFY(bold(2, "psnr"));
    QCOMPARE(compare()->retry(1), QString());
    runWhole(jobs_.at(3), 20.0);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(title(1), entry(1).label, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(numbers(1), QStringLiteral("20.00 dB"), kPatience);  // the reference is a former one
    QCOMPARE(numbers(2), QStringLiteral("24.00 dB · +2.00 vs LDPS"));
    QVERIFY(!bold(2, "psnr"));
    QVERIFY(!bold(1, "psnr"));  // alone
    QCOMPARE(compare()->retry(2), QString());
    runWhole(jobs_.at(4), 21.0);
    finishBound();
    QTRY_COMPARE_WITH_TIMEOUT(numbers(2), QStringLiteral("21.00 dB"), kPatience);
    QVERIFY(bold(2, "psnr"));
    QVERIFY(!bold(0, "psnr"));  // 22 dB, of other settings
    const auto latex = view()->table()->text(TableFormat::Latex);
    QVERIFY2(latex.contains(QStringLiteral("\\textbf{21.00}")), qPrintable(latex));
    QVERIFY2(!latex.contains(QStringLiteral("\\textbf{22.00}")), qPrintable(latex));
  }
};

QTEST_MAIN(CompareFormerTest)
#include "compare_former_test.moc"
