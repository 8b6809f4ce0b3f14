// SPDX-License-Identifier: GPL-3.0-or-later
// The list and its runs. What is measured beside them is in compare_session_measure.cpp, what is due, and how long it
// takes, in compare_session_due.cpp.
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

CompareEntry& CompareSession::append(CompareEntry::Kind kind, const QString& label, const QString& help) {
  CompareEntry entry;
  entry.key = ++newest_;
  entry.colour = freeColour();
  entry.kind = kind;
  entry.label = freeLabel(label);
  entry.help = help;
  entries_.push_back(std::move(entry));
  return entries_.back();
}

QString CompareSession::freeLabel(const QString& label) const {
  auto free = label;
  for (int i = 2; std::any_of(entries_.begin(), entries_.end(), [&](const auto& e) { return e.label == free; }); ++i)
    free = QStringLiteral("%1 (%2)").arg(label).arg(i);
  return free;
}

int CompareSession::freeColour() const {
  int free = 0;
  while (std::any_of(entries_.begin(), entries_.end(), [free](const auto& e) { return e.colour == free; })) ++free;
  return free;
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
    auto& mean = append(Kind::Mean, meanLabel(added),
                        tr("What the seeds agree on was measured or is known of all photos; the rest is made up."));
    mean.group = group;
  }
  if (!impossible.isEmpty()) emit failed(impossible.join(QLatin1Char('\n')));
  if (added == 0) return;
  emit listChanged();
  refresh();  // their requests with the steps of all
}

void CompareSession::addPast(const PastRun& run) {
  auto& entry = append(Kind::Past, run.name, {});
  entry.past_id = run.id;
  entry.request = run.request;
  entry.evolution = run.steps;
  entry.state = State::Done;
  const bool same = fingerprint(run.request, Of::Measurement) == fingerprint(base(), Of::Measurement);
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
  if (entry.kind == Kind::Run) regroup(entry.group);
  emit listChanged();
  if (running_) conclude();
  forecast();
}

void CompareSession::clear() {
  while (!entries_.empty()) remove(static_cast<int>(entries_.size()) - 1);
}

void CompareSession::setSteps(int steps) {
  if (std::exchange(steps_, steps) != steps) refresh();
}

void CompareSession::refresh() {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& entry = entries_[i];
    if (entry.kind == Kind::Run && isEnded(entry.state)) {
      try {
        const auto request = requestOf(entry);
        if (entry.state == State::New) entry.request = request;
        if (!entry.choice.possible) entry.problem.clear();
        entry.choice.possible = true;
      } catch (const std::exception& error) {
        entry.choice.possible = false;
        entry.problem = QString::fromUtf8(error.what());
      }
    }
    emit entryChanged(static_cast<int>(i));  // files and means may be of other settings now
  }
  showMeasurement();
  forecast();
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
  const bool bound_due = isReferenceFormer(ComparedRow::Kind::Bound);
  if (due.empty() && !areReferencesDue()) {
    return entries_.empty() ? tr("There is nothing to compare yet: add solvers, a sweep or seeds.")
                            : tr("Everything is done: add a run, or change the settings.");
  }
  seconds_done_ = seconds_foreseen_ = 0.0;
  QString problem;
  for (const int index : due) {
    const auto& entry = entries_.at(index);
    entry.kind == Kind::File ? judgeFile(entry.key) : submit(index);
    if (problem.isEmpty()) problem = entry.problem;
  }
  measurePlain();
  if (running_ || bound_due) measureBound();
  if (!running_) return problem;  // none can be carried out, or there are files and references alone
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
  if (running_) {  // what the run is compared with is of its settings
    measurePlain();
    measureBound();
  }
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

int CompareSession::meanOf(int group) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [group](const auto& entry) {
    return group != 0 && entry.kind == Kind::Mean && entry.group == group;
  });
  return found == entries_.end() ? -1 : static_cast<int>(found - entries_.begin());
}

void CompareSession::resetMean(int group) {
  const int index = meanOf(group);
  if (index < 0) return;
  auto& mean = entries_[index];
  mean.state = State::New;
  mean.result.reset();
  mean.spread = {};
  mean.spread_text.clear();
  mean.problem.clear();
  emit entryChanged(index);
}

void CompareSession::regroup(int group) {
  const int index = meanOf(group);
  if (index < 0) return;
  const auto seeds = std::count_if(entries_.begin(), entries_.end(), [group](const auto& entry) {
    return entry.kind == Kind::Run && entry.group == group;
  });
  if (seeds < 2) {
    entries_.erase(entries_.begin() + index);
    return;
  }
  entries_[index].label.clear();  // it may keep its own
  entries_[index].label = freeLabel(meanLabel(static_cast<int>(seeds)));
  resetMean(group);
  joinSeeds(group);
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
  if (group != 0) joinSeeds(group);
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
