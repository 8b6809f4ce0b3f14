// SPDX-License-Identifier: GPL-3.0-or-later
// What is compared: how it comes and goes, and the means of seeds that go with their runs.
#include <algorithm>
#include <utility>

#include "ui/base/run_keeper.h"
#include "ui/compare/compare_session.h"
#include "ui/document/run_model.h"

namespace p2l::ui {

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

void CompareSession::addFile(const QString& path) {
  auto& entry = append(Kind::File, path.section(QLatin1Char('/'), -1), path);
  entry.path = path;
  entry.state = State::Waiting;
  const auto key = entry.key;
  emit listChanged();
  judgeFile(key);
  measurePlain();
}

void CompareSession::remove(int index) {
  const auto entry = entries_.at(index);
  if (entry.isAtWork() && entry.run_id != 0) runs_->cancel(entry.run_id);
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

}  // namespace p2l::ui
