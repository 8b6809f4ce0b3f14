// SPDX-License-Identifier: GPL-3.0-or-later
// The list and its runs. What is measured beside them is in compare_session_measure.cpp.
#include "ui/compare/compare_session.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/base/run_keeper.h"
#include "ui/document/run_model.h"

namespace p2l::ui {
namespace {

bool isEnded(CompareEntry::State state) {
  return state != CompareEntry::State::Waiting && state != CompareEntry::State::Running;
}

}  // namespace

CompareSession::CompareSession(const Catalogue& catalogue, RunModel* document, QObject* parent)
    : QObject(parent), catalogue_(catalogue), document_(document), runs_(document->sideRuns()) {
  connect(document, &RunModel::beforeChanged, this, &CompareSession::showMeasurement);
  connect(document, &RunModel::networkTimesChanged, this, &CompareSession::forecast);
}

int CompareSession::indexOf(quint64 key) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].key == key) return static_cast<int>(i);
  }
  return -1;
}

RestoreRequest CompareSession::base() const {
  return document_->request();
}

RestoreRequest CompareSession::requestOf(const CompareEntry& entry) const {
  auto request = entry.choice.make(base());
  if (steps_ > 0) request.sampler_values["steps"] = static_cast<double>(steps_);
  return request;
}

QString CompareSession::fingerprint(RestoreRequest request, bool measurement) const {
  RestoreRequest unused;
  const auto pictures = document_->pictures(unused);
  request.preset.clear();  // the values count, not where they are from
  if (measurement) {
    request.measurement_seed = request.measurement_seed.value_or(request.seed);
    request.seed = 0;
    request.solver.clear();
    request.solver_values.clear();
    request.sampler_values.clear();
  }
  return QString::fromStdString(jsonFromRequest(request)) + QString::number(pictures.mask.cacheKey()) +
         QString::number(reinterpret_cast<quintptr>(pictures.kernel.get())) +
         QString::number(reinterpret_cast<quintptr>(pictures.photo.get()));
}

CompareEntry& CompareSession::append(CompareEntry::Kind kind, const QString& label, const QString& help) {
  CompareEntry entry;
  entry.key = ++newest_;
  entry.kind = kind;
  entry.label = label;
  entry.help = help;
  for (int i = 2; std::any_of(entries_.begin(), entries_.end(), [&](const auto& e) { return e.label == entry.label; });
       ++i)
    entry.label = QStringLiteral("%1 (%2)").arg(label).arg(i);
  entries_.push_back(std::move(entry));
  return entries_.back();
}

void CompareSession::add(const std::vector<CompareChoice>& choices, bool seeds) {
  QStringList impossible;
  const int group = seeds ? ++newest_group_ : 0;
  int added = 0;
  for (const auto& choice : choices) {
    if (!choice.possible) {
      impossible << tr("%1: %2").arg(choice.label, choice.help);
      continue;
    }
    auto& entry = append(Kind::Run, choice.label, choice.help);
    entry.choice = choice;
    entry.request = choice.request;
    entry.group = group;
    ++added;
  }
  if (seeds && added > 1) {
    auto& mean = append(Kind::Mean, tr("Mean of %1 seeds").arg(added),
                        tr("What the seeds agree on was measured or is known of all photos; the rest is made up."));
    mean.group = group;
  }
  if (!impossible.isEmpty()) emit failed(impossible.join(QLatin1Char('\n')));
  if (added == 0) return;
  emit listChanged();
  forecast();
}

void CompareSession::addPast(const PastRun& run) {
  auto& entry = append(Kind::Past, run.name, {});
  entry.past_id = run.id;
  entry.request = run.request;
  entry.evolution = run.steps;
  entry.state = State::Done;
  const bool same = fingerprint(run.request, true) == fingerprint(base(), true);
  entry.help = same ? tr("Of the history.") : tr("Of the history; its measurement may be another one.");
  if (!run.outcome.report.steps.empty()) {
    entry.last = run.outcome.report.steps.back();
    entry.steps = entry.last.steps;
  }
  const auto key = entry.key;
  if (run.result) {
    entry.result = run.result;
    keepGiven(key, run.pictures, run.photo);
  } else if (document_->history() != nullptr && !run.id.empty()) {
    entry.state = State::Waiting;
    document_->history()->fetch(run, [this, key](const PastRun& fetched, const QString& problem) {
      const int index = indexOf(key);
      if (index < 0) return;
      entries_[index].result = fetched.result;
      keepGiven(key, fetched.pictures, fetched.photo);
      entries_[index].problem = problem;
      entries_[index].state = fetched.result ? State::Done : State::Failed;
      emit entryChanged(index);
    });
  } else {
    entry.state = State::Failed;
    entry.problem = tr("Its picture was discarded to save memory: run it again.");
  }
  emit listChanged();
  measurePlain();
}

