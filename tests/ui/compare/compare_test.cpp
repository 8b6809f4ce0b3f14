// SPDX-License-Identifier: GPL-3.0-or-later
// Solvers against each other, with a worker that the test plays.
#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include "core/api/files.h"
#include "core/api/session.h"
#include "ui/canvas/image_canvas.h"
#include "ui/compare/compare_choices.h"
#include "ui/compare/compare_grid.h"
#include "ui/compare/compare_table.h"
#include "ui/compare/compare_window.h"
#include "ui/curves/curves_plot.h"
#include "ui/files/file_desk.h"
#include "ui/settings/degradation_panel.h"
#include "ui/settings/solver_panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/main_actions.h"
#include "ui/window/main_window.h"

using namespace p2l;
using ui::CompareRun;
using ui::CompareTable;

class CompareTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 40;
  static constexpr int kPatience = 20000;

  Catalogue catalogue_ = Session().catalogue();
  QTemporaryDir folder_;
  QString photo_;
  std::unique_ptr<ui::MainWindow> window_;
  QList<ui::RunJob> jobs_;
  double lpips_ = kUnknown;  ///< of the runs that finish() ends

  ui::CompareSession* compare() const { return window_->compare(); }
  ui::CompareWindow* view() const { return window_->compareWindow(); }
  QString cell(int row, int column) const { return view()->table()->item(row, column)->text(); }

  static std::shared_ptr<const Frame> frame(int grey) {
    auto made = std::make_shared<Frame>();
    made->width = made->height = kSide;
    made->bytes.assign(std::size_t(kSide) * kSide * 3, std::uint8_t(grey));
    return made;
  }
  static StepReport report(int step, int steps) {
    StepReport report;
    report.step = step;
    report.steps = steps;
    report.residual = 8.0 / step;
    report.psnr = 20.0 + step;
    return report;
  }
  void start(const ui::RunJob& job, int steps = 4) {
    RunStart start;
    start.run_id = job.run_id;
    start.steps = steps;
    start.noise_level = 0.5;
    start.measurement = frame(60);
    start.truth = frame(70);
    compare()->runStarted(start);
  }
  void step(const ui::RunJob& job, int number, int steps = 4) {
    compare()->stepFinished(job.run_id, report(number, steps));
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->run_id = job.run_id;
    snapshot->report = report(number, steps);
    snapshot->estimate = frame(100 + number);
    compare()->picturesReady({snapshot});
  }
  void finish(const ui::RunJob& job, Outcome::Status status, double psnr, int grey = 200) {
    Outcome outcome;
    outcome.status = status;
    outcome.message = status == Outcome::Status::Completed ? "" : "It ended early";
    if (grey > 0) outcome.picture = imageFromFrame(*frame(grey));
    outcome.report.request = job.request;
    outcome.report.metrics["psnr"] = psnr;
    outcome.report.metrics["ssim"] = psnr / 40;
    outcome.report.metrics["lpips_alex"] = lpips_;
    outcome.report.residual = 0.75;
    outcome.report.seconds = 1.25;
    compare()->runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome)));
  }
  void runWhole(const ui::RunJob& job, double psnr) {
    start(job);
    for (int i = 1; i <= 4; ++i) step(job, i);
    finish(job, Outcome::Status::Completed, psnr);
  }
  static QRgb middle(QWidget* widget) {
    const auto image = widget->grab().toImage();
    return image.pixel(image.width() / 2, image.height() / 2);
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-compare-test"));
    photo_ = folder_.filePath(QStringLiteral("photo.png"));
    writePhoto(Image(kSide, kSide, 3, 0.25f), photo_.toStdString(), {});
  }
  void init() {
    QSettings().clear();
    window_ = std::make_unique<ui::MainWindow>(catalogue_);
    window_->show();
    jobs_.clear();
    connect(compare(), &ui::CompareSession::runRequested, this, [this](const ui::RunJob& job) { jobs_ << job; });
    window_->files()->open(photo_);
    QTRY_VERIFY_WITH_TIMEOUT(window_->document()->photo() != nullptr, kPatience);
    window_->actions()->compare_ladder->trigger();  // three runs, whatever solvers there are
    QVERIFY(view() && view()->isVisible());
    QCOMPARE(view()->list()->count(), 3);
  }
  void cleanup() { window_.reset(); }

  void everySolverIsOfferedWithValuesThatFit() {
    RestoreRequest request;
    request.degradation().id = "gaussian-blur";
    request.solver = "ldps";
    request.solver_values["rho"] = 0.125;
    request.seed = 17;
    request.measurement_seed = 4;
    const auto choices = ui::solverChoices(catalogue_, request, 0);
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
    for (const auto& choice : ui::solverChoices(catalogue_, request, 7))
      QCOMPARE(integerOf(choice.request.sampler_values, "steps"), 7);
  }

  void theLadderAddsOnePartAtATime() {
    for (const auto& task : catalogue_.degradations) {
      RestoreRequest request;
      request.degradation().id = task.id;
      request.model = "p2l-tiny";
      const auto rungs = ui::ladderChoices(catalogue_, request, 0);
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
    const auto rungs = ui::ladderChoices(catalogue_, request, 9);
    QCOMPARE(rungs.size(), std::size_t(3));
    for (const auto& rung : rungs) {
      QCOMPARE(integerOf(rung.request.sampler_values, "steps"), 9);
      QVERIFY(numberOf(rung.request.solver_values, "rho") > 0.0);
      QVERIFY2(rung.help.contains(QStringLiteral("The request has rho = 0")), qPrintable(rung.help));
      QVERIFY2(rung.help.contains(QStringLiteral("The request has K = 0")), qPrintable(rung.help));
    }
  }

  void tickedRunsAreMadeOneAfterTheOther() {
    view()->list()->item(0)->setCheckState(Qt::Unchecked);
    view()->steps()->setValue(4);
    view()->runAction()->trigger();
    QVERIFY(compare()->isRunning());
    QVERIFY(!view()->runAction()->isEnabled());
    QCOMPARE(jobs_.size(), 1);
    QCOMPARE(integerOf(jobs_[0].request.solver_values, "K"), 0);
    QCOMPARE(integerOf(jobs_[0].request.sampler_values, "steps"), 4);
    QVERIFY(jobs_[0].run_id >= ui::CompareSession::kFirstId);
    QCOMPARE(view()->grid()->count(), 1 + 2);
    QCOMPARE(cell(1, CompareTable::columnOf("state")), QStringLiteral("waiting"));
    start(jobs_[0]);
    step(jobs_[0], 1);
    QCOMPARE(cell(0, CompareTable::columnOf("steps")), QStringLiteral("1 of 4"));
    QCOMPARE(middle(view()->grid()->canvas(1)), qRgb(101, 101, 101));
    QVERIFY2(view()->progress()->format().startsWith(QStringLiteral("Run 1 of 2, step 1")),
             qPrintable(view()->progress()->format()));
    for (int i = 2; i <= 4; ++i) step(jobs_[0], i);
    QCOMPARE(jobs_.size(), 1);
    finish(jobs_[0], Outcome::Status::Completed, 24.5);
    QCOMPARE(jobs_.size(), 2);
    QCOMPARE(middle(view()->grid()->canvas(1)), qRgb(200, 200, 200));
    runWhole(jobs_[1], 26.25);
    QVERIFY(!compare()->isRunning());
    QCOMPARE(view()->curves()->runCount(), 2);
    QCOMPARE(cell(0, CompareTable::columnOf("psnr")), QStringLiteral("24.50"));
    QCOMPARE(cell(1, CompareTable::columnOf("psnr")), QStringLiteral("26.25"));
    QCOMPARE(cell(1, CompareTable::columnOf("ssim")), QStringLiteral("0.656"));
    QCOMPARE(cell(1, CompareTable::columnOf("residual")), QStringLiteral("0.75"));
    QCOMPARE(cell(1, CompareTable::columnOf("steps")), QStringLiteral("4"));
    QCOMPARE(cell(1, CompareTable::columnOf("seconds")), QStringLiteral("1.3"));
    QVERIFY(!view()->table()->item(0, CompareTable::columnOf("psnr"))->font().bold());
    QVERIFY(view()->table()->item(1, CompareTable::columnOf("psnr"))->font().bold());  // the best
    QCOMPARE(view()->progress()->format(), QStringLiteral("Done"));
    // They are in the history, with their steps.
    const auto& past = window_->document()->pastRuns().all();
    QCOMPARE(past.size(), std::size_t(2));
    QVERIFY(past[1].name.contains(compare()->runs()[1].label));
    QCOMPARE(past[1].steps.count(), std::size_t(4));
    window_->document()->bringBack(0);
    QCOMPARE(window_->document()->result(), compare()->runs()[0].result);
    // The same measurement and noise for all: only the solver's part differs.
    auto one = jobs_[0].request, other = jobs_[1].request;
    QCOMPARE(jobs_[0].pictures.photo, jobs_[1].pictures.photo);
    other.solver_values = one.solver_values;
    QCOMPARE(jsonFromRequest(one), jsonFromRequest(other));
  }

  void oneThatFailsDoesNotKeepTheOthers() {
    view()->runAction()->trigger();
    QCOMPARE(jobs_.size(), 1);
    compare()->runFailed(jobs_[0].run_id, QStringLiteral("There is no such model."));
    QCOMPARE(jobs_.size(), 2);
    QVERIFY(view()->messages()->text().contains(QStringLiteral("There is no such model.")));
    start(jobs_[1]);
    finish(jobs_[1], Outcome::Status::OutOfMemory, kUnknown, 0);
    QCOMPARE(jobs_.size(), 3);
    runWhole(jobs_[2], 25.0);
    QVERIFY(!compare()->isRunning());
    QCOMPARE(cell(0, CompareTable::columnOf("state")), QStringLiteral("There is no such model."));
    QCOMPARE(cell(1, CompareTable::columnOf("state")), QStringLiteral("It ended early"));
    QCOMPARE(cell(2, CompareTable::columnOf("state")), QStringLiteral("done"));
    QVERIFY(!view()->table()->item(2, CompareTable::columnOf("psnr"))->font().bold());  // the only one is not the best
    QCOMPARE(view()->progress()->format(), QStringLiteral("Ended before all were done"));
  }

  void stopKeepsWhatThereIsAndPauseHolds() {
    view()->runAction()->trigger();
    start(jobs_[0]);
    step(jobs_[0], 1);
    view()->pauseAction()->trigger();
    QVERIFY(jobs_[0].control->paused());
    QVERIFY(view()->progress()->format().contains(QStringLiteral("paused")));
    view()->pauseAction()->trigger();
    QVERIFY(!jobs_[0].control->paused());
    view()->stopAction()->trigger();
    QVERIFY(jobs_[0].control->stopRequested());
    finish(jobs_[0], Outcome::Status::Cancelled, 21.0);
    QVERIFY(!compare()->isRunning());
    QCOMPARE(jobs_.size(), 1);
    QCOMPARE(cell(0, CompareTable::columnOf("state")), QStringLiteral("stopped"));
    QCOMPARE(cell(0, CompareTable::columnOf("psnr")), QStringLiteral("21.00"));
    QCOMPARE(cell(1, CompareTable::columnOf("state")), QStringLiteral("waiting"));
    step(jobs_[0], 2);  // too late
    QCOMPARE(cell(0, CompareTable::columnOf("steps")), QStringLiteral("1 of 4"));
  }

  void aRunAndAComparisonExcludeEachOther() {
    int runs = 0;
    connect(window_->document(), &ui::RunModel::runRequested, this, [&] { ++runs; });
    view()->runAction()->trigger();
    window_->document()->run();
    QCOMPARE(runs, 0);
    QVERIFY(window_->messages()->text().contains(QStringLiteral("compared")));
    window_->showPage(ui::MainWindow::Page::Restore);  // does not end it
    QVERIFY(!jobs_[0].control->stopRequested());
    compare()->stop();
    QVERIFY(jobs_[0].control->stopRequested());
    finish(jobs_[0], Outcome::Status::Cancelled, kUnknown, 0);
    window_->document()->run();
    QCOMPARE(runs, 1);
    window_->actions()->compare_solvers->trigger();
    view()->runAction()->trigger();
    QCOMPARE(jobs_.size(), 1);
    QVERIFY(view()->messages()->text().contains(QStringLiteral("main window")));
  }

  void picturesZoomAndPanTogetherUntilUnlinked() {
    view()->runAction()->trigger();
    start(jobs_[0]);
    step(jobs_[0], 1);
    auto* grid = view()->grid();
    auto *first = grid->canvas(1), *second = grid->canvas(2);
    first->zoomAt(20.0, QPointF(10, 10));
    QCOMPARE(second->zoom(), 20.0);
    const QPointF centre(second->width() / 2.0, second->height() / 2.0);
    const auto seen = second->imageFromWidget(centre) - first->imageFromWidget(centre);
    QVERIFY(std::abs(seen.x()) < 0.1 && std::abs(seen.y()) < 0.1);
    grid->setLinked(false);
    first->zoomAt(30.0, QPointF(10, 10));
    QCOMPARE(second->zoom(), 20.0);
    grid->canvas(0)->zoomAt(15.0, QPointF(10, 10));
    grid->setLinked(true);
    QCOMPARE(second->zoom(), 15.0);
    grid->fit();
    QVERIFY(second->zoom() < 15.0);
    QVERIFY(std::abs(second->zoom() - first->zoom()) < 0.05);  // a cell may be a pixel larger than another
  }

  void aRunsSettingsCanBeTakenOver() {
    view()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) runWhole(jobs_[i], 22.0 + i);
    QVERIFY(!view()->takeButton()->isEnabled());
    view()->table()->selectRow(0);
    QVERIFY(view()->takeButton()->isEnabled());
    view()->takeButton()->click();
    QCOMPARE(window_->widgets().solver->solver(), std::string("p2l"));
    QVERIFY(window_->document()->request().solver_values == jobs_[0].request.solver_values);
    QCOMPARE(choiceOf(window_->document()->request().solver_values, "projection"), std::string("off"));
  }

  void theTableCanBeCopied() {
    view()->runAction()->trigger();
    for (int i = 0; i < 3; ++i) runWhole(jobs_[i], 22.0 + i);
    QTest::keySequence(view()->table(), QKeySequence::Copy);
    const auto lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 4);
    QVERIFY2(lines[1].startsWith(QStringLiteral("LDPS\t22.00\t")), qPrintable(lines[1]));
  }

  void lpipsHasAColumnWhereItWasMeasured() {
    auto* table = view()->table();
    view()->runAction()->trigger();
    runWhole(jobs_[0], 22.0);
    QVERIFY(table->isColumnHidden(CompareTable::columnOf("lpips_alex")));
    QVERIFY(!table->text().contains(QStringLiteral("LPIPS")));
    lpips_ = 0.2;
    runWhole(jobs_[1], 24.0);
    lpips_ = 0.1;
    runWhole(jobs_[2], 23.0);
    lpips_ = kUnknown;
    QVERIFY(!table->isColumnHidden(CompareTable::columnOf("lpips_alex")));
    QVERIFY(table->isColumnHidden(CompareTable::columnOf("lpips_vgg")));
    QCOMPARE(cell(2, CompareTable::columnOf("lpips_alex")), QStringLiteral("0.100"));
    QVERIFY(table->item(2, CompareTable::columnOf("lpips_alex"))->font().bold());  // less is better
    QVERIFY(!table->item(1, CompareTable::columnOf("lpips_alex"))->font().bold());
    QVERIFY(table->text().contains(QStringLiteral("LPIPS (Alex)")));
    Outcome outcome;
    outcome.report.metrics["lpips_alex"] = 0.188;
    QVERIFY(ui::summaryText(outcome).contains(QStringLiteral("LPIPS (Alex) 0.188")));
  }

  void nothingTickedCannotBeRun() {
    for (int i = 0; i < view()->list()->count(); ++i) view()->list()->item(i)->setCheckState(Qt::Unchecked);
    QVERIFY(!view()->runAction()->isEnabled());
    view()->list()->item(1)->setCheckState(Qt::Checked);
    QVERIFY(view()->runAction()->isEnabled());
    view()->refresh();  // what is unticked stays so
    QCOMPARE(view()->list()->item(0)->checkState(), Qt::Unchecked);
    QCOMPARE(view()->list()->item(1)->checkState(), Qt::Checked);
  }

  void everyControlHasANameAndCanBeReached() {
    view()->runAction()->trigger();
    for (auto* widget : view()->findChildren<QWidget*>()) {
      const bool control = qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
                           qobject_cast<QAbstractSpinBox*>(widget) || qobject_cast<QAbstractItemView*>(widget) ||
                           qobject_cast<ui::ImageCanvas*>(widget);
      if (!control || !widget->isVisible() || widget->objectName().startsWith(QStringLiteral("qt_"))) continue;
      if (widget->inherits("QHeaderView") || widget->inherits("QTableCornerButton")) continue;
      const auto* button = qobject_cast<QAbstractButton*>(widget);
      QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
               widget->metaObject()->className());
      if (widget->isEnabled()) QVERIFY2(widget->focusPolicy() & Qt::TabFocus, widget->metaObject()->className());
    }
  }
};

QTEST_MAIN(CompareTest)
#include "compare_test.moc"
