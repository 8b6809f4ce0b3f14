// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_session.h"

namespace p2l::ui {

void CompareSession::start(std::vector<CompareRun> runs, const JobPictures& pictures) {
  if (isRunning() || runs.empty()) return;
  runs_ = std::move(runs);
  for (auto& run : runs_) {
    run.id = next_id_++;
    run.steps = integerOf(run.request.sampler_values, "steps");
    run.evolution.begin(run.id);
  }
  pictures_ = pictures;
  current_ = -1;
  stopping_ = false;
  emit reset();
  next();
  emit runningChanged(true);
}

void CompareSession::next() {
  const bool paused = isPaused();
  ++current_;
  if (stopping_ || current_ == static_cast<int>(runs_.size())) {
    control_.reset();
    emit runningChanged(false);
    return;
  }
  control_ = std::make_shared<RunControl>();
  if (paused) control_->pause();
  runs_[current_].state = CompareRun::State::Running;
  RunJob job;
  job.run_id = runs_[current_].id;
  job.request = runs_[current_].request;
  job.pictures = pictures_;
  job.control = control_;
  emit runRequested(job);
}

void CompareSession::setPaused(bool paused) {
  if (!control_) return;
  paused ? control_->pause() : control_->resume();
}

void CompareSession::stop() {
  if (!control_) return;
  stopping_ = true;
  control_->requestStop();
}

bool CompareSession::isCurrent(quint64 run_id) const {
  return control_ && runs_[current_].id == run_id;
}

void CompareSession::runStarted(const RunStart& start) {
  if (!isCurrent(start.run_id)) return;
  runs_[current_].steps = start.steps;
  emit began(current_, start);
}

void CompareSession::stepFinished(quint64 run_id, const StepReport& report) {
  if (!isCurrent(run_id)) return;
  runs_[current_].last = report;
  emit stepped(current_, report);
}

void CompareSession::picturesReady(const QVector<SnapshotPtr>& snapshots) {
  bool fresh = false;
  for (const auto& snapshot : snapshots) {
    if (!isCurrent(snapshot->run_id)) continue;
    fresh = runs_[current_].evolution.add(snapshot) || fresh;
  }
  if (fresh) emit pictureArrived(current_);
}

void CompareSession::end(CompareRun::State state) {
  runs_[current_].state = state;
  emit ended(current_);
  next();
}

void CompareSession::runFinished(quint64 run_id, ResultPtr result) {
  if (!isCurrent(run_id)) return;
  auto& run = runs_[current_];
  const auto& outcome = result->outcome;
  if (outcome.status == Outcome::Status::Cancelled) stopping_ = true;
  const bool expected = outcome.status == Outcome::Status::Completed || outcome.status == Outcome::Status::Cancelled;
  if (!expected) run.problem = QString::fromStdString(outcome.message);
  if (!result->picture.isNull()) run.result = result;
  end(outcome.status == Outcome::Status::Completed   ? CompareRun::State::Done
      : outcome.status == Outcome::Status::Cancelled ? CompareRun::State::Stopped
                                                     : CompareRun::State::Failed);
}

void CompareSession::runFailed(quint64 run_id, const QString& sentence) {
  if (!isCurrent(run_id)) return;
  runs_[current_].problem = sentence;
  end(CompareRun::State::Failed);
}

}  // namespace p2l::ui
