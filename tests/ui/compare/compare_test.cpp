// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison's session and its page, with a worker that the test plays.
#include <QAbstractButton>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUndoStack>
#include <QtTest>

#include "core/api/files.h"
#include "core/api/measure.h"
#include "core/api/session.h"
#include "core/types/error.h"
#include "tests/ui/compare/compare_fixture.h"
#include "ui/base/frame_image.h"
#include "ui/base/side_runs.h"
#include "ui/canvas/image_canvas.h"
#include "ui/compare/compare_chips.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compare_run_bar.h"
#include "ui/compare/compare_table.h"
#include "ui/compare/repeat_dialog.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/run_model.h"
#include "ui/document/run_title.h"
#include "ui/files/file_desk.h"
#include "ui/run/compare_timeline.h"
#include "ui/settings/solver_panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/segmented.h"
#include "ui/window/main_actions.h"
#include "ui/window/main_window.h"

using namespace p2l;

class CompareTest : public CompareFixture {
  Q_OBJECT

 private slots:
  void initTestCase() { prepare("p2l-studio-compare-test"); }
  void init() { openWindow(); }
  void cleanup() { window_.reset(); }

  void everySolverIsOfferedWithValuesThatFit() {
    RestoreRequest request;
    request.degradation().id = "gaussian-blur";
    request.solver = "ldps";
    request.solver_values["rho"] = 0.125;
    request.seed = 17;
    request.measurement_seed = 4;
    const auto choices = ui::solverChoices(catalogue_, request);
    QCOMPARE(choices.size(), catalogue_.solvers.size());
    for (std::size_t i = 0; i < choices.size(); ++i) {
      const auto& made = choices[i].request;
      const bool of_pixels = catalogue_.solvers[i].model_kind == ModelKind::Pixel;  // the request's model is latent
      QCOMPARE(choices[i].possible, !of_pixels);
      QVERIFY(!choices[i].help.isEmpty());
      if (of_pixels) {
        QVERIFY2(choices[i].help.contains(QStringLiteral("pixel diffusion models")), qPrintable(choices[i].help));
        continue;
      }
      QCOMPARE(made.solver, catalogue_.solvers[i].id);
      QCOMPARE(made.seed, 17u);
      QCOMPARE(*made.measurement_seed, 4u);
      QCOMPARE(made.degradation().id, request.degradation().id);
      QCOMPARE(jsonFromRequest(catalogue_.complete(made)), jsonFromRequest(made));
      if (made.solver == "ldps") QCOMPARE(numberOf(made.solver_values, "rho"), 0.125);  // the panel's own
    }
  }

  void aSolverIsOfferedWithEveryPresetThatSuits() {
    RestoreRequest request;
    request.degradation().id = "sr";
    const auto presets = ui::presetChoices(catalogue_, request, "p2l");
    QVERIFY(presets.size() >= 3);
    bool fast = false;
    for (const auto& each : presets) {
      QVERIFY2(each.possible, qPrintable(each.label + each.help));
      const auto& preset = catalogue_.preset(each.request.preset);
      for (const auto& [key, value] : preset.solver_values) QVERIFY(each.request.solver_values.at(key) == value);
      QVERIFY(preset.model.empty() || preset.model == request.model);
      fast = fast || preset.id == "p2l-tiny-fast-sr";
    }
    QVERIFY(fast);
  }

  void theLadderAddsOnePartAtATime() {
    for (const auto& task : catalogue_.degradations) {
      RestoreRequest request;
      request.degradation().id = task.id;
      request.model = "p2l-tiny";
      const auto rungs = ui::ladderChoices(catalogue_, request);
      if (!task.linear) {
        QCOMPARE(rungs.size(), std::size_t(1));
        QVERIFY(!rungs[0].possible);
        QVERIFY2(rungs[0].help.contains(QStringLiteral("needs a linear task")), qPrintable(rungs[0].help));
        continue;
      }
      QCOMPARE(rungs.size(), std::size_t(3));
      for (const auto& rung : rungs) {
        QVERIFY(rung.possible);
        QCOMPARE(rung.request.solver, std::string("p2l"));
        QCOMPARE(jsonFromRequest(rung.make(request)), jsonFromRequest(rung.request));
        QVERIFY2(rung.help.contains(QStringLiteral("With the values in the panel.")), qPrintable(rung.help));
      }
      QCOMPARE(choiceOf(rungs[0].request.solver_values, "projection"), std::string("off"));
      QVERIFY(choiceOf(rungs[1].request.solver_values, "projection") != "off");
      QCOMPARE(integerOf(rungs[1].request.solver_values, "K"), 0);
      QVERIFY(integerOf(rungs[2].request.solver_values, "K") > 0);
      // Nothing else differs.
      auto lowest = rungs[0].request, last = rungs[2].request;
      lowest.solver_values["projection"] = rungs[1].request.solver_values.at("projection");
      QCOMPARE(jsonFromRequest(lowest), jsonFromRequest(rungs[1].request));
      last.solver_values["K"] = 0.0;
      QCOMPARE(jsonFromRequest(last), jsonFromRequest(rungs[1].request));
    }
  }

  void theLadderSaysWhatItAddsToAFastPreset() {
    const auto& fast = catalogue_.preset("p2l-tiny-fast-sr");
    RestoreRequest request;
    request.solver_values = fast.solver_values;
    request.sampler_values = fast.sampler_values;
    const auto rungs = ui::ladderChoices(catalogue_, request);
    QCOMPARE(rungs.size(), std::size_t(3));
    for (const auto& rung : rungs) {
      QVERIFY(numberOf(rung.request.solver_values, "rho") > 0.0);
      QVERIFY2(rung.help.contains(QStringLiteral("The request has rho = 0")), qPrintable(rung.help));
      QVERIFY2(rung.help.contains(QStringLiteral("The request has K = 0")), qPrintable(rung.help));
    }
  }

  void aSweepGoesThroughValuesAndFactors() {
    RestoreRequest request;
    request.solver_values["rho"] = 2.0;
    auto choices = ui::sweepChoices(catalogue_, request, "K", QStringLiteral("0, 1, 3"));
    QCOMPARE(choices.size(), std::size_t(3));
    for (int i = 0; i < 3; ++i) {
      QCOMPARE(integerOf(choices[i].request.solver_values, "K"), (std::vector<int>{0, 1, 3}[i]));
      QCOMPARE(numberOf(choices[i].request.solver_values, "rho"), 2.0);
    }
    QCOMPARE(choices[2].label, QStringLiteral("K = 3"));
    choices = ui::sweepChoices(catalogue_, request, "rho", QStringLiteral("x0.5 ×1 x2"));
    QCOMPARE(choices.size(), std::size_t(3));
    QCOMPARE(numberOf(choices[0].request.solver_values, "rho"), 1.0);
    QCOMPARE(numberOf(choices[2].request.solver_values, "rho"), 4.0);
    request.solver_values["lambda"] = 0.003;
    choices = ui::sweepChoices(catalogue_, request, "lambda", QStringLiteral("x0.1, x1, x10"));
    QCOMPARE(choices[0].label, QStringLiteral("λ = 3e-4"));  // not 0.00030000000000000003, the product of the two
    QCOMPARE(numberOf(choices[0].request.solver_values, "lambda"), 0.0003);
    QCOMPARE(numberOf(choices[1].request.solver_values, "lambda"), 0.003);
    request.solver_values["lambda"] = 0.1 + 0.2;
    choices = ui::sweepChoices(catalogue_, request, "lambda", QStringLiteral("x1"));
    QCOMPARE(numberOf(choices[0].request.solver_values, "lambda"), 0.1 + 0.2);  // its own stays to the bit
    choices = ui::sweepChoices(catalogue_, request, "steps", QStringLiteral("7"));
    QCOMPARE(integerOf(choices[0].request.sampler_values, "steps"), 7);
    QVERIFY_EXCEPTION_THROWN(ui::sweepChoices(catalogue_, request, "K", QStringLiteral("0, many")), std::exception);
    QVERIFY_EXCEPTION_THROWN(ui::sweepChoices(catalogue_, request, "K", QStringLiteral("-1")), std::exception);
    QVERIFY_EXCEPTION_THROWN(ui::sweepChoices(catalogue_, request, "K", QString()), std::exception);
  }

  void aSweepHasAFewValuesThatDiffer() {
    RestoreRequest request;
    request.solver_values["rho"] = 2.0;
    const auto refusal = [&](const char* key, const char* values) {
      try {
        ui::sweepChoices(catalogue_, request, key, QString::fromLatin1(values));
      } catch (const Error& error) {
        return QString::fromUtf8(error.what());
      }
      return QString();
    };
    QCOMPARE(refusal("K", "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"), QString());
    const auto many = refusal("K", "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12");
    QVERIFY2(many.endsWith(QStringLiteral("takes 12 values at most, found 13.")), qPrintable(many));
    const auto equal = refusal("K", "0, 1, 3, 1");
    QVERIFY2(equal.endsWith(QStringLiteral("takes values that differ, found 1 more than once.")), qPrintable(equal));
    QVERIFY(refusal("rho", "x1, 2").contains(QStringLiteral("found 2 more than once")));  // a factor makes it equal
    QCOMPARE(refusal("rho", "x1, x2"), QString());
  }

