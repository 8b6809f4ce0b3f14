// SPDX-License-Identifier: GPL-3.0-or-later
// The window's looks as figures: who gets how much room at which size, what moves and what does not, the order of Tab,
// what is remembered. The worker's part is not needed.
#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTranslator>
#include <QUndoStack>
#include <QtTest>

#include "core/api/measure.h"
#include "ui/canvas/image_canvas.h"
#include "ui/compare/compare_page.h"
#include "ui/curves/curves_plot.h"
#include "ui/files/file_desk.h"
#include "ui/run/event_log.h"
#include "ui/run/history_link.h"
#include "ui/run/past_runs_panel.h"
#include "ui/run/result_summary.h"
#include "ui/run/run_bar.h"
#include "ui/run/step_timeline.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/quality_row.h"
#include "ui/settings/solver_panel.h"
#include "ui/steps/tile_style.h"
#include "ui/style/tab_order.h"
#include "ui/task/degradation_panel.h"
#include "ui/task/task_column.h"
#include "ui/task/task_tiles.h"
#include "ui/tools/canvas_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/segmented.h"
#include "ui/window/bench.h"
#include "ui/window/main_actions.h"
#include "ui/window/main_window.h"
#include "ui/window/status_line.h"
#include "ui/window/top_bar.h"

using namespace p2l;
using Page = ui::MainWindow::Page;

class WindowLayoutTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 20000;

  Catalogue catalogue_ = readCatalogue();
  QTemporaryDir folder_;
  std::unique_ptr<ui::MainWindow> window_;
  QTranslator german_;

  const ui::MainWindow::Widgets& widgets() const { return window_->widgets(); }
  ui::RunModel* document() const { return window_->document(); }
  void make() {
    window_ = std::make_unique<ui::MainWindow>(catalogue_);
    window_->setWindowState(Qt::WindowNoState);  // the screen of these tests is small
    window_->show();
  }
  /// The window anew, in that language.
  void speak(const QString& language) {
    if (language == QLatin1String("de")) {
      QVERIFY(german_.load(QStringLiteral(P2L_TRANSLATION)));
      QCoreApplication::installTranslator(&german_);
    }
    make();
  }
  /// The history's panel, with a run of the present settings.
  ui::PastRunsPanel* historyOfOneRun() {
    ui::PastRun run;
    run.name = QStringLiteral("Run 1");
    run.photo_label = QStringLiteral("a.png");
    run.request = document()->request();
    document()->pastRuns().add(run);
    return window_->findChild<ui::PastRunsPanel*>();
  }
  void resize(int width, int height) {
    window_->resize(width, height);
    QCoreApplication::processEvents();
    QCOMPARE(window_->size(), QSize(width, height));
  }
  QString write(const char* name, int width, int height) const {
    QImage image(width, height, QImage::Format_RGB888);
    image.fill(Qt::darkCyan);
    const auto path = folder_.filePath(QString::fromLatin1(name));
    return image.save(path) ? path : QString();
  }
  void open(const QString& path) {
    window_->files()->open(path);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr && document()->photo()->path == path, kPatience);
  }
  double share() const {
    return double(widgets().canvas->width()) * widgets().canvas->height() /
           (double(window_->width()) * window_->height());
  }
  /// In the window's coordinates.
  QRect placeOf(const QWidget* widget) const { return {widget->mapTo(window_.get(), QPoint(0, 0)), widget->size()}; }
  QAction* actionOf(const QKeySequence& keys) const {
    for (auto* action : window_->findChildren<QAction*>()) {
      if (action->shortcut() == keys) return action;
    }
    return nullptr;
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-layout-test"));
  }
  void init() {
    QSettings().clear();
    make();
  }
  void cleanup() {
    document()->markSaved();
    window_.reset();
    QCoreApplication::removeTranslator(&german_);
  }

  void theScreenHasTheScaleThatIsTested() {
    const auto scale = qEnvironmentVariable("QT_SCALE_FACTOR", QStringLiteral("1")).toDouble();
    QCOMPARE(window_->devicePixelRatioF(), scale);
  }

  void theCanvasHasMostOfTheWindow_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<double>("least");
    QTest::newRow("1280 x 720") << 1280 << 720 << 0.55;
    QTest::newRow("960 x 600, or 1920 x 1200 at scale 2") << 960 << 600 << 0.45;
  }
  void theCanvasHasMostOfTheWindow() {
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(double, least);
    for (const auto page : {Page::Restore, Page::Lab}) {
      window_->showPage(page);
      resize(width, height);
      QVERIFY2(share() >= least, qPrintable(QString::number(share())));
      QCOMPARE(widgets().column->width(), ui::TaskColumn::kWidth);
      QVERIFY(widgets().column->isVisible());
    }
  }

  void everythingFitsAtEverySize_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    for (const char* language : {"en", "de"}) {
      for (const QSize& size : {QSize(640, 480), QSize(800, 600), QSize(960, 600), QSize(1280, 720), QSize(1920, 1200)})
        QTest::addRow("%s, %d x %d", language, size.width(), size.height())
            << QString::fromLatin1(language) << size.width() << size.height();
    }
  }
  void everythingFitsAtEverySize() {
    QFETCH(QString, language);
    QFETCH(int, width);
    QFETCH(int, height);
    speak(language);
    open(write("photo.png", 64, 48));
    ui::PastRun run;
    run.request = document()->request();
    document()->pastRuns().addEarlier(std::vector<ui::PastRun>(100, run));
    QCoreApplication::processEvents();
    QVERIFY(widgets().history->isVisible() && widgets().history->text().contains(QStringLiteral("100")));
    for (const auto page : {Page::Restore, Page::Lab, Page::Compare, Page::Learn}) {
      window_->showPage(page);
      resize(width, height);
      const QRect whole({0, 0}, window_->size());
      for (const auto* widget : window_->findChildren<QWidget*>()) {
        const bool control =
            qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const ui::ImageCanvas*>(widget);
        if (!control || !widget->isVisible() || widget->window() != window_.get()) continue;
        bool scrolls = false;
        for (const auto* parent = widget->parentWidget(); parent != nullptr; parent = parent->parentWidget())
          scrolls = scrolls || parent->inherits("QAbstractScrollArea");
        const auto what = QStringLiteral("%1: %2").arg(QString::fromLatin1(widget->metaObject()->className()),
                                                       widget->accessibleName());
        if (!scrolls) QVERIFY2(whole.contains(placeOf(widget)), qPrintable(what));
        const auto* button = qobject_cast<const QToolButton*>(widget);
        if (button != nullptr && !button->text().isEmpty() && button->toolButtonStyle() != Qt::ToolButtonIconOnly)
          QVERIFY2(button->width() >= button->fontMetrics().horizontalAdvance(button->text().remove('&')),
                   qPrintable(what));
      }
      if (page > Page::Lab) continue;
      const auto* run = widgets().bar->runButton();  // with what its style has around the word
      QVERIFY2(run->width() >= run->sizeHint().width(), qPrintable(QString::number(run->width())));
      QVERIFY(width < 800 || run->toolButtonStyle() == Qt::ToolButtonTextBesideIcon);
    }
    QVERIFY(window_->minimumSize().width() <= 640 && window_->minimumSize().height() <= 480);
  }

  void aTipOfTheStatusLineEndsBeforeTheModel_data() {
    QTest::addColumn<int>("width");
    for (const int width : {640, 1280}) QTest::addRow("%d", width) << width;
  }
  void aTipOfTheStatusLineEndsBeforeTheModel() {
    QFETCH(int, width);
    open(write("photo.png", 64, 48));
    resize(width, 480);
    widgets().status->showMessage(QString(300, QLatin1Char('w')));
    QCoreApplication::processEvents();
    QVERIFY(!widgets().status->deviceText().isEmpty() && widgets().status->end()->isVisible());
    const auto room = widgets().status->messageRoom();
    QVERIFY(room.right() + 8 <= widgets().status->end()->x());
    QVERIFY(room.width() > width / 4);
  }

  void thereIsRoomForPsnrAndLpipsBelowThePhoto() {
    resize(1280, 720);
    const auto* numbers = window_->findChild<ui::ResultSummary*>();
    QVERIFY(numbers != nullptr && numbers->isVisible());
    QVERIFY(numbers->fontMetrics().horizontalAdvance(QStringLiteral("26.3 dB (+9.9) · LPIPS 0.123")) <=
            numbers->width());
  }

  void theColumnIsAsWideAsItsContents_data() {
    QTest::addColumn<QString>("language");
    for (const char* language : {"en", "de"}) QTest::newRow(language) << QString::fromLatin1(language);
  }
  void theColumnIsAsWideAsItsContents() {
    QFETCH(QString, language);
    speak(language);
    for (const auto page : {Page::Restore, Page::Lab}) {
      window_->showPage(page);
      for (const auto& each : catalogue_.degradations) {
        widgets().degradation->setMode(page == Page::Restore ? Mode::Restore : Mode::Demonstrate);
        widgets().degradation->setDegradation(each.id);
        QCoreApplication::processEvents();
        QVERIFY2(widgets().degradation->minimumSizeHint().width() <= ui::TaskColumn::kWidth - 34, each.id.c_str());
      }
      for (const auto& each : catalogue_.solvers) {
        widgets().solver->setSolver(each.id);
        QCoreApplication::processEvents();
        const int width = widgets().solver->minimumSizeHint().width();
        QVERIFY2(width <= ui::TaskColumn::kWidth - 34, qPrintable(QString::number(width)));
      }
    }
  }

  void noPictureHasTheNameOfATask_data() {
    QTest::addColumn<QString>("language");
    for (const char* language : {"en", "de"}) QTest::newRow(language) << QString::fromLatin1(language);
  }
  void noPictureHasTheNameOfATask() {
    QFETCH(QString, language);
    speak(language);
    QStringList tasks, pictures;
    for (const auto* tiles : window_->findChildren<ui::TaskTiles*>()) {
      for (const auto* tile : tiles->findChildren<QToolButton*>()) tasks << tile->text().toLower();
    }
    for (int i = 0; i < 2; ++i) pictures << widgets().canvas_bar->pictures()->button(i)->text();
    for (int i = 0; i < ui::kStepPictures; ++i) {
      const auto each = static_cast<StepPicture>(i);
      pictures << ui::tileName(each) << ui::tileShortName(each);
    }
    QVERIFY(tasks.size() >= 12);
    for (const auto& each : pictures) QVERIFY2(!tasks.contains(each.toLower()), qPrintable(each));
    // The picture has one name in the bar over the photo and on the tiles of a step.
    QCOMPARE(widgets().canvas_bar->pictures()->button(1)->text().toLower(),
             ui::tileShortName(StepPicture::Noisy).toLower());
  }

  void aNarrowWindowHasIconsAndItsColumnLiesOverTheCanvas() {
    resize(800, 600);
    QVERIFY(!widgets().column->isVisible());
    const auto canvas = placeOf(widgets().canvas);
    widgets().bench->columnButton()->click();
    QVERIFY(widgets().column->isVisible());
    QCOMPARE(placeOf(widgets().canvas), canvas);
    QTest::keyClick(widgets().bench, Qt::Key_Escape);
    QVERIFY(!widgets().column->isVisible());
    for (auto* tiles : window_->findChildren<ui::TaskTiles*>()) {
      if (tiles->isVisible()) tiles->tileOf("jpeg")->click();
    }
    QCOMPARE(document()->request().degradation().id, std::string("jpeg"));
    QVERIFY(widgets().column->isVisible());  // its controls are wanted now
    widgets().degradation->setMode(Mode::Restore);
    for (int i = 0; i < 2; ++i) {  // the second time the task is chosen already
      for (auto* tiles : window_->findChildren<ui::TaskTiles*>()) {
        if (!widgets().column->isAncestorOf(tiles)) tiles->tileOf("inpaint")->click();
      }
      QVERIFY(widgets().degradation->isPainting());
      widgets().degradation->paintButton()->setChecked(false);  // as a run does it
    }
    resize(1280, 720);
    QVERIFY(widgets().column->isVisible());
    QCOMPARE(placeOf(widgets().column).left(), 0);
  }

  void theLabOpensItsColumnInANarrowWindow() {
    open(write("photo.png", 64, 48));
    resize(640, 480);
    auto* lab = actionOf(Qt::Key_F3);
    auto* restore = actionOf(Qt::Key_F2);
    auto* button = widgets().bench->columnButton();
    QVERIFY(!widgets().column->isVisible());
    lab->trigger();
    QVERIFY(widgets().column->isVisible() && button->isChecked());
    QTest::keyClick(widgets().bench, Qt::Key_Escape);
    lab->trigger();  // once
    QVERIFY(!widgets().column->isVisible() && !button->isChecked());
    restore->trigger();
    auto* tabs = widgets().top->pages();
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(int(Page::Lab)).center());
    QVERIFY(widgets().column->isVisible());
    restore->trigger();  // where nobody has asked for it
    QVERIFY(!widgets().column->isVisible());
    lab->trigger();
    document()->undoStack()->undo();
    QVERIFY(window_->page() == Page::Restore && !widgets().column->isVisible());
    document()->undoStack()->redo();
    QVERIFY(window_->page() == Page::Lab && widgets().column->isVisible());
    restore->trigger();
    button->click();
    lab->trigger();
    restore->trigger();
    QVERIFY(widgets().column->isVisible());
    document()->run();
    QVERIFY(document()->isRunning() && !widgets().column->isVisible());
    lab->trigger();  // the run is looked at
    QVERIFY(!widgets().column->isVisible());
    document()->runFailed(document()->runId(), QStringLiteral("no"));
    resize(1280, 720);
    restore->trigger();
    lab->trigger();
    resize(640, 480);
    QVERIFY(!widgets().column->isVisible());
  }

  void aRunClosesTheColumnThatLiesOverThePhoto() {
    open(write("photo.png", 64, 48));
    resize(640, 480);
    window_->activateWindow();
    widgets().bench->columnButton()->click();
    QVERIFY(widgets().column->isVisible());
    auto* good = widgets().quality->choices()->button(int(ui::QualityRow::Quality::Good));
    good->setFocus();
    document()->run();
    QVERIFY(document()->isRunning());
    QVERIFY(!widgets().column->isVisible() && !widgets().bench->columnButton()->isChecked());
    QCOMPARE(window_->focusWidget(), static_cast<QWidget*>(widgets().canvas));
    const QPoint inside(widgets().canvas->width() / 4, widgets().canvas->height() / 2);
    QCOMPARE(window_->childAt(widgets().canvas->mapTo(window_.get(), inside)), static_cast<QWidget*>(widgets().canvas));
    widgets().bench->columnButton()->click();  // it is there for who wants it
    QVERIFY(widgets().column->isVisible());
    document()->runFailed(document()->runId(), QStringLiteral("no"));
    QVERIFY(widgets().column->isVisible());
    resize(1280, 720);  // beside the photo it stays
    document()->run();
    QVERIFY(document()->isRunning() && widgets().column->isVisible());
    document()->runFailed(document()->runId(), QStringLiteral("no"));
  }

  void aWideWindowHasAColumnOnTheRight() {
    resize(1280, 720);
    QVERIFY(!widgets().curves->isVisible());
    resize(1920, 1100);
    QVERIFY(widgets().curves->isVisible());
    QCOMPARE(placeOf(widgets().curves).right(), window_->width() - 1);
    QVERIFY(widgets().curves->showsAll());
    QVERIFY(!widgets().bench->curvesButton()->isVisible());
    window_->showPage(Page::Lab);
    QVERIFY(widgets().degradation->isVisible());
    QVERIFY(window_->isAncestorOf(widgets().solver));
    QVERIFY(!widgets().column->isAncestorOf(widgets().solver));
    resize(1280, 720);
    QVERIFY(widgets().column->isAncestorOf(widgets().solver));
  }

  void aDrawerRisesFromBelow() {
    resize(1280, 720);
    const int canvas = widgets().canvas->height();
    widgets().bench->curvesButton()->click();
    QCoreApplication::processEvents();
    QVERIFY(widgets().curves->isVisible());
    QCOMPARE(widgets().curves->height(), ui::Bench::kDrawer);
    QCOMPARE(widgets().canvas->height(), canvas - ui::Bench::kDrawer);
    actionOf(Qt::Key_F4)->trigger();
    QCoreApplication::processEvents();
    QCOMPARE(widgets().canvas->height(), canvas);
    // The log, in one half as high.
    open(write("photo.png", 64, 48));
    auto* log = window_->findChild<ui::EventLog*>();
    QVERIFY(log != nullptr && !log->isVisible());
    const auto shut = widgets().bench->logButton()->text();
    widgets().bench->logButton()->click();
    QCoreApplication::processEvents();
    QVERIFY(log->isVisible());
    QVERIFY(widgets().bench->logButton()->text() != shut);
    QCOMPARE(log->height(), ui::Bench::kDrawer / 2);
    QCOMPARE(widgets().canvas->height(), canvas - ui::Bench::kDrawer / 2);
    QVERIFY2(log->toPlainText().contains(QStringLiteral("Opened photo.png, 64 × 48")), qPrintable(log->toPlainText()));
    widgets().bench->logButton()->click();
    QCoreApplication::processEvents();
    QCOMPARE(widgets().canvas->height(), canvas);
  }

  void inALowWindowADrawerClosesTheOther() {
    resize(1280, 720);
    auto* curves = widgets().bench->curvesButton();
    auto* log = widgets().bench->logButton();
    const auto* log_drawer = window_->findChild<ui::EventLog*>();
    curves->click();
    log->click();
    QCoreApplication::processEvents();
    QVERIFY(log_drawer->isVisible() && !widgets().curves->isVisible() && !curves->isChecked());
    QVERIFY(widgets().canvas->height() > 250);
    curves->click();
    QCoreApplication::processEvents();
    QVERIFY(widgets().curves->isVisible() && !log_drawer->isVisible() && !log->isChecked());
    resize(1280, ui::Bench::kForTwoDrawers);
    log->click();
    QCoreApplication::processEvents();
    QVERIFY(widgets().curves->isVisible() && log_drawer->isVisible());
    resize(1920, ui::Bench::kForTwoDrawers - 100);  // the curves have a column of their own
    log->click();
    log->click();
    QCoreApplication::processEvents();
    QVERIFY(widgets().curves->isVisible() && log_drawer->isVisible());
    log->click();
  }

  void messagesPushNothing_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    for (const QSize& size : {QSize(640, 480), QSize(1280, 720), QSize(1920, 1200)})
      QTest::addRow("%d x %d", size.width(), size.height()) << size.width() << size.height();
  }
  void messagesPushNothing() {
    QFETCH(int, width);
    QFETCH(int, height);
    resize(width, height);
    const auto canvas = placeOf(widgets().canvas);
    const auto* messages = window_->messages();
    window_->messages()->showProblem(ui::MessageBar::Topic::File, QStringLiteral("The file could not be read."));
    QCoreApplication::processEvents();
    QVERIFY(messages->isVisible());
    QCOMPARE(placeOf(widgets().canvas), canvas);
    const QRect row = placeOf(messages);
    QCOMPARE(row.bottom(), height - 1);
    const QRect end = placeOf(widgets().status->end());
    QVERIFY(width < 900 ? row.right() == width - 1 : row.right() < end.left() && end.left() - row.right() < 16);
    QCOMPARE(row.height(), widgets().status->height());
    window_->messages()->offer(ui::MessageBar::Topic::Session, QStringLiteral("One."), QStringLiteral("Yes"), [] {});
    QCoreApplication::processEvents();
    QCOMPARE(placeOf(messages), row);  // with buttons, too
    window_->messages()->clear(ui::MessageBar::Topic::Session);
    for (const auto* each :
         {static_cast<const QWidget*>(widgets().canvas), static_cast<const QWidget*>(widgets().timeline),
          static_cast<const QWidget*>(widgets().bench->logButton())})
      QVERIFY(!placeOf(each).intersects(row));
    // One of several lines grows upward, and an offer's button is whole.
    window_->messages()->offer(ui::MessageBar::Topic::File, QStringLiteral("A sentence. ").repeated(40),
                               QStringLiteral("Answer"), [] {});
    QCoreApplication::processEvents();
    QCOMPARE(placeOf(messages).bottom(), height - 1);
    QVERIFY(messages->height() > row.height());
    QCOMPARE(placeOf(widgets().canvas), canvas);
    for (const auto* button : messages->findChildren<QAbstractButton*>())
      QVERIFY(!button->isVisible() || placeOf(messages).contains(placeOf(button)));
    window_->showPage(Page::Compare);  // which has messages of its own
    QVERIFY(!messages->isVisible());
    window_->showPage(Page::Lab);
    QVERIFY(messages->isVisible());
    // A note of the line that comes later is seen, and a message that comes after that.
    widgets().status->showMessage(QStringLiteral("Saved."), 60'000);
    QVERIFY(!messages->isVisible());
    widgets().status->clearMessage();
    QVERIFY(messages->isVisible());
    widgets().status->showMessage(QStringLiteral("Saved."), 60'000);
    document()->problem(QStringLiteral("No."));
    QVERIFY(messages->isVisible());
    widgets().degradation->setDegradation("jpeg");  // what the run said is about other settings now
    QVERIFY(!window_->messages()->has(ui::MessageBar::Topic::Run));
  }

  void theHistoryLeavesRoomForAMessageOfSeveralLines_data() { messagesPushNothing_data(); }
  void theHistoryLeavesRoomForAMessageOfSeveralLines() {
    QFETCH(int, width);
    QFETCH(int, height);
    open(write("cat.png", 96, 64));
    resize(width, height);
    window_->showPage(Page::Lab);
    auto* cards = historyOfOneRun();
    const auto card = [&] {  // as it is drawn
      const auto place = cards->visualItemRect(cards->item(0));
      return QRect(cards->viewport()->mapTo(window_.get(), place.topLeft()), QSize(place.width(), cards->cardHeight()));
    };
    const auto remarks = [&](int lines) {
      return QStringList(lines, QStringLiteral("A remark.")).join(QLatin1Char('\n'));
    };
    QTRY_COMPARE(cards->count(), 1);
    QCoreApplication::processEvents();
    const auto canvas = placeOf(widgets().canvas), timeline = placeOf(widgets().timeline), before = card();
    auto* messages = window_->messages();
    for (const int lines : {2, 3}) {
      messages->showNote(ui::MessageBar::Topic::File, remarks(lines));
      QTRY_VERIFY(placeOf(messages).height() >= lines * messages->fontMetrics().height());
      QTRY_VERIFY2(card().bottom() < placeOf(messages).top(), qPrintable(QString::number(card().bottom())));
      QCOMPARE(card().top(), before.top());
    }
    QVERIFY(card().height() < before.height());
    QCOMPARE(placeOf(widgets().canvas), canvas);
    QCOMPARE(placeOf(widgets().timeline), timeline);
    messages->showNote(ui::MessageBar::Topic::File, remarks(1));
    QTRY_COMPARE(card(), before);
    // Where the log lies below it, the history has its room.
    widgets().bench->showLog(true);
    messages->showNote(ui::MessageBar::Topic::File, remarks(3));
    QTRY_VERIFY(placeOf(messages).height() > widgets().status->height());
    QCoreApplication::processEvents();
    QCOMPARE(cards->cardHeight(), before.height());
    messages->dismiss();
    widgets().bench->showLog(false);
    QTRY_COMPARE(card(), before);
  }

  void aMessageThatNeedsMoreRoomThanTheHistoryLeavesIsElided_data() { messagesPushNothing_data(); }
  void aMessageThatNeedsMoreRoomThanTheHistoryLeavesIsElided() {
    QFETCH(int, width);
    QFETCH(int, height);
    open(write("cat.png", 96, 64));
    resize(width, height);
    window_->showPage(Page::Restore);
    auto* cards = historyOfOneRun();
    QTRY_COMPARE(cards->count(), 1);
    QCoreApplication::processEvents();
    const auto canvas = placeOf(widgets().canvas);
    auto* messages = window_->messages();
    auto* label = messages->findChild<QLabel*>();
    const auto cut = [label] { return label->text().endsWith(QChar(0x2026)); };
    const auto leavesHistory = [&] { return !placeOf(messages).intersects(placeOf(cards)); };
    const auto said = QStringLiteral("A sentence of a few words. ").repeated(120).trimmed();
    messages->showNote(ui::MessageBar::Topic::File, said);
    QTRY_VERIFY2(cut() && leavesHistory(), qPrintable(label->text()));
    QVERIFY(placeOf(messages).height() >= 2 * messages->fontMetrics().height());
    QCOMPARE(messages->text(), said);
    QCOMPARE(label->toolTip(), said);
    QCOMPARE(placeOf(widgets().canvas), canvas);
    // In an offer, too, whose button is whole; and lines of their own follow each other where they do not fit.
    messages->offer(ui::MessageBar::Topic::Session, said, QStringLiteral("Answer"), [] {});
    QTRY_VERIFY2(cut() && leavesHistory(), qPrintable(label->text()));
    for (const auto* button : messages->findChildren<QAbstractButton*>())
      QVERIFY(!button->isVisible() || placeOf(messages).contains(placeOf(button)));
    messages->clear(ui::MessageBar::Topic::Session);
    messages->showNote(ui::MessageBar::Topic::File,
                       QStringList(5, QStringLiteral("A remark.")).join(QLatin1Char('\n')));
    QTRY_VERIFY2(label->text().endsWith(QStringLiteral("A remark. A remark.")), qPrintable(label->text()));
    QTRY_VERIFY(leavesHistory());
    messages->showNote(ui::MessageBar::Topic::File, QStringLiteral("A sentence."));
    QTRY_COMPARE(label->text(), QStringLiteral("A sentence."));
    QVERIFY(label->toolTip().isEmpty());
  }

  void aLongPathOfAMessageIsElidedInItsMiddle() {
    resize(640, 480);
    auto* messages = window_->messages();
    auto* label = messages->findChild<QLabel*>();
    const auto name = QString(400, QLatin1Char('a'));
    const auto said = QStringLiteral("/home/%1/%1/end.png cannot be read.").arg(name);
    messages->showProblem(ui::MessageBar::Topic::File, said);
    messages->offer(ui::MessageBar::Topic::Session, QStringLiteral("One."), QStringLiteral("Yes"), [] {});
    messages->showNext();
    QCoreApplication::processEvents();
    QCOMPARE(messages->text(), said);
    QVERIFY2(label->text().contains(QChar(0x2026)) && label->text().endsWith(QStringLiteral(" cannot be read.")),
             qPrintable(label->text()));
    QVERIFY(label->text().startsWith(QStringLiteral("/home/a")) && label->text().contains(QStringLiteral("end.png")));
    QCOMPARE(label->toolTip(), said);
    QVERIFY(label->fontMetrics().horizontalAdvance(label->text().section(QLatin1Char(' '), 0, 0)) <= label->width());
    for (const auto* button : messages->findChildren<QAbstractButton*>())
      QVERIFY(!button->isVisible() || placeOf(messages).contains(placeOf(button)));
    resize(1280, 720);
    const auto wide = label->text();
    QVERIFY(label->fontMetrics().horizontalAdvance(wide.section(QLatin1Char(' '), 0, 0)) <= label->width());
    messages->showProblem(ui::MessageBar::Topic::File, QStringLiteral("a.png cannot be read."));
    QCOMPARE(label->text(), QStringLiteral("a.png cannot be read."));
    QVERIFY(label->toolTip().isEmpty());
    // A note of the line has all of it in its tooltip, too.
    widgets().status->showMessage(said, 60'000);
    QCOMPARE(widgets().status->toolTip(), said);
    widgets().status->clearMessage();
    QVERIFY(widgets().status->toolTip().isEmpty());
  }

  void nothingMovesUnderThePointerWhenAValueChanges() {
    resize(1280, 720);
    window_->showPage(Page::Lab);
    widgets().solver->setSolver("p2l");
    widgets().solver->setPreset("p2l-tiny-sr");
    QCoreApplication::processEvents();
    std::vector<std::pair<QWidget*, QRect>> places;
    for (auto* widget : widgets().column->findChildren<QWidget*>()) {
      if (widget->isVisible()) places.emplace_back(widget, placeOf(widget));
    }
    widgets().solver->params()->changeValues({{"K", 7.0}, {"lambda", 0.123}}, QStringLiteral("values"));  // Custom now
    QVERIFY(widgets().solver->preset().empty());
    QCoreApplication::processEvents();
    for (const auto& [widget, place] : places)
      QVERIFY2(placeOf(widget) == place, qPrintable(QString::fromLatin1(widget->metaObject()->className())));
  }

  void norInRestoreWhenTheNoiseOrTheBlurChanges() {
    resize(1280, 720);
    window_->showPage(Page::Restore);
    open(write("photo.png", 96, 96));
    widgets().degradation->setDegradation("defocus");
    QTRY_VERIFY_WITH_TIMEOUT(document()->photoNoise() >= 0.0, kPatience);
    const auto says = [this](const char* text) {
      for (const auto* label : widgets().column->findChildren<QLabel*>()) {
        if (label->isVisible() && label->text() == QLatin1String(text)) return true;
      }
      return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(says("Noise estimated from the photo"), kPatience);
    QTest::qWait(100);  // the layout has settled
    std::vector<std::pair<QWidget*, QRect>> places;
    for (auto* widget : widgets().column->findChildren<QWidget*>()) {
      if (widget->isVisible()) places.emplace_back(widget, placeOf(widget));
    }
    const auto nothingMoved = [&] {
      QTest::qWait(50);
      for (const auto& [widget, place] : places) {
        if (placeOf(widget) == place) continue;
        qWarning("%s %s", widget->metaObject()->className(), qPrintable(widget->accessibleName()));
        return false;
      }
      return true;
    };
    int noises = 0;
    for (auto* panel : widgets().degradation->findChildren<ui::ParamPanel*>()) {
      if (panel->values().count("sigma") == 0) continue;
      ++noises;
      panel->changeValues({{"sigma", 0.123}}, QStringLiteral("noise"));
    }
    QCOMPARE(noises, 1);
    QVERIFY(!says("Noise estimated from the photo"));
    QVERIFY(nothingMoved());
    widgets().degradation->params()->changeValues({{"radius", 12.5}}, QStringLiteral("radius"));
    QVERIFY(nothingMoved());
  }

  void tabGoesFromTopToBottomAndFromLeftToRight_data() {
    QTest::addColumn<int>("page");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("least");
    for (const auto& [size, least] :
         {std::pair(QSize(800, 600), 12), std::pair(QSize(1280, 720), 20), std::pair(QSize(1920, 1200), 20)}) {
      QTest::addRow("restore, %d wide", size.width()) << int(Page::Restore) << size << least;
      QTest::addRow("lab, %d wide", size.width()) << int(Page::Lab) << size << least;
    }
  }
  void tabGoesFromTopToBottomAndFromLeftToRight() {
    QFETCH(int, page);
    QFETCH(QSize, size);
    QFETCH(int, least);
    open(write("photo.png", 64, 48));
    window_->showPage(static_cast<Page>(page));
    resize(size.width(), size.height());
    std::vector<QWidget*> regions{widgets().top};
    if (widgets().bench->isNarrow())
      regions.push_back(widgets().bench->columnButton()->parentWidget());
    else
      regions.push_back(widgets().column);
    for (QWidget* each : {static_cast<QWidget*>(widgets().canvas_bar), static_cast<QWidget*>(widgets().canvas),
                          widgets().bench->curvesButton()->parentWidget()})
      regions.push_back(each);
    if (widgets().bench->isWide()) {
      auto* right = window_->findChild<QTabWidget*>();
      QVERIFY(right != nullptr && right->isAncestorOf(widgets().curves));
      if (page == int(Page::Lab)) right->setCurrentIndex(1);  // the solver
      regions.push_back(right);
    }
    for (const char* task : {"", "defocus", "sr", "jpeg"}) {  // whose rows are made anew
      if (*task != 0) widgets().degradation->setDegradation(task);
      QTest::qWait(20);
      window_->activateWindow();
      auto* first = ui::tabChain(window_->centralWidget()).front();
      first->setFocus();
      QWidget* at = first;
      int region = 0, steps = 0;
      QRect former;
      do {
        int now = -1;
        for (int i = 0; i < int(regions.size()); ++i) {
          if (regions[i] == at || regions[i]->isAncestorOf(at)) now = i;
        }
        if (now >= 0) {
          const auto what =
              QStringLiteral("%1 %2").arg(QString::fromLatin1(at->metaObject()->className()), at->accessibleName());
          QVERIFY2(now >= region, qPrintable(what));
          const auto place = placeOf(at);
          if (now == region && former.isValid() && regions[now] != widgets().canvas) {
            const bool below = place.center().y() > former.center().y() + 4;
            const bool beside = place.left() >= former.left() && place.center().y() > former.center().y() - 8;
            QVERIFY2(below || beside, qPrintable(what));
          }
          former = now == region ? place : QRect();
          region = now;
        }
        do at = at->nextInFocusChain();
        while (at != first && !(at->isVisible() && at->isEnabled() && at->focusPolicy() & Qt::TabFocus &&
                                at->window() == window_.get() && at->focusProxy() == nullptr));
        ++steps;
      } while (at != first && steps < 500);
      QVERIFY2(region == int(regions.size()) - 1, qPrintable(QStringLiteral("%1 after %2").arg(region).arg(steps)));
      QVERIFY2(steps > least, qPrintable(QString::number(steps)));
    }
  }

  void onlyThePhotoIsLeftAndComesBack() {
    resize(1280, 720);
    auto* only = actionOf(Qt::CTRL | Qt::Key_Tab);
    QVERIFY(only);
    only->trigger();
    QCoreApplication::processEvents();
    QVERIFY2(share() > 0.99, qPrintable(QString::number(share())));
    only->trigger();
    QCoreApplication::processEvents();
    QVERIFY(widgets().column->isVisible() && widgets().top->isVisible() && widgets().status->isVisible());
    QVERIFY(share() >= 0.55);
  }

  void pageAndSizeAreRemembered() {
    resize(1000, 700);
    window_->showPage(Page::Lab);
    window_->close();
    make();
    QCOMPARE(window_->page(), Page::Lab);
    QCOMPARE(window_->size(), QSize(1000, 700));
    QVERIFY(widgets().column->face() == ui::TaskColumn::Face::Lab);
  }

  void aFolderOfSettingsThatCannotBeWrittenIsSaid() {
    const auto usual = QFileInfo(QFileInfo(QSettings().fileName()).path()).path();
    const auto file = write("photo.png", 64, 48);  // no folder can be made below it
    const auto isSaid = [&] {
      window_->start(file);
      return window_->messages()->text().contains(QStringLiteral("XDG_CONFIG_HOME"));
    };
    QVERIFY(!isSaid());
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, file);
    const bool said = isSaid();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, usual);
    QVERIFY2(said, qPrintable(window_->messages()->text()));
  }

  void aPhotoOfOnesOwnIsRestoredWholeAndNeverDegraded() {
    open(write("large.png", 640, 427));
    const auto request = document()->request();
    QCOMPARE(request.mode, Mode::Restore);
    QCOMPARE(request.size, 0);
    QCOMPARE(document()->workingSize(), QSize(640, 427));
    QCOMPARE(document()->outputScale(), 4.0);
    QCOMPARE(choiceOf(request.sampler_values, "patches"), std::string("mixture"));  // 2560 x 1708
    QVERIFY(request.model_options.vae_tiling);
    QTRY_VERIFY_WITH_TIMEOUT(widgets().status->planText().contains(QStringLiteral("whole photo")), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(widgets().status->planText().contains(QStringLiteral("2560 × 1708")), kPatience);
    QVERIFY2(widgets().status->planText().contains(QStringLiteral("tiles")), qPrintable(widgets().status->planText()));
    QVERIFY(widgets().status->photoText().contains(QStringLiteral("640 × 427")));
    widgets().degradation->setDegradation("inpaint");
    QCOMPARE(integerOf(document()->request().sampler_values, "keep_measured"), 1);
    QCOMPARE(choiceOf(document()->request().sampler_values, "patches"), std::string("none"));
    QVERIFY(!widgets().bar->runAction()->isEnabled());  // the mask is empty
    // What a person sets is not set back.
    widgets().solver->sampler()->changeValues({{"keep_measured", 0.0}}, QStringLiteral("keep"));
    widgets().degradation->setMaskSource(ui::DegradationPanel::MaskSource::Painted);
    emit widgets().degradation->changed();
    QCOMPARE(integerOf(document()->request().sampler_values, "keep_measured"), 0);
    QVERIFY(document()->cursor().before == ui::RunModel::Before::Original);  // the photo, not its grey strip
    QVERIFY(!document()->originalPicture().isNull());
  }

  void theSampleShowsWhatRestorationDoes() {
    window_->start(QString());
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
    QVERIFY(document()->isSample());
    const auto request = document()->request();
    QCOMPARE(request.mode, Mode::Demonstrate);
    QVERIFY2(request.degradation().id.find("motion") != std::string::npos, request.degradation().id.c_str());
    QCOMPARE(widgets().quality->current(), int(ui::QualityRow::Quality::Fast));
    QVERIFY(widgets().bar->runAction()->isEnabled());
    QVERIFY(!document()->undoStack()->canUndo());
  }

  void undoLeadsBackToThePresetAndNothingIsBold_data() {
    QTest::addColumn<bool>("own");
    QTest::newRow("a photo of one's own") << true;
    QTest::newRow("truth known") << false;
  }
  void undoLeadsBackToThePresetAndNothingIsBold() {
    QFETCH(bool, own);
    const auto bold = [this] {
      QStringList names;
      for (auto* panel : {widgets().solver->params(), widgets().solver->sampler()}) {
        for (const auto* label : panel->findChildren<QLabel*>()) {
          if (label->buddy() != nullptr && label->text().contains(QStringLiteral("<b>"))) names << label->text();
        }
      }
      return names;
    };
    open(write("photo.png", 64, 48));
    window_->showPage(Page::Restore);
    if (!own) widgets().degradation->setMode(Mode::Demonstrate);
    widgets().quality->choose(int(ui::QualityRow::Quality::Good));
    QTest::qWait(20);
    const auto good = widgets().solver->preset();
    QVERIFY2(good.find("good-") == 0, good.c_str());
    QVERIFY2(bold().isEmpty(), qPrintable(bold().join(QLatin1Char(' '))));
    window_->showPage(Page::Lab);
    widgets().solver->params()->changeValues({{"K", 3.0}}, QStringLiteral("K"));
    QTest::qWait(20);
    QVERIFY(widgets().solver->preset().empty());
    QCOMPARE(bold().size(), 1);
    window_->showPage(Page::Restore);
    actionOf(QKeySequence(QKeySequence::Undo))->trigger();
    QCOMPARE(window_->page(), Page::Lab);
    QCOMPARE(widgets().solver->preset(), good);
    QCOMPARE(integerOf(widgets().solver->params()->values(), "K"), 0);
    QVERIFY2(bold().isEmpty(), qPrintable(bold().join(QLatin1Char(' '))));
  }

  void enterRunsAndContinuesAndPressesTheButtonWithTheFocus() {
    open(write("photo.png", 64, 48));
    QSignalSpy asked(document(), &ui::RunModel::runRequested);
    window_->activateWindow();
    widgets().canvas->setFocus();
    QTest::keyClick(widgets().canvas, Qt::Key_Return);
    QCOMPARE(asked.count(), 1);
    document()->setPaused(true);
    QCOMPARE(widgets().bar->runAction()->text(), QStringLiteral("Continue"));
    QVERIFY(widgets().bar->runAction()->isEnabled());
    widgets().bar->runAction()->trigger();
    QVERIFY(document()->state() == ui::RunModel::State::Running);
    QCOMPARE(asked.count(), 1);
    document()->runFailed(document()->runId(), QStringLiteral("no"));
    auto* curves = widgets().bench->curvesButton();
    curves->setFocus();
    QTest::keyClick(curves, Qt::Key_Return);
    QVERIFY(curves->isChecked());
    QCOMPARE(asked.count(), 1);
    // What is chosen already leaves Enter to Run.
    QAbstractButton* chosen = nullptr;
    for (auto* each : widgets().quality->findChildren<QAbstractButton*>()) chosen = each->isChecked() ? each : chosen;
    QVERIFY(chosen != nullptr);
    chosen->setFocus();
    QTest::keyClick(chosen, Qt::Key_Return);
    QCOMPARE(asked.count(), 2);
    document()->runFailed(document()->runId(), QStringLiteral("no"));
  }

  void enterRunsFromTheStart() {
    window_->activateWindow();
    QCOMPARE(window_->focusWidget(), static_cast<QWidget*>(widgets().canvas));
  }

  void undoTakesSolverAndTaskBackAndCarriesNoValueAcross() {
    open(write("photo.png", 64, 48));
    window_->showPage(Page::Lab);
    widgets().solver->setPreset("p2l-tiny-sr");
    QComboBox* solvers = nullptr;
    for (auto* each : widgets().solver->findChildren<QComboBox*>())
      solvers = each->accessibleName() == "Solver" ? each : solvers;
    const auto state = [this] { return QString::fromStdString(jsonFromRequest(document()->request())); };
    auto* stack = document()->undoStack();
    QTest::qWait(10);  // what one event changes is one step of undo
    std::vector<std::pair<int, QString>> steps{{stack->index(), state()}};
    const auto did = [&] {
      QTest::qWait(10);
      steps.emplace_back(stack->index(), state());
    };
    widgets().solver->params()->changeValues({{"K", 7.0}}, QStringLiteral("K"));
    did();
    widgets().solver->sampler()->changeValues({{"steps", 77.0}}, QStringLiteral("steps"));
    did();
    solvers->setCurrentIndex(solvers->findData(QStringLiteral("ldps")));
    emit solvers->activated(solvers->currentIndex());  // as a person does
    did();
    widgets().solver->sampler()->changeValues({{"steps", 33.0}}, QStringLiteral("steps"));
    did();
    window_->showPage(Page::Restore);
    for (auto* tiles : window_->findChildren<ui::TaskTiles*>()) {
      if (tiles->isVisible()) tiles->tileOf("jpeg")->click();
    }
    did();
    for (std::size_t i = 1; i < steps.size(); ++i) QCOMPARE(steps[i].first, steps[i - 1].first + 1);
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      stack->setIndex(step->first);
      QCOMPARE(state(), step->second);
    }
    QCOMPARE(window_->page(), Page::Lab);  // where the first change was made
    for (const auto& [index, expected] : steps) {
      stack->setIndex(index);
      QCOMPARE(state(), expected);
      if (index < steps.back().first) QCOMPARE(window_->page(), Page::Lab);
    }
    QCOMPARE(window_->page(), Page::Restore);
    window_->showPage(Page::Compare);
    stack->undo();
    QCOMPARE(window_->page(), Page::Restore);
    widgets().solver->sampler()->changeValues({{"steps", 21.0}}, QStringLiteral("steps"));
    QTest::qWait(10);
    stack->undo();
    QCOMPARE(window_->page(), Page::Restore);
  }

  void aPageIsAStepOfUndoAndAWalkThroughPagesIsOne() {
    open(write("photo.png", 64, 48));
    auto* stack = document()->undoStack();
    QTest::qWait(10);
    stack->clear();
    auto* tabs = widgets().top->pages();
    const auto press = [&](Page page) {
      QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(static_cast<int>(page)).center());
    };
    press(Page::Lab);
    QCOMPARE(window_->actions()->undo->text(), QStringLiteral("&Undo page Lab"));
    actionOf(Qt::Key_F8)->trigger();
    QCOMPARE(stack->count(), 1);
    QCOMPARE(stack->undoText(), QStringLiteral("page Compare"));
    stack->undo();
    QCOMPARE(window_->page(), Page::Restore);
    QCOMPARE(tabs->currentIndex(), 0);
    stack->redo();
    QCOMPARE(window_->page(), Page::Compare);
    actionOf(Qt::Key_F2)->trigger();  // where it began
    QCOMPARE(stack->count(), 0);

    press(Page::Lab);
    widgets().solver->sampler()->changeValues({{"steps", 41.0}}, QStringLiteral("steps"));
    QTest::qWait(10);
    press(Page::Restore);
    QCOMPARE(stack->count(), 3);
    stack->undo();
    QCOMPARE(window_->page(), Page::Lab);
    QCOMPARE(numberOf(document()->request().sampler_values, "steps"), 41.0);
    stack->undo();
    QCOMPARE(window_->page(), Page::Lab);
    press(Page::Compare);  // a look throws away nothing that can be redone
    QCOMPARE(stack->redoText(), QStringLiteral("change Steps"));
    stack->redo();
    QCOMPARE(window_->page(), Page::Lab);
  }

  void aPageThatComesWithSomethingElseIsNoStep() {
    open(write("photo.png", 64, 48));
    QTest::qWait(10);
    document()->undoStack()->clear();
    window_->showPage(Page::Compare);
    open(write("other.png", 64, 48));
    QTRY_COMPARE_WITH_TIMEOUT(window_->page(), Page::Restore, kPatience);
    QVERIFY(!document()->undoStack()->undoText().contains(QStringLiteral("page")));
    actionOf(Qt::Key_F8)->trigger();
    window_->setPhotoOnly(true);
    QCOMPARE(window_->page(), Page::Restore);
    QVERIFY2(!document()->undoStack()->undoText().contains(QStringLiteral("page")),
             qPrintable(document()->undoStack()->undoText()));
  }

  void theBarOverTheCanvasChoosesTheView() {
    using Mode = ui::ImageCanvas::CompareMode;
    const std::pair<int, Mode> modes[] = {
        {1, Mode::SideBySide}, {2, Mode::Flicker}, {3, Mode::Difference}, {0, Mode::Split}};
    for (const auto& [index, mode] : modes) {
      widgets().canvas_bar->modes()->button(index)->click();
      QCOMPARE(widgets().canvas->compareMode(), mode);
    }
    widgets().canvas->setCompareMode(Mode::SideBySide);
    QCOMPARE(widgets().canvas_bar->modes()->current(), 1);
    widgets().canvas_bar->pictures()->button(1)->click();
    QVERIFY(document()->cursor().noisy);
  }

  void thePlainFaceHasNoFormulas() {
    for (const auto& each : catalogue_.degradations) {
      widgets().degradation->setDegradation(each.id);
      for (const auto* label : widgets().column->findChildren<QLabel*>()) {
        if (!label->isVisible()) continue;
        for (const char* part : {"σ", "λ", "A x", "w_k", "~", "gd", "abar", "search on"})
          QVERIFY2(!label->text().contains(QString::fromUtf8(part)), qPrintable(label->text()));
      }
    }
  }
};

QTEST_MAIN(WindowLayoutTest)
#include "window_layout_test.moc"
