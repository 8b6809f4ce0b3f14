// SPDX-License-Identifier: GPL-3.0-or-later
// The preview of a part while settings change: the closed form is real, the model's worker is played by the test.
#include "ui/jobs/live_preview.h"

#include <QSignalSpy>
#include <QUndoStack>
#include <QtTest>

#include "core/api/files.h"
#include "core/api/measure.h"
#include "ui/base/frame_image.h"
#include "ui/base/side_runs.h"
#include "ui/canvas/image_canvas.h"
#include "ui/document/mask_editor.h"
#include "ui/document/quality_presets.h"
#include "ui/document/run_model.h"
#include "ui/document/undo_places.h"
#include "ui/tools/live_inset.h"

using namespace p2l;
using ui::LivePreview;
using ui::RunModel;

class LivePreviewTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kPatience = 60000;
  static constexpr int kQuiet = 500;  ///< nothing comes within it that is not on its way

  const Catalogue catalogue_ = readCatalogue();
  std::unique_ptr<RunModel> document_;
  std::unique_ptr<LivePreview> live_;
  std::vector<ui::RunJob> jobs_;  ///< that the worker was asked for
  bool answers_ = true;           ///< the worker paints them white
  double seconds_ = 0.0;          ///< that it says it took

  const LivePreview::Part& part() const { return live_->part(); }
  static std::shared_ptr<const ui::OpenedPhoto> photo(int width, int height) {
    auto read = std::make_shared<Photo>();
    const auto sample = readPhoto(resourceFolder() + "/photos/skimage_astronaut.png").image;
    read->image = resizeImage(sample, width, height);
    auto opened = std::make_shared<ui::OpenedPhoto>();
    opened->label = QStringLiteral("mine.png");
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    return opened;
  }
  RestoreRequest request(const std::string& task, const char* key = nullptr, double value = 0.0) const {
    auto request = document_->request();
    request.mode = Mode::Restore;
    request.model = "p2l-tiny";
    request.device = "cpu";
    request.degradation() = {};
    request.degradation().id = task;
    if (key != nullptr) request.degradation().values[key] = value;
    request.solver = "p2l";
    request.solver_values = {{"K", 3.0}};
    return request;
  }
  /// With the task's quickest values, which nothing quicker can stand in for.
  RestoreRequest quick(const std::string& task, const char* key, double value) const {
    auto made = request(task, key, value);
    const auto preset = ui::qualityPreset(catalogue_, made, "fast");
    made.solver = preset->solver;
    made.solver_values = preset->solver_values;
    made.sampler_values = preset->sampler_values;
    return made;
  }
  int stepsOf(std::size_t job) const { return integerOf(jobs_.at(job).request.sampler_values, "steps"); }
  void change(const RestoreRequest& request) { document_->changeTask(request, nullptr, scaleOf(request)); }
  double scaleOf(const RestoreRequest& request) const {
    const auto completed = catalogue_.completeMeasurement(request);
    const auto& key = catalogue_.degradation(request.degradation().id).scale_key;
    return key.empty() ? 1.0 : numberOf(completed.degradation().values, key);
  }
  /// The model is loaded, and takes so long for 256 x 256 pixels.
  void loadModel(double seconds) {
    ModelInfo model;
    model.name = "p2l-tiny";
    model.pixels_per_latent = 4;
    document_->modelLoaded(model, 0.1);
    document_->networksTimed(model, {256.0 * 256.0, seconds, seconds, seconds});
  }
  void open(int width = 300, int height = 200) {
    document_->setPhoto(photo(width, height));
    QCoreApplication::processEvents();
  }

 private slots:
  void init() {
    jobs_.clear();
    answers_ = true;
    seconds_ = 0.0;
    document_ = std::make_unique<RunModel>();
    document_->setCatalogue(&catalogue_);
    live_ = std::make_unique<LivePreview>(catalogue_, document_.get());
    auto* runs = document_->sideRuns();
    connect(runs, &ui::SideRuns::runRequested, this, [this, runs](const ui::RunJob& job) {
      jobs_.push_back(job);
      if (!answers_) return;
      QTimer::singleShot(0, runs, [runs, job, seconds = seconds_] {
        const auto scale = job.request.degradation().id == "sr" ? 4 : 1;
        Outcome outcome;
        outcome.status = Outcome::Status::Completed;
        outcome.report.request = job.request;
        outcome.report.seconds = seconds;
        outcome.picture = Image(scale * job.pictures.photo->width, scale * job.pictures.photo->height, 3, 1.0f);
        runs->runFinished(job.run_id, ui::resultFromOutcome(std::move(outcome), job.pictures));
      });
    });
  }
  void cleanup() {
    live_.reset();
    document_.reset();
  }

  void aBlurFollowsAtOnceAndThenTheModel() {
    open();
    loadModel(0.001);
    QTest::qWait(kQuiet);
    QVERIFY(part().isNull());  // nobody has changed anything
    std::vector<int> steps;
    connect(live_.get(), &LivePreview::changed, this, [&] { steps.push_back(part().steps); });
    change(request("defocus", "radius", 3.0));
    QTRY_COMPARE_WITH_TIMEOUT(steps.size(), 2u, kPatience);
    QCOMPARE(steps[0], 0);
    QCOMPARE(steps[1], LivePreview::kSteps);
    // 128 pixels in the middle of 300 x 200, whole pixels of it.
    QCOMPARE(part().picture.size(), QSize(LivePreview::kSide, LivePreview::kSide));
    QVERIFY(std::abs(part().place.center().x() - 0.5) < 0.01 && std::abs(part().place.center().y() - 0.5) < 0.01);
    QVERIFY(std::abs(part().place.width() * 300 - LivePreview::kSide) < 1e-6);
    QCOMPARE(part().picture.pixelColor(60, 60), QColor(Qt::white));
    // A small photo of its own: no prompt is tuned, no patches, a margin around what is shown.
    QCOMPARE(jobs_.size(), 1u);
    QCOMPARE(jobs_[0].pictures.photo->width, LivePreview::kSide + 2 * LivePreview::kMargin);
    QCOMPARE(numberOf(jobs_[0].request.solver_values, "K"), 0.0);
    QCOMPARE(jobs_[0].request.size, 0);
    QVERIFY(document_->result() == nullptr && document_->pastRuns().all().empty());
  }

  void theClosedFormIsThatOfThePhotosPart() {
    open();  // no model is loaded
    change(request("straight-motion-blur", "length", 9.0));
    QTRY_VERIFY_WITH_TIMEOUT(!part().isNull(), kPatience);
    QCOMPARE(part().steps, 0);
    QTest::qWait(kQuiet);
    QVERIFY(jobs_.empty());
    const auto first = part().picture;
    const auto shown = document_->photo()->shown;
    const auto place = QRectF(part().place.x() * 300, part().place.y() * 200, 128, 128).toRect();
    QVERIFY(first != shown.copy(place).convertToFormat(first.format()));
    QVERIFY(
        std::abs(qGray(first.scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).pixel(0, 0)) -
                 qGray(shown.copy(place).scaled(1, 1, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).pixel(0, 0))) <
        6);
    change(request("straight-motion-blur", "length", 25.0));
    QTRY_VERIFY_WITH_TIMEOUT(part().picture != first, kPatience);
  }

  void itIsLaidOverWhatTheCanvasShows() {
    ui::ImageCanvas canvas;
    canvas.resize(400, 400);
    new ui::LiveInset(live_.get(), &canvas);  // belongs to the canvas
    open(400, 400);
    canvas.setBefore(document_->photo()->shown, QStringLiteral("before"));
    canvas.show();
    QVERIFY(QTest::qWaitForWindowExposed(&canvas));
    canvas.zoomAt(4.0, QPointF(390, 390));
    const auto seen = canvas.visiblePart();
    QVERIFY(seen.left() > 0.6 && seen.top() > 0.6);
    change(request("gaussian-blur", "sigma", 2.0));
    QTRY_VERIFY_WITH_TIMEOUT(!canvas.inset().isNull(), kPatience);
    QCOMPARE(canvas.inset(), part().picture);
    QVERIFY(seen.contains(part().place.center()));
    live_->setEnabled(false);
    QVERIFY(canvas.inset().isNull());
    live_->setEnabled(true);
    QTRY_VERIFY_WITH_TIMEOUT(!canvas.inset().isNull(), kPatience);
  }

  void whatIsLookedAtIsPreviewed() {
    live_->setView([] { return QRectF(0.5, 0.5, 0.5, 0.5); });
    open(400, 400);
    change(request("gaussian-blur", "sigma", 2.0));
    QTRY_VERIFY_WITH_TIMEOUT(!part().isNull(), kPatience);
    QVERIFY(std::abs(part().place.center().x() - 0.75) < 0.02);
    QVERIFY(std::abs(part().place.center().y() - 0.75) < 0.02);
  }

  void anEnlargementIsAPartOfTheResult() {
    open(200, 100);
    change(request("sr", "factor", 4.0));
    QTRY_VERIFY_WITH_TIMEOUT(!part().isNull(), kPatience);
    QCOMPARE(part().picture.size(), QSize(LivePreview::kSide, LivePreview::kSide));
    QVERIFY(std::abs(part().place.width() - 128.0 / 800) < 1e-6);
    QVERIFY(std::abs(part().place.height() - 128.0 / 400) < 1e-6);
  }

  void theHolesArePreviewedWhereTheyAre() {
    open(400, 400);
    auto painted = request("inpaint");
    painted.degradation().mask = "painted";
    document_->setQuestion(QStringLiteral("The mask is empty."), false);
    change(painted);
    QTest::qWait(kQuiet);
    QVERIFY(part().isNull());
    document_->mask()->beginStroke({330, 80});
    document_->mask()->endStroke({350, 80});
    document_->setQuestion({}, false);
    change(painted);
    QTRY_VERIFY_WITH_TIMEOUT(!part().isNull(), kPatience);
    QVERIFY(part().place.contains(QPointF(340.0 / 400, 80.0 / 400)));
  }

  void aNewerChangeTakesThePlaceOfAnOlderOne() {
    answers_ = false;
    open();
    loadModel(0.001);
    change(request("defocus", "radius", 3.0));
    QTRY_COMPARE_WITH_TIMEOUT(jobs_.size(), 1u, kPatience);
    QVERIFY(!jobs_[0].control->stopRequested());
    change(request("defocus", "radius", 5.0));
    QTRY_VERIFY_WITH_TIMEOUT(jobs_[0].control->stopRequested(), kPatience);
    // The stopped one ends late and is not shown.
    Outcome late;
    late.status = Outcome::Status::Cancelled;
    late.picture = Image(160, 160, 3, 1.0f);
    // Until then the new one waits behind it.
    QTest::qWait(kQuiet);
    QCOMPARE(jobs_.size(), 1u);
    document_->sideRuns()->runFinished(jobs_[0].run_id, ui::resultFromOutcome(std::move(late)));
    QCOMPARE(part().steps, 0);
    QTRY_COMPARE_WITH_TIMEOUT(jobs_.size(), 2u, kPatience);
    QCOMPARE(jobs_[1].request.degradation().values.at("radius"), ParamValue(5.0));
  }

  void aRunGoesFirstAndItsResultIsWhatCounts() {
    answers_ = false;
    open();
    loadModel(0.001);
    change(request("defocus", "radius", 3.0));
    QTRY_COMPARE_WITH_TIMEOUT(jobs_.size(), 1u, kPatience);
    ui::RunJob run;
    connect(document_.get(), &RunModel::runRequested, this, [&](const ui::RunJob& job) { run = job; });
    document_->run();
    QVERIFY(jobs_[0].control->stopRequested());
    RunStart start;
    start.run_id = run.run_id;
    start.steps = 1;
    document_->runStarted(start);
    StepReport step;
    step.step = step.steps = 1;
    document_->stepFinished(run.run_id, step);
    QVERIFY(part().isNull());
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(300, 200, 3, 0.5f);
    outcome.report.request = run.request;
    outcome.report.steps = {step};
    document_->runFinished(run.run_id, ui::resultFromOutcome(std::move(outcome), run.pictures));
    QVERIFY(!document_->isStale());
    // Back at the result's settings there is nothing to preview.
    change(request("defocus", "radius", 5.0));
    QTRY_VERIFY_WITH_TIMEOUT(!part().isNull(), kPatience);
    document_->undoStack()->undo();
    QTRY_VERIFY_WITH_TIMEOUT(part().isNull(), kPatience);
    QCOMPARE(document_->pastRuns().all().size(), std::size_t{1});
  }

  void goingToAnotherPageIsNoChange() {
    open();
    change(request("defocus", "radius", 3.0));
    QTRY_VERIFY_WITH_TIMEOUT(!part().isNull(), kPatience);
    document_->setPhoto(photo(300, 200));
    QTest::qWait(kQuiet);
    QVERIFY(part().isNull());
    ui::UndoPlaces places(
        document_->undoStack(), [] { return 0; }, [](int) {}, nullptr);
    places.went(0, 1, QStringLiteral("page Lab"), /*alone=*/true);
    QCOMPARE(document_->undoStack()->undoText(), QStringLiteral("page Lab"));
    QTest::qWait(kQuiet);
    QVERIFY(part().isNull());
    change(request("defocus", "radius", 4.0));
    QTRY_VERIFY_WITH_TIMEOUT(!part().isNull(), kPatience);
  }

  void itCanBeSwitchedOff() {
    open();
    change(request("defocus", "radius", 3.0));
    QTRY_VERIFY_WITH_TIMEOUT(!part().isNull(), kPatience);
    live_->setEnabled(false);
    QVERIFY(part().isNull());
    change(request("defocus", "radius", 4.0));
    QTest::qWait(kQuiet);
    QVERIFY(part().isNull());
    live_->setEnabled(true);
    QTRY_VERIFY_WITH_TIMEOUT(!part().isNull(), kPatience);
  }

  void aSlowModelLeavesTheClosedFormAndASlowSolverItsQuickest() {
    open();
    loadModel(30.0);
    change(request("defocus", "radius", 3.0));
    QTRY_VERIFY_WITH_TIMEOUT(!part().isNull(), kPatience);
    QTest::qWait(kQuiet);
    QVERIFY(jobs_.empty());
    // Of a gradient's solver a few steps say nothing: the task's quickest values stand in when the task changes.
    loadModel(0.001);
    auto slow = request("gaussian-blur", "sigma", 3.0);
    slow.solver = "ldps";
    slow.solver_values.clear();
    change(slow);
    QTest::qWait(kQuiet);
    slow.degradation().values["sigma"] = 2.0;
    change(slow);
    QTRY_VERIFY_WITH_TIMEOUT(!jobs_.empty(), kPatience);
    QCOMPARE(jobs_.back().request.solver, std::string("p2l"));
  }

  void aPreviewThatTookTooLongTakesFewerStepsNext() {
    open();
    loadModel(0.01);
    seconds_ = 1.5;  // for 8 steps
    change(quick("defocus", "radius", 3.0));
    QTRY_COMPARE_WITH_TIMEOUT(part().steps, LivePreview::kSteps, kPatience);
    seconds_ = 0.4;
    change(quick("defocus", "radius", 3.5));
    QTRY_COMPARE_WITH_TIMEOUT(jobs_.size(), 2u, kPatience);
    QCOMPARE(stepsOf(0), LivePreview::kSteps);
    QVERIFY(stepsOf(1) < stepsOf(0));
    // Another task is another matter.
    QTRY_COMPARE_WITH_TIMEOUT(part().steps, stepsOf(1), kPatience);
    seconds_ = 0.0;
    change(quick("gaussian-blur", "sigma", 2.0));
    QTRY_COMPARE_WITH_TIMEOUT(jobs_.size(), 3u, kPatience);
    QCOMPARE(stepsOf(2), LivePreview::kSteps);
    // When the machine has time again, steps come back.
    double radius = 4.0;
    for (int i = 0; i < 8; ++i) {
      const auto former = jobs_.size();
      change(quick("defocus", "radius", radius += 0.25));
      QTRY_COMPARE_WITH_TIMEOUT(jobs_.size(), former + 1, kPatience);
      QTRY_COMPARE_WITH_TIMEOUT(part().steps, stepsOf(former), kPatience);
    }
    QCOMPARE(stepsOf(jobs_.size() - 1), LivePreview::kSteps);
  }

  // How slow a machine is was measured against the networks' times: other ones begin anew.
  void otherTimesOfTheNetworksEndWhatWasKnown() {
    open();
    loadModel(0.01);
    seconds_ = 1.5;
    change(quick("defocus", "radius", 3.0));
    QTRY_COMPARE_WITH_TIMEOUT(part().steps, LivePreview::kSteps, kPatience);
    seconds_ = 0.0;
    loadModel(0.01);
    change(quick("defocus", "radius", 3.5));
    QTRY_COMPARE_WITH_TIMEOUT(jobs_.size(), 2u, kPatience);
    QCOMPARE(stepsOf(1), LivePreview::kSteps);
  }

  void whereTwoStepsTakeTooLongTheModelIsLeftOutForAWhile() {
    open();
    loadModel(0.01);
    seconds_ = 3.4;
    change(quick("defocus", "radius", 3.0));
    QTRY_COMPARE_WITH_TIMEOUT(part().steps, LivePreview::kSteps, kPatience);
    double radius = 3.0;
    int left_out = 0;
    while (left_out < 40) {
      const auto former = part().picture;
      change(quick("defocus", "radius", radius += 0.25));
      QTRY_VERIFY_WITH_TIMEOUT(part().picture != former || jobs_.size() > 1, kPatience);
      QTest::qWait(50);  // the model's part would follow at once
      if (jobs_.size() > 1) break;
      QCOMPARE(part().steps, 0);
      ++left_out;
    }
    QVERIFY2(left_out >= 1 && left_out < 40, qPrintable(QString::number(left_out)));
    QCOMPARE(stepsOf(1), LivePreview::kFewestSteps);
  }

  void oneThatIsStoppedTellsThatItWasSlow() {
    answers_ = false;
    open();
    loadModel(0.01);
    change(quick("defocus", "radius", 3.0));
    QTRY_COMPARE_WITH_TIMEOUT(jobs_.size(), 1u, kPatience);
    change(quick("defocus", "radius", 5.0));
    QTRY_VERIFY_WITH_TIMEOUT(jobs_[0].control->stopRequested(), kPatience);
    Outcome late;
    late.status = Outcome::Status::Cancelled;
    late.picture = Image(160, 160, 3, 1.0f);
    late.report.seconds = 1.0;
    document_->sideRuns()->runFinished(jobs_[0].run_id, ui::resultFromOutcome(std::move(late)));
    QTRY_COMPARE_WITH_TIMEOUT(jobs_.size(), 2u, kPatience);
    QCOMPARE(stepsOf(0), LivePreview::kSteps);
    change(quick("defocus", "radius", 5.5));
    QTRY_VERIFY_WITH_TIMEOUT(jobs_[1].control->stopRequested(), kPatience);
    Outcome stopped;
    stopped.status = Outcome::Status::Cancelled;
    document_->sideRuns()->runFinished(jobs_[1].run_id, ui::resultFromOutcome(std::move(stopped)));
    QTRY_COMPARE_WITH_TIMEOUT(jobs_.size(), 3u, kPatience);
    QVERIFY(stepsOf(2) < LivePreview::kSteps);
  }

  void waitingForTheWorkerSaysNothingOfThePreview() {
    answers_ = false;
    open();
    loadModel(0.01);
    double radius = 3.0;
    for (std::size_t i = 0; i < 2; ++i) {
      change(quick("defocus", "radius", ++radius));
      QTRY_COMPARE_WITH_TIMEOUT(jobs_.size(), i + 1, kPatience);
      QCOMPARE(stepsOf(i), LivePreview::kSteps);
      QTest::qWait(1000);  // a result's metrics are measured before it begins
      Outcome made;
      made.status = Outcome::Status::Completed;
      made.picture = Image(160, 160, 3, 1.0f);
      made.report.seconds = 0.01;
      document_->sideRuns()->runFinished(jobs_[i].run_id, ui::resultFromOutcome(std::move(made)));
      QTRY_COMPARE_WITH_TIMEOUT(part().steps, LivePreview::kSteps, kPatience);
    }
  }

  void aDegradedSampleIsPreviewedFromItsOwnMeasurement() {
    open();
    auto demo = request("defocus", "radius", 3.0);
    demo.mode = Mode::Demonstrate;
    demo.size = 256;
    document_->changeSolver(demo);
    connect(document_.get(), &RunModel::previewRequested, this, [this](const ui::PreviewJob& job) {
      auto outcome = degrade(catalogue_, job.request, ui::inputsFromPictures(job.request, job.pictures));
      outcome.measurement = Image(256, 256, 3, 0.25f);  // to be told from the photo
      document_->previewReady(job.preview_id, ui::resultFromOutcome(std::move(outcome), job.pictures));
    });
    change(demo);
    QTRY_VERIFY_WITH_TIMEOUT(document_->measured() != nullptr, kPatience);
    demo.degradation().values["radius"] = 4.0;
    loadModel(0.001);
    change(demo);
    QTRY_VERIFY_WITH_TIMEOUT(!jobs_.empty(), kPatience);
    QCOMPARE(jobs_.back().request.mode, Mode::Restore);
    QCOMPARE(jobs_.back().pictures.photo->at(5, 5, 0), 0.25f);
  }
};

QTEST_MAIN(LivePreviewTest)
#include "live_preview_test.moc"
