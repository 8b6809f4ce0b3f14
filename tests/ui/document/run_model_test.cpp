// SPDX-License-Identifier: GPL-3.0-or-later
// The document of the studio without a widget: commands in, signals out, a worker that the test plays.
#include "ui/document/run_model.h"

#include <QSignalSpy>
#include <QUndoStack>
#include <QtTest>
#include <atomic>
#include <thread>

#include "core/api/measure.h"
#include "ui/base/frame_image.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_title.h"

using namespace p2l;
using ui::RunModel;
using State = ui::RunModel::State;

class RunModelTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 32;
  static constexpr int kSteps = 4;

  std::unique_ptr<RunModel> model_;
  ui::RunJob job_;  ///< the last one asked for
  int jobs_ = 0, previews_ = 0;
  QStringList problems_, events_;

  static std::shared_ptr<const ui::OpenedPhoto> photo(const char* label, int width = kSide, int height = kSide) {
    auto opened = std::make_shared<ui::OpenedPhoto>();
    auto read = std::make_shared<Photo>();
    read->image = Image(width, height, 3, 0.5f);
    opened->label = QString::fromLatin1(label);
    opened->shown = ui::qimageFromImage(read->image);
    opened->photo = std::move(read);
    return opened;
  }
  static std::shared_ptr<const Frame> frame(int grey) {
    auto made = std::make_shared<Frame>();
    made->width = made->height = kSide;
    made->bytes.assign(std::size_t(kSide) * kSide * 3, std::uint8_t(grey));
    return made;
  }
  static StepReport report(int step) {
    StepReport report;
    report.step = step;
    report.steps = kSteps;
    report.timestep = 1000 - 200 * step;
    return report;
  }
  void prepare(quint64 id) {
    RunStart start;
    start.run_id = id;
    start.steps = kSteps;
    start.measurement = frame(60);
    start.truth = frame(70);
    model_->runStarted(start);
  }
  void step(quint64 id, int number) {
    model_->stepFinished(id, report(number));
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->run_id = id;
    snapshot->report = report(number);
    snapshot->estimate = frame(100 + number);
    model_->picturesReady({snapshot});
  }
  void finish(quint64 id, Outcome::Status status, int steps = kSteps) {
    Outcome outcome;
    outcome.status = status;
    if (steps > 0) outcome.picture = imageFromFrame(*frame(200));
    outcome.baseline = imageFromFrame(*frame(60));
    outcome.truth = imageFromFrame(*frame(70));
    outcome.report.request = job_.request;
    for (int i = 1; i <= steps; ++i) outcome.report.steps.push_back(report(i));
    model_->runFinished(id, ui::resultFromOutcome(std::move(outcome)));
  }
  ui::ResultPtr runWhole() {
    model_->run();
    prepare(job_.run_id);
    for (int i = 1; i <= kSteps; ++i) step(job_.run_id, i);
    finish(job_.run_id, Outcome::Status::Completed);
    return model_->result();
  }
  void setDegradation(const char* id) {
    auto request = model_->request();
    request.degradation().id = id;
    model_->changeTask(request, nullptr, 1);
  }
  void setSolver(const char* id) {
    auto request = model_->request();
    request.solver = id;
    model_->changeSolver(request);
  }

 private slots:
  void init() {
    model_ = std::make_unique<RunModel>();
    job_ = {};
    jobs_ = previews_ = 0;
    problems_.clear();
    events_.clear();
    connect(model_.get(), &RunModel::runRequested, this, [this](const ui::RunJob& job) {
      job_ = job;
      ++jobs_;
    });
    connect(model_.get(), &RunModel::previewRequested, this, [this] { ++previews_; });
    connect(model_.get(), &RunModel::problem, this, [this](const QString& sentence) { problems_ << sentence; });
  }

  void whatKeepsARunFromBeginningIsASentence() {
    model_->run();
    QCOMPARE(problems_.size(), 1);
    model_->setPhoto(photo("a.png"));
    model_->block(QStringLiteral("busy"));
    model_->run();
    QCOMPARE(problems_.last(), QStringLiteral("busy"));
    model_->block({});
    model_->setQuestion(QStringLiteral("no mask"), false);
    model_->run();
    QCOMPARE(problems_.last(), QStringLiteral("no mask"));
    model_->setQuestion({}, /*loading=*/true);
    model_->run();
    QCOMPARE(problems_.size(), 4);
    QCOMPARE(jobs_, 0);
    model_->setQuestion({}, false);
    model_->run();
    QCOMPARE(jobs_, 1);
    QCOMPARE(problems_.size(), 4);
  }

  void theJobIsWhatTheSettingsState() {
    model_->setPhoto(photo("a.png"));
    auto request = model_->request();
    request.degradation().id = "gaussian-blur";
    request.degradation().kernel = "psf.png";
    request.noise = 0.25;
    const auto kernel = std::make_shared<const Image>(3, 3, 1, 0.1f);
    model_->changeTask(request, kernel, 1);
    request = model_->request();
    request.solver = "ldps";
    request.seed = 7;
    model_->changeSolver(request);
    model_->run();
    QCOMPARE(job_.request.photo, std::string("a.png"));
    QCOMPARE(job_.request.degradation().id, std::string("gaussian-blur"));
    QVERIFY(job_.request.noise == NoiseChoice(0.25));
    QCOMPARE(job_.request.solver, std::string("ldps"));
    QCOMPARE(job_.request.seed, std::uint64_t(7));
    QCOMPARE(job_.pictures.kernel, kernel);
    QCOMPARE(job_.pictures.photo.get(), &model_->photo()->photo->image);
    QVERIFY(job_.pictures.mask.isNull());
  }

  void aNoisyLatentIsDecodedWhenItIsLookedAt() {
    model_->setPhoto(photo("a.png"));
    QSignalSpy wanted(model_.get(), &RunModel::latentWanted), changed(model_.get(), &RunModel::picturesChanged);
    model_->run();
    QVERIFY(job_.latents != nullptr);
    prepare(job_.run_id);
    for (int i = 1; i <= kSteps; ++i) {
      auto latent = std::make_shared<Latent>();
      latent->step = i;
      job_.latents->add(latent);
      step(job_.run_id, i);
    }
    model_->showStep(2, false);
    model_->setNoisy(true);
    QCOMPARE(wanted.count(), 0);  // the worker is busy
    finish(job_.run_id, Outcome::Status::Completed);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].value<ui::LatentJob>().step, 2);
    QVERIFY(model_->noisyPicture() == nullptr);
    model_->showStep(3, false);
    QCOMPARE(wanted.count(), 1);  // one at a time
    model_->latentDecoded(2, frame(12));
    QCOMPARE(wanted.count(), 2);  // where the cursor is by now
    QCOMPARE(wanted[1][0].value<ui::LatentJob>().step, 3);
    model_->latentDecoded(3, frame(13));
    QVERIFY(changed.count() > 0);
    QVERIFY(model_->noisyPicture() && model_->noisyPicture()->bytes == frame(13)->bytes);
    model_->showStep(2, false);
    QCOMPARE(wanted.count(), 2);  // it is kept
    QVERIFY(model_->noisyPicture()->bytes == frame(12)->bytes);
    model_->showStep(1, false);
    model_->latentDecoded(1, nullptr);  // of another model by now
    QVERIFY(model_->noisyPicture() == nullptr);
    QCOMPARE(wanted.count(), 3);  // and not asked for again
    model_->setNoisy(false);
    QVERIFY(model_->noisyPicture() == nullptr);
  }

  void theNoisyPictureIsThereAtTheLastStepAndOfEarlierRuns() {
    QSignalSpy wanted(model_.get(), &RunModel::latentWanted), moved(model_.get(), &RunModel::cursorChanged);
    const auto run = [&] {
      model_->run();
      prepare(job_.run_id);
      for (int i = 1; i <= kSteps; ++i) {
        auto latent = std::make_shared<Latent>();
        latent->step = i;
        job_.latents->add(latent);
        step(job_.run_id, i);
      }
      finish(job_.run_id, Outcome::Status::Completed);
      return job_.latents;
    };
    model_->setPhoto(photo("a.png"));
    const auto first = run();
    QVERIFY(model_->showsResult());
    model_->setNoisy(true);
    QCOMPARE(wanted.last()[0].value<ui::LatentJob>().step, kSteps);
    QVERIFY(model_->showsResult());  // until it is there
    model_->latentDecoded(kSteps, frame(14));
    QVERIFY(!model_->showsResult());
    QVERIFY(model_->noisyPicture()->bytes == frame(14)->bytes);
    model_->setNoisy(false);
    QVERIFY(model_->showsResult());
    model_->setNoisy(true);
    run();  // with the noisy one looked at on its way
    model_->latentDecoded(kSteps, frame(15));
    QVERIFY(model_->showsResult());  // which is what was waited for
    moved.clear();
    model_->setNoisy(true);
    QCOMPARE(moved.count(), 1);
    QVERIFY(!model_->showsResult());
    model_->bringBack(0);
    QVERIFY(model_->showsResult());
    model_->showStep(2, false);
    QCOMPARE(wanted.last()[0].value<ui::LatentJob>().step, 2);
    QCOMPARE(wanted.last()[0].value<ui::LatentJob>().latents, std::shared_ptr<const ui::LatentStore>(first));
    model_->latentDecoded(2, frame(12));
    QVERIFY(model_->noisyPicture()->bytes == frame(12)->bytes);
    model_->showStep(1, false);
    const auto second = run();
    model_->latentDecoded(1, frame(11));  // of the run before
    QVERIFY(model_->noisyPicture() == nullptr);
    QCOMPARE(wanted.last()[0].value<ui::LatentJob>().latents, std::shared_ptr<const ui::LatentStore>(second));
    QCOMPARE(wanted.last()[0].value<ui::LatentJob>().step, kSteps);
    model_->latentDecoded(kSteps, frame(16));
    QVERIFY(model_->noisyPicture()->bytes == frame(16)->bytes);
    model_->showStep(1, false);
    QCOMPARE(wanted.last()[0].value<ui::LatentJob>().step, 1);  // that of the run before was not kept for it
    model_->latentDecoded(1, nullptr);
    ModelInfo other;
    other.sha256 = "other";
    auto result = std::make_shared<ui::Result>(*model_->result());
    result->outcome.report.model.sha256 = "first";
    model_->reviseResult(result, false);
    model_->modelLoaded(other, 0.1);
    const auto before = wanted.count();
    model_->showStep(3, false);
    QCOMPARE(wanted.count(), before);  // another model would make another picture of it
  }

  void theMaskGoesWithARequestThatNamesOne() {
    model_->setPhoto(photo("a.png"));
    QCOMPARE(model_->mask()->size(), QSize(kSide, kSide));
    model_->mask()->beginStroke({5, 5});
    model_->mask()->endStroke({12, 12});
    auto request = model_->request();
    QVERIFY(model_->pictures(request).mask.isNull());
    request.degradation().mask = "painted";
    model_->changeTask(request, nullptr, 1);
    QCOMPARE(model_->pictures(request).mask, model_->mask()->image());
    QVERIFY(model_->undoStack()->canUndo());
    model_->setPhoto(photo("same.png"));
    QVERIFY(!model_->mask()->isEmpty() && model_->undoStack()->canUndo());
    model_->setPhoto(photo("wider.png", kSide + 8));
    QVERIFY(model_->mask()->isEmpty() && !model_->undoStack()->canUndo());
  }

  void aDocumentThatGoesSaysNothingOfItsUndo() {
    model_->setPhoto(photo("a.png"));
    model_->mask()->beginStroke({5, 5});
    model_->mask()->endStroke({12, 12});
    int said = 0;
    connect(model_->undoStack(), &QUndoStack::indexChanged, this, [&said] { ++said; });
    model_->undoStack()->undo();
    QCOMPARE(said, 1);
    model_->undoStack()->redo();
    model_.reset();
    QCOMPARE(said, 2);
  }

  void theCursorFollowsARunUntilAPersonMovesIt() {
    model_->setPhoto(photo("a.png"));
    model_->run();
    QCOMPARE(model_->state(), State::Running);
    prepare(job_.run_id);
    QCOMPARE(model_->stepCount(), 0);  // nothing of it is shown yet
    for (int i = 1; i <= 2; ++i) step(job_.run_id, i);
    QCOMPARE(model_->stepCount(), kSteps);
    QCOMPARE(model_->cursor().step, 2);
    QCOMPARE(model_->shownStep()->report.step, 2);
    model_->showStep(1, /*live=*/false);
    step(job_.run_id, 3);
    QCOMPARE(model_->cursor().step, 1);
    QCOMPARE(model_->lastStep(), 3);
    QCOMPARE(model_->shownStep()->report.step, 1);
    model_->showStep(99, false);
    QCOMPARE(model_->cursor().step, 3);  // no further than there are steps
    model_->showStep(1, false);
    step(job_.run_id, 4);
    finish(job_.run_id, Outcome::Status::Completed);
    QVERIFY(!model_->showsResult());
    model_->setLive(true);
    QCOMPARE(model_->cursor().step, kSteps);
    QVERIFY(model_->showsResult());
    QCOMPARE(model_->reports().at(2).timestep, 600);
  }

  void aViewHearsOfARunInOrder() {
    const auto* model = model_.get();
    connect(model, &RunModel::stateChanged, this, [this](State state) { events_ << QString::number(int(state)); });
    connect(model, &RunModel::runPrepared, this, [this] { events_ << QStringLiteral("prepared"); });
    connect(model, &RunModel::runBegan, this, [this] { events_ << QStringLiteral("began"); });
    connect(model, &RunModel::stepAdded, this,
            [this](const StepReport& report) { events_ << QStringLiteral("step %1").arg(report.step); });
    connect(model, &RunModel::picturesChanged, this, [this] { events_ << QStringLiteral("picture"); });
    connect(model, &RunModel::resultReady, this, [this] { events_ << QStringLiteral("result"); });
    model_->setPhoto(photo("a.png"));
    model_->run();
    prepare(job_.run_id);
    for (int i = 1; i <= 2; ++i) step(job_.run_id, i);
    model_->stop();
    finish(job_.run_id, Outcome::Status::Cancelled, 2);
    const QStringList expected{QStringLiteral("1"),       QStringLiteral("prepared"), QStringLiteral("began"),
                               QStringLiteral("step 1"),  QStringLiteral("picture"),  QStringLiteral("step 2"),
                               QStringLiteral("picture"), QStringLiteral("3"),        QStringLiteral("0"),
                               QStringLiteral("result")};
    QCOMPARE(events_, expected);
    QCOMPARE(model_->ending(), RunModel::Ending::Stopped);
  }

  void pauseStepAndStopReachTheRun() {
    model_->setPhoto(photo("a.png"));
    model_->stepOnce();
    QCOMPARE(jobs_, 1);
    job_.control->beginStep();
    QVERIFY(job_.control->pausesNext());
    prepare(job_.run_id);
    step(job_.run_id, 1);
    QCOMPARE(model_->state(), State::Paused);
    model_->setPaused(false);
    QCOMPARE(model_->state(), State::Running);
    step(job_.run_id, 2);
    QCOMPARE(model_->state(), State::Running);
    model_->setPaused(true);
    QVERIFY(job_.control->paused());
    model_->stop();
    QVERIFY(job_.control->stopRequested());
    QCOMPARE(model_->state(), State::Stopping);
    finish(job_.run_id, Outcome::Status::Cancelled, 2);
    QCOMPARE(model_->state(), State::Idle);
  }

  // The report of a step comes before the run's thread reaches the pause behind it.
  void aStepIsNotLostWhileTheLastOneIsOnItsWay() {
    model_->setPhoto(photo("a.png"));
    model_->stepOnce();
    const auto control = job_.control;
    control->beginStep();
    prepare(job_.run_id);
    step(job_.run_id, 1);
    QCOMPARE(model_->state(), State::Paused);
    model_->stepOnce();
    std::atomic<bool> begun{false};
    std::thread run([&] {
      try {
        control->beginStep();
        begun = true;
      } catch (const StopRequested&) {
      }
    });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(begun.load(), 30000); }();
    control->requestStop();
    run.join();
    QCOMPARE(model_->state(), State::Running);
  }

  // The run has told of its step, and pauses before the next one without a word.
  void aStepAskedForBetweenTwoStepsEndsInAPause() {
    model_->setPhoto(photo("a.png"));
    model_->run();
    const auto control = job_.control;
    control->beginStep();
    prepare(job_.run_id);
    step(job_.run_id, 1);
    QCOMPARE(model_->state(), State::Running);
    model_->stepOnce();
    std::thread run([&] {
      try {
        control->beginStep();
      } catch (const StopRequested&) {
      }
    });
    [&] { QTRY_COMPARE_WITH_TIMEOUT(model_->state(), State::Paused, 30000); }();
    control->requestStop();
    run.join();
  }

  void eventsOfAFormerRunAreDropped() {
    model_->setPhoto(photo("a.png"));
    model_->run();
    const auto former = job_;
    prepare(former.run_id);
    step(former.run_id, 1);
    model_->setPhoto(photo("b.png"));  // ends the run
    QVERIFY(former.control->stopRequested() && !model_->isRunning());
    step(former.run_id, 2);
    finish(former.run_id, Outcome::Status::Completed);
    QVERIFY(model_->result() == nullptr);
    QCOMPARE(model_->stepCount(), 0);
    model_->run();
    step(former.run_id, 3);
    model_->runFailed(former.run_id, QStringLiteral("late"));
    QVERIFY(model_->isRunning() && problems_.isEmpty());
    QCOMPARE(model_->lastStep(), 0);
  }

  void aRunThatMadeNothingLeavesTheFormerResult() {
    model_->setPhoto(photo("a.png"));
    const auto result = runWhole();
    QVERIFY(model_->hasUnsavedResult());
    setDegradation("inpaint");
    QVERIFY(model_->isStale());
    model_->run();
    prepare(job_.run_id);
    QVERIFY(model_->showsResult());
    finish(job_.run_id, Outcome::Status::Cancelled, 0);
    QCOMPARE(model_->ending(), RunModel::Ending::NothingMade);
    QCOMPARE(model_->result(), result);
    QCOMPARE(model_->lastStep(), kSteps);
    QVERIFY(model_->showsResult() && model_->isStale());
    QCOMPARE(model_->pastRuns().all().size(), std::size_t(1));
    setDegradation("sr");
    QVERIFY(!model_->isStale());
    model_->run();
    model_->runFailed(job_.run_id, QStringLiteral("no model"));
    QCOMPARE(model_->ending(), RunModel::Ending::NotStarted);
    QCOMPARE(problems_, QStringList(QStringLiteral("no model")));
  }

  void aRunThatFailsOnItsWayShowsItsOwnStepsAndNotTheFormerResult() {
    model_->setPhoto(photo("a.png"));
    const auto result = runWhole();
    model_->run();
    prepare(job_.run_id);
    for (int i = 1; i <= 3; ++i) step(job_.run_id, i);
    finish(job_.run_id, Outcome::Status::OutOfMemory, 0);
    QCOMPARE(model_->ending(), RunModel::Ending::Failed);
    QCOMPARE(model_->result(), result);  // it can still be saved
    QVERIFY(!model_->showsResult());
    QVERIFY(model_->shownStep() && model_->shownStep()->run_id == job_.run_id);
    QVERIFY(!model_->stepsAreOfResult());
    model_->run();
    prepare(job_.run_id);
    QVERIFY(!model_->showsResult());  // the steps are still those of the failed run
    step(job_.run_id, 1);
    model_->runFailed(job_.run_id, QStringLiteral("the worker is gone"));
    QCOMPARE(model_->ending(), RunModel::Ending::Failed);
    QVERIFY(!model_->showsResult());
    runWhole();
    QVERIFY(model_->showsResult());
  }

  void aStopIsNotTakenBackByAPause() {
    model_->setPhoto(photo("a.png"));
    model_->run();
    prepare(job_.run_id);
    step(job_.run_id, 1);
    model_->stop();
    for (const bool paused : {true, false}) {
      model_->setPaused(paused);
      QCOMPARE(model_->state(), RunModel::State::Stopping);
    }
    model_->stepOnce();
    QCOMPARE(model_->state(), RunModel::State::Stopping);
    finish(job_.run_id, Outcome::Status::Cancelled, 1);
    QCOMPARE(model_->ending(), RunModel::Ending::Stopped);
    model_->stepOnce();  // a run that pauses after its first step
    prepare(job_.run_id);
    model_->stop();
    step(job_.run_id, 1);
    QCOMPARE(model_->state(), RunModel::State::Stopping);
  }

  void theNoisyPictureIsShownWhereThereIsOne() {
    model_->setPhoto(photo("a.png"));
    model_->run();
    QVERIFY(!job_.wishes->noisy);
    prepare(job_.run_id);
    step(job_.run_id, 1);
    QSignalSpy moved(model_.get(), &RunModel::cursorChanged);
    model_->setNoisy(true);
    QVERIFY(job_.wishes->noisy);  // of the run in progress, too
    QCOMPARE(moved.count(), 1);
    QVERIFY(model_->cursor().noisy);
    finish(job_.run_id, Outcome::Status::Completed, 1);
    model_->run();
    QVERIFY(job_.wishes->noisy);
  }

  void anEarlierRunIsBroughtBackWhole() {
    const auto first_photo = photo("a.png");
    model_->setPhoto(first_photo);
    setSolver("ldps");
    const auto first = runWhole();
    const auto request = jsonFromRequest(model_->request());
    model_->markSaved();
    model_->setPhoto(photo("b.png"));
    setSolver("p2l");
    runWhole();
    QStringList order;
    connect(model_.get(), &RunModel::solverRecalled, this, [&](const RestoreRequest& recalled) {
      order << QStringLiteral("solver ") + QString::fromStdString(recalled.solver);
    });
    connect(model_.get(), &RunModel::taskRecalled, this, [&] {
      order << QStringLiteral("task");
      model_->addLost({QStringLiteral("the mask")});
    });
    model_->bringBack(0);
    QCOMPARE(order, QStringList({QStringLiteral("solver ldps"), QStringLiteral("task")}));
    QCOMPARE(model_->result(), first);
    QCOMPARE(model_->openedPhoto(), first_photo);
    QCOMPARE(QString::fromStdString(jsonFromRequest(model_->request())), QString::fromStdString(request));
    QVERIFY(!model_->isStale() && !model_->hasUnsavedResult() && model_->showsResult());
    QCOMPARE(model_->ending(), RunModel::Ending::BroughtBack);
    QCOMPARE(model_->lastStep(), kSteps);
    model_->showStep(1, false);
    QCOMPARE(model_->shownStep()->estimate->bytes.front(), std::uint8_t(101));
    QCOMPARE(model_->recall(model_->request()), QStringList(QStringLiteral("the mask")));
    model_->run();
    model_->bringBack(1);  // not during a run
    QCOMPARE(problems_.size(), 1);
    QCOMPARE(model_->result(), first);
  }

  void aRunThatIsBroughtBackIsOneStepOfUndo() {
    const auto first_photo = photo("a.png"), second_photo = photo("b.png", 2 * kSide, kSide);
    auto* stack = model_->undoStack();
    auto* mask = model_->mask();
    model_->setPhoto(first_photo);
    setSolver("ldps");
    const auto first = runWhole();
    model_->setPhoto(second_photo);
    QTest::qWait(20);
    setSolver("p2l");
    const auto second = runWhole();
    mask->beginStroke({4, 4});
    mask->endStroke({40, 9});
    const auto painted = mask->image().copy();
    const auto request = QString::fromStdString(jsonFromRequest(model_->request()));
    const int count = stack->count();
    model_->bringBack(0);
    QCOMPARE(stack->count(), count + 1);
    QVERIFY2(stack->undoText().startsWith(QStringLiteral("bring back")), qPrintable(stack->undoText()));
    QCOMPARE(model_->openedPhoto(), first_photo);

    stack->undo();
    QCOMPARE(model_->openedPhoto(), second_photo);
    QCOMPARE(model_->result(), second);
    QCOMPARE(model_->ending(), RunModel::Ending::Completed);
    QVERIFY(model_->showsResult() && !model_->isStale());
    QCOMPARE(QString::fromStdString(jsonFromRequest(model_->request())), request);
    QCOMPARE(mask->image(), painted);
    model_->showStep(1, false);
    QCOMPARE(model_->shownStep()->estimate->bytes.front(), std::uint8_t(101));
    stack->undo();  // the stroke itself
    QVERIFY(mask->isEmpty());
    stack->redo();
    QCOMPARE(mask->image(), painted);
    stack->redo();
    QCOMPARE(model_->openedPhoto(), first_photo);
    QCOMPARE(model_->result(), first);
    QCOMPARE(model_->request().solver, std::string("ldps"));

    // A run in progress is not given up for it.
    model_->run();
    stack->undo();
    QCOMPARE(problems_.size(), 1);
    QVERIFY(model_->isRunning());
    QCOMPARE(model_->openedPhoto(), first_photo);
    QTRY_COMPARE(stack->index(), count + 1);
    model_->runFailed(job_.run_id, QStringLiteral("no"));
    model_->setPhoto(photo("c.png"));  // as large
    QVERIFY(!stack->canUndo());        // which would lead to another photo
  }

  void undoLeadsBackToAPhotoWithoutAResult() {
    const auto first_photo = photo("a.png"), second_photo = photo("b.png", 2 * kSide, kSide);
    model_->setPhoto(first_photo);
    runWhole();
    for (const auto& former : {second_photo, first_photo}) {
      model_->setPhoto(former);
      QTest::qWait(20);
      model_->bringBack(0);
      QVERIFY(model_->result() != nullptr);
      QSignalSpy opened(model_.get(), &RunModel::photoChanged), taken(model_.get(), &RunModel::resultTaken);
      model_->undoStack()->undo();
      QCOMPARE(model_->openedPhoto(), former);
      QVERIFY(model_->result() == nullptr);
      QCOMPARE(model_->lastStep(), 0);
      QCOMPARE(model_->ending(), RunModel::Ending::None);
      QCOMPARE(opened.count(), former == first_photo ? 0 : 1);
      QCOMPARE(taken.count(), 1);
      model_->undoStack()->redo();
      QVERIFY(model_->result() != nullptr);
    }
  }

  void manyChangesAreOnePreviewAndNoneDuringARun() {
    model_->setPhoto(photo("a.png"));
    QCOMPARE(previews_, 1);
    for (const char* id : {"inpaint", "gaussian-blur", "motion-blur"}) setDegradation(id);
    QTRY_COMPARE(previews_, 2);
    setSolver("ldps");  // the measurement does not depend on it
    QTest::qWait(2 * RunModel::kPreviewDelayMs);
    QCOMPARE(previews_, 2);
    model_->run();
    setDegradation("sr");
    QTest::qWait(2 * RunModel::kPreviewDelayMs);
    QCOMPARE(previews_, 2);
  }

  void anOutdatedPreviewIsDropped() {
    quint64 newest = 0;
    connect(model_.get(), &RunModel::previewsOutdated, this, [&](quint64 id) { newest = id; });
    model_->setPhoto(photo("a.png"));
    Outcome outcome;
    outcome.baseline = imageFromFrame(*frame(60));
    outcome.truth = imageFromFrame(*frame(70));
    const auto measured = ui::resultFromOutcome(std::move(outcome));
    model_->previewReady(newest + 1, measured);
    model_->previewReady(newest - 1, measured);
    QVERIFY(model_->measured() == nullptr);
    QSignalSpy before(model_.get(), &RunModel::beforeChanged);
    model_->previewReady(newest, measured);
    QCOMPARE(model_->measured(), measured);
    QCOMPARE(before.count(), 1);
    QCOMPARE(model_->measurementPicture().pixelColor(0, 0).red(), 60);
    QCOMPARE(model_->originalPicture().pixelColor(0, 0).red(), 70);
    const auto made = runWhole();
    model_->setPhoto(photo("b.png"));
    const auto asked = newest;
    model_->bringBack(0);
    model_->previewReady(asked, measured);  // of the photo that was open before
    QCOMPARE(model_->measured(), made);
  }

  void aLargePhotoIsWorkedOnSmallerUntilAPersonChoosesTheSize() {
    QSignalSpy suggested(model_.get(), &RunModel::workingSizeSuggested);
    model_->setPhoto(photo("small.png"));
    QCOMPARE(model_->workingSize(), QSize(kSide, kSide));
    model_->setPhoto(photo("large.png", 600, 400));
    QCOMPARE(model_->workingSize(), QSize(256, 256));
    QCOMPARE(suggested.last().at(0).toInt(), 256);
    auto request = model_->request();
    request.mode = Mode::Restore;
    model_->changeTask(request, nullptr, 2);           // the result is twice as wide
    QCOMPARE(model_->workingSize(), QSize(600, 400));  // what is restored is restored whole
    request = model_->request();
    request.size = 384;
    model_->changeSolver(request);
    QCOMPARE(model_->mask()->size(), QSize(384, 384));
    model_->setPhoto(photo("other.png", 500, 700));
    QCOMPARE(model_->workingSize(), QSize(384, 384));
  }

  void aSizeThatComesWithARunIsOfItsPhotoAlone() {
    model_->setPhoto(photo("sample.png", 600, 400));
    model_->setCrop({10, 10, 300, 300});
    runWhole();
    QCOMPARE(model_->request().size, 256);
    connect(model_.get(), &RunModel::modeSuggested, this, [this](Mode mode) {  // as the panel does
      auto request = model_->request();
      request.mode = mode;
      model_->changeTask(request, nullptr, 1);
    });
    model_->setPhoto(photo("own.png", 500, 700));
    QCOMPARE(model_->workingSize(), QSize(500, 700));
    model_->bringBack(0);
    QCOMPARE(model_->workingSize(), QSize(256, 256));
    QVERIFY(model_->isCropped());
    model_->chooseMode(Mode::Restore);
    QCOMPARE(model_->workingSize(), QSize(256, 256));  // as it was recalled, of this photo
    model_->setPhoto(photo("own.png", 500, 700));
    QVERIFY(!model_->isCropped());
    QCOMPARE(model_->workingSize(), QSize(500, 700));

    auto request = model_->request();
    request.size = 384;
    model_->changeSolver(request);
    model_->bringBack(0);
    QCOMPARE(model_->workingSize(), QSize(256, 256));
    model_->setPhoto(photo("next.png", 700, 500));
    QCOMPARE(model_->workingSize(), QSize(384, 384));  // what a person chose is for all photos
  }

  // A lesson gives the settings of a person back while another photo is opened.
  void whatIsRecalledWhileAPhotoIsOpenedHoldsNoSizeOfTheFormerOne() {
    model_->setPhoto(photo("sample.png", 600, 400));
    const auto former = model_->request();
    QCOMPARE(former.size, 256);
    connect(model_.get(), &RunModel::photoChanged, this, [this, former] { model_->recall(former); });
    connect(model_.get(), &RunModel::modeSuggested, this, [this](Mode mode) {
      auto request = model_->request();
      request.mode = mode;
      model_->changeTask(request, nullptr, 1);
    });
    model_->setPhoto(photo("own.png", 500, 700));
    QCOMPARE(model_->workingSize(), QSize(500, 700));
  }

  void aChoiceOfTheSizeThatIsTakenBackIsOfNoOtherPhoto() {
    model_->setPhoto(photo("a.png", 600, 400));
    auto request = model_->request();
    request.mode = Mode::Restore;
    model_->changeTask(request, nullptr, 1);
    QTest::qWait(10);
    request = model_->request();
    request.size = 384;
    model_->changeSolver(request);
    QCOMPARE(model_->undoStack()->count(), 1);
    model_->undoStack()->undo();
    QCOMPARE(model_->workingSize(), QSize(600, 400));
    model_->undoStack()->redo();
    QCOMPARE(model_->workingSize(), QSize(384, 384));
    model_->undoStack()->undo();
    model_->setPhoto(photo("b.png", 500, 700));
    QCOMPARE(model_->workingSize(), QSize(500, 700));
  }

  void theModelOfTheWorkerIsPartOfTheDocument() {
    QSignalSpy asked(model_.get(), &RunModel::modelRequested), changed(model_.get(), &RunModel::modelChanged);
    ModelInfo info;
    info.name = "tiny";
    model_->networksTimed(info, {1024.0, 1.0, 1.0, 1.0});
    model_->loadModel(QStringLiteral("other"), QStringLiteral("cpu"), {});
    QCOMPARE(asked.count(), 1);
    QCOMPARE(model_->loaded().times.pixels, 0.0);  // those of another model say nothing
    model_->modelFailed(QStringLiteral("no such folder"));
    QCOMPARE(model_->loaded().problem, QStringLiteral("no such folder"));
    model_->modelLoaded(info, 0.5);
    QVERIFY(model_->loaded().problem.isEmpty());
    QCOMPARE(changed.count(), 2);
  }

  void theRunInProgressIsNamedByWhatDiffersAsItsCardIs() {
    const auto catalogue = readCatalogue();
    model_->setCatalogue(&catalogue);
    model_->setPhoto(photo("a.png"));
    runWhole();
    QCOMPARE(model_->runLabel(), QStringLiteral("Run %1: P2L").arg(model_->runId()));
    auto request = model_->request();
    request.solver_values["K"] = 8.0;
    model_->changeSolver(request);
    runWhole();
    QVERIFY2(model_->runLabel().startsWith(QStringLiteral("Run %1: Prompt iterations ").arg(model_->runId())) &&
                 model_->runLabel().endsWith(QStringLiteral("→ 8")),
             qPrintable(model_->runLabel()));
    QCOMPARE(ui::titleOfRun(catalogue, model_->pastRuns().all(), 1), model_->pastRuns().all()[1].name);
    model_->bringBack(1);
    QVERIFY2(model_->undoStack()->undoText().endsWith(QStringLiteral("→ 8")),
             qPrintable(model_->undoStack()->undoText()));
  }

  // Restore keeps colours and measured pixels by itself: a preset's departures are no news after every run.
  void whatDiffersFromAPresetIsNotSaidAgain() {
    const auto catalogue = readCatalogue();
    model_->setCatalogue(&catalogue);
    QSignalSpy remarked(model_.get(), &RunModel::remarked);
    model_->setPhoto(photo("a.png"));
    model_->run();
    prepare(job_.run_id);
    step(job_.run_id, 1);
    RestoreRequest request;
    request.preset = "fast-p2l-tiny-denoise";
    request.degradation().id = "denoise";
    request = catalogue.complete(request);
    request.sampler_values["keep_colour"] = 1.0;
    const auto departures = catalogue.departures(request);
    QVERIFY(departures.find("keep_colour") != std::string::npos);
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = imageFromFrame(*frame(200));
    outcome.report.request = request;
    outcome.report.remarks = {departures, "The photo has a palette"};
    model_->runFinished(job_.run_id, ui::resultFromOutcome(std::move(outcome)));
    QCOMPARE(remarked.count(), 1);
    QCOMPARE(remarked.last().first().toString(), QStringLiteral("The photo has a palette."));
  }
};

QTEST_GUILESS_MAIN(RunModelTest)
#include "run_model_test.moc"
