// SPDX-License-Identifier: GPL-3.0-or-later
// The runs. How the list changes is in compare_session_list.cpp, what is measured beside it in
// compare_session_measure.cpp, what is due, and how long it takes, in compare_session_due.cpp, and which runs are equal
// in compare_session_equal.cpp.
#include "ui/compare/compare_session.h"

#include <algorithm>
#include <utility>

#include "ui/base/same_masks.h"
#include "ui/document/run_model.h"

namespace p2l::ui {
CompareSession::CompareSession(const Catalogue& catalogue, RunModel* document, QObject* parent)
    : QObject(parent),
      catalogue_(catalogue),
      document_(document),
      runs_(document->sideRuns()),
      masks_(new SameMasks(this)) {
  connect(masks_, &SameMasks::found, this, &CompareSession::masksFound);
  connect(document, &RunModel::beforeChanged, this, &CompareSession::showMeasurement);
  for (const auto signal : {&RunModel::networkTimesChanged, &RunModel::measuringTimesChanged})
    connect(document, signal, this, &CompareSession::forecast);
  connect(this, &CompareSession::listChanged, this, &CompareSession::keptChanged);
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

RestoreRequest CompareSession::requestOf(const CompareChoice& choice) const {
  auto request = choice.make(base());
  if (steps_ > 0) request.sampler_values["steps"] = static_cast<double>(steps_);
  return request;
}

void CompareSession::setSteps(int steps) {
  if (std::exchange(steps_, steps) == steps) return;
  refresh();
  emit keptChanged();
}

void CompareSession::nameBySettings(CompareEntry& entry) {
  if (!entry.choice.name) return;
  const auto name = entry.choice.name(base());
  if (std::exchange(entry.choice.label, name) == name) return;
  entry.label.clear();  // it may keep its own
  entry.label = freeLabel(name);
}

QString CompareSession::replacedSteps() const {
  constexpr qsizetype kMostNamed = 3;
  QStringList replaced;
  for (const auto& entry : entries_) {
    if (steps_ == 0 || entry.kind != Kind::Run) continue;
    try {
      const int own = integerOf(entry.choice.make(base()).sampler_values, "steps");
      if (own != steps_) replaced << QStringLiteral("%1 (%2)").arg(entry.shownLabel()).arg(own);
    } catch (const std::exception&) {
      // With the present settings it cannot be made.
    }
  }
  if (replaced.isEmpty()) return {};
  if (replaced.size() > kMostNamed) replaced = replaced.first(kMostNamed) << QStringLiteral("…");
  return tr("Steps = %1 in place of each run's own: %2")
      .arg(QString::number(steps_), replaced.join(QStringLiteral(", ")));
}

void CompareSession::refresh() {
  markEqual();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& entry = entries_[i];
    if (entry.kind == Kind::Run && !entry.isAtWork()) {
      try {
        const auto request = requestOf(entry);
        if (entry.state == State::New) {
          entry.request = request;
          nameBySettings(entry);
        }
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
  const bool bound_due = isBoundDue();
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

bool CompareSession::canRetry(int index) const {
  const auto& entry = entries_.at(index);
  if (entry.isAtWork()) return false;
  const bool lost = entry.kind == Kind::Past && entry.state == State::Failed && !entry.past_id.empty();
  return entry.kind == Kind::Run || entry.kind == Kind::File || lost;
}

QString CompareSession::retry(int index) {
  const auto& entry = entries_.at(index);
  if (!canRetry(index)) return {};
  const auto key = entry.key;
  if (entry.kind == Kind::File) judgeFile(key);
  if (entry.kind == Kind::Past) withPastRun(key, [this, key](const PastRun& run) { fetchPast(key, run); });
  if (entry.kind != Kind::Run) {
    emit entryChanged(index);
    return {};
  }
  if (!running_) {
    if (auto sentence = obstacle(); !sentence.isEmpty()) return sentence;
    seconds_done_ = seconds_foreseen_ = 0.0;
  }
  const bool begins = !running_;
  submit(index, /*anew=*/!isDue(index));
  if (running_ || entry.state == State::Done) {  // what the run is compared with is of its settings
    measurePlain();
    measureBound();
  }
  if (begins && running_) emit runningChanged(true);
  return entries_.at(index).state == State::Failed ? entries_.at(index).problem : QString();
}

void CompareSession::submit(int index, bool anew) {
  auto& entry = entries_.at(index);
  RestoreRequest base;
  const Given given{document_->pictures(base), document_->openedPhoto()};
  auto former = keptOf(entry);
  try {
    entry.request = requestOf(entry);
    nameBySettings(entry);
  } catch (const std::exception& error) {
    entry.state = State::Failed;
    entry.problem = QString::fromUtf8(error.what());
    emit entryChanged(index);
    return;
  }
  formers_.erase(entry.key);
  if (entry.result || entry.last.step > 0) formers_[entry.key] = std::move(former);
  prints_[entry.key] = fingerprint(entry.request);
  entry.measured = measuredOf(base, given.pictures, given.photo ? given.photo->sha256 : std::string());
  keepGiven(entry.key, given.pictures, given.photo);
  entry.state = State::Waiting;
  entry.problem.clear();
  entry.last = {};
  entry.spent = 0.0;
  entry.result.reset();
  entry.past_id.clear();
  entry.steps = integerOf(entry.request.sampler_values, "steps");
  entry.evolution.clear();
  resetMean(entry.group);
  makeOrTake(index, given, anew);
}

void CompareSession::begin(int index, const Given& given) {
  const auto key = entries_[index].key;
  if (!std::exchange(running_, true)) begun_.clear();
  begun_.insert(key);
  const auto id = runs_->add(entries_[index].request, given.pictures, listenerOf(key, given));
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

SideRuns::Listener CompareSession::listenerOf(quint64 key, const Given& given) {
  SideRuns::Listener listener;
  listener.started = [this, key](const RunStart& start) {
    const int index = indexOf(key);
    if (index < 0) return;
    formers_.erase(key);
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

CompareEntry::State CompareSession::stateOf(Outcome::Status status) {
  if (status == Outcome::Status::Completed) return State::Done;
  return status == Outcome::Status::Cancelled ? State::Stopped : State::Failed;
}

void CompareSession::takeResult(CompareEntry& entry, const ResultPtr& result) {
  const auto& outcome = result->outcome;
  entry.result = result;
  entry.state = stateOf(outcome.status);
  if (entry.state == State::Failed) entry.problem = QString::fromStdString(outcome.message);
}

void CompareSession::end(quint64 key, const ResultPtr& result, const QString& problem, const Given& given) {
  const int index = indexOf(key);
  if (index < 0) return;
  auto& entry = entries_[index];
  const auto status = result ? result->outcome.status : Outcome::Status::Failed;
  const bool pictured = result && !result->picture.isNull();
  if (status == Outcome::Status::Cancelled && !pictured && restoreFormer(key)) return conclude();
  formers_.erase(key);
  const bool expected = status == Outcome::Status::Completed || status == Outcome::Status::Cancelled;
  entry.problem = result && !expected ? QString::fromStdString(result->outcome.message) : problem;
  if (pictured) entry.result = result;
  entry.state = stateOf(status);
  if (entry.state == State::Done && entry.seconds > 0.0) {
    seconds_done_ += result->outcome.report.seconds;
    seconds_foreseen_ += entry.seconds;
  }
  if (entry.result) {
    document_->keepRun(tr("Compared: %1").arg(entry.label), entry.request, given.pictures, given.photo, entry.result,
                       entry.evolution);
    entry.past_id = document_->pastRuns().all().back().id;
    emit keptChanged();
  }
  if (!entry.problem.isEmpty()) emit failed(tr("%1: %2").arg(entry.shownLabel(), entry.problem));
  const int group = entry.group;
  emit entryChanged(index);
  if (group != 0) joinSeeds(group);
  conclude();
}

void CompareSession::conclude() {
  proceed();
  const bool left = std::any_of(entries_.begin(), entries_.end(),
                                [](const auto& entry) { return entry.kind == Kind::Run && entry.isAtWork(); });
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
    if (entry.isAtWork()) runs_->setPaused(entry.run_id, paused);
  }
}

void CompareSession::cancel(int index) {
  auto& entry = entries_.at(index);
  if (entry.kind != Kind::Run || !entry.isAtWork()) return;
  if (runs_->stop(entry.run_id)) return;  // its end is told
  held_.erase(entry.key);
  if (!restoreFormer(entry.key)) {
    entry.state = State::Stopped;
    emit entryChanged(index);
  }
  conclude();
}

void CompareSession::stop() {
  paused_ = false;
  for (int i = static_cast<int>(entries_.size()) - 1; i >= 0; --i) cancel(i);  // those that wait first
  if (bound_run_ != 0) bound_stopped_ = true;
  dropBound();
  if (isPlainAtWork()) {
    plain_stopped_ = true;
    plain_print_.clear();  // its answer is dropped
  }
  emit measuringChanged();
}

void CompareSession::dropBound() {
  if (bound_run_ == 0) return;
  runs_->cancel(std::exchange(bound_run_, 0));
  bound_print_.clear();
  emit keptChanged();
}

}  // namespace p2l::ui
