// SPDX-License-Identifier: GPL-3.0-or-later
// The run: asked for, steered and followed to its end.
#include <cmath>
#include <utility>

#include "ui/base/frame_image.h"
#include "ui/base/run_keeper.h"
#include "ui/document/run_model.h"
#include "ui/language/words.h"

namespace p2l::ui {
namespace {
constexpr int kOnItsWayMs = 2;
constexpr int kFollowMs = 50;
}  // namespace

void RunModel::run() {
  state_ == State::Paused ? setPaused(false) : start(false);
}

QString RunModel::obstacle() const {
  if (!photo_) return tr("There is no picture yet: open one with Ctrl+O or drop it on the window.");
  if (!blocked_.isEmpty()) return blocked_;
  if (loading_) return tr("A mask or a kernel is still being read: press Run again in a moment.");
  return question_;
}

void RunModel::start(bool single_step) {
  if (isRunning()) return;
  if (const auto sentence = obstacle(); !sentence.isEmpty()) {
    emit problem(sentence);
    return;
  }
  preview_timer_.stop();
  emit previewsOutdated(++preview_id_);
  RunJob job;
  job.run_id = ++run_id_;
  job.pictures = pictures(job.request);
  run_request_ = job.request;
  run_pictures_ = job.pictures;
  run_fingerprint_ = fingerprint();
  run_name_ = nameOf(job.request);
  run_passes_ = in_lesson_;
  run_label_ = tr("Run %1: %2").arg(run_id_).arg(run_name_);
  control_ = std::make_shared<RunControl>();
  if (single_step) control_->stepOnce();
  single_stepping_ = single_step;
  job.control = control_;
  job.wishes = wishes_;
  forgetLatents();
  job.latents = latents_ = std::make_shared<LatentStore>();
  start_ = {};
  setState(State::Running);
  emit runningChanged(true);
  emit runRequested(job);
}

void RunModel::setState(State state) {
  if (std::exchange(state_, state) != state) emit stateChanged(state);
}

void RunModel::setPaused(bool paused) {
  if (!control_ || state_ == State::Stopping) return;
  if (paused) {
    control_->pause();
  } else {
    control_->resume();
  }
  single_stepping_ = false;
  setState(paused ? State::Paused : State::Running);
}

void RunModel::stepOnce() {
  if (!control_) return start(true);
  if (state_ == State::Stopping) return;
  // A step that was reported may still be on its way to the pause, and would take a further step's order for its own.
  if (state_ == State::Paused && !control_->paused()) {
    QTimer::singleShot(kOnItsWayMs, this, [this, control = control_] {
      if (control == control_ && state_ == State::Paused) stepOnce();
    });
    return;
  }
  single_stepping_ = true;
  control_->stepOnce();
  setState(State::Running);
  // A run that has told of its step already pauses before the next one, and tells nothing of that.
  auto* follow = new QTimer(this);
  connect(follow, &QTimer::timeout, this, [this, follow, control = control_] {
    const bool under_way = control == control_ && single_stepping_ && state_ == State::Running;
    if (under_way && control->paused()) setState(State::Paused);
    if (!under_way || state_ == State::Paused) follow->deleteLater();
  });
  follow->start(kFollowMs);
}

void RunModel::stop() {
  if (!control_) return;
  control_->requestStop();
  single_stepping_ = false;
  setState(State::Stopping);
}

void RunModel::abandonRun() {
  if (!control_) return;
  control_->requestStop();
  ++run_id_;  // what it still sends is of a former run
  endRun();
}

void RunModel::endRun() {
  control_.reset();
  single_stepping_ = false;
  setState(State::Idle);
  emit runningChanged(false);
  askForNoisy();
}

void RunModel::forgetLatents() {
  latents_.reset();
  latents_of_.clear();
  decoded_.clear();
}

FramePtr RunModel::noisyPicture() const {
  if (!cursor_.noisy) return nullptr;
  if (const auto shown = history_.at(cursor_.step); shown && shown->noisy) return shown->noisy;
  const auto found = decoded_.find(cursor_.step);
  if (found != decoded_.end() && found->second) return found->second;
  const auto near = latents_ && !isRunning() ? nullptr : shownStep();  // of an earlier run, no more is there
  return near ? near->noisy : nullptr;
}

void RunModel::askForNoisy() {
  const int step = cursor_.step;
  if (!cursor_.noisy || isRunning() || decoding_of_ || decoded_.contains(step) || noisyPicture()) return;
  if (!latents_) return fetchLatents();
  if (!latents_->contains(step) || !isOfLoadedModel()) return;
  decoding_of_ = latents_;
  emit latentWanted({latents_, step});
}

void RunModel::fetchLatents() {
  if (keeper_ == nullptr || !stepsAreOfResult() || result_id_.empty() || latents_of_ == result_id_) return;
  latents_of_ = result_id_;
  keeper_->fetchLatents(result_id_, [this, id = result_id_](std::shared_ptr<LatentStore> latents) {
    if (!latents || latents_ || latents_of_ != id || result_id_ != id || !stepsAreOfResult() || isRunning()) return;
    latents_ = std::move(latents);
    emit picturesChanged();
    askForNoisy();
  });
}

bool RunModel::isOfLoadedModel() const {
  if (!stepsAreOfResult()) return true;
  const auto &made_by = result_->outcome.report.model.sha256, &loaded = loaded_.info.sha256;
  const bool may_be_loaded = loaded.empty() && latents_of_.empty();  // by the run
  return made_by.empty() || made_by == loaded || may_be_loaded;
}

QString RunModel::modelOfNoisy() const {
  const bool is_there = latents_ && latents_->contains(cursor_.step);
  const bool is_wanted = cursor_.noisy && !result_first_ && !isRunning() && !noisyPicture();
  return is_there && is_wanted && !isOfLoadedModel() ? QString::fromStdString(result_->outcome.report.model.name)
                                                     : QString();
}

void RunModel::latentDecoded(int step, FramePtr picture) {
  const auto of = std::exchange(decoding_of_, nullptr);
  if (!latents_ || isRunning()) return;
  if (of != latents_) return askForNoisy();  // of the run that was shown before
  if (decoded_.size() >= kDecoded) decoded_.erase(decoded_.begin());
  decoded_[step] = std::move(picture);
  emit picturesChanged();
  askForNoisy();
}

void RunModel::setEnding(Ending ending, const QString& name) {
  ending_ = ending;
  ending_name_ = name;
  emit endingChanged();
}

void RunModel::runStarted(const RunStart& start) {
  if (start.run_id != run_id_ || !control_) return;
  start_ = start;
  setMeasurement(imageFromFrame(start.measurement), imageFromFrame(start.truth));
  emit runPrepared();
  emit solved();
}

void RunModel::showRunBegan() {
  if (std::exchange(begun_, run_id_) == run_id_) return;
  run_shown_ = true;
  shown_crop_ = run_request_.crop;
  history_.begin(run_id_);
  resetSteps(start_.steps);
  emit runBegan();
}

void RunModel::stepFinished(quint64 run_id, const StepReport& report) {
  if (run_id != run_id_ || !control_) return;
  showRunBegan();
  reports_[report.step] = report;
  last_step_ = report.step;
  emit stepAdded(report);
  if (cursor_.live || cursor_.step == 0) showStep(last_step_, cursor_.live);
  if (single_stepping_) setState(State::Paused);
}

void RunModel::picturesReady(const QVector<SnapshotPtr>& snapshots) {
  bool fresh = false;
  for (const auto& snapshot : snapshots) {
    if (snapshot->run_id != run_id_ || !control_) continue;
    showRunBegan();
    fresh = history_.add(snapshot) || fresh;
  }
  if (fresh) emit picturesChanged();
}

void RunModel::runFinished(quint64 run_id, ResultPtr result) {
  if (run_id != run_id_ || !control_) return;
  endRun();
  const auto& outcome = result->outcome;
  const bool expected = outcome.status == Outcome::Status::Completed || outcome.status == Outcome::Status::Cancelled;
  if (!expected && !outcome.message.empty()) emit problem(QString::fromStdString(outcome.message));
  QStringList remarks;
  // What differs from a preset the panels show, and what Restore sets is nothing that a person changed.
  const auto departures = catalogue_ != nullptr ? catalogue_->departures(outcome.report.request) : std::string();
  for (const auto& remark : outcome.report.remarks) {
    if (remark != departures) remarks << catalogueText(remark) + QLatin1Char('.');
  }
  if (expected && !remarks.isEmpty()) emit remarked(remarks.join(QLatin1Char(' ')));
  if (result->picture.isNull()) {
    setEnding(expected ? Ending::NothingMade : Ending::Failed);
    emit runKept();
    return updateStale();
  }
  showRunBegan();
  setResult(result);
  result_first_ = true;
  run_shown_ = false;
  measured_ = result;
  result_fingerprint_ = run_fingerprint_;
  saved_ = run_passes_;
  setEnding(outcome.status == Outcome::Status::Completed  ? Ending::Completed
            : outcome.status == Outcome::Status::Diverged ? Ending::Diverged
                                                          : Ending::Stopped);
  updateStale();
  keepRun(run_name_, run_request_, run_pictures_, photo_, result_, history_,
          run_passes_ ? PastRun::Kind::Lesson : PastRun::Kind::Whole);
  if (run_passes_) emit runKept();
  emit resultReady(result);
}

void RunModel::runFailed(quint64 run_id, const QString& sentence) {
  if (run_id != run_id_ || !control_) return;
  endRun();
  setEnding(begun_ == run_id_ ? Ending::Failed : Ending::NotStarted);
  emit runKept();
  updateStale();
  emit problem(sentence);
}

}  // namespace p2l::ui