  void whatIsAddedHasTheStepsOfAllAtOnce() {
    compare()->setSteps(6);
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 2), /*seeds=*/true);
    QCOMPARE(numberOf(entry(0).request.sampler_values, "steps"), 6.0);
    compare()->setSteps(0);
  }

  void aSweepNamesChoicesAsThePanelDoes() {
    RestoreRequest request;
    const auto sweep = [&](const char* key, const char* values) {
      return ui::sweepChoices(catalogue_, request, key, QString::fromUtf8(values));
    };
    auto choices = sweep("z_update", "gd, adam");
    QCOMPARE(choices.size(), std::size_t(2));
    QCOMPARE(choices[0].label, QStringLiteral("Latent update = gradient step (gd)"));
    QCOMPARE(choices[1].label, QStringLiteral("Latent update = Adam"));
    QCOMPARE(choiceOf(choices[1].request.solver_values, "z_update"), std::string("adam"));
    choices = sweep("z_update", " ADAM ;Gradient Step (GD), ");  // as it is shown, in any case
    QCOMPARE(choices.size(), std::size_t(2));
    QCOMPARE(choiceOf(choices[0].request.solver_values, "z_update"), std::string("adam"));
    QCOMPARE(choiceOf(choices[1].request.solver_values, "z_update"), std::string("gd"));
    choices = sweep("rho_schedule", "ρ ᾱ_t (abar), constant");
    QCOMPARE(choices.size(), std::size_t(2));
    QCOMPARE(choices[0].label, QStringLiteral("Step schedule = ρ ᾱ_t (abar)"));
    QCOMPARE(choiceOf(choices[0].request.solver_values, "rho_schedule"), std::string("abar"));
    for (const char* wrong : {"gd, sgd", "gd, gradient step (gd)", "gd adam", "x0.5, x1", " , "})
      QVERIFY_EXCEPTION_THROWN(sweep("z_update", wrong), Error);
  }

  void runsAreMadeOneAfterTheOtherThroughTheDocument() {
    addLadder();
    compare()->remove(0);
    view()->steps()->setValue(4);
    bar()->runAction()->trigger();
    QVERIFY(compare()->isRunning());
    QVERIFY(!bar()->runAction()->isEnabled());
    QCOMPARE(jobs_.size(), 1);
    QCOMPARE(integerOf(jobs_[0].request.solver_values, "K"), 0);
    QCOMPARE(integerOf(jobs_[0].request.sampler_values, "steps"), 4);
    start(jobs_[0]);
    int running = -1, waiting = -1;
    tile(entry(0).key, &running);
    tile(entry(1).key, &waiting);
    const auto detail = [this](int index) { return canvas()->pictures()[index].detail; };
    QTRY_COMPARE_WITH_TIMEOUT(detail(running), QStringLiteral("step 0 of 4"), kPatience);
    QCOMPARE(detail(waiting), QStringLiteral("waiting"));
    step(jobs_[0], 1);
    QTRY_COMPARE_WITH_TIMEOUT(middle(entry(0).key), qRgb(101, 101, 101), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(bar()->text().contains(QStringLiteral("step 1 of 4")), kPatience);
    QVERIFY2(window_->windowTitle().startsWith(QStringLiteral("12 %")), qPrintable(window_->windowTitle()));
    for (int i = 2; i <= 4; ++i) step(jobs_[0], i);
    QCOMPARE(jobs_.size(), 1);
    finish(jobs_[0], Outcome::Status::Completed, 24.5);
    QCOMPARE(jobs_.size(), 2);
    QTRY_COMPARE_WITH_TIMEOUT(middle(entry(0).key), qRgb(200, 200, 200), kPatience);
    runWhole(jobs_[1], 26.25);
    QVERIFY(!compare()->isRunning());
    QVERIFY(!window_->windowTitle().contains(QLatin1Char('%')));
    QCOMPARE(view()->curves()->runCount(), 2);
    QCOMPARE(cell(0, "psnr"), QStringLiteral("24.50"));
    QCOMPARE(cell(1, "psnr"), QStringLiteral("26.25"));
    QCOMPARE(cell(1, "ssim"), QStringLiteral("0.656"));
    QCOMPARE(cell(1, "residual"), QStringLiteral("0.75"));
    QCOMPARE(cell(1, "relative_residual"), QStringLiteral("1.50"));
    QCOMPARE(cell(1, "steps"), QStringLiteral("4"));
    QCOMPARE(cell(1, "memory"), QStringLiteral("420"));
    QCOMPARE(cell(1, "seconds_per_step"), QStringLiteral("0.312"));
    QVERIFY(!bold(0, "psnr"));
    QVERIFY(bold(1, "psnr"));
    // They are in the history, with their steps.
    const auto& past = document()->pastRuns().all();
    QCOMPARE(past.size(), std::size_t(2));
    QVERIFY(past[1].name.contains(entry(1).label));
    QCOMPARE(past[1].steps.count(), std::size_t(4));
    document()->bringBack(0);
    QCOMPARE(document()->result(), entry(0).result);
    // The same measurement and noise for all: only the solver's part differs.
    auto one = jobs_[0].request, other = jobs_[1].request;
    QCOMPARE(jobs_[0].pictures.photo, jobs_[1].pictures.photo);
    other.solver_values = one.solver_values;
    QCOMPARE(jsonFromRequest(one), jsonFromRequest(other));
  }

  void onlyWhatIsNotDoneIsRunAgain() {
    addLadder();
    runAll();
    QCOMPARE(jobs_.size(), 3);
    QVERIFY(!bar()->runAction()->isEnabled());
    view()->chips()->addAllSolvers();
    QVERIFY(compare()->dueCount() > 0);
    const int more = compare()->dueCount();
    QVERIFY(bar()->runAction()->isEnabled());
    runAll();
    QCOMPARE(jobs_.size(), more);
    QCOMPARE(compare()->dueCount(), 0);
    auto settings = document()->request();
    settings.seed = 5;  // another measurement: all of them
    document()->recall(settings);
    QCOMPARE(compare()->dueCount(), int(compare()->entries().size()));
  }

  void oneThatFailsDoesNotKeepTheOthers() {
    addLadder();
    bar()->runAction()->trigger();
    runs()->runFailed(jobs_[0].run_id, QStringLiteral("There is no such model."));
    QCOMPARE(jobs_.size(), 2);
    QVERIFY(view()->messages()->text().contains(QStringLiteral("There is no such model.")));
    start(jobs_[1]);
    finish(jobs_[1], Outcome::Status::OutOfMemory, kUnknown, 0);
    QCOMPARE(jobs_.size(), 3);
    runWhole(jobs_[2], 25.0);
    QVERIFY(!compare()->isRunning());
    QCOMPARE(entry(0).state, CompareEntry::State::Failed);
    QCOMPARE(entry(0).problem, QStringLiteral("There is no such model."));
    QCOMPARE(entry(1).problem, QStringLiteral("It ended early"));
    QCOMPARE(entry(2).state, CompareEntry::State::Done);
    QVERIFY(!bold(2, "psnr"));  // the only one is not the best
    QVERIFY(view()->chips()->chips()[0]->toolTip().contains(QStringLiteral("There is no such model.")));
    QCOMPARE(compare()->dueCount(), 2);
  }

  void stopKeepsWhatThereIsAndPauseHolds() {
    addLadder();
    bar()->runAction()->trigger();
    start(jobs_[0]);
    step(jobs_[0], 1);
    bar()->pauseAction()->trigger();
    QVERIFY(jobs_[0].control->paused());
    QVERIFY(bar()->text().contains(QStringLiteral("paused")));
    bar()->pauseAction()->trigger();
    QVERIFY(!jobs_[0].control->paused());
    bar()->stopAction()->trigger();
    QVERIFY(jobs_[0].control->stopRequested());
    finish(jobs_[0], Outcome::Status::Cancelled, 21.0);
    QVERIFY(!compare()->isRunning());
    QCOMPARE(jobs_.size(), 1);
    QCOMPARE(entry(0).state, CompareEntry::State::Stopped);
    QCOMPARE(cell(0, "psnr"), QStringLiteral("21.00"));
    QCOMPARE(entry(1).state, CompareEntry::State::Stopped);
    step(jobs_[0], 2);  // too late
    QCOMPARE(entry(0).last.step, 1);
  }

  void oneCanBeCancelledAndRunAgain() {
    addLadder();
    bar()->runAction()->trigger();
    start(jobs_[0]);
    compare()->cancel(1);  // it waits
    QCOMPARE(entry(1).state, CompareEntry::State::Stopped);
    compare()->cancel(0);
    QVERIFY(jobs_[0].control->stopRequested());
    finish(jobs_[0], Outcome::Status::Cancelled, kUnknown, 0);
    QVERIFY(compare()->isRunning());
    QCOMPARE(jobs_.size(), 2);
    QCOMPARE(entry(2).state, CompareEntry::State::Waiting);
    QCOMPARE(compare()->retry(1), QString());
    runWhole(jobs_[1], 25.0);
    finishBound();
    QCOMPARE(jobs_.size(), 3);
    QCOMPARE(integerOf(jobs_[2].request.solver_values, "K"), 0);
    runWhole(jobs_[2], 24.0);
    QVERIFY(!compare()->isRunning());
    QCOMPARE(entry(1).state, CompareEntry::State::Done);
    finishBound();
    compare()->retry(1);  // what is done can be made anew, too
    QCOMPARE(jobs_.size(), 4);
    compare()->remove(1);  // one in progress is stopped
    QVERIFY(jobs_[3].control->stopRequested());
    QVERIFY(!compare()->isRunning());
    finish(jobs_[3], Outcome::Status::Cancelled, 20.0);
    QCOMPARE(compare()->entries().size(), std::size_t(2));
  }

  void aRunAndAComparisonExcludeEachOther() {
    addLadder();
    int count = 0;
    connect(document(), &ui::RunModel::runRequested, this, [&] { ++count; });
    bar()->runAction()->trigger();
    document()->run();
    QCOMPARE(count, 0);
    QVERIFY(window_->messages()->text().contains(QStringLiteral("compared")));
    window_->showPage(ui::MainWindow::Page::Restore);  // does not end it
    QVERIFY(!jobs_[0].control->stopRequested());
    compare()->stop();
    QVERIFY(jobs_[0].control->stopRequested());
    finish(jobs_[0], Outcome::Status::Cancelled, kUnknown, 0);
    document()->run();
    QCOMPARE(count, 1);
    window_->showPage(ui::MainWindow::Page::Compare);
    bar()->runAction()->trigger();
    QCOMPARE(jobs_.size(), 1);
    QVERIFY(view()->messages()->text().contains(QStringLiteral("main window")));
  }

  void whatAllTakesIsSaidBeforeAndWhatIsLeftDuringIt() {
    addLadder();
    ModelInfo model = *catalogue_.model("p2l-tiny");
    NetworkTimes times;
    times.pixels = 256.0 * 256.0;
    times.unet = times.decode = times.encode = 0.05;
    document()->networksTimed(model, times);
    QTRY_VERIFY_WITH_TIMEOUT(compare()->dueSeconds() > 0.0, kPatience);
    QVERIFY(compare()->dueMemory() > 1e6);
    QTRY_VERIFY2_WITH_TIMEOUT(
        bar()->text().startsWith(QStringLiteral("3 runs · ")) && bar()->text().contains(QStringLiteral("iB")),
        qPrintable(bar()->text()), kPatience);
    double sum = 0.0;
    for (const auto& each : compare()->entries()) sum += each.seconds;
    // With the bound: 40 x 40 pixels encoded and decoded once.
    const double bound = 0.1 * kSide * kSide / times.pixels;
    QVERIFY(std::abs(compare()->roundTripSeconds() - bound) < 1e-12);
    QCOMPARE(compare()->dueSeconds(), sum + bound);
    QVERIFY(!compare()->isDueLonger());
    bar()->runAction()->trigger();
    start(jobs_[0]);
    step(jobs_[0], 1);
    step(jobs_[0], 2);
    // Two steps of half a second are left, and the others take as much longer than foreseen as this one does.
    const double pace = 4 * 0.5 / entry(0).seconds;
    const double left = 2 * 0.5 + pace * (entry(1).seconds + entry(2).seconds) + bound;
    QVERIFY(std::abs(compare()->secondsLeft() - left) < 1e-9);
    QTRY_VERIFY_WITH_TIMEOUT(bar()->text().contains(QStringLiteral("left")), kPatience);
    // With the time elapsed and seconds a step, and in the title as in that of a run.
    window_->resize(1920, 1000);
    const QRegularExpression said(
        QStringLiteral("^LDPS: step 2 of 4 · \\d+:\\d\\d left · \\d:\\d\\d · 0\\.50 s/step$"));
    QTRY_VERIFY2_WITH_TIMEOUT(said.match(bar()->text()).hasMatch(), qPrintable(bar()->text()), kPatience);
    const QRegularExpression title(QStringLiteral("^\\d+ %, \\d+:\\d\\d left – "));
    QVERIFY2(title.match(window_->windowTitle()).hasMatch(), qPrintable(window_->windowTitle()));
    bar()->pauseAction()->trigger();
    const auto held = bar()->text();
    QVERIFY2(held.contains(QStringLiteral("paused")), qPrintable(held));
    QVERIFY2(window_->windowTitle().contains(QStringLiteral(" left (paused)")), qPrintable(window_->windowTitle()));
    QTest::qWait(1200);
    QCOMPARE(bar()->text(), held);  // pauses do not count
    compare()->stop();
  }

  void theBaselineAndTheBoundAreMeasured() {
    addLadder();
    bar()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) runWhole(jobs_[i], 22.0 + i);
    QVERIFY(bound_ != 0);
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(80));
    outcome.report.metrics["psnr"] = 34.375;
    outcome.report.residual = 1.7;
    finishBound(ui::resultFromOutcome(std::move(outcome)));
    QTRY_VERIFY_WITH_TIMEOUT(compare()->references().plain != nullptr, kPatience);
    const auto rows = compare()->rows();
    QCOMPARE(rows.size(), std::size_t(5));
    QCOMPARE(rows[4].report.metric("psnr"), 34.375);
    // Those of the command line.
    RestoreRequest request;
    const auto pictures = document()->pictures(request);
    const auto plain = plainBaseline(catalogue_, request, ui::inputsFromPictures(request, pictures));
    QCOMPARE(rows[3].report.residual, plain.report.residual);
    QVERIFY(rows[3].report.metrics.at("psnr") == plain.report.metrics.at("psnr"));
    QVERIFY(rows[3].label.find(plain.message) != std::string::npos);
    // They are tiles, too, when they are wanted.
    QCOMPARE(view()->tileOf(ComparePage::kPlain), -1);
    for (const auto key : {ComparePage::kTruth, ComparePage::kMeasurement}) {
      QTRY_VERIFY_WITH_TIMEOUT(view()->tileOf(key) >= 0, kPatience);
    }
    emit view()->tilesButton()->menu()->aboutToShow();
    for (auto* action : view()->tilesButton()->menu()->actions()) action->setChecked(true);
    QTRY_VERIFY_WITH_TIMEOUT(view()->tileOf(ComparePage::kPlain) >= 0, kPatience);
    QVERIFY(view()->tileOf(ComparePage::kBound) >= 0);
  }

  void fileMadeElsewhereIsJudgedLikeARun() {
    Image made(kSide, kSide, 3, 0.30f);
    const auto path = folder_.filePath(QStringLiteral("real-esrgan.png"));
    writePhoto(made, path.toStdString(), {});
    compare()->addFile(path);
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Done, kPatience);
    RestoreRequest request;
    const auto pictures = document()->pictures(request);
    const auto judged =
        judge(catalogue_, request, ui::inputsFromPictures(request, pictures), readPhoto(path.toStdString()).image);
    QCOMPARE(entry(0).result->outcome.report.metric("psnr"), judged.report.metric("psnr"));
    QCOMPARE(entry(0).result->outcome.report.residual, judged.report.residual);
    QVERIFY(judged.report.metric("psnr") > 20.0);
    QCOMPARE(compare()->dueCount(), 0);  // it is not run
    // One of another size is shown, and why it has no numbers.
    const auto small = folder_.filePath(QStringLiteral("small.png"));
    writePhoto(Image(kSide / 2, kSide / 2, 1, 0.5f), small.toStdString(), {});
    compare()->addFile(small);
    QTRY_COMPARE_WITH_TIMEOUT(entry(1).state, CompareEntry::State::Done, kPatience);
    QVERIFY2(entry(1).problem.contains(QStringLiteral("pixels")), qPrintable(entry(1).problem));
    QTRY_COMPARE_WITH_TIMEOUT(middle(entry(1).key), qRgb(128, 128, 128), kPatience);
    QVERIFY(canvas()->pictures()[view()->tileOf(entry(1).key)].detail.contains(QStringLiteral("20 × 20 pixels")));
    const auto text = folder_.filePath(QStringLiteral("text.png"));
    writeTextFile(text.toStdString(), "no picture");
    compare()->addFile(text);
    QTRY_COMPARE_WITH_TIMEOUT(entry(2).state, CompareEntry::State::Failed, kPatience);
    QVERIFY(entry(2).problem.contains(QStringLiteral("text.png")));
  }

  void aFileIsJudgedAnewWhereSettingsAreOthers() {
    const auto path = folder_.filePath(QStringLiteral("made.png"));
    writePhoto(Image(kSide, kSide, 3, 0.30f), path.toStdString(), {});
    compare()->addFile(path);
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Done, kPatience);
    const double before = entry(0).result->outcome.report.residual;
    QVERIFY(!compare()->isFormer(0));
    auto settings = document()->request();
    settings.measurement_seed = 6;
    document()->recall(settings);
    QVERIFY(compare()->isFormer(0));
    QCOMPARE(compare()->dueCount(), 1);
    QCOMPARE(compare()->dueFiles(), 1);
    const auto* chip = view()->chips()->chips()[0];
    QVERIFY2(chip->accessibleName().contains(QStringLiteral("of other settings")), qPrintable(chip->accessibleName()));
    const auto title = [this] {
      const int index = view()->tileOf(entry(0).key);
      return index < 0 ? QString() : canvas()->pictures()[index].title;
    };
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("made.png, of other settings"), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(bar()->text(), QStringLiteral("1 file"), kPatience);
    bar()->runAction()->trigger();
    QCOMPARE(entry(0).state, CompareEntry::State::Waiting);
    QVERIFY(jobs_.isEmpty());
    QVERIFY(!compare()->isRunning());
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Done, kPatience);
    RestoreRequest request;
    const auto pictures = document()->pictures(request);
    const auto judged =
        judge(catalogue_, request, ui::inputsFromPictures(request, pictures), readPhoto(path.toStdString()).image);
    QCOMPARE(entry(0).result->outcome.report.residual, judged.report.residual);
    QVERIFY(judged.report.residual != before);
    QVERIFY(!compare()->isFormer(0));
    QCOMPARE(compare()->dueCount(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("made.png"), kPatience);
    // What the measurement does not depend on changes nothing.
    settings = document()->request();
    settings.sampler_values["steps"] = 7.0;
    document()->recall(settings);
    QVERIFY(!compare()->isFormer(0));
  }

  void theBaselineOfAFormerPhotoSaysSo() {
    addLadder();
    bar()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) runWhole(jobs_[i], 22.0 + i);
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(80));
    outcome.report.metrics["psnr"] = 34.375;
    finishBound(ui::resultFromOutcome(std::move(outcome)));
    QTRY_VERIFY_WITH_TIMEOUT(compare()->references().plain != nullptr, kPatience);
    const auto marked = [this] {
      view()->table()->refresh();
      return view()->table()->text(TableFormat::Tsv).count(QStringLiteral(", of other settings"));
    };
    QCOMPARE(marked(), 0);
    const auto former = document()->openedPhoto();
    const auto settings = document()->request();
    const auto other = folder_.filePath(QStringLiteral("darker.png"));
    writePhoto(Image(kSide, kSide, 3, 0.15f), other.toStdString(), {});
    window_->files()->open(other);
    QTRY_VERIFY_WITH_TIMEOUT(document()->openedPhoto() != former, kPatience);
    window_->showPage(ui::MainWindow::Page::Compare);  // it was opened in Restore
    document()->recall(settings);                      // in Demonstrate, too
    QVERIFY(compare()->isReferenceFormer(ComparedRow::Kind::Plain));
    QVERIFY(compare()->isReferenceFormer(ComparedRow::Kind::Bound));
    QCOMPARE(marked(), 5);  // three runs, the baseline and the bound
    QTRY_VERIFY_WITH_TIMEOUT(bar()->runAction()->isEnabled(), kPatience);
    runAll();  // measures them again
    QTRY_VERIFY_WITH_TIMEOUT(compare()->references().plain != nullptr, kPatience);
    QVERIFY(!compare()->isReferenceFormer(ComparedRow::Kind::Plain));
    QCOMPARE(marked(), 0);
    RestoreRequest request;
    const auto pictures = document()->pictures(request);
    const auto plain = plainBaseline(catalogue_, request, ui::inputsFromPictures(request, pictures));
    QCOMPARE(compare()->references().plain->outcome.report.residual, plain.report.residual);
  }

  void anEmptyPageShowsThePhotoAndSaysWhatCanBeAdded() {
    const auto* invitation = view()->findChild<QLabel*>(QStringLiteral("invitation"));
    QVERIFY(invitation != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->count(), 2, kPatience);  // the photo and y
    QVERIFY(view()->tileOf(ComparePage::kTruth) == 0 && view()->tileOf(ComparePage::kMeasurement) == 1);
    QVERIFY(std::abs(qRed(middle(ComparePage::kTruth)) - 64) <= 2);  // a photo at 0.25
    QVERIFY(invitation->isVisible() && invitation->text().contains(QStringLiteral("Add solvers")));
    QVERIFY(!view()->reference()->isEnabled());  // there is nothing to compare with it
    QVERIFY(!view()->reference()->isVisible());
    QVERIFY(!view()->table()->horizontalHeader()->isVisible());
    bool asked = false;
    view()->setAskPath([&asked] {
      asked = true;
      return QString();
    });
    for (const auto save : {&ComparePage::saveCsv, &ComparePage::saveReport}) {
      view()->messages()->dismiss();
      (view()->*save)();
      QCOMPARE(view()->messages()->text(), QStringLiteral("There is nothing to compare yet."));
    }
    view()->messages()->dismiss();
    QVERIFY(!asked);
    view()->showLines(true);  // which says itself what is to be added
    QTRY_VERIFY_WITH_TIMEOUT(!invitation->isVisible(), kPatience);
    view()->showLines(false);
    QTRY_VERIFY_WITH_TIMEOUT(invitation->isVisible(), kPatience);
    addLadder();
    QVERIFY(!invitation->isVisible());
    QCOMPARE(view()->reference()->currentData().toULongLong(), ComparePage::kTruth);
    QVERIFY(view()->reference()->isVisible() && view()->table()->horizontalHeader()->isVisible());
    view()->saveCsv();
    QVERIFY(asked);
    compare()->clear();
    QVERIFY(invitation->isVisible() && canvas()->count() == 2);
    QVERIFY(!view()->reference()->isVisible() && !view()->table()->horizontalHeader()->isVisible());
    // A photo of one's own has no truth: it is shown as it was measured.
    auto own = document()->request();
    own.mode = Mode::Restore;
    document()->recall(own);
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->count(), 1, kPatience);
    QVERIFY(invitation->isVisible());
    // Without a photo there is the sentence alone.
    ui::MainWindow other(catalogue_);
    other.showPage(ui::MainWindow::Page::Compare);
    QCOMPARE(other.comparePage()->canvas()->count(), 0);
    QVERIFY(other.comparePage()->findChild<QLabel*>(QStringLiteral("invitation"))->isHidden());
  }

  void aRunOfTheHistoryJoins() {
    addLadder();
    runAll();
    const auto past = document()->pastRuns().all().at(1);
    // The menu has what tells runs of one name apart, as the cards do.
    auto* menu = view()->chips()->history->menu();
    emit menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 3);
    const auto said = menu->actions().at(1)->text();
    QVERIFY2(said.startsWith(past.name + QStringLiteral(" · ") + ui::taskText(catalogue_, past.request)),
             qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral(" · 23.00 dB · 1.")) && said.endsWith(QStringLiteral(" s")),
             qPrintable(said));
    compare()->clear();
    QVERIFY(compare()->entries().empty());
    compare()->addPast(past);
    QCOMPARE(entry(0).result, past.result);
    QCOMPARE(cell(0, "psnr"), QStringLiteral("23.00"));
    QCOMPARE(view()->curves()->runCount(), 1);
    QCOMPARE(compare()->dueCount(), 0);
    int index = -1;
    tile(entry(0).key, &index);
    QVERIFY(canvas()->pictures()[index].detail.contains(QStringLiteral("23.00 dB")));
  }

  void seedsHaveAMeanAndASpread() {
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 3), /*seeds=*/true);
    QCOMPARE(compare()->entries().size(), std::size_t(4));
    bar()->runAction()->trigger();
    const int greys[] = {100, 110, 120};
    for (int i = 0; i < 3; ++i) {
      QCOMPARE(jobs_[i].request.seed, jobs_[0].request.seed + quint64(i));
      QCOMPARE(*jobs_[i].request.measurement_seed, *jobs_[0].request.measurement_seed);
      runWhole(jobs_[i], 22.0, greys[i]);
    }
    QTRY_COMPARE_WITH_TIMEOUT(entry(3).state, CompareEntry::State::Done, kPatience);
    const auto& mean = entry(3).result->outcome.picture;
    QVERIFY(std::abs(mean.at(3, 3, 0) - 110.0 / 255.0) < 1e-5);
    QVERIFY2(entry(3).spread_text.contains(QStringLiteral("up to 10 grey levels")), qPrintable(entry(3).spread_text));
    QVERIFY(entry(3).spread_text.contains(QStringLiteral("Calibration")));
    int index = -1;
    tile(entry(3).key | ComparePage::kSpread, &index);
    QCOMPARE(canvas()->pictures()[index].picture.size(), QSize(kSide, kSide));
    QVERIFY(std::isfinite(entry(3).result->outcome.report.metric("psnr")));
  }

  void aSeedThatIsTakenAwayLeavesTheMeanOfTheOthers() {
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 4), /*seeds=*/true);
    bar()->runAction()->trigger();
    const int greys[] = {100, 110, 130, 200};
    for (int i = 0; i < 4; ++i) runWhole(jobs_[i], 22.0, greys[i]);
    const auto key = entry(4).key;
    const auto mean = [&] { return compare()->entries().at(compare()->indexOf(key)); };
    const auto isOf = [&](double grey) {
      return mean().result && std::abs(mean().result->outcome.picture.at(3, 3, 0) - grey / 255.0) < 1e-5;
    };
    compare()->remove(3);  // while the mean of all four is being made
    QCOMPARE(mean().label, QStringLiteral("Mean of 3 seeds"));
    QTRY_COMPARE_WITH_TIMEOUT(mean().state, CompareEntry::State::Done, kPatience);
    QVERIFY(isOf(340.0 / 3.0));
    compare()->remove(1);
    QVERIFY(!mean().result);
    QTRY_COMPARE_WITH_TIMEOUT(mean().state, CompareEntry::State::Done, kPatience);
    QVERIFY(isOf(115.0));
    QCOMPARE(mean().label, QStringLiteral("Mean of 2 seeds"));
    QCOMPARE(view()->chips()->chips().last()->text(), mean().label);
    QVERIFY2(mean().spread_text.startsWith(QStringLiteral("Spread of 2 seeds")), qPrintable(mean().spread_text));
    // It is as old as its runs.
    QVERIFY(!compare()->isFormer(2));
    auto settings = document()->request();
    settings.measurement_seed = 6;
    document()->recall(settings);
    QVERIFY(compare()->isFormer(2));
    const auto* chip = view()->chips()->chips().last();
    QVERIFY2(chip->accessibleName().contains(QStringLiteral("of other settings")), qPrintable(chip->accessibleName()));
    compare()->remove(0);  // one alone has no mean
    QCOMPARE(compare()->entries().size(), std::size_t(1));
    QCOMPARE(entry(0).kind, CompareEntry::Kind::Run);
    QCOMPARE(view()->chips()->chips().size(), 1);
  }

  void aMeanGoesWhileItsRunsAreMadeAnew() {
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 2), /*seeds=*/true);
    runAll();
    QTRY_COMPARE_WITH_TIMEOUT(entry(2).state, CompareEntry::State::Done, kPatience);
    QVERIFY(!entry(2).spread.isNull());
    QCOMPARE(compare()->retry(0), QString());
    QCOMPARE(entry(2).state, CompareEntry::State::New);
    QVERIFY(!entry(2).result && entry(2).spread.isNull() && entry(2).spread_text.isEmpty());
    finish(jobs_.last(), Outcome::Status::Cancelled, 20.0);
    QCOMPARE(entry(2).state, CompareEntry::State::New);  // not of one that was stopped
  }

  void seedsAreThoseOfTheirChips() {
    auto settings = document()->request();
    settings.seed = 7;
    document()->recall(settings);
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 2), /*seeds=*/true);
    settings = document()->request();
    settings.seed = 417;
    document()->recall(settings);
    bar()->runAction()->trigger();
    runWhole(jobs_.at(0), 22.0);
    for (int i = 0; i < 2; ++i) {
      QCOMPARE(jobs_.at(i).request.seed, quint64(7 + i));
      QVERIFY2(entry(i).label.endsWith(QString::number(7 + i)), qPrintable(entry(i).label));
      QCOMPARE(jobs_.at(i).request.measurement_seed, compare()->base().measurement_seed);
    }
    compare()->stop();
  }

  void aRungIsTheOneThatItsChipNames() {
    RestoreRequest request;
    request.model = "p2l-tiny";
    request.solver_values["z_update"] = std::string("gd");
    const auto rungs = ui::ladderChoices(catalogue_, request);
    QCOMPARE(rungs.size(), std::size_t(3));
    request.solver_values["z_update"] = std::string("adam");
    QVERIFY(ui::ladderChoices(catalogue_, request)[0].label != rungs[0].label);  // LDIR, not LDPS
    QVERIFY_EXCEPTION_THROWN(rungs[0].make(request), Error);
    QCOMPARE(choiceOf(rungs[2].make(request).solver_values, "z_update"), std::string("adam"));
  }

  void whatCannotBeCarriedOutBlocksNothing() {
    ui::CompareChoice choice;
    bool fits = true;
    choice.label = QStringLiteral("fits at first");
    choice.make = [&](const RestoreRequest& base) {
      if (!fits) throw Error("It does not fit this model.");
      return catalogue_.complete(base);
    };
    choice.request = choice.make(compare()->base());
    compare()->add({choice});
    fits = false;
    document()->networksTimed(*catalogue_.model("p2l-tiny"), {});  // what follows the times is not thrown out
    bar()->runAction()->trigger();
    QVERIFY(!compare()->isRunning());
    QVERIFY(jobs_.isEmpty());
    QVERIFY(view()->messages()->text().contains(QStringLiteral("does not fit")));
    int count = 0;
    connect(document(), &ui::RunModel::runRequested, this, [&] { ++count; });
    document()->run();
    QCOMPARE(count, 1);
  }

  void aRunIsKeptWithThePhotoThatItWasGiven() {
    addLadder();
    runAll();
    compare()->remove(2);
    auto settings = document()->request();
    settings.size = 32;
    document()->recall(settings);
    jobs_.clear();
    QCOMPARE(compare()->start(), QString());
    QCOMPARE(jobs_.size(), 1);
    const auto former = document()->openedPhoto();
    const auto other = folder_.filePath(QStringLiteral("other.png"));
    writePhoto(Image(kSide, kSide, 3, 0.75f), other.toStdString(), {});
    window_->files()->open(other);
    QTRY_VERIFY_WITH_TIMEOUT(document()->openedPhoto() != former, kPatience);
    window_->showPage(ui::MainWindow::Page::Compare);  // it was opened in Restore
    document()->recall(settings);                      // in Demonstrate, too
    runWhole(jobs_[0], 22.0);
    QCOMPARE(compare()->retry(0), QString());  // of the other photo
    runWhole(jobs_.at(1), 23.0);               // of the former one
    finishBound();
    QCOMPARE(document()->pastRuns().all().back().photo, former);
    runWhole(jobs_.at(2), 24.0);
    QCOMPARE(document()->pastRuns().all().back().photo, document()->openedPhoto());
    QVERIFY(!compare()->isRunning());
    // What is of the former photo says so beside the pictures of the other one.
    QTRY_VERIFY_WITH_TIMEOUT(view()->tileOf(entry(1).key) >= 0, kPatience);
    QTRY_VERIFY2_WITH_TIMEOUT(
        canvas()->pictures()[view()->tileOf(entry(1).key)].title.contains(QStringLiteral("of other settings")),
        qPrintable(canvas()->pictures()[view()->tileOf(entry(1).key)].title), kPatience);
    QVERIFY(!canvas()->pictures()[view()->tileOf(entry(0).key)].title.contains(QStringLiteral("of other settings")));
    // The exact truth is that of the photo that is shown.
    QTRY_VERIFY_WITH_TIMEOUT(compare()->references().exact_truth != nullptr, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(view()->tileOf(ComparePage::kTruth) >= 0, kPatience);
    const auto truth = [&] { return canvas()->pictures()[view()->tileOf(ComparePage::kTruth)].picture.exact; };
    QTRY_VERIFY_WITH_TIMEOUT(truth() && std::abs(truth()->at(3, 3, 0) - 0.75f) < 0.01f, kPatience);
  }

  void theBoundOfFormerSettingsIsDropped() {
    addLadder();
    ui::RunJob bound;
    connect(runs(), &ui::SideRuns::runRequested, this, [&](const ui::RunJob& job) {
      if (job.round_trip) bound = job;
    });
    runAll();
    jobs_.clear();
    auto settings = document()->request();
    settings.seed = 5;
    document()->recall(settings);
    QCOMPARE(compare()->start(), QString());
    for (int i = 0; i < 3; ++i) runWhole(jobs_.at(i), 22.0);
    const auto former = bound;
    QVERIFY(former.control && !former.control->stopRequested());
    settings = document()->request();
    settings.measurement_seed = 6;
    document()->recall(settings);
    QCOMPARE(compare()->start(), QString());
    QVERIFY(former.control->stopRequested());
    finishBound();
    for (int i = 3; i < 6; ++i) runWhole(jobs_.at(i), 22.0);
    QVERIFY(!compare()->isRunning());
    QVERIFY(bound.run_id != former.run_id && !bound.control->stopRequested());
    compare()->stop();  // although no run is left
    QVERIFY(bound.control->stopRequested());
    finishBound();
  }

  void linkedPicturesShowTheSamePartToThePixel() {
    addLadder();
    runAll();
    int first = -1, second = -1;
    tile(entry(0).key, &first);
    tile(entry(1).key, &second);
    for (const QSize size : {QSize(1280, 720), QSize(1101, 643), QSize(873, 611)}) {
      window_->resize(size);
      QCoreApplication::processEvents();
      const auto a = canvas()->cell(first), b = canvas()->cell(second);
      QCOMPARE(a.size(), b.size());
      QTest::mouseMove(canvas(), a.center().toPoint());
      QWheelEvent wheel(a.center() + QPointF(7, 5), canvas()->mapToGlobal(a.center() + QPointF(7, 5)), {}, {0, 360},
                        Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
      QCoreApplication::sendEvent(canvas(), &wheel);
      for (const QPointF place : {QPointF(0, 0), QPointF(11.5, 3.25), QPointF(40, 40)})
        QCOMPARE(canvas()->view(first).paneFromImage(place), canvas()->view(second).paneFromImage(place));
      QCOMPARE(canvas()->view(first).zoom(), canvas()->view(second).zoom());
    }
    const double zoom = canvas()->view(second).zoom();
    view()->linked()->setChecked(false);
    QWheelEvent wheel(canvas()->cell(first).center(), canvas()->mapToGlobal(canvas()->cell(first).center()), {},
                      {0, 240}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(canvas(), &wheel);
    QCOMPARE(canvas()->view(second).zoom(), zoom);
    QVERIFY(canvas()->view(first).zoom() > zoom);
    view()->linked()->setChecked(true);
    QCOMPARE(canvas()->view(second).zoom(), canvas()->view(0).zoom());
    canvas()->fit();
    QCOMPARE(canvas()->view(second).zoom(), canvas()->view(first).zoom());
  }

  void theZoomIsSaidAnewWhereTilesGrow() {
    addLadder();
    runAll();
    int last = -1;
    tile(entry(2).key, &last);
    const auto said = [this] { return view()->zoomLabel()->text(); };
    const auto shown = [this] { return QStringLiteral("%1 %").arg(100 * canvas()->zoom(), 0, 'f', 0); };
    QTRY_COMPARE_WITH_TIMEOUT(said(), shown(), kPatience);
    const double small = canvas()->zoom();
    compare()->remove(2);
    compare()->remove(1);
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->zoom() > small, kPatience);
    QCOMPARE(said(), shown());
  }

  void dividersComeToAClick() {
    addLadder();
    runAll();
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->count() >= 5, kPatience);
    emit view()->modes()->chosen(1);
    QCOMPARE(canvas()->mode(), CompareCanvas::Mode::Split);
    QCOMPARE(int(canvas()->dividers().size()), canvas()->count() - 1);
    const int middle = canvas()->height() / 2;
    const auto before = canvas()->dividers();
    const int x = int(canvas()->width() * (before[1] + 0.04));
    QTest::mouseClick(canvas(), Qt::LeftButton, Qt::NoModifier, QPoint(x, middle));
    QVERIFY(std::abs(canvas()->dividers()[1] * canvas()->width() - x) < 1.5);
    QCOMPARE(canvas()->dividers()[0], before[0]);
    drag(QPoint(x, middle), QPoint(x + 30, middle));
    QVERIFY(std::abs(canvas()->dividers()[1] * canvas()->width() - (x + 30)) < 1.5);
    drag(QPoint(x + 30, middle), QPoint(5, middle));  // not past its neighbour
    QCOMPARE(canvas()->dividers()[1], canvas()->dividers()[0]);
  }

  void keysMoveTheDividers() {
    addLadder();
    runAll();
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->count() >= 5, kPatience);
    emit view()->modes()->chosen(1);
    const auto before = canvas()->dividers();
    const double way = double(CompareCanvas::kArrowDivider) / canvas()->width();
    QTest::keyClick(canvas(), Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(std::abs(canvas()->dividers()[0] - before[0] - way) < 1e-9);
    QTest::keyClick(canvas(), Qt::Key_Down, Qt::ShiftModifier);  // the next one
    QTest::keyClick(canvas(), Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(std::abs(canvas()->dividers()[1] - before[1] + way) < 1e-9);
    QVERIFY(std::abs(canvas()->dividers()[0] - before[0] - way) < 1e-9);
    QTest::keyClick(canvas(), Qt::Key_Up, Qt::ShiftModifier);
    for (int i = 0; i < 200; ++i) QTest::keyClick(canvas(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(canvas()->dividers()[0], canvas()->dividers()[1]);  // not past its neighbour
  }

  void keysFlickerBetweenThePictures() {
    addLadder();
    runAll();
    int third = -1;
    tile(entry(2).key, &third);
    QTRY_VERIFY_WITH_TIMEOUT(view()->tileOf(ComparePage::kMeasurement) >= 0, kPatience);
    third = view()->tileOf(entry(2).key);
    canvas()->setFocus();
    QTest::keyClick(canvas(), Qt::Key(Qt::Key_1 + third));
    QCOMPARE(canvas()->mode(), CompareCanvas::Mode::Flicker);
    QCOMPARE(canvas()->current(), third);
    QTRY_COMPARE_WITH_TIMEOUT(middle(entry(2).key), qRgb(200, 200, 200), kPatience);
    QTest::keyClick(canvas(), Qt::Key(Qt::Key_1 + view()->tileOf(entry(0).key)));
    QCOMPARE(middle(entry(0).key), qRgb(190, 190, 190));
    QTest::keyClick(canvas(), Qt::Key_9);  // there is none
    QCOMPARE(canvas()->current(), view()->tileOf(entry(0).key));
    view()->table()->setFocus();  // wherever the focus is, but in a field
    QTest::keyClick(view()->table(), Qt::Key_2);
    QCOMPARE(canvas()->current(), 1);
    view()->steps()->setFocus();
    QTest::keyClick(view()->steps(), Qt::Key_3);
    QCOMPARE(canvas()->current(), 1);
  }

  void differencesAreTheirFormulas() {
    const QImage one = ui::imageFromFrame(frame(153)), other = ui::imageFromFrame(frame(102));  // 0.6 and 0.4
    using Kind = ui::DifferenceKind;
    const std::pair<Kind, double> expected[] = {
        {Kind::Error, 0.2}, {Kind::Absolute, 0.2}, {Kind::Squared, 0.04}, {Kind::Relative, 0.2 / 0.41}};
    for (const auto& [kind, value] : expected) {
      const auto map = ui::differenceMap(one, other, QSize(8, 8), kind, 0.5);
      const QColor found(map.pixel(4, 4)), right(ui::differenceColour(kind, value, 0.5));
      QVERIFY(std::abs(found.red() - right.red()) <= 1 && std::abs(found.green() - right.green()) <= 1 &&
              std::abs(found.blue() - right.blue()) <= 1);
      QVERIFY(!ui::formulaOf(kind).isEmpty());
    }
    // Signed: the other way round it is the other colour.
    const auto above = ui::differenceMap(one, other, QSize(2, 2), Kind::Error, 0.5).pixel(0, 0);
    const auto below = ui::differenceMap(other, one, QSize(2, 2), Kind::Error, 0.5).pixel(0, 0);
    QVERIFY(qRed(above) > qBlue(above) && qBlue(below) > qRed(below));
    QCOMPARE(ui::differenceColour(Kind::Absolute, 0.0, 0.5), qRgb(0, 0, 4));
  }

  void theDifferenceViewComparesWithTheChosenReference() {
    addLadder();
    runAll();
    int index = -1;
    tile(entry(1).key, &index);
    view()->reference()->setCurrentIndex(view()->reference()->findData(QVariant::fromValue(entry(0).key)));
    emit view()->reference()->activated(view()->reference()->currentIndex());
    emit view()->modes()->chosen(3);
    chooseRange(0.25);
    QVERIFY(view()->differences()->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(canvas()->reference(), view()->tileOf(entry(0).key), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(middle(entry(0).key), qRgb(190, 190, 190), kPatience);  // the reference as it is
    const auto close = [](QRgb one, QRgb two) {
      return std::abs(qRed(one) - qRed(two)) <= 2 && std::abs(qGreen(one) - qGreen(two)) <= 2;
    };
    const auto absolute = ui::differenceColour(ui::DifferenceKind::Absolute, 5.0 / 255.0, 0.25);
    QTRY_VERIFY_WITH_TIMEOUT(close(middle(entry(1).key), absolute), kPatience);
    chooseRange(0.05);
    const auto narrow = ui::differenceColour(ui::DifferenceKind::Absolute, 5.0 / 255.0, 0.05);
    QTRY_VERIFY_WITH_TIMEOUT(close(middle(entry(1).key), narrow), kPatience);
    // The captions say how far the others are from it.
    QTRY_VERIFY_WITH_TIMEOUT(
        canvas()->pictures()[view()->tileOf(entry(2).key)].detail.contains(QStringLiteral("+2.00 vs ")), kPatience);
  }

  void aMapIsNotShownForThePictureThatTookItsPlace() {
    addLadder();
    runAll();
    int index = -1;
    tile(entry(2).key, &index);
    const auto place_of = [&] { return view()->reference()->findData(QVariant::fromValue(ComparePage::kTruth)); };
    QTRY_VERIFY_WITH_TIMEOUT(place_of() >= 0, kPatience);
    view()->reference()->setCurrentIndex(place_of());
    emit view()->reference()->activated(view()->reference()->currentIndex());
    emit view()->modes()->chosen(3);
    chooseRange(0.25);
    const auto of = [&](int grey) {
      return ui::differenceColour(ui::DifferenceKind::Absolute, std::abs(grey - 64) / 255.0, 0.25);
    };
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(qRed(middle(entry(2).key)) - qRed(of(200))) <= 2, kPatience);
    auto tiles = canvas()->pictures();
    const auto last = tiles.size() - 1;
    tiles[last].key += 1000;  // another one that has no picture yet
    tiles[last].picture = {};
    canvas()->setPictures(tiles, QSize(kSide, kSide));
    const auto image = canvas()->grab().toImage();
    const auto place = (canvas()->cell(int(last)).center() + QPointF(4, 4)) * image.devicePixelRatio();
    QVERIFY(std::abs(qBlue(image.pixel(place.toPoint())) - qBlue(of(200))) > 20);
  }

  void aTileThatGoesDuringADragEndsIt() {
    addLadder();
    runAll();
    int index = -1;
    tile(entry(2).key, &index);
    canvas()->flickTo(index);
    const auto from = canvas()->cell(index).center().toPoint();
    QTest::mousePress(canvas(), Qt::LeftButton, Qt::NoModifier, from);
    const auto tiles = canvas()->pictures();
    canvas()->setPictures({tiles.front()}, QSize(kSide, kSide));
    for (const QPoint place : {from + QPoint(20, 20), from + QPoint(30, 30)}) {
      QMouseEvent event(QEvent::MouseMove, place, canvas()->mapToGlobal(place), Qt::NoButton, Qt::LeftButton,
                        Qt::NoModifier);
      QCoreApplication::sendEvent(canvas(), &event);
    }
    QVERIFY(canvas()->area().isEmpty());
    QTest::mouseRelease(canvas(), Qt::LeftButton, Qt::NoModifier, from);
  }

  void anAreaHasNumbersInEveryTile() {
    addLadder();
    runAll();
    int index = -1;
    tile(ComparePage::kTruth, &index);
    tile(entry(0).key, &index);
    const auto cell = canvas()->cell(index);
    drag((cell.center() + QPointF(-30, -20)).toPoint(), (cell.center() + QPointF(25, 30)).toPoint());
    const auto area = canvas()->area();
    QVERIFY(!area.isEmpty() && area.width() < kSide);
    QTRY_VERIFY_WITH_TIMEOUT(view()->areaLabel()->isVisible(), kPatience);
    // 190 against a truth of 64, a photo of 8 bits at 0.25, in every channel the same.
    const double error = (190.0 - 64.0) / 255.0, psnr = -20.0 * std::log10(error);
    QTRY_VERIFY2_WITH_TIMEOUT(view()->areaLabel()->text().contains(QStringLiteral("%1 dB").arg(psnr, 0, 'f', 2)),
                              qPrintable(view()->areaLabel()->text()), kPatience);
    QVERIFY(view()->areaLabel()->text().contains(QStringLiteral("%1 × %2 px").arg(area.width()).arg(area.height())));
    QTest::mouseClick(canvas(), Qt::LeftButton, Qt::NoModifier, cell.center().toPoint());  // a click takes it away
    QVERIFY(canvas()->area().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(!view()->areaLabel()->isVisible(), kPatience);
  }

  void areaStatisticsAreRight() {
    QImage picture(4, 2, QImage::Format_RGB32);
    picture.fill(qRgb(10, 10, 10));
    picture.setPixel(2, 1, qRgb(40, 10, 10));
    QImage truth(4, 2, QImage::Format_RGB32);
    truth.fill(qRgb(10, 10, 10));
    const auto found = ui::areaStatistics({picture, nullptr}, {truth, nullptr}, {}, QRect(2, 0, 2, 2));
    QCOMPARE(found.mean, 10.0 + 30.0 / 12.0);
    QVERIFY(std::abs(found.deviation - std::sqrt(900.0 / 12.0 - 2.5 * 2.5)) < 1e-9);
    QVERIFY(std::abs(found.psnr_truth - 10.0 * std::log10(255.0 * 255.0 * 12.0 / 900.0)) < 1e-9);
    QVERIFY(std::isnan(found.psnr_reference));
  }

  void oneTimelineShowsAllAtTheSameTime() {
    addLadder();
    runAll();
    int index = -1;
    tile(entry(1).key, &index);
    QTRY_COMPARE_WITH_TIMEOUT(middle(entry(1).key), qRgb(195, 195, 195), kPatience);
    view()->timeline()->setTime(500);  // steps at 750, 500, 250 and 0
    QTRY_COMPARE_WITH_TIMEOUT(middle(entry(0).key), qRgb(102, 102, 102), kPatience);
    QCOMPARE(middle(entry(1).key), qRgb(102, 102, 102));
    view()->timeline()->next();
    QCOMPARE(view()->timeline()->time(), 250);
    QTRY_COMPARE_WITH_TIMEOUT(middle(entry(1).key), qRgb(103, 103, 103), kPatience);
    view()->timeline()->previous();
    view()->timeline()->previous();
    QCOMPARE(view()->timeline()->time(), 750);
    view()->timeline()->playButton()->setChecked(true);
    QTRY_VERIFY_WITH_TIMEOUT(view()->timeline()->atEnd(), kPatience);
    QVERIFY(!view()->timeline()->playButton()->isChecked());
    QTRY_COMPARE_WITH_TIMEOUT(middle(entry(0).key), qRgb(190, 190, 190), kPatience);
  }

  void aRunsSettingsCanBeTakenOver() {
    addLadder();
    runAll();
    emit view()->chips()->settingsWanted(0);
    QCOMPARE(window_->widgets().solver->solver(), std::string("p2l"));
    QVERIFY(document()->request().solver_values == jobs_[0].request.solver_values);
    QCOMPARE(choiceOf(document()->request().solver_values, "projection"), std::string("off"));
    QCOMPARE(window_->page(), ui::MainWindow::Page::Lab);
  }

  void settingsThatAreTakenOverKeepMaskAndKernel() {
    addLadder();
    bar()->runAction()->trigger();
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(120));
    outcome.report.request = jobs_[0].request;
    ui::JobPictures given;
    given.kernel = std::make_shared<const Image>(3, 3, 1, 1.0f / 9.0f);
    runs()->runFinished(jobs_[0].run_id, ui::resultFromOutcome(std::move(outcome), given));
    std::shared_ptr<const Image> kernel;
    connect(view(), &ComparePage::settingsWanted, this,
            [&](const RestoreRequest&, const ui::JobPictures& pictures) { kernel = pictures.kernel; });
    emit view()->chips()->settingsWanted(0);
    QCOMPARE(kernel, given.kernel);
    compare()->stop();
  }

  void theTableCanBeSortedAndCopied() {
    addLadder();
    runAll();
    auto* table = view()->table();
    table->refresh();
    QTest::keySequence(table, QKeySequence::Copy);
    auto lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    QVERIFY(lines.size() >= 4);
    QVERIFY2(lines[1].startsWith(QStringLiteral("LDPS\t22.00\t")), qPrintable(lines[1]));
    table->sortByColumn(CompareTable::columnOf("psnr"), Qt::DescendingOrder);
    lines = table->text(TableFormat::Latex).split(QLatin1Char('\n'));
    const auto best = lines.indexOf(QRegularExpression(QStringLiteral("^\\+ prompt.*\\\\textbf\\{24.00\\}.*")));
    const auto least = lines.indexOf(QRegularExpression(QStringLiteral("^LDPS & 22.00.*")));
    QVERIFY2(best > 0 && best < least, qPrintable(lines.join(QLatin1Char('\n'))));
    const auto path = folder_.filePath(QStringLiteral("numbers.csv"));
    view()->setAskPath([path] { return path; });
    view()->saveCsv();
    const auto csv = QString::fromStdString(readTextFile(path.toStdString()));
    QVERIFY2(csv.startsWith(QStringLiteral("run,psnr,ssim,")), qPrintable(csv));
    view()->setAskPath([this] { return photo_; });  // an input is never written
    view()->saveCsv();
    QVERIFY(!view()->messages()->text().isEmpty());
    QCOMPARE(readPhoto(photo_.toStdString()).image.width, kSide);
  }

  void whatFailedIsNotSaidWithoutItsChip() {
    const auto broken = folder_.filePath(QStringLiteral("broken.png"));
    writeTextFile(broken.toStdString(), "This is no picture.");
    compare()->addFile(broken);
    QTRY_COMPARE_WITH_TIMEOUT(entry(0).state, CompareEntry::State::Failed, kPatience);
    QVERIFY2(view()->messages()->text().startsWith(QStringLiteral("broken.png: ")),
             qPrintable(view()->messages()->text()));
    document()->undoStack()->undo();
    QVERIFY(compare()->entries().empty());
    QCOMPARE(view()->messages()->text(), QString());
  }

  void aPictureThatIsComparedIsNeverWritten() {
    const auto made = folder_.filePath(QStringLiteral("made_elsewhere.png"));
    writePhoto(Image(kSide, kSide, 3, 0.5f), made.toStdString(), {});
    const auto before = readTextFile(made.toStdString());
    compare()->addFile(made);
    view()->setAskPath([made] { return made; });
    for (const auto save : {&ComparePage::saveCsv, &ComparePage::saveReport}) {
      view()->messages()->dismiss();
      (view()->*save)();
      QCOMPARE(view()->messages()->text(),
               made + QStringLiteral(" is a picture that is compared: choose another name."));
      QCOMPARE(readTextFile(made.toStdString()), before);
    }
    compare()->clear();
    view()->messages()->dismiss();
    QVERIFY(window_->files()->problemOfSaving(made).isEmpty());  // it is compared no longer
  }

  void theComparisonIsRepeatedOnAFolderByTheCommandLine() {
    const auto photos = folder_.filePath(QStringLiteral("photos")), out = folder_.filePath(QStringLiteral("results"));
    QDir().mkpath(photos);
    Image ramp(64, 64, 3);
    for (int y = 0; y < 64; ++y) {
      for (int x = 0; x < 64; ++x) {
        for (int c = 0; c < 3; ++c) ramp.at(x, y, c) = static_cast<float>((x * (c + 1) + y) % 64) / 63.0f;
      }
    }
    writePhoto(ramp, (photos + QStringLiteral("/ramp.png")).toStdString(), {});
    auto settings = document()->request();
    settings.size = 64;
    document()->recall(settings);
    view()->steps()->setValue(2);
    addLadder();
    compare()->remove(2);
    runAll();
    auto* dialog = view()->repeatOnFolder();
    QVERIFY(dialog != nullptr);
    QVERIFY(!dialog->startButton()->isEnabled());  // without folders
    dialog->photos()->setText(photos);
    dialog->results()->setText(out);
    QVERIFY(dialog->command().startsWith(QStringLiteral("p2l evaluate --recipe ")));
    QSignalSpy ended(dialog, &ui::RepeatDialog::ended);
    dialog->startButton()->click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, kPatience);
    QVERIFY2(ended[0][0].toInt() == 0, qPrintable(dialog->output()->toPlainText()));
    const auto table = ended[0][1].toString();
    for (const char* row : {"| LDPS |", "| + projection onto the data |", "| plain baseline |"})
      QVERIFY2(table.contains(QString::fromLatin1(row)), qPrintable(table));
    QVERIFY(QFile::exists(dialog->recipePath()));
    dialog->photos()->setText(folder_.filePath(QStringLiteral("nowhere")));
    dialog->startButton()->click();
    QVERIFY(dialog->output()->toPlainText().contains(QStringLiteral("nowhere")));
    delete dialog;
    view()->repeatButton()->click();
    QPointer<ui::RepeatDialog> opened = view()->findChild<ui::RepeatDialog*>();
    QVERIFY(opened != nullptr);
    opened->close();
    QTRY_VERIFY_WITH_TIMEOUT(opened == nullptr, kPatience);  // with its evaluation
    compare()->clear();
    QVERIFY(view()->repeatOnFolder() == nullptr);  // nothing to repeat, and a sentence
    QVERIFY(!view()->messages()->text().isEmpty());
  }

  void resultsOfAFolderNeverLieAmongItsPhotos() {
    const QTemporaryDir place;
    const auto photos = place.filePath(QStringLiteral("photos")), link = place.filePath(QStringLiteral("link"));
    QVERIFY(QDir().mkpath(photos) && QFile::link(photos, link));
    writePhoto(Image(kSide, kSide, 3, 0.5f), (photos + QStringLiteral("/one.png")).toStdString(), {});
    addLadder();
    const std::unique_ptr<ui::RepeatDialog> dialog(view()->repeatOnFolder());
    QVERIFY(dialog != nullptr);
    dialog->setProgram(QStringLiteral("/bin/true"));
    dialog->photos()->setText(photos);
    const auto entries = [&] { return QDir(place.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot); };
    const auto before = entries();
    for (const auto& same : {photos, photos + QLatin1Char('/'), photos + QStringLiteral("/../photos/."), link}) {
      dialog->results()->setText(same);
      QVERIFY2(!dialog->startButton()->isEnabled(), qPrintable(same));
      QVERIFY2(dialog->obstacle().contains(QStringLiteral("among the photos")), qPrintable(dialog->obstacle()));
      dialog->start();  // by whatever way
      QVERIFY(dialog->output()->toPlainText().contains(QStringLiteral("among the photos")));
      QCOMPARE(entries(), before);
    }
    const auto results = photos + QStringLiteral("/results");
    dialog->results()->setText(results);
    QVERIFY2(dialog->startButton()->isEnabled(), qPrintable(dialog->obstacle()));
    writeTextFile(dialog->recipePath().toStdString(), "of somebody else");
    dialog->results()->setText({});
    dialog->results()->setText(results);
    QVERIFY(!dialog->startButton()->isEnabled());
    QVERIFY2(dialog->obstacle().contains(QStringLiteral("results-recipe.json")), qPrintable(dialog->obstacle()));
    dialog->start();
    QCOMPARE(readTextFile(dialog->recipePath().toStdString()), std::string("of somebody else"));
    QVERIFY(QFile::remove(dialog->recipePath()));
    dialog->start();
    QVERIFY(QFile::exists(dialog->recipePath()));
    QCOMPARE(dialog->obstacle(), QString());  // its own recipe: the evaluation goes on
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->stopButton()->isEnabled(), kPatience);
  }

  void lpipsHasAColumnWhereItWasMeasured() {
    auto* table = view()->table();
    bool found = false;
    view()->setLpipsFound([&found] { return found; });
    addLadder();
    bar()->runAction()->trigger();
    table->refresh();
    QVERIFY(!view()->lpipsNote()->isVisible());  // nothing is measured yet
    runWhole(jobs_[0], 22.0);
    table->refresh();
    QVERIFY(table->isColumnHidden(CompareTable::columnOf("lpips_alex")));
    QVERIFY(!table->text(TableFormat::Tsv).contains(QStringLiteral("LPIPS")));
    QVERIFY(view()->lpipsNote()->isVisible());  // and how it is had
    QVERIFY2(view()->lpipsNote()->text().contains(QStringLiteral("p2l metrics fetch")),
             qPrintable(view()->lpipsNote()->text()));
    found = true;  // it is not the weights that are missing
    table->refresh();
    QVERIFY(!view()->lpipsNote()->isVisible());
    found = false;
    lpips_ = 0.2;
    runWhole(jobs_[1], 24.0);
    lpips_ = 0.1;
    runWhole(jobs_[2], 23.0);
    QCOMPARE(cell(2, "lpips_alex"), QStringLiteral("0.100"));
    QVERIFY(!view()->lpipsNote()->isVisible());
    QVERIFY(!table->isColumnHidden(CompareTable::columnOf("lpips_alex")));
    QVERIFY(table->isColumnHidden(CompareTable::columnOf("lpips_vgg")));
    QVERIFY(bold(2, "lpips_alex"));  // less is better
    QVERIFY(!bold(1, "lpips_alex"));
    QVERIFY(table->text(TableFormat::Tsv).contains(QStringLiteral("LPIPS (Alex)")));
    Outcome outcome;
    outcome.report.metrics["lpips_alex"] = 0.188;
    QVERIFY(ui::summaryText(outcome).contains(QStringLiteral("LPIPS (Alex) 0.188")));
    view()->setLpipsFound([] { return true; });
  }

  void chipsAreTakenAwayByCrossAndKey() {
    addLadder();
    QCOMPARE(view()->chips()->chips().size(), 3);
    QVERIFY(!bar()->text().isEmpty());
    auto* chip = view()->chips()->chips()[1];
    QTest::mouseClick(chip, Qt::LeftButton, Qt::NoModifier, chip->cross());
    QTRY_COMPARE_WITH_TIMEOUT(compare()->entries().size(), std::size_t(2), kPatience);
    view()->chips()->chips()[0]->setFocus();
    QTest::keyClick(view()->chips()->chips()[0], Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(compare()->entries().size(), std::size_t(1), kPatience);
    compare()->clear();
    QVERIFY(!bar()->runAction()->isEnabled());
  }

  void deletePressedTwiceTakesAwayOneSeedAndTheMean() {
    compare()->add(ui::seedChoices(catalogue_, compare()->base(), 2), /*seeds=*/true);
    QCOMPARE(compare()->entries().size(), std::size_t(3));
    auto* chip = view()->chips()->chips()[1];
    for (int i = 0; i < 2; ++i) QTest::keyClick(chip, Qt::Key_Delete);  // before the first is carried out
    QTRY_COMPARE_WITH_TIMEOUT(compare()->entries().size(), std::size_t(1), kPatience);
    QCoreApplication::processEvents();
    QCOMPARE(compare()->entries().size(), std::size_t(1));
    QCOMPARE(entry(0).kind, CompareEntry::Kind::Run);
  }

  void itFitsNarrowAndWideWindows() {
    addLadder();
    runAll();
    for (const QSize size : {QSize(640, 480), QSize(960, 600), QSize(1280, 720), QSize(1920, 1200)}) {
      window_->resize(size);
      QCoreApplication::processEvents();
      QVERIFY2(view()->minimumSizeHint().width() <= size.width(),
               qPrintable(QStringLiteral("%1 of %2").arg(view()->minimumSizeHint().width()).arg(size.width())));
      if (size.height() >= 600) QVERIFY(view()->height() <= view()->parentWidget()->height());  // nothing to scroll
      const bool narrow = size.width() < ComparePage::kNarrow;
      QCOMPARE(view()->numbersButton()->isVisible(), narrow);
      QCOMPARE(view()->panel()->isVisible(), !narrow);
      QVERIFY(canvas()->isVisible());
      if (!narrow) continue;
      view()->numbersButton()->setChecked(true);
      QVERIFY(view()->panel()->isVisible() && !canvas()->isVisible());
      view()->numbersButton()->setChecked(false);
    }
  }

  void everyControlHasANameAndCanBeReached() {
    addLadder();
    bar()->runAction()->trigger();
    for (auto* root : {static_cast<QWidget*>(view()), static_cast<QWidget*>(bar())}) {
      for (auto* widget : root->findChildren<QWidget*>()) {
        const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                             qobject_cast<QAbstractSpinBox*>(widget) || qobject_cast<QAbstractItemView*>(widget) ||
                             qobject_cast<CompareCanvas*>(widget);
        if (!control || !widget->isVisible() || widget->objectName().startsWith(QStringLiteral("qt_"))) continue;
        if (widget->inherits("QHeaderView") || widget->inherits("QTableCornerButton")) continue;
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 widget->metaObject()->className());
        if (widget->isEnabled()) QVERIFY2(widget->focusPolicy() & Qt::TabFocus, widget->metaObject()->className());
      }
    }
  }
};

QTEST_MAIN(CompareTest)
#include "compare_test.moc"
