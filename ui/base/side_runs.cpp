// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/side_runs.h"

#include <QVector>
#include <utility>

namespace p2l::ui {

quint64 SideRuns::add(const RestoreRequest& request, const JobPictures& pictures, Done done) {
  Listener listener;
  listener.ended = [done = std::move(done)](const ResultPtr& result, const QString& problem) {
    if (!done) return;
    if (!result) return done(nullptr, problem);
    const auto& outcome = result->outcome;
    const bool made = outcome.status == Outcome::Status::Completed && !result->picture.isNull();
    done(made ? result : nullptr, made ? QString() : QString::fromStdString(outcome.message));
  };
  return add(request, pictures, std::move(listener));
}

quint64 SideRuns::add(const RestoreRequest& request, const JobPictures& pictures, Listener listener, bool round_trip) {
  waiting_.push_back({++newest_, request, pictures, std::move(listener), std::make_shared<RunControl>(), round_trip});
  const auto id = newest_;
  if (current_.id == 0) next();
  return id;
}

void SideRuns::next() {
  current_ = {};
  if (waiting_.empty()) return;
  current_ = std::move(waiting_.front());
  waiting_.pop_front();
  RunJob job;
  job.run_id = current_.id;
  job.request = current_.request;
  job.pictures = current_.pictures;
  job.control = current_.control;
  job.round_trip = current_.round_trip;
  if (current_.listener.parts) {
    auto wishes = std::make_shared<ViewWishes>();
    wishes->parts = true;
    job.wishes = std::move(wishes);
  }
  emit runRequested(job);
}

void SideRuns::cancel(quint64 id) {
  if (isCurrent(id)) {
    current_.listener = {};
    current_.control->requestStop();
    return;
  }
  waiting_.remove_if([id](const Run& run) { return run.id == id; });
}

bool SideRuns::stop(quint64 id) {
  if (!isCurrent(id)) {
    cancel(id);
    return false;
  }
  current_.control->requestStop();
  return true;
}

void SideRuns::stopAll() {
  waiting_.clear();
  if (current_.id != 0) cancel(current_.id);
}

void SideRuns::setPaused(quint64 id, bool paused) {
  auto* control = isCurrent(id) ? current_.control.get() : nullptr;
  for (const auto& run : waiting_) {
    if (run.id == id) control = run.control.get();
  }
  if (control == nullptr) return;
  paused ? control->pause() : control->resume();
}

void SideRuns::runStarted(const RunStart& start) {
  if (isCurrent(start.run_id) && current_.listener.started) current_.listener.started(start);
}

void SideRuns::stepFinished(quint64 run_id, const StepReport& report) {
  if (isCurrent(run_id) && current_.listener.stepped) current_.listener.stepped(report);
}

void SideRuns::picturesReady(const QVector<SnapshotPtr>& snapshots) {
  for (const auto& snapshot : snapshots) {
    if (isCurrent(snapshot->run_id) && current_.listener.pictured) current_.listener.pictured(snapshot);
  }
}

void SideRuns::end(quint64 run_id, const ResultPtr& result, const QString& problem) {
  if (!isCurrent(run_id)) return;
  const auto ended = std::move(current_.listener.ended);
  next();
  if (ended) ended(result, problem);
}

void SideRuns::runFinished(quint64 run_id, ResultPtr result) {
  end(run_id, result, {});
}

void SideRuns::runFailed(quint64 run_id, const QString& sentence) {
  end(run_id, nullptr, sentence);
}

}  // namespace p2l::ui
