// SPDX-License-Identifier: GPL-3.0-or-later
// The history on disk and what a killed session leaves, through the document.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThread>
#include <QUndoStack>
#include <QtTest>

#include "core/api/files.h"
#include "ui/base/frame_image.h"
#include "ui/base/run_keeper.h"
#include "ui/document/mask_editor.h"
#include "ui/document/run_model.h"
#include "ui/jobs/session_keeper.h"

using namespace p2l;
using ui::LeftSession;
using ui::RunModel;
using ui::SessionKeeper;

class RunKeeperTest : public QObject {
  Q_OBJECT

 private:
  static constexpr int kSide = 32;
  static constexpr int kPatience = 30000;
  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<RunModel> model_;

  QString at(const QString& name) const { return folder_->filePath(name); }
  void start() {
    model_ = std::make_unique<RunModel>();
    model_->openHistory(at(QStringLiteral("history")), RunArchive::kDefaultBudget);
    QSignalSpy loaded(model_->history(), &ui::RunKeeper::loaded);
    QVERIFY(loaded.wait(kPatience));
  }
  std::shared_ptr<const ui::OpenedPhoto> photo(const QString& name, float grey) {
    if (!QFile::exists(at(name))) writePhoto(Image(kSide, kSide, 3, grey), at(name).toStdString(), "");
    return ui::openPhotoFile(at(name));
  }
  static RestoreRequest settings(double K) {
    RestoreRequest request;
    request.mode = Mode::Restore;
    request.degradation().id = "inpaint";
    request.degradation().mask = "painted";
    request.solver_values["K"] = K;
    request.seed = 3;
    return request;
  }
  static ui::SnapshotPtr picture(quint64 run_id, int step, int grey) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->run_id = run_id;
    snapshot->report.step = step;
    snapshot->report.steps = 9;
    auto frame = std::make_shared<Frame>();
    frame->width = frame->height = kSide;
    frame->bytes.assign(std::size_t(kSide) * kSide * 3, std::uint8_t(grey));
    snapshot->estimate = frame;
    return snapshot;
  }
  /// As the worker does it.
  void finishRun(float grey, Outcome::Status status = Outcome::Status::Completed) {
    RestoreRequest request;
    const auto pictures = model_->pictures(request);
    model_->run();
    QVERIFY(model_->isRunning());
    RunStart begun;
    begun.run_id = model_->runId();
    begun.steps = 9;
    model_->runStarted(begun);
    StepReport step;
    step.step = 1;
    step.steps = 9;
    step.residual = 4.5;
    model_->stepFinished(model_->runId(), step);
    Outcome outcome;
    outcome.status = status;
    outcome.picture = Image(kSide, kSide, 3, grey);
    outcome.report.request = request;
    outcome.report.residual = 2.25;
    outcome.report.steps = {step};
    QSignalSpy kept(model_.get(), &RunModel::runKept);
    model_->runFinished(model_->runId(), ui::resultFromOutcome(std::move(outcome), pictures));
    QVERIFY(kept.count() > 0 || kept.wait(kPatience));
  }
  /// With so many and such pictures of steps that writing them takes seconds; does not wait for it.
  void finishLongRun(int steps = 400) {
    constexpr int kLarge = 512;
    model_->run();
    RunStart begun;
    begun.run_id = model_->runId();
    begun.steps = steps;
    model_->runStarted(begun);
    const auto large = std::make_shared<Frame>();
    large->width = large->height = kLarge;
    for (int i = 0; i < kLarge * kLarge * 3; ++i) large->bytes.push_back(std::uint8_t(i * 2654435761U >> 24));
    for (int i = 1; i <= steps; ++i) {
      const auto snapshot = std::make_shared<Snapshot>(*picture(model_->runId(), i, 0));
      snapshot->estimate = large;  // takes a while to encode
      model_->picturesReady({snapshot});
    }
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(kSide, kSide, 3, 0.5f);
    outcome.report.request = model_->runRequest();
    model_->runFinished(model_->runId(), ui::resultFromOutcome(std::move(outcome), model_->runPictures()));
  }
  void stroke(QPointF from, QPointF to) {
    model_->mask()->beginStroke(from);
    model_->mask()->endStroke(to);
  }

  /// A run of nine steps, and what it will end with.
  Outcome beginRun() {
    model_->run();
    RunStart begun;
    begun.run_id = model_->runId();
    begun.steps = 9;
    model_->runStarted(begun);
    Outcome outcome;
    outcome.status = Outcome::Status::Completed;
    outcome.picture = Image(kSide, kSide, 3, 0.5f);
    outcome.report.request = model_->runRequest();
    return outcome;
  }

 private slots:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    start();
  }
  void cleanup() { model_.reset(); }

  void runsOfALessonPassWithIt() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    model_->changeTask(settings(1), nullptr, 1.0);
    stroke({4, 4}, {20, 20});
    finishRun(0.75f);
    const auto own = model_->result();
    model_->setLesson(true);
    finishRun(0.5f);
    finishRun(0.4f);
    QVERIFY(!model_->hasUnsavedResult());                       // nothing of a person's own
    QCOMPARE(model_->pastRuns().all().size(), std::size_t(3));  // to be looked at while it is open
    model_->setLesson(false);
    QCOMPARE(model_->pastRuns().all().size(), std::size_t(1));
    QCOMPARE(model_->pastRuns().all().front().result, own);
    finishRun(0.3f);
    model_->history()->wait();
    start();
    QCOMPARE(model_->pastRuns().all().size(), std::size_t(2));
    QCOMPARE(QDir(at(QStringLiteral("history/runs"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
  }

  void runsSurviveARestartAndComeBackWhole() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    model_->changeTask(settings(1), nullptr, 1.0);
    stroke({4, 4}, {20, 20});
    const auto mask = model_->mask()->image();
    QVERIFY(!model_->mask()->isEmpty());
    finishRun(0.75f);
    QVERIFY(!model_->hasUnsavedResult());  // it is on the disk
    model_->changeSolver(settings(8));
    finishRun(0.5f, Outcome::Status::Cancelled);
    QCOMPARE(model_->pastRuns().all()[1].name, QStringLiteral("K 1 → 8"));
    model_->pastRuns().setStarred(1, true);
    model_->pastRuns().rename(1, QStringLiteral("  the soft one "));
    model_->history()->wait();

    start();
    const auto& runs = model_->pastRuns().all();
    QCOMPARE(runs.size(), std::size_t(2));
    QCOMPARE(runs[1].name, QStringLiteral("the soft one"));
    QVERIFY(runs[1].starred);
    QCOMPARE(runs[0].numbers, QStringLiteral("residual 2.25\nseed 3"));
    QVERIFY(!runs[0].thumbnail.isNull());
    QVERIFY(!runs[0].result);

    model_->setPhoto(photo(QStringLiteral("dog.png"), 0.9f));
    QSignalSpy back(model_.get(), &RunModel::broughtBack);
    QSignalSpy recalled(model_.get(), &RunModel::taskRecalled);
    model_->bringBack(0);
    QVERIFY(back.wait(kPatience));
    QCOMPARE(model_->photo()->label, QStringLiteral("cat.png"));
    QCOMPARE(model_->photo()->path, at(QStringLiteral("cat.png")));
    QVERIFY(std::abs(model_->result()->outcome.picture.at(5, 5, 1) - 0.75f) < 1e-4f);
    QCOMPARE(model_->result()->outcome.report.steps.size(), std::size_t(1));
    QCOMPARE(model_->reports().at(1).residual, 4.5);
    QCOMPARE(numberOf(model_->request().solver_values, "K"), 1.0);
    QCOMPARE(model_->request().seed, std::uint64_t(3));
    QVERIFY(model_->showsResult());
    QVERIFY(!model_->hasUnsavedResult());
    const auto stored = recalled.last().at(1).value<ui::JobPictures>().mask.convertToFormat(QImage::Format_Grayscale8);
    QCOMPARE(stored.size(), mask.size());
    for (int y = 0; y < kSide; ++y) {
      for (int x = 0; x < kSide; ++x)
        QCOMPARE(stored.pixelColor(x, y).value() > 127, mask.pixelColor(x, y).value() > 127);
    }
  }

  void stepsOfAKeptRunComeBackWithIt() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    auto outcome = beginRun();
    for (int i = 1; i <= 3; ++i) {
      const auto snapshot = picture(model_->runId(), i, 40 * i);
      outcome.report.steps.push_back(snapshot->report);
      outcome.report.steps.back().residual = 10.0 - i;
      model_->stepFinished(model_->runId(), snapshot->report);
      model_->picturesReady({snapshot});
    }
    model_->runFinished(model_->runId(), ui::resultFromOutcome(std::move(outcome), model_->runPictures()));
    model_->history()->wait();

    start();
    QSignalSpy back(model_.get(), &RunModel::broughtBack);
    model_->bringBack(0);
    QVERIFY(back.wait(kPatience));
    QTRY_COMPARE_WITH_TIMEOUT(model_->steps().count(), std::size_t(3), kPatience);
    QVERIFY(model_->showsResult());
    for (int i = 1; i <= 2; ++i) {
      model_->showStep(i, false);
      const auto shown = model_->shownStep();
      QVERIFY(shown && shown->estimate);
      QCOMPARE(shown->report.step, i);
      QCOMPARE(shown->report.residual, 10.0 - i);
      QCOMPARE(shown->estimate->width, kSide);
      QVERIFY(std::abs(int{shown->estimate->bytes[kSide]} - 40 * i) <= 4);
    }
    // Those of a run that is shown before they are read are not the next one's.
    finishRun(0.9f);
    model_->bringBack(0);
    model_->setPhoto(photo(QStringLiteral("dog.png"), 0.9f));
    model_->history()->wait();
    QTRY_VERIFY_WITH_TIMEOUT(!model_->history()->busy(), kPatience);
    QCOMPARE(model_->steps().count(), std::size_t(0));
  }

  void statesOfAKeptRunAreDecodedByItsModelAlone() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    ui::RunJob job;
    connect(model_.get(), &RunModel::runRequested, this, [&](const ui::RunJob& asked) { job = asked; });
    auto outcome = beginRun();
    outcome.report.model.name = "its-model";
    outcome.report.model.sha256 = "its hash";
    for (int i = 1; i <= 3; ++i) {
      const auto snapshot = picture(model_->runId(), i, 40 * i);
      outcome.report.steps.push_back(snapshot->report);
      model_->stepFinished(model_->runId(), snapshot->report);
      model_->picturesReady({snapshot});
      Latent latent;
      latent.step = i;
      latent.channels = 2;
      latent.height = latent.width = 4;
      latent.picture_height = latent.picture_width = kSide;
      for (int j = 0; j < 2 * 4 * 4; ++j) latent.halves.push_back(std::uint16_t(100 * i + j));
      job.latents->add(std::make_shared<const Latent>(latent));
    }
    model_->runFinished(model_->runId(), ui::resultFromOutcome(std::move(outcome), model_->runPictures()));
    model_->history()->wait();

    start();
    QList<ui::LatentJob> wanted;
    connect(model_.get(), &RunModel::latentWanted, this, [&](const ui::LatentJob& asked) { wanted << asked; });
    QSignalSpy back(model_.get(), &RunModel::broughtBack);
    model_->bringBack(0);
    QVERIFY(back.wait(kPatience));
    model_->showStep(2, false);
    QTRY_VERIFY_WITH_TIMEOUT(!model_->history()->busy(), kPatience);
    QVERIFY(model_->modelOfNoisy().isEmpty());  // nobody looks at it
    model_->setNoisy(true);
    QVERIFY(model_->history()->busy());  // it is read when it is looked at
    QTRY_COMPARE_WITH_TIMEOUT(model_->modelOfNoisy(), QStringLiteral("its-model"), kPatience);  // none is loaded
    ModelInfo loaded;
    loaded.sha256 = "another hash";
    model_->modelLoaded(loaded, 0.1);
    QCOMPARE(model_->modelOfNoisy(), QStringLiteral("its-model"));
    QVERIFY(wanted.isEmpty());
    loaded.sha256 = "its hash";
    model_->modelLoaded(loaded, 0.1);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(model_->modelOfNoisy().isEmpty());
    QCOMPARE(wanted[0].step, 2);
    const auto latent = wanted[0].latents->at(2);
    QCOMPARE(latent->halves.size(), std::size_t(32));
    QCOMPARE(latent->halves[5], std::uint16_t(205));
    QCOMPARE(latent->picture_width, kSide);
    model_->latentDecoded(2, picture(0, 2, 77)->estimate);
    QVERIFY(model_->noisyPicture() && model_->noisyPicture()->bytes[0] == 77);
    // Of a run without them nothing is asked for.
    finishRun(0.9f);
    model_->history()->wait();
    start();
    QSignalSpy asked(model_.get(), &RunModel::latentWanted), again(model_.get(), &RunModel::broughtBack);
    model_->bringBack(1);
    QVERIFY(again.wait(kPatience));
    model_->setNoisy(true);
    QTRY_VERIFY_WITH_TIMEOUT(!model_->history()->busy(), kPatience);
    QVERIFY(model_->noisyPicture() == nullptr && model_->modelOfNoisy().isEmpty());
    QVERIFY(asked.isEmpty());
  }

  void stepsThatAreBeingWrittenDoNotHoldTheProgramUp() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    QSignalSpy refused(model_.get(), &RunModel::stepsRefused);
    finishLongRun();
    const auto id = QString::fromStdString(model_->pastRuns().all()[0].id);
    model_->history()->giveUpSteps();
    model_->history()->wait();
    QTRY_VERIFY_WITH_TIMEOUT(!model_->history()->busy(), kPatience);
    QVERIFY(refused.isEmpty());  // it is no failure
    const auto folder = at(QStringLiteral("history/runs/")) + id;
    QVERIFY(QFile::exists(folder + QStringLiteral("/result.png")));
    QVERIFY(!QFile::exists(folder + QStringLiteral("/steps.zip")));
    QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Hidden).size(), 3);

    start();
    QSignalSpy back(model_.get(), &RunModel::broughtBack);
    model_->bringBack(0);
    QVERIFY(back.wait(kPatience));
    QVERIFY(model_->result() != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(!model_->history()->busy(), kPatience);
    QCOMPARE(model_->steps().count(), std::size_t(0));
  }

  void aRunComesBackWhileStepsAreBeingWritten() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    finishRun(0.75f);
    model_->history()->wait();
    start();
    model_->setPhoto(photo(QStringLiteral("dog.png"), 0.9f));
    QSignalSpy kept(model_.get(), &RunModel::runKept);
    finishLongRun();
    QVERIFY(kept.count() > 0 || kept.wait(kPatience));
    const auto steps =
        at(QStringLiteral("history/runs/%1/steps.zip")).arg(QString::fromStdString(model_->pastRuns().all().back().id));
    QTest::qWait(50);  // they are being written
    QSignalSpy back(model_.get(), &RunModel::broughtBack);
    model_->bringBack(0);
    QVERIFY(back.wait(kPatience));
    QVERIFY(std::abs(model_->result()->outcome.picture.at(5, 5, 1) - 0.75f) < 1e-4f);
    QVERIFY(!QFile::exists(steps));
    QVERIFY(model_->history()->busy());
    // So does its removal: nothing of the run is left behind, and nothing is said to be lost.
    QSignalSpy refused(model_.get(), &RunModel::stepsRefused);
    model_->pastRuns().remove(1);
    QTRY_VERIFY_WITH_TIMEOUT(!model_->history()->busy(), kPatience);
    QVERIFY(refused.isEmpty());
    QVERIFY(!QFileInfo::exists(QFileInfo(steps).path()));
  }

  void stepsThatAreStillToBeWrittenAreAwaited() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    finishLongRun(10);
    std::size_t count = 0;
    model_->history()->fetchSteps(model_->pastRuns().all().back(),
                                  [&](const ui::SnapshotHistory& steps) { count = steps.count(); });
    QTRY_VERIFY_WITH_TIMEOUT(!model_->history()->busy(), kPatience);
    QCOMPARE(count, std::size_t(10));
    // Those alone that fit are read.
    constexpr std::size_t kTwo = std::size_t{2} * 512 * 512 * 3 + (1 << 16);
    ui::SnapshotHistory few;
    model_->history()->fetchSteps(
        model_->pastRuns().all().back(), [&](const ui::SnapshotHistory& steps) { few = steps; }, kTwo);
    QTRY_VERIFY_WITH_TIMEOUT(!model_->history()->busy(), kPatience);
    QCOMPARE(few.count(), std::size_t(2));
    QVERIFY(few.at(5) && few.at(10));
  }

  void undoReadsAResultThatHasLeftTheMemory() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    model_->changeTask(settings(1), nullptr, 1.0);
    stroke({4, 4}, {20, 20});
    finishRun(0.75f);
    model_->changeSolver(settings(8));
    finishRun(0.5f);
    model_->bringBack(0);
    model_->bringBack(1);
    model_->pastRuns().setBudget(0);  // the newest stays whole
    QVERIFY(!model_->pastRuns().all()[0].result);
    QSignalSpy back(model_.get(), &RunModel::broughtBack);
    model_->undoStack()->undo();
    QCOMPARE(numberOf(model_->request().solver_values, "K"), 1.0);
    QTRY_VERIFY_WITH_TIMEOUT(model_->result() != nullptr, kPatience);
    QVERIFY(std::abs(model_->result()->outcome.picture.at(5, 5, 1) - 0.75f) < 1e-4f);
    QCOMPARE(back.count(), 1);
    QVERIFY(back.last().at(0).value<ui::ResultPtr>() != nullptr);  // nothing was said to be gone
    QVERIFY(!model_->isStale());
    QVERIFY(!model_->hasUnsavedResult());
  }

  void aRunWhosePhotoIsGoneComesBackFromItsCopy() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    finishRun(0.75f);
    start();
    QVERIFY(QFile::remove(at(QStringLiteral("cat.png"))));
    QSignalSpy back(model_.get(), &RunModel::broughtBack);
    model_->bringBack(0);
    QVERIFY(back.wait(kPatience));
    QVERIFY(std::abs(model_->photo()->photo->image.at(0, 0, 0) - 0.25f) < 1e-2f);
  }

  void theHistoryIsLoadingUntilTheLastAnswer() {
    auto* history = model_->history();
    QVERIFY(!history->isLoading());
    QList<bool> loading;
    connect(history, &ui::RunKeeper::loaded, this, [&] { loading << history->isLoading(); });
    history->load();
    history->load();
    QVERIFY(history->isLoading());
    QTRY_COMPARE_WITH_TIMEOUT(loading, QList<bool>({true, false}), kPatience);
  }

  void aRemovedRunIsGoneFromTheDisk() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    finishRun(0.75f);
    model_->pastRuns().remove(0);
    model_->history()->wait();
    start();
    QVERIFY(model_->pastRuns().all().empty());
  }

  void aKilledSessionComesBackWithItsMaskAndLastPicture() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    model_->changeTask(settings(2), nullptr, 1.0);
    const auto sessions = at(QStringLiteral("sessions"));
    {
      SessionKeeper keeper(model_.get(), sessions);
      stroke({3, 3}, {28, 9});
      QTRY_VERIFY_WITH_TIMEOUT(
          QFile::exists(sessions + QStringLiteral("/session-%1/session.json").arg(QCoreApplication::applicationPid())),
          kPatience);
      keeper.flush();
      model_->run();
      RunStart begun;
      begun.run_id = model_->runId();
      begun.steps = 9;
      begun.noise_level = 0.5;
      model_->runStarted(begun);
      StepReport step;
      step.steps = 9;
      for (step.step = 3; step.step <= 4; ++step.step) {
        step.residual = 6.0 / step.step;
        step.psnr = 20.0 + step.step;
        step.seconds = 0.25;
        model_->stepFinished(model_->runId(), step);
      }
      model_->picturesReady({picture(model_->runId(), 4, 77)});
      QTRY_VERIFY_WITH_TIMEOUT(
          QFile::exists(sessions + QStringLiteral("/session-%1/running.png").arg(QCoreApplication::applicationPid())),
          kPatience);
      keeper.flush();
      QVERIFY(SessionKeeper::left(sessions).isEmpty());  // this process is there
    }
    // As if of a process that is not.
    QVERIFY(QDir(sessions).rename(QStringLiteral("session-%1").arg(QCoreApplication::applicationPid()),
                                  QStringLiteral("session-999999999")));
    const auto mask = model_->mask()->image();
    model_->stop();
    start();
    const auto left = SessionKeeper::left(sessions);
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0].step, 4);
    QCOMPARE(left[0].step_count, 9);
    const auto found = SessionKeeper::read(left[0]);
    QVERIFY(found.run.has_value() && !found.document.result);
    const auto& run = *found.run;
    QCOMPARE(run.photo->label, QStringLiteral("cat.png"));
    QCOMPARE(numberOf(run.request.solver_values, "K"), 2.0);
    QCOMPARE(run.pictures.mask.pixelColor(10, 5).value() > 127, mask.pixelColor(10, 5).value() > 127);
    QCOMPARE(run.result->picture.pixelColor(8, 8).red(), 77);
    QSignalSpy kept(model_.get(), &RunModel::runKept);
    model_->showLeft(found.document, found.run);
    QVERIFY(!model_->isStale());  // nothing has changed since it began
    QVERIFY(kept.wait(kPatience));
    QCOMPARE(model_->photo()->label, QStringLiteral("cat.png"));
    QCOMPARE(model_->result()->outcome.status, Outcome::Status::Cancelled);
    QCOMPARE(model_->pastRuns().all().size(), std::size_t(1));
    // With the numbers of its steps, the last one's as its own.
    QVERIFY2(model_->pastRuns().all()[0].numbers.startsWith(QStringLiteral("24.00 dB")),
             qPrintable(model_->pastRuns().all()[0].numbers));
    const auto& report = model_->result()->outcome.report;
    QCOMPARE(report.steps.size(), std::size_t(2));
    QCOMPARE(report.residual, 1.5);
    QCOMPARE(report.noise_level, 0.5);
    QCOMPARE(report.seconds, 0.5);
    QCOMPARE(model_->reports().at(3).residual, 2.0);
    QCOMPARE(model_->stepCount(), 9);
    QCOMPARE(model_->lastStep(), 4);
    // What an earlier version has left has none.
    QVERIFY(QFile::remove(left[0].folder + QStringLiteral("/running.json")));
    const auto bare = *SessionKeeper::read(left[0]).run;
    QCOMPARE(bare.outcome.report.steps.size(), std::size_t(1));
    QCOMPARE(bare.outcome.report.steps[0].step, 4);
    QVERIFY(std::isnan(bare.outcome.report.residual));
    // Killed before the settings were written for the first time: the run's own stand for them.
    QVERIFY(QFile::remove(left[0].folder + QStringLiteral("/state.png")));
    QCOMPARE(numberOf(SessionKeeper::read(left[0]).document.request.solver_values, "K"), 2.0);
    SessionKeeper::discard(left[0]);
    QVERIFY(SessionKeeper::left(sessions).isEmpty());
  }

  void whatWasChangedDuringTheRunComesBackBesideIt() {
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    model_->changeTask(settings(2), nullptr, 1.0);
    const auto sessions = at(QStringLiteral("sessions"));
    const auto own = sessions + QStringLiteral("/session-%1").arg(QCoreApplication::applicationPid());
    model_->mask()->setBrushSize(3);
    {
      SessionKeeper keeper(model_.get(), sessions);
      stroke({3, 3}, {28, 3});
      keeper.flush();
      model_->run();
      RunStart begun;
      begun.run_id = model_->runId();
      begun.steps = 9;
      model_->runStarted(begun);
      model_->picturesReady({picture(model_->runId(), 4, 77)});
      QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(own + QStringLiteral("/running.png")), kPatience);
      stroke({3, 24}, {28, 24});
      model_->changeSolver(settings(7));
      keeper.flush();
    }
    model_->stop();
    start();
    const auto left = SessionKeeper::left(sessions);
    QCOMPARE(left.size(), 1);
    const auto found = SessionKeeper::read(left[0]);
    QVERIFY(found.run.has_value());
    QCOMPARE(numberOf(found.run->request.solver_values, "K"), 2.0);
    QVERIFY(found.run->pictures.mask.pixelColor(15, 24).value() < 128);
    QCOMPARE(numberOf(found.document.request.solver_values, "K"), 7.0);
    for (const int row : {3, 24}) QVERIFY(found.document.pictures.mask.pixelColor(15, row).value() > 127);
    // The run is in the history and on the screen, the settings are the last ones, and one undo leads back.
    model_->setPhoto(photo(QStringLiteral("dog.png"), 0.5f));
    QSignalSpy recalled(model_.get(), &RunModel::taskRecalled);
    model_->showLeft(found.document, found.run);
    QCOMPARE(model_->pastRuns().all().size(), std::size_t(1));
    QCOMPARE(numberOf(model_->pastRuns().all()[0].request.solver_values, "K"), 2.0);
    QCOMPARE(model_->result()->picture.pixelColor(8, 8).red(), 77);
    QCOMPARE(numberOf(model_->request().solver_values, "K"), 7.0);
    QVERIFY(recalled.last().at(1).value<ui::JobPictures>().mask.pixelColor(15, 24).value() > 127);
    QVERIFY(model_->isStale());
    model_->undoStack()->undo();
    QCOMPARE(model_->photo()->label, QStringLiteral("dog.png"));
    QVERIFY(!model_->undoStack()->canUndo());
  }

  void aKilledSessionWhoseNumberIsTakenAgainIsOffered() {
    const auto sessions = at(QStringLiteral("sessions"));
    const auto folder = QStringLiteral("%1/session-%2").arg(sessions).arg(QCoreApplication::applicationPid());
    {
      SessionKeeper killed(model_.get(), sessions);
      model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
      killed.flush();
      QVERIFY(SessionKeeper::left(sessions).isEmpty());
    }
    // This process has its number, and is another one.
    QCOMPARE(SessionKeeper::left(sessions).size(), 1);
    SessionKeeper keeper(model_.get(), sessions);
    model_->setPhoto(photo(QStringLiteral("dog.png"), 0.5f));
    keeper.flush();
    const auto left = SessionKeeper::left(sessions);
    QCOMPARE(left.size(), 1);  // not written over, and the own one is held
    QCOMPARE(left[0].folder, folder);
    QCOMPARE(SessionKeeper::read(left[0]).document.photo->label, QStringLiteral("cat.png"));
    keeper.forget();
    QCOMPARE(QDir(sessions).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
    // Of an earlier version, without a lock, it is its process's as long as one of that number is there.
    QVERIFY(QFile::remove(folder + QStringLiteral("/lock")));
    QVERIFY(SessionKeeper::left(sessions).isEmpty());
    QVERIFY(QDir(sessions).rename(folder, sessions + QStringLiteral("/session-999999999")));
    QCOMPARE(SessionKeeper::left(sessions).size(), 1);
  }

  void noLeftSessionIsTakenAwayUnasked() {
    const auto sessions = at(QStringLiteral("sessions"));
    {
      SessionKeeper keeper(model_.get(), sessions);
      model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
      model_->changeTask(settings(2), nullptr, 1.0);
      stroke({3, 3}, {28, 9});
      keeper.flush();
    }
    const QDir folder(sessions);
    const auto own = folder.filePath(QStringLiteral("session-%1").arg(QCoreApplication::applicationPid()));
    const auto copy = [&](const QString& name) {
      QVERIFY(folder.mkpath(name));
      for (const auto* file : {"state.png", "session.json"}) {
        const auto from = QDir(own).filePath(QString::fromLatin1(file));
        QVERIFY(QFile::copy(from, folder.filePath(name) + QLatin1Char('/') + QLatin1String(file)));
      }
    };
    for (int i = 1; i <= 6; ++i) copy(QStringLiteral("session-99999999%1").arg(i));
    QCOMPARE(SessionKeeper::left(sessions).size(), 7);
    QCOMPARE(SessionKeeper::left(sessions).size(), 7);
    // Without its names it is told by its settings: photo and mask are there.
    const auto damage = [&](const QString& name) {
      QFile file(folder.filePath(name));
      QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    };
    damage(QStringLiteral("session-999999993/session.json"));
    QStringList put_aside;
    const auto left = SessionKeeper::left(sessions, &put_aside);
    QCOMPARE(left.size(), 7);
    QVERIFY(put_aside.isEmpty());
    const auto nameless = std::find_if(left.begin(), left.end(), [](const LeftSession& each) {
      return each.folder.endsWith(QStringLiteral("session-999999993"));
    });
    QVERIFY(nameless != left.end());
    QCOMPARE(nameless->run.photo_label, QStringLiteral("cat.png"));
    const auto found = SessionKeeper::read(*nameless);
    QCOMPARE(found.document.photo->path, at(QStringLiteral("cat.png")));
    QVERIFY(found.document.pictures.mask.pixelColor(10, 5).value() > 127);
    // Without either it is put aside, with all that is in it.
    damage(QStringLiteral("session-999999993/state.png"));
    QCOMPARE(SessionKeeper::left(sessions, &put_aside).size(), 6);
    QCOMPARE(put_aside, QStringList{folder.filePath(QStringLiteral("unreadable-session-999999993"))});
    QVERIFY(QFile::exists(put_aside[0] + QStringLiteral("/state.png")));
    put_aside.clear();
    QCOMPARE(SessionKeeper::left(sessions, &put_aside).size(), 6);
    QVERIFY(put_aside.isEmpty());
    // What was killed before anything was written leaves nothing.
    QVERIFY(folder.mkpath(QStringLiteral("session-999999990")));
    QCOMPARE(SessionKeeper::left(sessions, &put_aside).size(), 6);
    QVERIFY(put_aside.isEmpty() && !folder.exists(QStringLiteral("session-999999990")));
  }

  void aClosedSessionLeavesNothing() {
    const auto sessions = at(QStringLiteral("sessions"));
    SessionKeeper keeper(model_.get(), sessions);
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    keeper.flush();
    QVERIFY(!QDir(sessions).isEmpty());
    keeper.forget();
    QVERIFY(QDir(sessions).isEmpty());
  }

  void aSessionIsAwaitedOnAnotherThread() {
    const auto sessions = at(QStringLiteral("sessions"));
    SessionKeeper keeper(model_.get(), sessions);
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    keeper.hurry();
    bool written = false;
    const std::unique_ptr<QThread> other(QThread::create([&] { written = keeper.wait(); }));
    other->start();
    QVERIFY(other->wait(kPatience));
    QVERIFY(written);
    QVERIFY(QFile::exists(sessions + QStringLiteral("/session-%1/state.png").arg(QCoreApplication::applicationPid())));
  }

  void aSessionsFolderThatWasTidiedAwayIsMadeAgainWithAllThatWasInIt() {
    const auto sessions = at(QStringLiteral("sessions"));
    const QDir own(QStringLiteral("%1/session-%2").arg(sessions).arg(QCoreApplication::applicationPid()));
    const auto pasted = std::make_shared<ui::OpenedPhoto>(*photo(QStringLiteral("cat.png"), 0.25f));
    pasted->path.clear();
    SessionKeeper keeper(model_.get(), sessions);
    keeper.addText(QStringLiteral("note"), [] { return QStringLiteral("kept"); });
    model_->setPhoto(pasted);
    QVERIFY(keeper.flush());
    const auto files = own.entryList(QDir::Files, QDir::Name);
    QVERIFY(files.contains(QStringLiteral("photo.png")) && files.contains(QStringLiteral("note")));
    QVERIFY(QDir(own).removeRecursively());
    keeper.changed();
    QVERIFY(keeper.flush());
    QCOMPARE(own.entryList(QDir::Files, QDir::Name), files);
    QVERIFY(SessionKeeper::left(sessions).isEmpty());  // it is held again
  }

  void aFinishedRunLeavesNoPictureOfItsWay() {
    const auto sessions = at(QStringLiteral("sessions"));
    SessionKeeper keeper(model_.get(), sessions);
    model_->setPhoto(photo(QStringLiteral("cat.png"), 0.25f));
    finishRun(0.5f);
    keeper.flush();
    QVERIFY(
        !QFile::exists(sessions + QStringLiteral("/session-%1/running.png").arg(QCoreApplication::applicationPid())));
  }
};

QTEST_MAIN(RunKeeperTest)
#include "run_keeper_test.moc"
