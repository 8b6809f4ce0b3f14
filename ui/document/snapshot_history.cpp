// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/snapshot_history.h"

#include <iterator>
#include <limits>

namespace p2l::ui {

namespace {

std::size_t bytesOf(const Snapshot& snapshot) {
  std::size_t bytes = sizeof(Snapshot);
  if (snapshot.estimate) bytes += sizeof(Frame) + snapshot.estimate->bytes.size();
  if (snapshot.noisy) bytes += sizeof(Frame) + snapshot.noisy->bytes.size();
  return bytes;
}

}  // namespace

void SnapshotHistory::begin(std::uint64_t run_id) {
  clear();
  run_id_ = run_id;
}

void SnapshotHistory::clear() {
  snapshots_.clear();
  bytes_ = 0;
}

bool SnapshotHistory::add(std::shared_ptr<const Snapshot> snapshot) {
  if (!snapshot || snapshot->run_id != run_id_) return false;
  const int step = snapshot->report.step;
  if (const auto old = snapshots_.find(step); old != snapshots_.end()) erase(old);
  bytes_ += bytesOf(*snapshot);
  snapshots_.emplace(step, std::move(snapshot));
  thinOut();
  return true;
}

void SnapshotHistory::setBudget(std::size_t bytes) {
  budget_ = bytes;
  thinOut();
}

void SnapshotHistory::erase(std::map<int, std::shared_ptr<const Snapshot>>::iterator entry) {
  bytes_ -= bytesOf(*entry->second);
  snapshots_.erase(entry);
}

void SnapshotHistory::thinOut() {
  while (bytes_ > budget_ && snapshots_.size() > 1) {
    auto redundant = snapshots_.begin();  // with two left, the first goes
    int smallest_gap = std::numeric_limits<int>::max();
    if (snapshots_.size() > 2) {
      for (auto entry = std::next(snapshots_.begin()); std::next(entry) != snapshots_.end(); ++entry) {
        const int gap = std::next(entry)->first - std::prev(entry)->first;
        if (gap < smallest_gap) {
          smallest_gap = gap;
          redundant = entry;
        }
      }
    }
    erase(redundant);
  }
}

std::shared_ptr<const Snapshot> SnapshotHistory::nearest(int step) const {
  if (snapshots_.empty()) return nullptr;
  const auto after = snapshots_.lower_bound(step);
  if (after == snapshots_.end()) return snapshots_.rbegin()->second;
  if (after == snapshots_.begin()) return after->second;
  const auto before = std::prev(after);
  return step - before->first <= after->first - step ? before->second : after->second;
}

std::shared_ptr<const Snapshot> SnapshotHistory::at(int step) const {
  const auto entry = snapshots_.find(step);
  return entry == snapshots_.end() ? nullptr : entry->second;
}

std::shared_ptr<const Snapshot> SnapshotHistory::last() const {
  return snapshots_.empty() ? nullptr : snapshots_.rbegin()->second;
}

}  // namespace p2l::ui
