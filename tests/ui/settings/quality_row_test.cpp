// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/quality_row.h"

#include <QSettings>
#include <QStandardPaths>
#include <QToolButton>
#include <QUndoStack>
#include <QtTest>

#include "core/api/measure.h"
#include "ui/base/frame_image.h"
#include "ui/base/model_store.h"
#include "ui/document/run_model.h"
#include "ui/document/run_title.h"
#include "ui/settings/param_panel.h"
#include "ui/settings/solver_panel.h"
#include "ui/task/degradation_panel.h"
#include "ui/task/task_tiles.h"
#include "ui/widgets/segmented.h"

using namespace p2l;
using Quality = ui::QualityRow::Quality;

class QualityRowTest : public QObject {
  Q_OBJECT

 private:
  Catalogue catalogue_ = readCatalogue();
  std::unique_ptr<ui::RunModel> model_;
  std::unique_ptr<ui::SolverPanel> solver_;
  std::unique_ptr<ui::DegradationPanel> task_;
  std::unique_ptr<ui::QualityRow> row_;

  void press(Quality quality) { row_->choices()->button(static_cast<int>(quality))->click(); }
  RestoreRequest request() const { return catalogue_.complete(model_->request()); }
  /// As the window does it.
  void open(const char* name) {
    auto opened = std::make_shared<ui::OpenedPhoto>();
    opened->label = QString::fromLatin1(name);
    auto read = std::make_shared<Photo>();
    read->image = Image(64, 48, 3, 0.5f);
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    model_->setPhoto(opened);
    row_->photoOpened();
    QTest::qWait(20);
  }
  static ui::ResultPtr resultOf(const RestoreRequest& request) {
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(64, 48, 3, 0.5f);
    outcome.report.request = request;
    return ui::resultFromOutcome(std::move(outcome));
  }

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("p2l-studio-test"));
    QCoreApplication::setApplicationName(QStringLiteral("p2l-studio-quality-test"));
  }
  void init() {
    QSettings().clear();  // it has the model that was chosen
    model_ = std::make_unique<ui::RunModel>();
    solver_ = std::make_unique<ui::SolverPanel>(catalogue_, nullptr);  // as the window does
    task_ = std::make_unique<ui::DegradationPanel>(catalogue_, model_->mask(), nullptr);
    row_ = std::make_unique<ui::QualityRow>(catalogue_, model_.get(), solver_.get());
    solver_->follow(model_.get());
    task_->follow(model_.get());
    row_->follow();
    row_->setActive(true);
  }
  void cleanup() {
    row_.reset();
    task_.reset();
    solver_.reset();
    model_.reset();
  }

  void everyTileHasThreeQualitiesThatTakeMoreAndMoreWork() {
    const ui::TaskTiles tiles(catalogue_);
    int found = 0;
    for (const auto& degradation : catalogue_.degradations) {
      RestoreRequest request;
      request.degradation().id = degradation.id;
      double former = 0;
      for (const auto quality : {Quality::Fast, Quality::Good, Quality::Best}) {
        const auto preset = ui::QualityRow::presetOf(catalogue_, request, quality);
        const bool tile = tiles.tileOf(degradation.id) != tiles.tileOf("none");
        QVERIFY2(preset && (!tile || !preset->id.empty()), degradation.id.c_str());
        if (preset->id.empty()) continue;
        auto asked = request;
        asked.preset = preset->id;
        asked.solver.clear();
        const auto run = catalogue_.complete(asked);
        const auto work = catalogue_.solver(run.solver).work(run.solver_values, integerOf(run.sampler_values, "steps"));
        const double amount = work.network + 3 * work.network_gradient;
        QVERIFY2(amount > former, preset->id.c_str());
        former = amount;
        ++found;
      }
    }
    QVERIFY(found >= 15);
  }

  void aQualityIsAPresetOfTheTask() {
    task_->setDegradation("motion-blur");
    press(Quality::Fast);
    QCOMPARE(request().preset, std::string("fast-p2l-tiny-motion-blur"));
    QCOMPARE(integerOf(request().sampler_values, "steps"), 8);
    QCOMPARE(row_->current(), int(Quality::Fast));
    press(Quality::Best);
    QCOMPARE(integerOf(request().solver_values, "K"), 1);
  }

  void aModelWithoutQualitiesHasThemMadeOfItsDefaults() {
    solver_->models()->choose(solver_->models()->indexOf(QStringLiteral("p2l-tiny-pixel")));
    QCOMPARE(model_->request().model, std::string("p2l-tiny-pixel"));
    QSet<QString> tips;
    for (const char* task : {"sr", "motion-blur", "inpaint", "jpeg"}) {
      task_->setDegradation(task);
      // From noise, or near a run's end.
      const bool from_noise = std::string(task) == "jpeg";
      const std::pair<Quality, int> steps[] = {
          {Quality::Fast, 8}, {Quality::Good, from_noise ? 20 : 14}, {Quality::Best, from_noise ? 50 : 20}};
      for (const auto& [quality, expected] : steps) {
        const auto* button = row_->choices()->button(static_cast<int>(quality));
        QVERIFY2(button->isEnabled(), task);
        press(quality);
        const auto run = request();
        QCOMPARE(integerOf(run.sampler_values, "steps"), expected);
        QCOMPARE(numberOf(run.sampler_values, "start") == 1.0, from_noise);
        QCOMPARE(row_->current(), int(quality));
        // DiffPIR takes no gradient; artefacts of JPEG leave nothing but DPS.
        QCOMPARE(run.solver, std::string(std::string(task) == "jpeg" ? "dps" : "diffpir"));
        QVERIFY2(button->toolTip().contains(QStringLiteral("default preset")), qPrintable(button->toolTip()));
        QVERIFY2(button->toolTip().contains(QStringLiteral("%1 steps").arg(expected)), qPrintable(button->toolTip()));
        tips.insert(button->toolTip());
      }
    }
    QCOMPARE(tips.size(), 6);
  }

  void aLatentModelOfOnesOwnTakesTheGradientInBestAlone() {
    RestoreRequest own;
    own.model = "/models/my-own";
    for (const auto quality : {Quality::Fast, Quality::Good, Quality::Best}) {
      const auto preset = ui::QualityRow::presetOf(catalogue_, own, quality);
      QVERIFY(preset && preset->id.empty());
      auto asked = own;
      asked.solver = preset->solver;
      asked.solver_values = preset->solver_values;
      asked.sampler_values = preset->sampler_values;
      const auto run = catalogue_.complete(asked);
      const int steps = integerOf(run.sampler_values, "steps");
      const auto& solver = catalogue_.solver(run.solver);
      QVERIFY(solver.projects(run.solver_values, steps));  // the data are followed at any rate
      QCOMPARE(solver.work(run.solver_values, steps).network_gradient > 0.0, quality == Quality::Best);
    }
  }

  void aMadeQualityIsUndoneAsOneStep() {
    solver_->models()->choose(solver_->models()->indexOf(QStringLiteral("p2l-tiny-pixel")));
    QCoreApplication::processEvents();
    press(Quality::Good);
    QCoreApplication::processEvents();
    const int before = model_->undoStack()->index();
    press(Quality::Fast);
    QCOMPARE(model_->undoStack()->index(), before + 1);
    QCOMPARE(model_->undoStack()->undoText(), QStringLiteral("quality Fast"));
    model_->undoStack()->undo();
    QCOMPARE(row_->current(), int(Quality::Good));
    QCOMPARE(integerOf(request().sampler_values, "steps"), 14);
  }

  void anotherTaskTakesTheSameQuality() {
    task_->setDegradation("motion-blur");
    press(Quality::Fast);
    task_->setDegradation("jpeg");
    QCOMPARE(row_->current(), int(Quality::Fast));
    QCOMPARE(request().preset, std::string("fast-p2l-tiny-jpeg"));
    task_->setDegradation("sr");
    QCOMPARE(request().preset, std::string("fast-p2l-tiny-sr"));
    QCOMPARE(request().solver, std::string("p2l"));
  }

  void inLabAnotherTaskKeepsTheQualityThatIsShownAndTheSolverWhereNoneIs() {
    task_->setDegradation("motion-blur");
    press(Quality::Fast);
    press(Quality::Good);
    row_->setActive(false);
    task_->setDegradation("random-drop");
    QCOMPARE(row_->current(), int(Quality::Good));
    QCOMPARE(request().solver, std::string("latent_daps"));
    QCOMPARE(request().preset, std::string("good-p2l-tiny-random-drop"));
    task_->setDegradation("sr");
    QCOMPARE(request().preset, std::string("good-p2l-tiny-sr"));
    QCOMPARE(request().solver, std::string("p2l"));
    solver_->sampler()->changeValues({{"steps", 77.0}}, QStringLiteral("steps"));
    QCOMPARE(row_->current(), -1);
    task_->setDegradation("random-drop");
    QCOMPARE(request().solver, std::string("p2l"));
    QCOMPARE(row_->current(), -1);
  }

  void valuesOfOnesOwnAreNoQualityAndARecalledRunKeepsIts() {
    task_->setDegradation("sr");
    press(Quality::Good);
    solver_->sampler()->changeValues({{"steps", 77.0}}, QStringLiteral("steps"));
    QCOMPARE(row_->current(), -1);
    auto recalled = request();
    recalled.degradation().id = "defocus";
    recalled.degradation().values.clear();
    model_->recall(recalled);
    QCOMPARE(integerOf(request().sampler_values, "steps"), 77);
    QCOMPARE(model_->request().degradation().id, std::string("defocus"));
  }

  void aPhotoAfterARunThatWasBroughtBackHasTheQualityThatWasChosenLast() {
    open("a.png");
    task_->setDegradation("defocus");
    press(Quality::Fast);
    ui::PastRun run;
    run.request = model_->request();
    run.request.solver_values["K"] = 3.0;  // of the preset, up to this
    run.photo = model_->openedPhoto();
    run.result = resultOf(run.request);
    model_->pastRuns().add(run);
    const auto K = [this] { return integerOf(request().solver_values, "K"); };
    model_->bringBack(0);
    QCOMPARE(K(), 3);
    QCOMPARE(row_->current(), -1);
    row_->photoOpened();  // it came with its photo, as a file of a result does
    QCOMPARE(K(), 3);
    open("b.png");
    QCOMPARE(row_->current(), int(Quality::Fast));
    QVERIFY(K() != 3);
    QVERIFY(!model_->undoStack()->canUndo());
    // What a person sets stays, on top of such a run and without one.
    model_->bringBack(0);
    solver_->sampler()->changeValues({{"steps", 77.0}}, QStringLiteral("steps"));
    open("c.png");
    QCOMPARE(row_->current(), -1);
    QCOMPARE(integerOf(request().sampler_values, "steps"), 77);
    press(Quality::Good);
    solver_->params()->changeValues({{"K", 5.0}}, QStringLiteral("K"));
    open("d.png");
    QCOMPARE(K(), 5);
    // Also what comes back by undo, with its result.
    model_->run();
    model_->runFinished(model_->runId(), resultOf(model_->request()));
    model_->bringBack(0);
    QCOMPARE(K(), 3);
    model_->undoStack()->undo();
    QCOMPARE(K(), 5);
    open("e.png");
    QCOMPARE(K(), 5);
    // In Lab, where no quality is chosen, a run's values are for the next photo, too.
    model_->bringBack(0);
    row_->setActive(false);
    open("f.png");
    QCOMPARE(K(), 3);
  }

  void aQualityOfARunThatWasBroughtBackIsNotThatOfThePhotoAfterIt() {
    open("a.png");
    task_->setDegradation("defocus");
    press(Quality::Good);
    ui::PastRun run;
    run.request = model_->request();
    run.photo = model_->openedPhoto();
    run.result = resultOf(run.request);
    model_->pastRuns().add(run);
    press(Quality::Fast);
    model_->bringBack(0);
    QCOMPARE(row_->current(), int(Quality::Good));
    open("b.png");
    QCOMPARE(row_->current(), int(Quality::Fast));
    model_->bringBack(0);
    press(Quality::Good);  // now a person has chosen it
    open("c.png");
    QCOMPARE(row_->current(), int(Quality::Good));
  }

  void aQualityIsUndoneAsOneStep() {
    task_->setDegradation("sr");
    press(Quality::Good);
    QCoreApplication::processEvents();  // another step begins
    const auto before = request();
    const int index = model_->undoStack()->index();
    press(Quality::Fast);
    QCOMPARE(model_->undoStack()->index(), index + 1);
    model_->undoStack()->undo();
    QCOMPARE(integerOf(request().sampler_values, "steps"), integerOf(before.sampler_values, "steps"));
    QCOMPARE(row_->current(), int(Quality::Good));
  }

  void runsAreNamedByWhatDiffers() {
    task_->setDegradation("sr");
    press(Quality::Fast);
    const auto fast = request();
    QCOMPARE(ui::runTitle(catalogue_, fast), QStringLiteral("Fast"));
    press(Quality::Good);
    const auto good = request();
    QCOMPARE(ui::runDifference(catalogue_, good, fast), QStringLiteral("Good"));
    solver_->params()->changeValues({{"K", 3.0}}, QStringLiteral("K"));
    const auto tuned = request();
    solver_->params()->changeValues({{"K", 8.0}}, QStringLiteral("K"));
    QCOMPARE(ui::runDifference(catalogue_, request(), tuned), QStringLiteral("Prompt iterations 3 → 8"));
    auto other_seed = tuned;
    other_seed.seed = 7;
    QCOMPARE(ui::runDifference(catalogue_, other_seed, tuned), QStringLiteral("seed 7"));
    QCOMPARE(ui::runDifference(catalogue_, tuned, tuned), QString());
  }

  void theValuesOfAQualityNameARunThatKeptNoPreset() {
    task_->setDegradation("defocus");
    press(Quality::Fast);
    auto fast = request();
    fast.preset.clear();
    QCOMPARE(ui::runTitle(catalogue_, fast), QStringLiteral("Fast"));
    press(Quality::Good);
    auto good = request();
    good.preset.clear();
    QCOMPARE(ui::runDifference(catalogue_, good, fast), QStringLiteral("Good"));
    auto wider = good;
    wider.seed = 7;
    QCOMPARE(ui::runDifference(catalogue_, wider, fast), QStringLiteral("Good, seed 7"));
  }
};

QTEST_MAIN(QualityRowTest)
#include "quality_row_test.moc"