void CompareSession::remove(int index) {
  const auto entry = entries_.at(index);
  if (!isEnded(entry.state) && entry.run_id != 0) runs_->cancel(entry.run_id);
  entries_.erase(entries_.begin() + index);
  prints_.erase(entry.key);
  given_.erase(entry.key);
  emit listChanged();
  if (running_) conclude();
  forecast();
}

void CompareSession::clear() {
  for (int i = static_cast<int>(entries_.size()) - 1; i >= 0; --i) remove(i);
}

void CompareSession::setSteps(int steps) {
  if (std::exchange(steps_, steps) != steps) refresh();
}

void CompareSession::refresh() {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& entry = entries_[i];
    if (entry.kind != Kind::Run || !isEnded(entry.state)) continue;
    try {
      const auto request = requestOf(entry);
      if (entry.state == State::New) entry.request = request;
      if (!entry.choice.possible) entry.problem.clear();
      entry.choice.possible = true;
    } catch (const std::exception& error) {
      entry.choice.possible = false;
      entry.problem = QString::fromUtf8(error.what());
    }
    emit entryChanged(static_cast<int>(i));
  }
  showMeasurement();
  forecast();
}

bool CompareSession::isDue(int index) const {
  const auto& entry = entries_.at(index);
  if (entry.kind != Kind::Run || !isEnded(entry.state) || !entry.choice.possible) return false;
  if (entry.state != State::Done) return true;
  const auto print = prints_.find(entry.key);
  try {
    return print == prints_.end() || print->second != fingerprint(requestOf(entry));
  } catch (const std::exception&) {
    return false;
  }
}

int CompareSession::dueCount() const {
  int count = 0;
  for (int i = 0; i < static_cast<int>(entries_.size()); ++i) count += isDue(i) ? 1 : 0;
  return count;
}

QString CompareSession::obstacle() const {
  if (document_->isRunning()) return tr("A run is in progress in the main window: stop it or wait for it.");
  if (document_->photo() == nullptr) return tr("There is no picture yet: open one in the main window.");
  return document_->openQuestion();
}

QString CompareSession::start() {
  if (running_) return {};
  if (auto sentence = obstacle(); !sentence.isEmpty()) return sentence;
  std::vector<int> due;
  for (int i = 0; i < static_cast<int>(entries_.size()); ++i) {
    if (isDue(i)) due.push_back(i);
  }
  if (due.empty()) {
    return entries_.empty() ? tr("There is nothing to compare yet: add solvers, a sweep or seeds.")
                            : tr("Everything is done: add a run, or change the settings.");
  }
  seconds_done_ = seconds_foreseen_ = 0.0;
  for (const int index : due) submit(index);
  if (!running_) return entries_.at(due.front()).problem;  // none can be carried out
  measurePlain();
  measureBound();
  emit runningChanged(true);
  return {};
}

QString CompareSession::retry(int index) {
  const auto& entry = entries_.at(index);
  if (entry.kind != Kind::Run || !isEnded(entry.state)) return {};
  if (!running_) {
    if (auto sentence = obstacle(); !sentence.isEmpty()) return sentence;
    seconds_done_ = seconds_foreseen_ = 0.0;
  }
  const bool begins = !running_;
  submit(index);
  if (begins && running_) emit runningChanged(true);
  return entries_.at(index).state == State::Failed ? entries_.at(index).problem : QString();
}

void CompareSession::submit(int index) {
  auto& entry = entries_.at(index);
  RestoreRequest base;
  const Given given{document_->pictures(base), document_->openedPhoto()};
  try {
    entry.request = requestOf(entry);
  } catch (const std::exception& error) {
    entry.state = State::Failed;
    entry.problem = QString::fromUtf8(error.what());
    emit entryChanged(index);
    return;
  }
  running_ = true;
  prints_[entry.key] = fingerprint(entry.request);
  keepGiven(entry.key, given.pictures, given.photo);
  entry.state = State::Waiting;
  entry.problem.clear();
  entry.last = {};
  entry.spent = 0.0;
  entry.result.reset();
  entry.steps = integerOf(entry.request.sampler_values, "steps");
  entry.evolution.clear();
  resetMean(entry.group);
  const auto key = entry.key;
  const auto id = runs_->add(entry.request, given.pictures, listenerOf(key, given));
  entries_[index].run_id = id;
  entries_[index].evolution.begin(id);
  if (paused_) runs_->setPaused(id, true);
  emit entryChanged(index);
}

