// SPDX-License-Identifier: GPL-3.0-or-later
// A person's way through the studio with the real engine: open, choose, run, pause, step, scrub, stop, save, recall.
#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include "app/studio/studio.h"
#include "core/api/files.h"
#include "ui/canvas/image_canvas.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/mask_editor.h"
#include "ui/files/document_desk.h"
#include "ui/files/file_desk.h"
#include "ui/jobs/live_preview.h"
#include "ui/jobs/queue_model.h"
#include "ui/jobs/session_keeper.h"
#include "ui/learn/learn_model.h"
#include "ui/learn/learn_page.h"
#include "ui/run/run_bar.h"
#include "ui/run/step_timeline.h"
#include "ui/settings/solver_panel.h"
#include "ui/style/theme.h"
#include "ui/task/degradation_panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/main_actions.h"

using namespace p2l;

class StudioFlowTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 64;
  static constexpr int kPatience = 60000;

  QTemporaryDir folder_;
  QString photo_;
  std::unique_ptr<app::Studio> studio_;

  ui::MainWindow& window() { return studio_->window(); }
  ui::RunModel* document() { return window().document(); }
  template <class Widget>
  Widget* find() {
    return window().findChild<Widget*>();
  }
  /// Opens the test photo and waits until its measurement is shown.
  void openPhoto() {
    window().files()->open(photo_);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr && document()->photo()->path == photo_, kPatience);
  }
  /// `steps` sampling steps of P2L on super-resolution with K = 0, which is quick.
  void choose(int steps, const char* task = "sr") {
    RestoreRequest request = document()->request();
    request.degradation().id = task;
    request.mode = Mode::Demonstrate;
    request.solver = "p2l";
    request.solver_values["K"] = 0.0;
    request.sampler_values["start"] = 1.0;  // the tasks' presets may begin later
    request.sampler_values["steps"] = double(steps);
    document()->recall(request);
  }
  void waitForStep(int step) { QTRY_VERIFY_WITH_TIMEOUT(find<ui::StepTimeline>()->available() >= step, kPatience); }
  void waitForEnd() { QTRY_VERIFY_WITH_TIMEOUT(!document()->isRunning(), kPatience); }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-test"));
    QSettings().clear();
    photo_ = folder_.filePath(QStringLiteral("photo.png"));
    const QImage chelsea(QStringLiteral(P2L_TEST_RESOURCES "/photos/skimage_chelsea.png"));
    QVERIFY(chelsea.copy(150, 80, kSide, kSide).save(photo_));
  }
  void init() {
    studio_ = std::make_unique<app::Studio>();
    studio_->start(photo_);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
    document()->markSaved();
  }
  void cleanup() { studio_.reset(); }

  void runsToTheEndAndSaves() {
    choose(4);
    QSignalSpy ready(document(), &ui::RunModel::resultReady);
    find<ui::RunBar>()->runAction()->trigger();
    QVERIFY(document()->isRunning());
    QVERIFY(!find<ui::RunBar>()->runAction()->isEnabled());
    waitForEnd();
    QCOMPARE(ready.count(), 1);
    const auto result = document()->result();
    QVERIFY(result);
    const auto* outcome = &result->outcome;
    QCOMPARE(int(outcome->status), int(Outcome::Status::Completed));
    QCOMPARE(outcome->picture.width, kSide);
    QCOMPARE(int(outcome->report.steps.size()), 4);
    QVERIFY(outcome->report.metric("psnr") > 5.0);
    QCOMPARE(find<ui::StepTimeline>()->available(), 4);
    QCOMPARE(find<ui::CurvesPlot>()->runCount(), 1);
    const auto psnr = QString::number(outcome->report.metric("psnr"), 'f', 2);
    QVERIFY2(window().summary().startsWith(QStringLiteral("PSNR %1 dB").arg(psnr)), qPrintable(window().summary()));
    QTRY_VERIFY_WITH_TIMEOUT(!document()->hasUnsavedResult(), kPatience);  // it is in the history
    QVERIFY(!document()->pastRuns().all().back().id.empty());

    const auto path = folder_.filePath(QStringLiteral("result.png"));
    QSignalSpy saved(window().files(), &ui::FileDesk::resultSaved);
    window().files()->saveResult(path);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatience);
    QVERIFY(!document()->hasUnsavedResult());
    const auto read = readPhoto(path.toStdString());
    QCOMPARE(read.image.width, kSide);
    const auto request = requestFromJson(read.request_json);
    QCOMPARE(request.solver, std::string("p2l"));
    QCOMPARE(numberOf(request.sampler_values, "steps"), 4.0);
    QCOMPARE(numberOf(request.solver_values, "K"), 0.0);
  }

  void furtherPhotosOfTheCommandLineAreOfferedToTheQueue() {
    const auto second = folder_.filePath(QStringLiteral("second.png"));
    QVERIFY(QFile::copy(photo_, second));
    studio_ = std::make_unique<app::Studio>();
    studio_->start(photo_, {second});
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr && document()->photo()->path == photo_, kPatience);
    auto* messages = window().messages();
    QVERIFY(messages->has(ui::MessageBar::Topic::Start));
    studio_->desk().queue()->clearEnded();  // of a test that was stopped
    QVERIFY(studio_->desk().queue()->jobs().empty());  // which would write files
    for (int i = 0; i < messages->count() && !messages->text().startsWith(QStringLiteral("Of the 2 files")); ++i)
      messages->showNext();
    QVERIFY2(messages->text().startsWith(QStringLiteral("Of the 2 files that were named only photo.png is opened")),
             qPrintable(messages->text()));
    for (auto* button : messages->findChildren<QPushButton*>()) {
      if (button->text() == QStringLiteral("Add to the queue")) button->click();
    }
    QTRY_COMPARE_WITH_TIMEOUT(studio_->desk().queue()->jobs().size(), std::size_t(2), kPatience);
    studio_->desk().queue()->cancelAll();
    QTRY_VERIFY_WITH_TIMEOUT(!studio_->desk().queue()->isRunning(), kPatience);
    studio_->desk().queue()->clearEnded();  // the next start would have them
    document()->markSaved();
  }

  void aPaintedMaskIsSavedAndRecalled() {
    choose(2, "inpaint");
    find<ui::DegradationPanel>()->setMaskSource(ui::DegradationPanel::MaskSource::Painted);
    auto* mask = find<ui::MaskEditor>();
    mask->setTool(ui::MaskEditor::Tool::Rectangle);
    mask->beginStroke({10, 12});
    mask->endStroke({30, 40});
    const auto painted = mask->image().copy();
    QVERIFY(!mask->isEmpty());
    find<ui::RunBar>()->runAction()->trigger();
    waitForEnd();
    QVERIFY(document()->result());
    const auto first = document()->result()->outcome.picture.pixels;
    const auto path = folder_.filePath(QStringLiteral("painted.png"));
    QSignalSpy saved(window().files(), &ui::FileDesk::resultSaved);
    window().files()->saveResult(path);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatience);

    // Another session: the result is opened with its photo, its mask and its settings, and run again.
    studio_ = std::make_unique<app::Studio>();
    studio_->start(path);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr && document()->result(), kPatience);
    QCOMPARE(document()->photo()->path, photo_);
    QCOMPARE(find<ui::MaskEditor>()->image(), painted);
    find<ui::RunBar>()->runAction()->trigger();
    waitForEnd();
    QVERIFY(document()->result());
    QVERIFY(document()->result()->outcome.picture.pixels == first);
    document()->markSaved();
  }

  void aPartFollowsTheSettingsAndARunTakesItsPlace() {
    auto* live = window().livePreview();
    QVERIFY(live->isEnabled());
    QVERIFY(live->part().isNull());
    QCoreApplication::processEvents();  // what the photo brings with it is no change of a person's
    find<ui::DegradationPanel>()->setDegradation("defocus");
    QTRY_VERIFY_WITH_TIMEOUT(!live->part().isNull(), kPatience);
    const auto canvas = window().widgets().canvas;
    QVERIFY(!canvas->inset().isNull());
    // The model itself, as on a machine that is quick enough.
    QTRY_VERIFY_WITH_TIMEOUT(document()->loaded().times.pixels > 0.0, kPatience);
    document()->networksTimed(document()->loaded().info, {1e6, 1e-6, 1e-6, 1e-6});
    find<ui::DegradationPanel>()->setDegradation("denoise");
    QTRY_COMPARE_WITH_TIMEOUT(live->part().steps, ui::LivePreview::kSteps, kPatience);
    QCOMPARE(live->part().picture.size(), QSize(kSide, kSide));
    QVERIFY(!document()->result());
    RestoreRequest request = document()->request();
    request.solver = "p2l";
    request.solver_values["K"] = 0.0;
    request.sampler_values["steps"] = 2.0;
    document()->recall(request);
    find<ui::RunBar>()->runAction()->trigger();
    waitForEnd();
    QVERIFY(document()->result());
    QVERIFY(canvas->inset().isNull());
    QCOMPARE(document()->pastRuns().all().back().request.sampler_values.at("steps"), ParamValue(2.0));
    // Off, it stays off in the next window.
    window().actions()->live->trigger();
    QVERIFY(!live->isEnabled());
    studio_ = std::make_unique<app::Studio>();
    QVERIFY(!window().livePreview()->isEnabled());
    QSettings().remove(QStringLiteral("live_preview"));
  }

  void aLessonIsNotWhatACrashBringsBack() {
    const auto path = QStringLiteral("%1/session-%2/session.json")
                          .arg(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
                          .arg(QCoreApplication::applicationPid());
    const auto label = [&path] {
      QFile file(path);
      if (!file.open(QIODevice::ReadOnly)) return QString();
      return QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("photo_label")].toString();
    };
    window().showPage(ui::MainWindow::Page::Learn);
    auto* lessons = window().learnPage()->model();
    lessons->choose(0);
    QTRY_VERIFY_WITH_TIMEOUT(lessons->isReady(), kPatience);
    QVERIFY(document()->photo()->label != QStringLiteral("photo.png"));
    studio_->desk().session()->flush();
    QCOMPARE(label(), QStringLiteral("photo.png"));
    window().showPage(ui::MainWindow::Page::Restore);
    QCOMPARE(document()->photo()->label, QStringLiteral("photo.png"));
    studio_->desk().session()->flush();
    QCOMPARE(label(), QStringLiteral("photo.png"));
  }

  void aLeftSessionIsOfferedOnAPageThatShowsIt() {
    const auto left =
        QStringLiteral("%1/session-999999999").arg(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    for (const int page : {2, 3}) {  // Compare and Learn
      studio_.reset();
      QVERIFY(QDir().mkpath(left));
      writeTextFile((left + QStringLiteral("/session.json")).toStdString(), R"({"photo_label": "cat.png"})");
      QSettings().setValue(QStringLiteral("page"), page);
      studio_ = std::make_unique<app::Studio>();
      QCOMPARE(static_cast<int>(window().page()), page);
      studio_->start(photo_);
      QCOMPARE(window().page(), ui::MainWindow::Page::Restore);
      QVERIFY(window().messages()->has(ui::MessageBar::Topic::Start));
      QVERIFY(QDir(left).removeRecursively());
      QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
    }
    QSettings().remove(QStringLiteral("page"));
  }

  void stopKeepsWhatThereIs() {
    choose(500);
    find<ui::RunBar>()->runAction()->trigger();
    waitForStep(2);
    QVERIFY(window().windowTitle().contains(QLatin1Char('%')));
    QElapsedTimer clock;
    clock.start();
    find<ui::RunBar>()->stopAction()->trigger();
    waitForEnd();
    qInfo("stopped within %lld ms", clock.elapsed());
    const auto result = document()->result();
    QVERIFY(result);
    const auto* outcome = &result->outcome;
    QCOMPARE(int(outcome->status), int(Outcome::Status::Cancelled));
    QCOMPARE(outcome->picture.width, kSide);
    QVERIFY(outcome->report.steps.size() < 500);
    const int seen = find<ui::StepTimeline>()->available();
    QTest::qWait(300);
    QCOMPARE(find<ui::StepTimeline>()->available(), seen);  // no late event reaches the view
    QVERIFY(!window().windowTitle().contains(QLatin1Char('%')));
  }

  void pauseHoldsAndStepGoesOnByOne() {
    choose(500);
    find<ui::RunBar>()->runAction()->trigger();
    waitForStep(1);
    find<ui::RunBar>()->pauseAction()->trigger();
    QCOMPARE(find<ui::RunBar>()->state(), ui::RunBar::State::Paused);
    QTest::qWait(500);  // what was under way has arrived
    const int held = find<ui::StepTimeline>()->available();
    QTest::qWait(700);
    QCOMPARE(find<ui::StepTimeline>()->available(), held);
    find<ui::RunBar>()->stepAction()->trigger();
    waitForStep(held + 1);
    QTest::qWait(500);
    QCOMPARE(find<ui::StepTimeline>()->available(), held + 1);
    find<ui::RunBar>()->pauseAction()->trigger();  // go on
    waitForStep(held + 3);
    find<ui::RunBar>()->stopAction()->trigger();
    waitForEnd();
  }

  void stepFromIdleStartsAndPauses() {
    choose(500);
    find<ui::RunBar>()->stepAction()->trigger();
    waitForStep(1);
    QTest::qWait(700);
    QCOMPARE(find<ui::StepTimeline>()->available(), 1);
    QCOMPARE(find<ui::RunBar>()->state(), ui::RunBar::State::Paused);
    find<ui::RunBar>()->stopAction()->trigger();
    waitForEnd();
  }

  void scrubbingShowsEarlierSteps() {
    choose(5);
    find<ui::RunBar>()->runAction()->trigger();
    waitForEnd();
    auto* timeline = find<ui::StepTimeline>();
    timeline->first();
    QCOMPARE(timeline->current(), 1);
    QVERIFY(!timeline->isLive());
    QCOMPARE(find<ui::CurvesPlot>()->cursorStep(), 1);
    timeline->setLive(true);
    QCOMPARE(timeline->current(), 5);
  }

  void sameSeedSamePicture() {
    choose(3);
    find<ui::RunBar>()->runAction()->trigger();
    waitForEnd();
    const auto first = document()->result()->outcome.picture.pixels;
    find<ui::RunBar>()->runAction()->trigger();
    waitForEnd();
    QVERIFY(document()->result()->outcome.picture.pixels == first);
  }

  void restoreModeShowsNoPsnr() {
    choose(3);
    auto request = document()->request();
    request.mode = Mode::Restore;
    document()->recall(request);
    find<ui::RunBar>()->runAction()->trigger();
    waitForEnd();
    const auto result = document()->result();
    QVERIFY(result);
    const auto* outcome = &result->outcome;
    QVERIFY(std::isnan(outcome->report.metric("psnr")));
    QCOMPARE(outcome->picture.width, 4 * kSide);
    QVERIFY(!ui::summaryText(*outcome).contains(QStringLiteral("PSNR")));
  }

  // A mask drawn at random would throw real pixels of a damaged photo away.
  void aMeasuredPhotoWaitsForItsMask() {
    choose(2);
    auto* panel = find<ui::DegradationPanel>();
    auto* bar = find<ui::RunBar>();
    QVERIFY(bar->runAction()->isEnabled());
    auto request = document()->request();
    request.degradation().id = "inpaint";
    request.degradation().values.clear();
    request.mode = Mode::Restore;
    request.measurement_seed.reset();
    document()->recall(request);  // with the same few steps
    QVERIFY(!bar->runAction()->isEnabled());
    QVERIFY2(bar->runAction()->toolTip().contains(QStringLiteral("would be drawn at random")),
             qPrintable(bar->runAction()->toolTip()));
    panel->setMaskSource(ui::DegradationPanel::MaskSource::Painted);
    QVERIFY(!bar->runAction()->isEnabled());
    QVERIFY(!bar->stepAction()->isEnabled());
    QVERIFY(bar->runAction()->toolTip().contains(QStringLiteral("hides no pixel yet")));
    document()->run();
    QVERIFY(!document()->isRunning());
    QVERIFY2(window().messages()->text().contains(QStringLiteral("hides no pixel yet")),
             qPrintable(window().messages()->text()));
    auto* mask = window().findChild<ui::MaskEditor*>();
    mask->beginStroke({10, 10});
    mask->endStroke({30, 12});
    QVERIFY(bar->runAction()->isEnabled());
    bar->runAction()->trigger();
    QVERIFY(document()->isRunning());
    waitForEnd();
    QVERIFY(document()->result());
    QCOMPARE(document()->result()->outcome.report.request.degradation().mask, std::string("painted"));
    mask->clear();
    QVERIFY(!bar->runAction()->isEnabled());
    panel->setMode(Mode::Demonstrate);
    panel->setMaskSource(ui::DegradationPanel::MaskSource::Random);
    QVERIFY(bar->runAction()->isEnabled());
    document()->markSaved();
  }

  void problemsAreSentences_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no picture") << QByteArray("hello");
    QTest::newRow("cut off") << QByteArray("\x89PNG\r\n\x1a\n", 8);
  }
  void problemsAreSentences() {
    QFETCH(QByteArray, bytes);
    const auto path = folder_.filePath(QStringLiteral("bad.png"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    window().files()->open(path);
    QTRY_VERIFY_WITH_TIMEOUT(window().messages()->text().contains(QStringLiteral("bad.png")), kPatience);
    QCOMPARE(document()->photo()->path, photo_);  // the photo that was there stays
  }

  void aMaskThatCameBackIsNotReplacedByTheNextLeftSession() {
    const auto data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    const auto own = QStringLiteral("%1/session-%2/").arg(data).arg(QCoreApplication::applicationPid());
    for (const auto& earlier : ui::SessionKeeper::left(data)) ui::SessionKeeper::discard(earlier);  // of a killed test
    choose(2, "inpaint");
    find<ui::DegradationPanel>()->setMaskSource(ui::DegradationPanel::MaskSource::Painted);
    auto* painted = find<ui::MaskEditor>();
    painted->setTool(ui::MaskEditor::Tool::Rectangle);
    QStringList sessions;
    for (const char* name : {"one.png", "two.png"}) {  // as two processes that were killed have left them
      const auto photo = folder_.filePath(QString::fromLatin1(name));
      QVERIFY(document()->photo()->shown.save(photo));
      window().files()->open(photo);
      QTRY_COMPARE_WITH_TIMEOUT(document()->photo()->path, photo, kPatience);
      painted->beginStroke({10, 12});
      painted->endStroke({30, 40});
      studio_->desk().session()->changed();
      studio_->desk().session()->flush();
      sessions << QStringLiteral("%1/session-99999999%2").arg(data).arg(sessions.size());
      QVERIFY(QDir().mkpath(sessions.last()));
      for (const auto* file : {"state.png", "session.json"})
        QVERIFY(QFile::copy(own + QLatin1String(file), sessions.last() + QLatin1Char('/') + QLatin1String(file)));
      QTest::qWait(20);
    }
    studio_ = nullptr;
    studio_ = std::make_unique<app::Studio>();
    studio_->start(photo_);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
    document()->markSaved();
    auto* messages = window().messages();
    const auto press = [&] {
      while (messages->count() > 0 && !messages->text().contains(QStringLiteral("ended unexpectedly")))
        messages->dismiss();
      for (auto* button : messages->findChildren<QAbstractButton*>()) {
        if (button->text() == QStringLiteral("Bring it back")) button->click();
      }
    };
    press();
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo()->path != photo_, kPatience);
    const auto first = document()->photo()->label;
    const auto next = first == QLatin1String("one.png") ? QStringLiteral("two.png") : QStringLiteral("one.png");
    QTRY_VERIFY2_WITH_TIMEOUT(messages->text().contains(next), qPrintable(messages->text()), kPatience);
    auto* mask = find<ui::MaskEditor>();
    QTRY_VERIFY_WITH_TIMEOUT(!mask->isEmpty(), kPatience);
    press();
    QTRY_VERIFY2_WITH_TIMEOUT(messages->text().contains(QStringLiteral("not brought back yet")),
                              qPrintable(messages->text()), kPatience);
    QCOMPARE(document()->photo()->label, first);
    QVERIFY(!mask->isEmpty());
    QCOMPARE(ui::SessionKeeper::left(data).size(), 1);
    mask->clear();  // given up: the next one may come
    press();
    QTRY_COMPARE_WITH_TIMEOUT(document()->photo()->label, next, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(ui::SessionKeeper::left(data).isEmpty(), kPatience);
  }

  void anUnwritableResultIsSaidAndNotLost() {
    choose(2);
    find<ui::RunBar>()->runAction()->trigger();
    waitForEnd();
    window().files()->saveResult(QStringLiteral("/nonexistent-folder/result.png"));
    QTRY_VERIFY_WITH_TIMEOUT(window().messages()->text().contains(QStringLiteral("nonexistent-folder")), kPatience);
    QVERIFY(document()->result());
    QTRY_VERIFY_WITH_TIMEOUT(!document()->hasUnsavedResult(), kPatience);  // it is in the history
    QVERIFY(!document()->pastRuns().all().back().id.empty());
  }

  void aProjectHasAMarkAndComesIntoOpenRecentAndKeepsItsMask() {
    choose(2, "inpaint");
    find<ui::DegradationPanel>()->setMaskSource(ui::DegradationPanel::MaskSource::Painted);
    auto* mask = find<ui::MaskEditor>();
    mask->setTool(ui::MaskEditor::Tool::Rectangle);
    mask->beginStroke({10, 12});
    mask->endStroke({30, 40});
    const auto painted = mask->image().copy();
    const auto project = folder_.filePath(QStringLiteral("a.p2l"));
    auto& desk = studio_->desk();
    const auto title = [this] { return window().windowTitle(); };
    desk.saveProject(project);
    QTRY_VERIFY2_WITH_TIMEOUT(title().contains(QStringLiteral("a.p2l –")), qPrintable(title()), kPatience);
    QCOMPARE(QSettings().value(QStringLiteral("recent")).toStringList().value(0), project);
    QVERIFY(window().files()->atStake().losses.isEmpty());

    choose(3);
    QTRY_VERIFY2_WITH_TIMEOUT(title().contains(QStringLiteral("a.p2l*")), qPrintable(title()), kPatience);
    const auto losses = window().files()->atStake().losses.join(QLatin1Char('\n'));
    QVERIFY2(losses.contains(QStringLiteral("a.p2l")), qPrintable(losses));
    QVERIFY(window().files()->atStake().can_save);

    QSettings().setValue(QStringLiteral("recent"), QStringList());
    QSignalSpy opened(&desk, &ui::DocumentDesk::projectOpened);
    window().files()->open(project);
    QVERIFY(opened.wait(kPatience));
    QCOMPARE(QSettings().value(QStringLiteral("recent")).toStringList().value(0), project);
    QTest::qWait(1500);  // nothing that the views make of it is a change
    QVERIFY2(title().contains(QStringLiteral("a.p2l –")), qPrintable(title()));
    QCOMPARE(mask->image(), painted);
    QCOMPARE(numberOf(document()->request().sampler_values, "steps"), 2.0);
    QVERIFY2(!desk.isProjectChanged(), qPrintable(title()));
    const auto after = window().files()->atStake().losses.join(QLatin1Char('\n'));
    QVERIFY2(!after.contains(QStringLiteral("in no file")), qPrintable(after));
  }

  void closingDuringARunEndsIt() {
    choose(500);
    find<ui::RunBar>()->runAction()->trigger();
    waitForStep(1);
    QElapsedTimer clock;
    clock.start();
    studio_.reset();
    QVERIFY2(clock.elapsed() < kPatience, "the worker did not end");
  }

  void everyControlHasAnAccessibleName() {
    QStringList nameless;
    for (auto* widget : window().findChildren<QWidget*>()) {
      const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                           qobject_cast<QAbstractSpinBox*>(widget) || qobject_cast<QAbstractSlider*>(widget) ||
                           qobject_cast<QLineEdit*>(widget) || qobject_cast<QProgressBar*>(widget);
      if (!control || !widget->accessibleName().isEmpty()) continue;
      if (widget->objectName().startsWith(QStringLiteral("qt_")) || widget->inherits("QScrollBar"))
        continue;  // Qt's own parts
      const auto* button = qobject_cast<QAbstractButton*>(widget);
      if (button && !button->text().isEmpty()) continue;
      nameless << QStringLiteral("%1 in %2")
                      .arg(QString::fromLatin1(widget->metaObject()->className()),
                           QString::fromLatin1(widget->parentWidget()->metaObject()->className()));
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
  }

  void bothThemesPaint() {
    for (const auto theme : {ui::Theme::Light, ui::Theme::Dark}) {
      ui::applyTheme(*qApp, theme);
      QCoreApplication::processEvents();
      const auto image = window().grab().toImage();
      QVERIFY(!image.isNull());
      QCOMPARE(ui::isDark(window().palette()), theme == ui::Theme::Dark);
    }
  }
};

QTEST_MAIN(StudioFlowTest)
#include "studio_flow_test.moc"
