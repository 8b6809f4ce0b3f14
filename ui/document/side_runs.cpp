// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/side_runs.h"

#include <utility>

namespace p2l::ui {

quint64 SideRuns::add(const RestoreRequest& request, const JobPictures& pictures, Done done) {
  waiting_.push_back({++newest_, request, pictures, std::move(done), std::make_shared<RunControl>()});
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
  emit runRequested(job);
}

void SideRuns::cancel(quint64 id) {
  if (id == current_.id && id != 0) {
    current_.done = nullptr;
    current_.control->requestStop();
    return;
  }
  waiting_.remove_if([id](const Run& run) { return run.id == id; });
}

void SideRuns::end(quint64 run_id, const ResultPtr& result, const QString& problem) {
  if (run_id != current_.id || run_id == 0) return;
  const auto done = std::move(current_.done);
  next();
  if (done) done(result, problem);
}

void SideRuns::runFinished(quint64 run_id, ResultPtr result) {
  const auto& outcome = result->outcome;
  const bool made = outcome.status == Outcome::Status::Completed && !result->picture.isNull();
  end(run_id, made ? result : nullptr, made ? QString() : QString::fromStdString(outcome.message));
}

void SideRuns::runFailed(quint64 run_id, const QString& sentence) {
  end(run_id, nullptr, sentence);
}

}  // namespace p2l::ui
