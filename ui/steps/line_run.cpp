// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/steps/line_run.h"

#include <utility>

namespace p2l::ui {

LineRun::LineRun(SideRuns* runs, QObject* parent) : QObject(parent), runs_(runs) {}

LineRun::~LineRun() {
  if (state_ == State::AtWork && runs_) runs_->cancel(id_);
}

void LineRun::clear() {
  pictures_.clear();
  reports_.clear();
  result_.reset();
  problem_.clear();
  steps_ = 0;
}

void LineRun::start(const RestoreRequest& request, const JobPictures& pictures) {
  if (!runs_) return;
  if (state_ == State::AtWork) runs_->cancel(id_);
  clear();
  SideRuns::Listener listener;
  listener.parts = true;
  listener.started = [this](const RunStart& start) {
    steps_ = start.steps;
    noise_level_ = start.noise_level;
    emit changed();
  };
  listener.stepped = [this](const StepReport& report) {
    reports_[report.step] = report;
    emit changed();
  };
  listener.pictured = [this](const SnapshotPtr& snapshot) {
    if (pictures_.add(snapshot)) emit changed();
  };
  listener.ended = [this](const ResultPtr& result, const QString& problem) {
    const bool whole = result && result->outcome.status == Outcome::Status::Completed;
    state_ = whole ? State::Done : State::Failed;
    result_ = whole ? result : nullptr;
    problem_ = result && !whole ? QString::fromStdString(result->outcome.message) : problem;
    emit changed();
  };
  state_ = State::AtWork;
  values_ = request.solver_values;
  sampler_ = request.sampler_values;
  id_ = runs_->add(request, pictures, std::move(listener));
  pictures_.begin(id_);
  emit changed();
}

void LineRun::cancel() {
  if (state_ != State::AtWork) return;
  if (runs_) runs_->cancel(id_);
  state_ = State::None;
  clear();
  emit changed();
}

const StepReport* LineRun::stepAt(int time) const {
  if (reports_.empty()) return nullptr;
  if (time < 0) return &reports_.rbegin()->second;
  const StepReport* found = &reports_.begin()->second;
  for (const auto& [step, report] : reports_) {
    if (report.timestep >= time) found = &report;
  }
  // While it is at work the step of that time may be still to come.
  const bool passed = reports_.rbegin()->second.timestep <= time;
  return state_ == State::AtWork && !passed ? nullptr : found;
}

StepLook LineRun::lookAt(int time, const SolverInfo& solver) const {
  StepLook look;
  look.solver = &solver;
  look.values = values_;
  look.sampler = sampler_;
  look.pictures = &pictures_;
  look.step = stepAt(time);
  look.noise_level = noise_level_;
  look.on_the_way = state_ == State::AtWork;
  if (look.step == nullptr) return look;
  const auto next = reports_.find(look.step->step + 1);
  if (next != reports_.end()) look.next = &next->second;
  if (look.step->step == steps_ && result_) look.result = result_->picture;
  return look;
}

}  // namespace p2l::ui
