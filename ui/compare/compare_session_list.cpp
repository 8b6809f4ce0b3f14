// SPDX-License-Identifier: GPL-3.0-or-later
// What is compared: how it comes and goes, and the means of seeds that go with their runs.
#include <QPointer>
#include <QUndoStack>
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "ui/base/run_keeper.h"
#include "ui/compare/compare_session.h"
#include "ui/curves/curves_style.h"
#include "ui/document/run_model.h"

namespace p2l::ui {

/// A change of the list. It has the list of the other side, with what the entries were when they left; where the steps
/// of all came with the list, also those.
class CompareListCommand : public QUndoCommand {
 public:
  CompareListCommand(CompareSession* session, const QString& text, std::vector<CompareSession::Kept> before,
                     std::optional<int> steps)
      : QUndoCommand(text), session_(session), other_(std::move(before)), steps_(steps) {}

  void undo() override { change(); }
  void redo() override {
    if (!std::exchange(first_, false)) change();  // at first it has happened
  }

 private:
  void change() {
    if (!session_) return;
    auto now = session_->keptList();
    if (steps_) std::swap(*steps_, session_->steps_);
    session_->setList(other_);
    if (steps_) session_->refresh();
    other_ = std::move(now);
  }

  QPointer<CompareSession> session_;
  std::vector<CompareSession::Kept> other_;
  std::optional<int> steps_;
  bool first_ = true;
};

bool CompareSession::isListChange(const QUndoCommand& command) {
  if (dynamic_cast<const CompareListCommand*>(&command) != nullptr) return true;
  for (int i = 0; i < command.childCount(); ++i) {
    if (isListChange(*command.child(i))) return true;
  }
  return false;
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
  std::array<int, kRunColours> chips{};
  for (const auto& entry : entries_) ++chips[static_cast<std::size_t>(entry.colour) % kRunColours];
  int free = static_cast<int>(std::min_element(chips.begin(), chips.end()) - chips.begin());
  const auto taken = [&](const auto& entry) { return entry.colour == free; };
  while (std::any_of(entries_.begin(), entries_.end(), taken))
    free += static_cast<int>(kRunColours);  // with another dash pattern
  return free;
}

void CompareSession::add(const std::vector<CompareChoice>& choices, bool seeds) {
  auto before = keptList();
  QStringList impossible, labels;
  const int group = seeds ? ++newest_group_ : 0;
  int added = 0;
  for (const auto& choice : choices) {
    if (!choice.possible) {
      impossible << tr("%1: %2").arg(choice.shown(choice.label), choice.shown(choice.help));
      continue;
    }
    auto& entry = append(Kind::Run, choice.label, choice.help);
    entry.choice = choice;
    entry.request = choice.request;
    entry.group = group;
    labels << entry.shownLabel();
    ++added;
  }
  if (seeds && added > 1) {
    auto& mean = append(Kind::Mean, meanLabel(added),
                        tr("What the seeds agree on was measured or is known of all photos; the rest is made up."));
    mean.group = group;
  }
  if (!impossible.isEmpty()) emit failed(impossible.join(QLatin1Char('\n')));
  if (added == 0) return;
  addUndo(
      added == 1 ? tr("add %1 to the comparison").arg(labels.first()) : tr("add runs to the comparison: %1").arg(added),
      std::move(before));
  emit listChanged();
  refresh();  // their requests with the steps of all
}

void CompareSession::addPast(const std::vector<PastRun>& runs) {
  if (runs.empty()) return;
  auto before = keptList();
  for (const auto& run : runs) {
    auto& entry = append(Kind::Past, run.name, {});
    entry.past_id = run.id;
    entry.request = run.request;
    entry.evolution = run.steps;
    entry.help = tr("Of the history.");
    if (!run.outcome.report.steps.empty()) {
      entry.last = run.outcome.report.steps.back();
      entry.steps = entry.last.steps;
    }
    fetchPast(entry.key, run);
  }
  addUndo(runs.size() == 1 ? tr("add %1 to the comparison").arg(entries_.back().shownLabel())
                           : tr("add runs to the comparison: %1").arg(runs.size()),
          std::move(before));
  emit listChanged();
  measurePlain();
}

void CompareSession::fetchSteps(quint64 key, const PastRun& run) {
  const bool there = entries_.at(indexOf(key)).evolution.count() > 0;
  if (there || document_->history() == nullptr || run.id.empty()) return;
  constexpr std::size_t kBudget = SnapshotHistory::kDefaultBudget / 8;  // there may be many runs
  const auto take = [this, key](const SnapshotHistory& steps) {
    const int own = indexOf(key);
    if (own < 0 || steps.count() == 0 || entries_[own].run_id != 0) return;  // it runs by now
    for (int i = 0; i < static_cast<int>(entries_.size()); ++i) {
      auto& entry = entries_[i];
      const bool taken = entry.result && entry.result == entries_[own].result;  // by an equal run
      if ((i != own && !taken) || entry.evolution.count() > 0) continue;
      entry.evolution = steps;
      emit entryChanged(i);
    }
  };
  document_->history()->fetchSteps(run, take, kBudget);
}

void CompareSession::fetchPast(quint64 key, const PastRun& run) {
  auto& entry = entries_.at(indexOf(key));
  entry.problem.clear();
  if (!run.photo_sha256.empty()) entry.photo_sha256 = run.photo_sha256;
  if (run.result) {
    takeResult(entry, run.result);
    entry.measured = measuredOf(run.request, run.pictures, run.photo_sha256);
    keepGiven(key, run.pictures, run.photo);
    return fetchSteps(key, run);
  }
  if (document_->history() == nullptr || run.id.empty()) {
    entry.state = State::Failed;
    entry.problem = tr("Its picture was discarded to save memory: run it again.");
    return;
  }
  entry.state = State::Waiting;
  document_->history()->fetch(run, [this, key](const PastRun& fetched, const QString& problem) {
    const int index = indexOf(key);
    if (index < 0) return;
    entries_[index].problem = problem;
    entries_[index].state = State::Failed;
    if (fetched.result) takeResult(entries_[index], fetched.result);
    entries_[index].measured = measuredOf(fetched.request, fetched.pictures, fetched.photo_sha256);
    keepGiven(key, fetched.pictures, fetched.photo);
    emit entryChanged(index);
  });
  fetchSteps(key, run);  // which take longer than the result
}

void CompareSession::addFiles(const QStringList& paths) {
  if (paths.isEmpty()) return;
  auto before = keptList();
  QList<quint64> keys;
  for (const auto& path : paths) {
    auto& entry = append(Kind::File, path.section(QLatin1Char('/'), -1), path);
    entry.path = path;
    entry.state = State::Waiting;
    keys << entry.key;
  }
  addUndo(paths.size() == 1 ? tr("add %1 to the comparison").arg(entries_.back().shownLabel())
                            : tr("add files to the comparison: %1").arg(paths.size()),
          std::move(before));
  emit listChanged();
  for (const auto key : keys) judgeFile(key);
  measurePlain();
}

void CompareSession::remove(int index) {
  auto before = keptList();
  auto after = before;
  after.erase(after.begin() + index);
  setList(after);
  addUndo(tr("take %1 out of the comparison").arg(before.at(index).entry.shownLabel()), before);
}

void CompareSession::clear() {
  if (entries_.empty()) return;
  auto before = keptList();
  setList({});
  addUndo(tr("clear the comparison"), std::move(before));
}

void CompareSession::addUndo(const QString& text, std::vector<Kept> before, std::optional<int> steps) {
  document_->undoStack()->push(new CompareListCommand(this, text, std::move(before), steps));
}

CompareSession::Kept CompareSession::keptOf(const CompareEntry& entry) const {
  const auto print = prints_.find(entry.key);
  const auto* given = givenOf(entry.key);
  return {entry, print == prints_.end() ? QString() : print->second, given ? *given : JobPictures()};
}

std::vector<CompareSession::Kept> CompareSession::keptList() const {
  std::vector<Kept> list;
  for (const auto& entry : entries_) list.push_back(keptOf(entry));
  return list;
}

bool CompareSession::restoreFormer(quint64 key) {
  const int index = indexOf(key);
  auto former = formers_.extract(key);
  if (index < 0 || former.empty()) return false;
  auto& [kept, print, given] = former.mapped();
  kept.seconds = entries_[index].seconds;
  kept.memory = entries_[index].memory;
  const int group = kept.group;
  entries_[index] = std::move(kept);
  prints_.erase(key);
  if (!print.isEmpty()) prints_[key] = print;
  if (given.photo) given_[key] = std::move(given);
  emit listChanged();  // its curve is there again
  emit entryChanged(index);
  if (group == 0) return true;
  const bool is_former = isFormer(index);
  bool alike = true;  // a mean is of the same settings
  for (int i = 0; i < static_cast<int>(entries_.size()); ++i) {
    const bool seed = entries_[i].kind == Kind::Run && entries_[i].group == group;
    alike = alike && (!seed || isFormer(i) == is_former);
  }
  if (alike) joinSeeds(group);
  return true;
}

void CompareSession::setList(const std::vector<Kept>& list) {
  std::vector<CompareEntry> entries;
  std::set<int> groups;
  QList<quint64> back;
  for (const auto& [kept, print, given] : list) {
    const int index = indexOf(kept.key);
    entries.push_back(index < 0 ? kept : entries_[index]);
    if (index >= 0) continue;
    back << kept.key;
    groups.insert(kept.group);
    if (!print.isEmpty()) prints_[kept.key] = print;
    if (given.photo) given_[kept.key] = given;
  }
  std::swap(entries, entries_);
  for (const auto& former : entries) {
    if (indexOf(former.key) >= 0) continue;
    if (former.isAtWork() && former.run_id != 0) runs_->cancel(former.run_id);
    if (!former.problem.isEmpty()) emit solved(tr("%1: %2").arg(former.shownLabel(), former.problem));
    prints_.erase(former.key);
    given_.erase(former.key);
    held_.erase(former.key);
    if (former.kind == Kind::Run) groups.insert(former.group);
  }
  for (const int group : groups) regroup(group);
  emit listChanged();
  markEqual();
  for (const auto key : back) wake(key);
  if (running_) conclude();
  back.isEmpty() ? forecast() : refresh();
}

void CompareSession::wake(quint64 key) {
  const int index = indexOf(key);
  if (index < 0 || !entries_[index].isAtWork()) return;
  auto& entry = entries_[index];
  if (entry.kind == Kind::File) return judgeFile(key);
  if (entry.kind == Kind::Run) {
    if (restoreFormer(key)) return;
    entry.state = entry.last.step > 0 ? State::Stopped : State::New;
  }
  if (entry.kind == Kind::Past) {
    const auto& past = document_->pastRuns();
    const int place = past.indexOf(entry.past_id);
    fetchPast(key, place < 0 ? PastRun() : past.all()[place]);
  }
  emit entryChanged(index);
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
  mean.spread_values.reset();
  mean.tenths.reset();
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