void CompareSession::keepGiven(quint64 key, JobPictures pictures, const std::shared_ptr<const OpenedPhoto>& photo) {
  if (!pictures.photo && photo) pictures.photo = {photo, &photo->photo->image};
  if (pictures.photo) given_[key] = std::move(pictures);
}

const JobPictures* CompareSession::givenOf(quint64 key) const {
  const auto found = given_.find(key);
  return found == given_.end() ? nullptr : &found->second;
}

void CompareSession::resetMean(int group) {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& mean = entries_[i];
    if (group == 0 || mean.kind != Kind::Mean || mean.group != group) continue;
    mean.state = State::New;
    mean.result.reset();
    mean.spread = {};
    mean.spread_text.clear();
    mean.problem.clear();
    emit entryChanged(static_cast<int>(i));
  }
}

SideRuns::Listener CompareSession::listenerOf(quint64 key, const Given& given) {
  SideRuns::Listener listener;
  listener.started = [this, key](const RunStart& start) {
    const int index = indexOf(key);
    if (index < 0) return;
    entries_[index].state = State::Running;
    entries_[index].steps = start.steps;
    emit began(index, start);
    emit entryChanged(index);
  };
  listener.stepped = [this, key](const StepReport& report) {
    const int index = indexOf(key);
    if (index < 0) return;
    entries_[index].last = report;
    entries_[index].spent += report.seconds;
    emit stepped(index, report);
  };
  listener.pictured = [this, key](const SnapshotPtr& snapshot) {
    const int index = indexOf(key);
    if (index >= 0 && entries_[index].evolution.add(snapshot)) emit entryChanged(index);
  };
  listener.ended = [this, key, given](const ResultPtr& result, const QString& problem) {
    end(key, result, problem, given);
  };
  return listener;
}

void CompareSession::end(quint64 key, const ResultPtr& result, const QString& problem, const Given& given) {
  const int index = indexOf(key);
  if (index < 0) return;
  auto& entry = entries_[index];
  const auto status = result ? result->outcome.status : Outcome::Status::Failed;
  const bool expected = status == Outcome::Status::Completed || status == Outcome::Status::Cancelled;
  entry.problem = result && !expected ? QString::fromStdString(result->outcome.message) : problem;
  if (result && !result->picture.isNull()) entry.result = result;
  entry.state = status == Outcome::Status::Completed   ? State::Done
                : status == Outcome::Status::Cancelled ? State::Stopped
                                                       : State::Failed;
  if (entry.state == State::Done && entry.seconds > 0.0) {
    seconds_done_ += result->outcome.report.seconds;
    seconds_foreseen_ += entry.seconds;
  }
  if (entry.result) {
    document_->keepRun(tr("Compared: %1").arg(entry.label), entry.request, given.pictures, given.photo, entry.result,
                       entry.evolution);
  }
  if (!entry.problem.isEmpty()) emit failed(tr("%1: %2").arg(entry.label, entry.problem));
  const int group = entry.group;
  emit entryChanged(index);
  if (group != 0) joinSeeds(group, given.pictures);
  conclude();
}

void CompareSession::conclude() {
  const bool left = std::any_of(entries_.begin(), entries_.end(),
                                [](const auto& entry) { return entry.kind == Kind::Run && !isEnded(entry.state); });
  if (left || !running_) return;
  running_ = paused_ = false;
  emit runningChanged(false);
  refresh();  // the settings may have changed meanwhile
}

int CompareSession::current() const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].kind == Kind::Run && entries_[i].state == State::Running) return static_cast<int>(i);
  }
  return -1;
}

void CompareSession::setPaused(bool paused) {
  if (!running_) return;
  paused_ = paused;
  for (const auto& entry : entries_) {
    if (!isEnded(entry.state)) runs_->setPaused(entry.run_id, paused);
  }
}

void CompareSession::cancel(int index) {
  auto& entry = entries_.at(index);
  if (entry.kind != Kind::Run || isEnded(entry.state)) return;
  if (runs_->stop(entry.run_id)) return;  // its end is told
  entry.state = State::Stopped;
  emit entryChanged(index);
  conclude();
}

void CompareSession::stop() {
  paused_ = false;
  for (int i = static_cast<int>(entries_.size()) - 1; i >= 0; --i) cancel(i);  // those that wait first
  dropBound();
}

void CompareSession::dropBound() {
  if (bound_run_ == 0) return;
  runs_->cancel(std::exchange(bound_run_, 0));
  bound_print_.clear();
}

}  // namespace p2l::ui
