// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/snapshot_history.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "core/archive/step_pictures.h"

namespace p2l::ui {

namespace {

std::size_t bytesOf(const Snapshot& snapshot) {
  std::size_t bytes = sizeof(Snapshot);
  for (const auto* frame : {snapshot.estimate.get(), snapshot.noisy.get(), snapshot.projected.get(),
                            snapshot.reencoded.get(), snapshot.gradient.get()}) {
    if (frame != nullptr) bytes += sizeof(Frame) + frame->bytes.size();
  }
  return bytes;
}

std::size_t bytesOf(const Latent& latent) {
  return latent.halves.size() * sizeof(std::uint16_t);
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

void LatentStore::add(std::shared_ptr<const Latent> latent) {
  const std::lock_guard lock(mutex_);
  const auto bytes = bytesOf(*latent);
  if (entries_.contains(latent->step)) return;
  makeRoom(bytes);
  Entry entry{std::move(latent), -1};
  if (in_memory_ + bytes <= memory_) {
    in_memory_ += bytes;
  } else if (!moveToDisk(entry)) {
    return;
  }
  const int step = entry.latent->step;
  entries_.emplace(step, std::move(entry));
}

void LatentStore::makeRoom(std::size_t bytes) {
  for (auto entry = entries_.begin(); entry != entries_.end() && in_memory_ + bytes > memory_; ++entry) {
    if (entry->second.offset >= 0) continue;
    const auto freed = bytesOf(*entry->second.latent);
    if (!moveToDisk(entry->second)) return;
    in_memory_ -= freed;
  }
}

bool LatentStore::moveToDisk(Entry& entry) {
  const auto bytes = static_cast<qint64>(bytesOf(*entry.latent));
  if (on_disk_ + static_cast<std::size_t>(bytes) > disk_) return false;
  if (!file_.isOpen() && !file_.open()) return false;
  const auto offset = static_cast<qint64>(on_disk_);
  const auto* numbers = reinterpret_cast<const char*>(entry.latent->halves.data());
  if (!file_.seek(offset) || file_.write(numbers, bytes) != bytes) return false;
  auto rest = std::make_shared<Latent>(*entry.latent);
  rest->halves = std::vector<std::uint16_t>();  // an empty list in braces would keep the room
  entry = {std::move(rest), offset};
  on_disk_ += static_cast<std::size_t>(bytes);
  return true;
}

bool LatentStore::contains(int step) const {
  const std::lock_guard lock(mutex_);
  return entries_.contains(step);
}

std::shared_ptr<const Latent> LatentStore::at(int step) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(step);
  if (found == entries_.end()) return nullptr;
  const auto& [latent, offset] = found->second;
  if (offset < 0) return latent;
  auto whole = std::make_shared<Latent>(*latent);
  whole->halves.resize(static_cast<std::size_t>(latent->channels) * latent->height * latent->width);
  const auto bytes = static_cast<qint64>(bytesOf(*whole));
  if (!file_.seek(offset) || file_.read(reinterpret_cast<char*>(whole->halves.data()), bytes) != bytes) return nullptr;
  return whole;
}

std::vector<int> LatentStore::stepsWithin(std::size_t bytes) const {
  const std::lock_guard lock(mutex_);
  std::vector<int> all;
  std::size_t largest = 1;
  for (const auto& [step, entry] : entries_) {
    const auto& latent = *entry.latent;
    const auto numbers = static_cast<std::size_t>(latent.channels) * latent.height * latent.width;
    largest = std::max(largest, numbers * sizeof(std::uint16_t));
    all.push_back(step);
  }
  return spreadSteps(all, bytes / largest);
}

std::size_t LatentStore::bytesInMemory() const {
  const std::lock_guard lock(mutex_);
  return in_memory_;
}

std::size_t LatentStore::bytesOnDisk() const {
  const std::lock_guard lock(mutex_);
  return on_disk_;
}

}  // namespace p2l::ui
