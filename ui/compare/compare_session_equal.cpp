// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of a comparison that are made with the same request: one is made, and the others take its result.
#include <map>
#include <set>
#include <utility>

#include "ui/compare/compare_session.h"

namespace p2l::ui {

QString CompareSession::printOf(const CompareEntry& entry) const {
  try {
    return entry.kind == Kind::Run ? fingerprint(requestOf(entry)) : QString();
  } catch (const std::exception&) {
    return {};  // with the present settings it cannot be made
  }
}

bool CompareSession::isMade(const CompareEntry& entry) const {
  return entry.kind == Kind::Run && entry.state == State::Done && entry.result && prints_.contains(entry.key);
}

std::vector<int> CompareSession::runsToMake() const {
  std::set<QString> known;
  for (const auto& entry : entries_) {
    if (isMade(entry)) known.insert(prints_.at(entry.key));
  }
  std::vector<int> runs;
  for (int i = 0; i < static_cast<int>(entries_.size()); ++i) {
    if (entries_[i].kind != Kind::Run || !isDue(i)) continue;
    const auto print = printOf(entries_[i]);
    if (print.isEmpty() || known.insert(print).second) runs.push_back(i);
  }
  return runs;
}

int CompareSession::sameAs(const CompareChoice& choice) const {
  try {
    const auto wanted = fingerprint(requestOf(choice));
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].choice.possible && printOf(entries_[i]) == wanted) return static_cast<int>(i);
    }
  } catch (const std::exception&) {
    // With the present settings it cannot be made.
  }
  return -1;
}

void CompareSession::markEqual() {
  std::map<QString, quint64> firsts;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    auto& entry = entries_[i];
    quint64 same = 0;
    if (const auto print = printOf(entry); !print.isEmpty()) {
      const auto [first, is_new] = firsts.try_emplace(print, entry.key);
      if (!is_new) same = first->second;
    }
    if (std::exchange(entry.same_as, same) != same) emit entryChanged(static_cast<int>(i));
  }
}

void CompareSession::makeOrTake(int index, const Given& given, bool anew) {
  auto& entry = entries_.at(index);
  const auto& print = prints_.at(entry.key);
  const CompareEntry* made = nullptr;
  for (const auto& other : entries_) {
    const auto found = prints_.find(other.key);
    if (&other == &entry || other.kind != Kind::Run || found == prints_.end() || found->second != print) continue;
    if (other.isAtWork() && !waitsForEqual(other)) {
      if (!held_.try_emplace(entry.key, given).second) return;  // it waits already
      entry.run_id = runs_->newId();                            // what an earlier session has of it comes too late
      begun_.erase(entry.key);
      emit entryChanged(index);
      return;
    }
    if (!anew && isMade(other)) made = &other;
  }
  held_.erase(entry.key);
  made != nullptr ? take(index, *made) : begin(index, given);
}

void CompareSession::take(int index, const CompareEntry& other) {
  auto& entry = entries_.at(index);
  formers_.erase(entry.key);
  entry.run_id = runs_->newId();
  entry.state = other.state;
  entry.result = other.result;
  entry.last = other.last;
  entry.steps = other.steps;
  entry.spent = other.spent;
  entry.evolution = other.evolution;
  entry.past_id = other.past_id;
  const int group = entry.group;
  emit listChanged();  // its curve is there
  emit entryChanged(index);
  if (group != 0) joinSeeds(group);
}

void CompareSession::proceed() {
  for (int i = 0; i < static_cast<int>(entries_.size()); ++i) {
    if (!waitsForEqual(entries_[i])) continue;
    const auto given = held_.at(entries_[i].key);
    makeOrTake(i, given);
  }
}

}  // namespace p2l::ui
