// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window with a worker that the test plays.
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUndoStack>
#include <QWheelEvent>
#include <QtTest>

#include "core/api/files.h"
#include "core/api/models.h"
#include "core/api/session.h"
#include "ui/base/model_store.h"
#include "ui/canvas/image_canvas.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/mask_editor.h"
#include "ui/files/file_desk.h"
#include "ui/learn/learn_model.h"
#include "ui/learn/learn_page.h"
#include "ui/run/run_bar.h"
#include "ui/run/run_status.h"
#include "ui/run/step_timeline.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/quality_row.h"
#include "ui/settings/solver_panel.h"
#include "ui/style/theme.h"
#include "ui/task/degradation_panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/bench.h"
#include "ui/window/status_line.h"

using namespace p2l;

class MainWindowTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 48;
  static constexpr int kSteps = 5;
  static constexpr int kPatience = 20000;

  Catalogue catalogue_ = Session().catalogue();
  QTemporaryDir folder_;
  QString photo_;
  std::unique_ptr<ui::MainWindow> window_;
  ui::RunJob job_;  ///< the last one asked for
  int jobs_ = 0, previews_ = 0;

  ui::RunModel* document() const { return window_->document(); }
  template <class Widget>
  Widget* find() const {
    return window_->findChild<Widget*>();
  }
  QString title() const { return window_->windowTitle(); }
  QString summary() const { return window_->summary(); }
  QString write(const char* name, int width, int height) const {
    QImage image(width, height, QImage::Format_RGB888);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) image.setPixelColor(x, y, QColor(5 * x % 256, 5 * y % 256, 128));
    }
    const auto path = folder_.filePath(QString::fromLatin1(name));
    return image.save(path) ? path : QString();
  }
  void open(const QString& path) {
    window_->files()->open(path);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr && document()->photo()->path == path, kPatience);
    QCOMPARE(document()->request().mode, Mode::Restore);  // a photo of one's own is damaged already
    find<ui::DegradationPanel>()->setMode(Mode::Demonstrate);
    QCoreApplication::processEvents();  // what a photo brings with it is no change to be undone
  }

  // What the worker says.
  static std::shared_ptr<const Frame> frame(int grey) {
    auto made = std::make_shared<Frame>();
    made->width = made->height = kSide;
    made->bytes.assign(size_t(kSide) * kSide * 3, std::uint8_t(grey));
    return made;
  }
  void start(quint64 id, int steps = kSteps) {
    RunStart start;
    start.run_id = id;
    start.steps = steps;
    start.noise_level = 0.5;
    start.measurement = frame(60);
    start.truth = frame(70);
    document()->runStarted(start);
  }
  static StepReport report(int step) {
    StepReport report;
    report.step = step;
    report.steps = kSteps;
    report.timestep = 1000 - 200 * step;
    report.residual = 10.0 / step;
    report.psnr = 20.0 + step;
    report.seconds = 0.1;
    return report;
  }
  void step(quint64 id, int number) {
    document()->stepFinished(id, report(number));
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->run_id = id;
    snapshot->report = report(number);
    snapshot->estimate = frame(100 + number);
    document()->picturesReady({snapshot});
  }
  void finish(quint64 id, Outcome::Status status, int steps = kSteps) {
    Outcome outcome;
    outcome.status = status;
    if (status == Outcome::Status::Diverged) outcome.message = "it diverged";
    if (steps > 0) outcome.picture = imageFromFrame(*frame(200));
    outcome.measurement = outcome.baseline = imageFromFrame(*frame(60));
    outcome.truth = imageFromFrame(*frame(70));
    outcome.report.request = catalogue_.complete(job_.request);
    outcome.report.metrics["psnr"] = 27.25;
    outcome.report.psnr_measurement = 20.0;
    outcome.report.psnr_autoencoder = 30.0;
    outcome.report.residual = 0.75;
    outcome.report.noise_level = 0.5;
    for (int i = 1; i <= steps; ++i) outcome.report.steps.push_back(report(i));
    document()->runFinished(id, ui::resultFromOutcome(std::move(outcome)));
  }
  /// The colour of the picture after, in its middle.
  QRgb canvasPixel() const {
    auto* canvas = find<ui::ImageCanvas>();
    const auto mode = canvas->compareMode();
    canvas->setCompareMode(ui::ImageCanvas::CompareMode::AfterOnly);
    const auto image = canvas->grab().toImage();
    canvas->setCompareMode(mode);
    return image.pixel(image.width() / 2 + 3, image.height() / 2 + 3);  // beside the lines between the pixels
  }
  void runWhole() {
    find<ui::RunBar>()->runAction()->trigger();
    start(job_.run_id);
    for (int i = 1; i <= kSteps; ++i) step(job_.run_id, i);
    finish(job_.run_id, Outcome::Status::Completed);
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-window-test"));
    photo_ = write("photo.png", kSide, kSide);
    QVERIFY(!photo_.isEmpty());
  }
  void init() {
    QSettings().clear();
    window_ = std::make_unique<ui::MainWindow>(catalogue_);
    job_ = {};
    jobs_ = previews_ = 0;
    connect(document(), &ui::RunModel::runRequested, this, [this](const ui::RunJob& job) {
      job_ = job;
      ++jobs_;
    });
    connect(document(), &ui::RunModel::previewRequested, this, [this] { ++previews_; });
    window_->show();
  }
  void cleanup() {
    // The document holds what the panels show, whatever was done to them.
    auto shown = document()->request();
    ui::JobPictures pictures;
    find<ui::SolverPanel>()->writeTo(shown);
    find<ui::DegradationPanel>()->writeTo(shown, pictures);
    QCOMPARE(jsonFromRequest(document()->request()), jsonFromRequest(shown));
    QCOMPARE(document()->openQuestion(), find<ui::DegradationPanel>()->openQuestion());
    QCOMPARE(document()->outputScale(), find<ui::DegradationPanel>()->outputScale());
    window_->document()->markSaved();
    window_.reset();
  }

  void runWithoutAPhotoIsASentence() {
    document()->run();
    QCOMPARE(jobs_, 0);
    QVERIFY(!window_->messages()->text().isEmpty());
    open(photo_);
    QVERIFY2(window_->messages()->text().isEmpty(), qPrintable(window_->messages()->text()));
  }

  void withoutAPhotoRunIsDisabledAndSaysWhatToDo() {
    const auto* bar = find<ui::RunBar>();
    QVERIFY(!bar->runAction()->isEnabled());
    QVERIFY(!bar->runButton()->isEnabled());
    QVERIFY(!bar->stepAction()->isEnabled());
    const auto help = bar->runAction()->toolTip();
    QVERIFY2(help.contains(QStringLiteral("Open a photo first")), qPrintable(help));
    QTest::keyClick(find<ui::ImageCanvas>(), Qt::Key_F5);
    QTest::keyClick(find<ui::ImageCanvas>(), Qt::Key_Return);
    QCOMPARE(jobs_, 0);
    open(photo_);
    QVERIFY(bar->runAction()->isEnabled());
    QVERIFY(bar->stepAction()->isEnabled());
    QVERIFY(!bar->runAction()->toolTip().contains(QStringLiteral("Open a photo first")));
  }

  void anOpenedPhotoIsShownAndMeasured() {
    open(photo_);
    QVERIFY(title().startsWith(QStringLiteral("photo.png")));
    QCOMPARE(previews_, 1);
    QVERIFY(!find<ui::ImageCanvas>()->isEmpty());
    QCOMPARE(find<ui::MaskEditor>()->size(), QSize(kSide, kSide));
  }

  void whatIsAtStakeDuringALessonIsThePersonsOwn() {
    QSignalSpy opened(window_.get(), &ui::MainWindow::lessonOpened);
    auto dialogs = ui::screenDialogs();
    QStringList losses;
    dialogs.leave = [&losses](QWidget*, const ui::AtStake& at_stake) {
      losses = at_stake.losses;
      return ui::Leave::Stay;
    };
    window_->files()->setDialogs(dialogs);
    open(photo_);
    find<ui::DegradationPanel>()->setDegradation("inpaint");
    find<ui::DegradationPanel>()->setMaskSource(ui::DegradationPanel::MaskSource::Painted);
    auto* mask = document()->mask();
    mask->setTool(ui::MaskEditor::Tool::Rectangle);
    mask->beginStroke({10, 12});
    mask->endStroke({30, 40});
    const auto painted = mask->image().copy();
    window_->showPage(ui::MainWindow::Page::Learn);
    auto* lessons = window_->learnPage()->model();
    lessons->choose(0);
    QTRY_VERIFY_WITH_TIMEOUT(lessons->isReady(), kPatience);
    QVERIFY(opened.last().at(0).toBool());
    QVERIFY(document()->photo()->path != photo_);
    window_->close();
    QVERIFY2(losses.join(QLatin1Char(' ')).contains(QStringLiteral("mask painted on photo.png")),
             qPrintable(losses.join(QLatin1Char(' '))));
    QVERIFY(window_->isVisible());
    QVERIFY(!opened.last().at(0).toBool());
    QCOMPARE(document()->photo()->path, photo_);
    QCOMPARE(mask->image(), painted);
  }

  void aPhotoOpenedDuringALessonIsShownInRestore() {
    open(photo_);
    window_->showPage(ui::MainWindow::Page::Learn);
    auto* lessons = window_->learnPage()->model();
    lessons->choose(0);
    QTRY_VERIFY_WITH_TIMEOUT(lessons->isReady(), kPatience);
    const auto other = write("other.png", kSide, kSide);
    open(other);
    QTRY_COMPARE_WITH_TIMEOUT(window_->page(), ui::MainWindow::Page::Restore, kPatience);
    QCOMPARE(lessons->current(), -1);
    QCOMPARE(document()->photo()->path, other);
  }

  void aPhotoOpenedOnCompareIsShownInRestoreAndLabStays() {
    open(photo_);
    window_->showPage(ui::MainWindow::Page::Compare);
    open(write("other.png", kSide, kSide));
    QTRY_COMPARE_WITH_TIMEOUT(window_->page(), ui::MainWindow::Page::Restore, kPatience);
    window_->showPage(ui::MainWindow::Page::Lab);
    open(photo_);
    QCoreApplication::processEvents();
    QCOMPARE(window_->page(), ui::MainWindow::Page::Lab);
  }

  void theRequestIsWhatThePanelsState() {
    open(photo_);
    find<ui::DegradationPanel>()->setDegradation("random-drop");
    find<ui::RunBar>()->runAction()->trigger();
    QCOMPARE(jobs_, 1);
    QCOMPARE(job_.request.photo, photo_.toStdString());
    QCOMPARE(job_.request.degradation().id, std::string("random-drop"));
    QCOMPARE(job_.request.solver, std::string("latent_daps"));
    QCOMPARE(job_.request.mode, Mode::Demonstrate);
    QVERIFY(job_.pictures.photo != nullptr);
    QCOMPARE(job_.pictures.photo->width, kSide);
    catalogue_.complete(job_.request);  // throws when something does not fit
    QVERIFY(!find<ui::RunBar>()->runAction()->isEnabled());
    find<ui::RunBar>()->runAction()->trigger();
    QCOMPARE(jobs_, 1);  // one at a time
  }

  void aPresetSetsTheDegradationItIsForAndIsUndone() {
    open(photo_);
    auto* solver = find<ui::SolverPanel>();
    auto* task = find<ui::DegradationPanel>();
    const auto before = document()->request();
    QCOMPARE(integerOf(before.degradation().values, "factor"), 4);
    solver->setPreset("paper-ffhq-sr");
    RestoreRequest asked;
    asked.preset = "paper-ffhq-sr";
    auto run = catalogue_.complete(asked);
    auto here = document()->request();
    QCOMPARE(integerOf(task->params()->values(), "factor"), 8);
    QCOMPARE(solver->preset(), std::string("paper-ffhq-sr"));
    QVERIFY(here.degradation().values == run.degradation().values);
    QVERIFY(here.solver_values == run.solver_values);
    QVERIFY(here.sampler_values == run.sampler_values);
    QCOMPARE(here.preset, run.preset);
    for (auto* action : window_->findChildren<QAction*>()) {
      if (action->shortcut() == QKeySequence(QKeySequence::Undo)) action->trigger();
    }
    here = document()->request();
    QVERIFY(here.degradation().values == before.degradation().values);
    QVERIFY(here.solver_values == before.solver_values);
    QCOMPARE(here.preset, before.preset);
  }

  void aPresetWithALargerResultIsOneNamedStepOfUndo() {
    const auto photo = write("medium.png", 140, 140);
    window_->files()->open(photo);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr && document()->photo()->path == photo, kPatience);
    find<ui::DegradationPanel>()->setDegradation("sr");
    QTest::qWait(50);
    document()->undoStack()->clear();
    const auto before = document()->request();
    QCOMPARE(integerOf(before.degradation().values, "factor"), 4);
    QVERIFY(before.sampler_values.at("patches") == ParamValue(std::string("none")));
    find<ui::SolverPanel>()->setPreset("paper-ffhq-sr");
    QTest::qWait(50);
    QVERIFY(document()->request().sampler_values.at("patches") == ParamValue(std::string("mixture")));  // 1120 x 1120
    auto* stack = document()->undoStack();
    QCOMPARE(stack->count(), 1);
    QVERIFY2(stack->undoText().startsWith(QStringLiteral("preset ")), qPrintable(stack->undoText()));
    stack->undo();
    QCOMPARE(jsonFromRequest(document()->request()), jsonFromRequest(before));
  }

  void redoHasTheKeysOfBothHabits() {
    open(photo_);
    const auto former = find<ui::SolverPanel>()->solver();
    find<ui::SolverPanel>()->setSolver("ldps");
    QTRY_VERIFY(document()->undoStack()->canUndo());
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    auto* canvas = find<ui::ImageCanvas>();
    canvas->setFocus();
    for (const auto& [key, held] : {std::pair<Qt::Key, Qt::KeyboardModifiers>(Qt::Key_Y, Qt::ControlModifier),
                                    {Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier}}) {
      QTest::keyClick(canvas, Qt::Key_Z, Qt::ControlModifier);
      QCOMPARE(document()->request().solver, former);
      QTest::keyClick(canvas, key, held);
      QCOMPARE(document()->request().solver, std::string("ldps"));
    }
  }

  void theBarSaysWhatTheNextRunTakes() {
    open(photo_);
    auto* bar = find<ui::RunBar>();
    auto* solver = find<ui::SolverPanel>();
    solver->setSolver("latino");
    solver->sampler()->changeValues({{"steps", 100.0}}, "steps");
    const auto model = *catalogue_.model("p2l-tiny");
    // 100 rounds of 36 s on pictures of this size.
    document()->networksTimed(model, {double(kSide) * kSide, 12.0, 12.0, 12.0});
    QTRY_VERIFY_WITH_TIMEOUT(bar->text().startsWith(QStringLiteral("about 61 min · ")), kPatience);
    QVERIFY(find<ui::RunStatus>()->warning());
    QVERIFY2(find<ui::RunStatus>()->toolTip().contains(QStringLiteral("less time")), "it says what would be quicker");
    QVERIFY2(find<ui::StatusLine>()->planText().startsWith(QStringLiteral("Fast, fewer steps or a smaller part")),
             qPrintable(find<ui::StatusLine>()->planText()));
    solver->sampler()->changeValues({{"steps", 200.0}}, "steps");
    QTRY_VERIFY_WITH_TIMEOUT(bar->text().startsWith(QStringLiteral("about 2 h · ")), kPatience);
    document()->networksTimed(model, {double(kSide) * kSide, 0.01, 0.01, 0.01});
    QTRY_VERIFY_WITH_TIMEOUT(!find<ui::RunStatus>()->warning(), kPatience);
    QVERIFY(!find<ui::StatusLine>()->planText().contains(QStringLiteral("fewer steps")));
    bar->runAction()->trigger();
    start(job_.run_id);
    QVERIFY2(bar->text().contains(QStringLiteral("Step 0 of 5")), qPrintable(bar->text()));
    document()->networksTimed({}, {});  // another model is being loaded
    QTRY_VERIFY_WITH_TIMEOUT(document()->needs().time.isEmpty(), kPatience);
  }

  void aDragThatPaintsNothingSaysWhy() {
    open(photo_);
    auto* task = find<ui::DegradationPanel>();
    const auto said = [this] {
      emit find<ui::ImageCanvas>()->dragMovesPicture();
      return window_->statusBar()->currentMessage();
    };
    QVERIFY(said().isEmpty() || !said().contains(QStringLiteral("press M")));
    task->setDegradation("inpaint");
    task->setMaskSource(ui::DegradationPanel::MaskSource::Painted);
    task->paintButton()->setChecked(false);  // as a run does
    QVERIFY2(said().contains(QStringLiteral("press M")), qPrintable(said()));
  }

  void whatIsQuickerIsNotWhatIsChosen() {
    open(photo_);
    document()->networksTimed(*catalogue_.model("p2l-tiny"), {double(kSide) * kSide, 100.0, 100.0, 100.0});
    const auto said = [this] { return find<ui::StatusLine>()->planText(); };
    find<ui::QualityRow>()->choose(int(ui::QualityRow::Quality::Best));
    QTRY_VERIFY2_WITH_TIMEOUT(said().startsWith(QStringLiteral("Fast, fewer steps or a smaller part")),
                              qPrintable(said()), kPatience);
    QVERIFY2(said().contains(QStringLiteral("Fast: ")), qPrintable(said()));
    find<ui::QualityRow>()->choose(int(ui::QualityRow::Quality::Fast));
    QTRY_VERIFY2_WITH_TIMEOUT(said().startsWith(QStringLiteral("Fewer steps or a smaller part")), qPrintable(said()),
                              kPatience);
  }

  void theStatusLineNamesTheDeviceThatIsMeant() {
    const auto* line = find<ui::StatusLine>();
    const auto wanted = deviceName("auto");
    const auto shown = wanted == "cpu" ? QStringLiteral("processor") : QString::fromStdString(wanted);
    QTRY_COMPARE_WITH_TIMEOUT(line->deviceText(), QStringLiteral("p2l-tiny · %1").arg(shown), kPatience);
    find<ui::SolverPanel>()->models()->setOptions(0, {}, QStringLiteral("cuda:99"));  // which is not here
    QTRY_COMPARE_WITH_TIMEOUT(line->deviceText(), QStringLiteral("p2l-tiny · cuda:99"), kPatience);
  }

  void aRunMovesEverything() {
    open(photo_);
    find<ui::RunBar>()->runAction()->trigger();
    start(job_.run_id);
    step(job_.run_id, 1);
    QCOMPARE(find<ui::StepTimeline>()->steps(), kSteps);
    QCOMPARE(find<ui::CurvesPlot>()->runCount(), 1);
    auto slow = report(2);
    slow.seconds = 8.0;
    document()->stepFinished(job_.run_id, slow);
    QCOMPARE(find<ui::StepTimeline>()->current(), 2);
    QCOMPARE(find<ui::CurvesPlot>()->cursorStep(), 2);
    QVERIFY2(title().startsWith(QStringLiteral("40 %, 0:12 left, 4.")), qPrintable(title()));
    QVERIFY2(title().contains(QStringLiteral(" s/step – ")), qPrintable(title()));
    QVERIFY(find<ui::RunBar>()->text().contains(QStringLiteral("2 of 5")));
    for (int i = 3; i <= kSteps; ++i) step(job_.run_id, i);
    finish(job_.run_id, Outcome::Status::Completed);
    QVERIFY(!document()->isRunning());
    QVERIFY(!title().contains(QLatin1Char('%')));
    QVERIFY2(summary().contains(QStringLiteral("27.25")), qPrintable(summary()));
    QVERIFY(document()->hasUnsavedResult());
    QVERIFY(find<ui::RunBar>()->runAction()->isEnabled());
    QVERIFY(!find<ui::RunBar>()->stopAction()->isEnabled());
  }

  void scrubbingShowsEarlierStepsDuringARunAndAfterIt() {
    open(photo_);
    find<ui::RunBar>()->runAction()->trigger();
    start(job_.run_id);
    for (int i = 1; i <= 3; ++i) step(job_.run_id, i);
    auto* timeline = find<ui::StepTimeline>();
    timeline->first();
    QCOMPARE(find<ui::CurvesPlot>()->cursorStep(), 1);
    step(job_.run_id, 4);
    QCOMPARE(timeline->current(), 1);  // it stays where a person put it
    QCOMPARE(find<ui::CurvesPlot>()->cursorStep(), 1);
    step(job_.run_id, 5);
    finish(job_.run_id, Outcome::Status::Completed);
    QCOMPARE(timeline->current(), 1);
    timeline->next();
    QCOMPARE(find<ui::CurvesPlot>()->cursorStep(), 2);
    timeline->setLive(true);
    QCOMPARE(timeline->current(), kSteps);
  }

  void pauseStepAndStopReachTheRun() {
    open(photo_);
    auto* bar = find<ui::RunBar>();
    bar->runAction()->trigger();
    start(job_.run_id);
    bar->pauseAction()->trigger();
    QVERIFY(job_.control->paused());
    QVERIFY2(title().contains(QStringLiteral("paused")), qPrintable(title()));
    bar->stepAction()->trigger();
    QCOMPARE(bar->state(), ui::RunBar::State::Running);
    step(job_.run_id, 1);
    QCOMPARE(bar->state(), ui::RunBar::State::Paused);  // one step, then it waits again
    bar->pauseAction()->trigger();
    QVERIFY(!job_.control->paused());
    step(job_.run_id, 2);
    QCOMPARE(bar->state(), ui::RunBar::State::Running);
    bar->stopAction()->trigger();
    QVERIFY(job_.control->stopRequested());
    QCOMPARE(bar->state(), ui::RunBar::State::Stopping);
    finish(job_.run_id, Outcome::Status::Cancelled, 2);
    QCOMPARE(bar->state(), ui::RunBar::State::Idle);
    QVERIFY(document()->hasUnsavedResult());  // what there is is kept
  }

  void aRunThatDivergedIsShownAndKept() {
    open(photo_);
    find<ui::RunBar>()->runAction()->trigger();
    start(job_.run_id);
    for (int i = 1; i <= 3; ++i) step(job_.run_id, i);
    const auto kept = document()->pastRuns().all().size();
    finish(job_.run_id, Outcome::Status::Diverged, 3);
    QVERIFY(!document()->isRunning());
    QCOMPARE(canvasPixel(), qRgb(200, 200, 200));
    QCOMPARE(document()->pastRuns().all().size(), kept + 1);
    QVERIFY2(find<ui::RunBar>()->text().contains(QStringLiteral("Diverged")), qPrintable(find<ui::RunBar>()->text()));
    QVERIFY2(find<ui::MessageBar>()->text().contains(QStringLiteral("it diverged")),
             qPrintable(find<ui::MessageBar>()->text()));
    QCOMPARE(find<ui::StepTimeline>()->available(), 3);
  }

  void stopBeforeTheRunBegan() {
    open(photo_);
    auto* bar = find<ui::RunBar>();
    bar->runAction()->trigger();
    bar->stopAction()->trigger();  // the model is still being loaded
    QVERIFY(job_.control->stopRequested());
    finish(job_.run_id, Outcome::Status::Cancelled, 0);
    QVERIFY(!document()->isRunning());
    QVERIFY(!document()->hasUnsavedResult());
    QVERIFY(bar->runAction()->isEnabled());
  }

  void aStopBeforeTheFirstStepLeavesTheFormerResult() {
    open(photo_);
    runWhole();
    const auto result = document()->result();
    const auto shown = canvasPixel();
    QCOMPARE(shown, qRgb(200, 200, 200));
    find<ui::DegradationPanel>()->setDegradation("inpaint");
    auto* bar = find<ui::RunBar>();
    bar->runAction()->trigger();
    start(job_.run_id);
    bar->stopAction()->trigger();
    QCOMPARE(find<ui::StepTimeline>()->available(), kSteps);  // still those of the result
    QCOMPARE(canvasPixel(), shown);
    finish(job_.run_id, Outcome::Status::Cancelled, 0);
    QCOMPARE(document()->result(), result);
    QVERIFY(document()->hasUnsavedResult());
    QCOMPARE(canvasPixel(), shown);
    QVERIFY2(bar->text().contains(QStringLiteral("nothing new was made")), qPrintable(bar->text()));
    QVERIFY2(summary().contains(QStringLiteral("27.25")), qPrintable(summary()));
    QCOMPARE(bar->runAction()->text(), QStringLiteral("Run again"));  // the result is of other settings
    QCOMPARE(find<ui::CurvesPlot>()->runCount(), 1);
    auto* timeline = find<ui::StepTimeline>();
    QCOMPARE(timeline->steps(), kSteps);
    timeline->first();  // its steps can still be revisited
    QCOMPARE(canvasPixel(), qRgb(101, 101, 101));
    timeline->last();
    QCOMPARE(canvasPixel(), shown);
    find<ui::DegradationPanel>()->setDegradation("sr");
    QCOMPARE(bar->runAction()->text(), QStringLiteral("Run"));
  }

  void theFormerResultStaysUntilTheFirstStep() {
    open(photo_);
    runWhole();
    find<ui::RunBar>()->runAction()->trigger();
    start(job_.run_id);
    QCOMPARE(canvasPixel(), qRgb(200, 200, 200));
    step(job_.run_id, 1);
    QCOMPARE(canvasPixel(), qRgb(101, 101, 101));
    QCOMPARE(find<ui::StepTimeline>()->available(), 1);
    QCOMPARE(find<ui::CurvesPlot>()->runCount(), 2);
  }

  void aPastRunIsBroughtBackWhole() {
    open(photo_);
    find<ui::DegradationPanel>()->setDegradation("inpaint");
    find<ui::DegradationPanel>()->setMaskSource(ui::DegradationPanel::MaskSource::Painted);
    auto* mask = find<ui::MaskEditor>();
    mask->beginStroke({5, 5});
    mask->endStroke({20, 20});
    const auto painted = mask->image().copy();
    runWhole();
    const auto first = document()->result();
    const auto request = jsonFromRequest(document()->request());
    document()->markSaved();
    const auto other = write("other.png", kSide + 8, kSide);
    open(other);
    find<ui::DegradationPanel>()->setDegradation("sr");
    find<ui::SolverPanel>()->setSolver("ldps");
    runWhole();
    QVERIFY(document()->result() != first);
    QVERIFY(mask->isEmpty());
    QCOMPARE(document()->pastRuns().all().size(), std::size_t(2));
    find<ui::RunBar>()->runAction()->trigger();
    document()->bringBack(0);  // not during a run
    QVERIFY(!window_->messages()->text().isEmpty());
    QVERIFY(document()->result() != first);
    document()->runFailed(job_.run_id, QStringLiteral("no"));

    document()->bringBack(0);
    QCOMPARE(document()->result(), first);
    QCOMPARE(document()->photo()->path, photo_);
    QVERIFY(title().startsWith(QStringLiteral("photo.png")));
    QCOMPARE(QString::fromStdString(jsonFromRequest(document()->request())), QString::fromStdString(request));
    QCOMPARE(mask->image(), painted);
    QVERIFY2(summary().contains(QStringLiteral("27.25")), qPrintable(summary()));
    QCOMPARE(canvasPixel(), qRgb(200, 200, 200));
    QCOMPARE(find<ui::RunBar>()->runAction()->text(), QStringLiteral("Run"));  // nothing has changed since
    QVERIFY(!document()->hasUnsavedResult());
    auto* timeline = find<ui::StepTimeline>();
    QCOMPARE(timeline->available(), kSteps);
    timeline->first();
    QCOMPARE(canvasPixel(), qRgb(101, 101, 101));
    document()->bringBack(1);
    QCOMPARE(document()->photo()->path, other);
    QCOMPARE(find<ui::SolverPanel>()->solver(), std::string("ldps"));
  }

  void aRunThatIsBroughtBackIsOneStepOfUndoWithItsMask() {
    open(photo_);
    find<ui::DegradationPanel>()->setDegradation("inpaint");
    find<ui::DegradationPanel>()->setMaskSource(ui::DegradationPanel::MaskSource::Painted);
    auto* mask = find<ui::MaskEditor>();
    mask->beginStroke({5, 5});
    mask->endStroke({20, 20});
    const auto of_run = mask->image().copy();
    runWhole();
    document()->markSaved();
    mask->beginStroke({30, 5});
    mask->endStroke({40, 20});
    find<ui::SolverPanel>()->setSolver("ldps");
    QTest::qWait(20);
    const auto painted = mask->image().copy();
    const auto request = QString::fromStdString(jsonFromRequest(document()->request()));
    auto* stack = document()->undoStack();
    const int count = stack->count();
    document()->bringBack(0);
    QCOMPARE(mask->image(), of_run);
    QCOMPARE(stack->count(), count + 1);
    stack->undo();
    QCOMPARE(mask->image(), painted);
    QCOMPARE(QString::fromStdString(jsonFromRequest(document()->request())), request);
    QCOMPARE(find<ui::RunBar>()->runAction()->text(), QStringLiteral("Run again"));
    stack->undo();  // the solver
    stack->undo();  // the second stroke
    QCOMPARE(mask->image(), of_run);
  }

  void settingsOfARunWhosePictureWasDiscardedComeBack() {
    open(photo_);
    find<ui::DegradationPanel>()->setDegradation("gaussian-blur");
    runWhole();
    find<ui::DegradationPanel>()->setDegradation("sr");
    runWhole();
    document()->pastRuns().setBudget(1);
    document()->bringBack(0);
    QCOMPARE(find<ui::DegradationPanel>()->degradation(), std::string("gaussian-blur"));
    QVERIFY(summary().contains(QStringLiteral("discarded")));
  }

  void everySettingSaysWhatItDoes() {
    const auto said = [this](const std::vector<ParamSpec>& specs, const std::string& owner) {
      for (const auto& spec : specs) {
        const auto help = QString::fromStdString(spec.help);
        const auto what = qPrintable(QString::fromStdString(owner + "." + spec.key));
        QVERIFY2(help.size() > 25 && help.endsWith(QLatin1Char('.')), what);
        bool found = false;
        for (const auto* widget : window_->findChildren<QWidget*>()) {
          found = found || (widget->accessibleName() == QString::fromStdString(spec.label) &&
                            widget->toolTip().contains(help.toHtmlEscaped()));
        }
        QVERIFY2(found, what);
      }
    };
    for (const auto& solver : catalogue_.solvers) {
      find<ui::SolverPanel>()->setSolver(solver.id);
      said(solver.parameters, solver.id);
    }
    for (const auto& degradation : catalogue_.degradations) {
      find<ui::DegradationPanel>()->setDegradation(degradation.id);
      said(degradation.parameters, degradation.id);
    }
    said(catalogue_.sampler, "sampler");
  }

  void aSessionBeginsWithTheSameQualityOnEveryPage() {
    using Page = ui::MainWindow::Page;
    constexpr int kGood = static_cast<int>(ui::QualityRow::Quality::Good);
    for (const auto page : {Page::Restore, Page::Lab, Page::Compare, Page::Learn}) {
      window_.reset();
      QSettings().setValue(QStringLiteral("page"), static_cast<int>(page));  // where the session before was quit
      window_ = std::make_unique<ui::MainWindow>(catalogue_);
      QCOMPARE(window_->page(), page);
      QCOMPARE(window_->widgets().quality->current(), kGood);
      if (page == Page::Lab) continue;  // where a photo that is opened stays on the page
      window_->show();
      window_->files()->open(photo_);
      QTRY_VERIFY_WITH_TIMEOUT(document()->photo() != nullptr, kPatience);
      QCoreApplication::processEvents();
      QCOMPARE(window_->page(), Page::Restore);
      QCOMPARE(window_->widgets().quality->current(), kGood);
    }
  }

  void lateEventsOfAFormerRunAreDropped() {
    open(photo_);
    find<ui::RunBar>()->runAction()->trigger();
    const auto former = job_;
    start(former.run_id);
    step(former.run_id, 1);
    open(write("other.png", kSide, kSide));  // ends the run
    QVERIFY(former.control->stopRequested());
    QVERIFY(!document()->isRunning());
    step(former.run_id, 2);
    finish(former.run_id, Outcome::Status::Completed);
    QCOMPARE(find<ui::StepTimeline>()->steps(), 0);
    QVERIFY(document()->result() == nullptr);
    find<ui::RunBar>()->runAction()->trigger();
    QVERIFY(job_.run_id != former.run_id);
    start(former.run_id);
    step(former.run_id, 3);
    QCOMPARE(find<ui::StepTimeline>()->steps(), 0);
    start(job_.run_id);
    step(job_.run_id, 1);
    QCOMPARE(find<ui::StepTimeline>()->available(), 1);
  }

  void aRunThatFailsIsASentence() {
    open(photo_);
    find<ui::RunBar>()->runAction()->trigger();
    document()->runFailed(job_.run_id, QStringLiteral("There is no model of that name."));
    QCOMPARE(window_->messages()->text(), QStringLiteral("There is no model of that name."));
    QVERIFY(!document()->isRunning());
    find<ui::RunBar>()->runAction()->trigger();
    start(job_.run_id);
    QVERIFY2(window_->messages()->text().isEmpty(), qPrintable(window_->messages()->text()));  // solved
  }

  void changedSettingsOfferToRunAgain() {
    open(photo_);
    auto* run = find<ui::RunBar>()->runAction();
    runWhole();
    QCOMPARE(run->text(), QStringLiteral("Run"));
    const auto before = jsonFromRequest(document()->request());
    find<ui::DegradationPanel>()->setDegradation("inpaint");
    QCOMPARE(run->text(), QStringLiteral("Run again"));
    find<ui::DegradationPanel>()->setDegradation("sr");
    const auto after = QString::fromStdString(jsonFromRequest(document()->request())).split('\n');
    const auto lines = QString::fromStdString(before).split('\n');
    for (int i = 0; i < qMin(after.size(), lines.size()); ++i) QCOMPARE(after[i], lines[i]);
    QCOMPARE(run->text(), QStringLiteral("Run"));  // as they were
  }

  void settingsChangedDuringARunDoNotDisturbIt() {
    open(photo_);
    find<ui::RunBar>()->runAction()->trigger();
    start(job_.run_id);
    step(job_.run_id, 1);
    const int previews = previews_;
    const auto asked = jsonFromRequest(job_.request);
    find<ui::SolverPanel>()->setSolver("ldps");
    find<ui::DegradationPanel>()->setDegradation("gaussian-blur");
    QTest::qWait(2 * ui::RunModel::kPreviewDelayMs);
    QCOMPARE(previews_, previews);
    QVERIFY(document()->isRunning());
    QCOMPARE(jsonFromRequest(job_.request), asked);
    for (int i = 2; i <= kSteps; ++i) step(job_.run_id, i);
    finish(job_.run_id, Outcome::Status::Completed);
    QCOMPARE(document()->result()->outcome.report.request.degradation().id, std::string("sr"));
    QCOMPARE(find<ui::RunBar>()->runAction()->text(), QStringLiteral("Run again"));
  }

  void manyChangesAreOnePreview() {
    open(photo_);
    const int before = previews_;
    for (const char* id : {"inpaint", "gaussian-blur", "motion-blur", "sr", "random-drop"}) {
      find<ui::DegradationPanel>()->setDegradation(id);
    }
    QTRY_VERIFY_WITH_TIMEOUT(previews_ > before, kPatience);
    QTest::qWait(2 * ui::RunModel::kPreviewDelayMs);
    QCOMPARE(previews_, before + 1);
  }

  void aPhotoOfAnotherSizeEmptiesTheUndoStack() {
    open(photo_);
    auto* mask = find<ui::MaskEditor>();
    mask->beginStroke({5, 5});
    mask->endStroke({20, 20});
    QVERIFY(!mask->isEmpty());
    open(write("same.png", kSide, kSide));
    QVERIFY(!mask->isEmpty());  // kept for a photo of the same size
    const auto larger = write("larger.png", kSide + 16, kSide);
    window_->files()->open(larger);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo()->path == larger, kPatience);
    QCOMPARE(mask->size(), QSize(kSide + 16, kSide));
    QVERIFY(mask->isEmpty());
    for (auto* action : window_->findChildren<QAction*>()) {
      if (action->shortcut() == QKeySequence(QKeySequence::Undo)) QVERIFY(!action->isEnabled());
    }
  }

  void theSavedResultHoldsItsRequest() {
    open(photo_);
    runWhole();
    const auto path = folder_.filePath(QStringLiteral("result.png"));
    QSignalSpy saved(window_->files(), &ui::FileDesk::resultSaved);
    window_->files()->saveResult(path);
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatience);
    QVERIFY(!document()->hasUnsavedResult());
    const auto read = readPhoto(path.toStdString());
    QCOMPARE(read.image.width, kSide);
    QCOMPARE(requestFromJson(read.request_json).degradation().id, std::string("sr"));
    // Opened again it is what it was, a result of its photo, and no new photo.
    open(write("other.png", kSide, kSide));
    window_->files()->open(path);
    QTRY_VERIFY_WITH_TIMEOUT(document()->photo()->path == photo_, kPatience);
    QVERIFY(document()->result() && document()->showsResult());
  }

  void aBadPhotoIsASentence_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("no picture") << QByteArray("not a picture");
    QTest::newRow("cut off") << QByteArray("\x89PNG\r\n\x1a\n\0\0", 10);
  }
  void aBadPhotoIsASentence() {
    QFETCH(QByteArray, bytes);
    const auto path = folder_.filePath(QStringLiteral("bad.png"));
    QFile::remove(path);
    if (!bytes.isEmpty()) {
      QFile file(path);
      QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    window_->files()->open(path);
    QTRY_VERIFY_WITH_TIMEOUT(window_->messages()->text().contains(QStringLiteral("bad.png")), kPatience);
    QVERIFY(document()->photo() == nullptr);
  }

  void aModelThatFailsIsASentence() {
    document()->modelFailed(QStringLiteral("The folder holds no model."));
    QCOMPARE(window_->messages()->text(), QStringLiteral("The folder holds no model."));
    ModelInfo model;
    model.name = "p2l-tiny";
    document()->modelLoaded(model, 0.5);
    QVERIFY(window_->messages()->text().isEmpty());
  }

  void noTwoMnemonicsAreTheSame() {
    open(photo_);
    for (const auto page : {ui::MainWindow::Page::Restore, ui::MainWindow::Page::Lab})
      for (const auto& each : catalogue_.degradations) {
        window_->showPage(page);
        find<ui::DegradationPanel>()->setDegradation(each.id);
        QHash<QString, QString> texts;  // by letter
        const auto take = [&](const QString& text) {
          const auto key = QKeySequence::mnemonic(text).toString();
          if (key.isEmpty()) return true;
          const bool fresh = !texts.contains(key);
          if (!fresh) qWarning("%s: %s and %s", qPrintable(key), qPrintable(text), qPrintable(texts[key]));
          texts[key] = text;
          return fresh;
        };
        for (const auto* action : window_->menuBar()->actions()) QVERIFY(take(action->text()));
        for (const auto* label : window_->findChildren<QLabel*>())
          QVERIFY(!label->isVisible() || label->buddy() == nullptr || take(label->text()));
        for (const auto* button : window_->findChildren<QAbstractButton*>())
          QVERIFY(!button->isVisible() || take(button->text()));
        QVERIFY(texts.size() >= 6);
      }
  }

  void everyControlCanBeReachedAndHasAName_data() {
    QTest::addColumn<int>("page");
    QTest::addColumn<QSize>("size");
    for (const QSize& size : {QSize(800, 600), QSize(1280, 720), QSize(1920, 1200)}) {
      QTest::addRow("restore, %d wide", size.width()) << int(ui::MainWindow::Page::Restore) << size;
      QTest::addRow("lab, %d wide", size.width()) << int(ui::MainWindow::Page::Lab) << size;
    }
  }
  void everyControlCanBeReachedAndHasAName() {
    QFETCH(int, page);
    QFETCH(QSize, size);
    open(photo_);
    window_->setWindowState(Qt::WindowNoState);  // the screen of these tests is small
    QCoreApplication::processEvents();
    window_->showPage(static_cast<ui::MainWindow::Page>(page));
    window_->resize(size);
    QCoreApplication::processEvents();
    QCOMPARE(window_->size(), size);
    auto* bench = window_->widgets().bench;
    if (bench->isNarrow()) bench->showColumn(true);
    for (const auto& each : catalogue_.degradations) {
      find<ui::DegradationPanel>()->setDegradation(each.id);
      find<ui::DegradationPanel>()->setMode(Mode::Restore);
      int controls = 0;
      for (auto* widget : window_->findChildren<QWidget*>()) {
        const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                             qobject_cast<QAbstractSpinBox*>(widget) || qobject_cast<QAbstractSlider*>(widget) ||
                             qobject_cast<QLineEdit*>(widget) || qobject_cast<QProgressBar*>(widget);
        if (!control || !widget->isVisible()) continue;
        // Qt's own parts: of docks, menus, spin boxes, scroll areas
        if (widget->objectName().startsWith(QStringLiteral("qt_")) || widget->inherits("QScrollBar")) continue;
        ++controls;
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        const auto what = QStringLiteral("%1 in %2")
                              .arg(QString::fromLatin1(widget->metaObject()->className()),
                                   QString::fromLatin1(widget->parentWidget()->metaObject()->className()));
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()), qPrintable(what));
        if (widget->inherits("QProgressBar") || widget->inherits("QDockWidgetTitleButton")) continue;
        QVERIFY2(widget->focusPolicy() & Qt::TabFocus || widget->inherits("QLineEditIconButton"), qPrintable(what));
      }
      QVERIFY2(controls > 20, qPrintable(QString::number(controls)));
    }
  }

  void scrollingAColumnChangesNoSetting() {
    ui::applyTheme(*qApp, ui::Theme::Light);
    open(photo_);
    window_->resize(1280, 800);  // a narrow window folds the column away
    int turned = 0;
    for (const auto page : {ui::MainWindow::Page::Restore, ui::MainWindow::Page::Lab}) {
      window_->showPage(page);
      QCoreApplication::processEvents();
      window_->widgets().canvas->setFocus();
      const auto before = jsonFromRequest(document()->request());
      const int brush = document()->mask()->brushSize();
      for (auto* widget : window_->widgets().bench->findChildren<QWidget*>()) {
        const bool setting = qobject_cast<QComboBox*>(widget) != nullptr ||
                             qobject_cast<QAbstractSpinBox*>(widget) != nullptr ||
                             qobject_cast<QAbstractSlider*>(widget) != nullptr;
        if (!setting || widget->inherits("QScrollBar") || !widget->isVisible()) continue;
        for (const int delta : {-120, 120, 120}) {
          QWheelEvent wheel(QPointF(5, 5), widget->mapToGlobal(QPointF(5, 5)), {}, {0, delta}, Qt::NoButton,
                            Qt::NoModifier, Qt::NoScrollPhase, false);
          QSpontaneKeyEvent::setSpontaneous(&wheel);  // only a mouse's own goes on to the column
          qApp->notify(widget, &wheel);
        }
        ++turned;
      }
      QCOMPARE(jsonFromRequest(document()->request()), before);
      QCOMPARE(document()->mask()->brushSize(), brush);
    }
    QVERIFY2(turned > 8, qPrintable(QString::number(turned)));
  }

  void itFitsASmallScreenInBothThemes() {
    for (const auto theme : {ui::Theme::Light, ui::Theme::Dark}) {
      ui::applyTheme(*qApp, theme);
      QCoreApplication::processEvents();
      QVERIFY2(window_->minimumSizeHint().width() <= 1366 && window_->minimumSizeHint().height() <= 720,
               qPrintable(QStringLiteral("%1 x %2")
                              .arg(window_->minimumSizeHint().width())
                              .arg(window_->minimumSizeHint().height())));
      QCOMPARE(ui::isDark(window_->palette()), theme == ui::Theme::Dark);
      QVERIFY(!window_->grab().isNull());
    }
    ui::applyTheme(*qApp, ui::Theme::Light);
  }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
