// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryFile>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "core/request/report.h"

namespace p2l::ui {

/// The pictures of one run by step, within a budget of bytes. When it is exceeded, the evolution is thinned out
/// evenly: the picture whose neighbours lie closest together goes first; the first one goes late and the last never.
class SnapshotHistory {
 public:
  static constexpr std::size_t kDefaultBudget = std::size_t{512} << 20;

  explicit SnapshotHistory(std::size_t budget_bytes = kDefaultBudget) : budget_(budget_bytes) {}

  /// Forgets everything and takes pictures of this run only.
  void begin(std::uint64_t run_id);
  /// @return false, and nothing is kept, for null and for pictures of another run.
  bool add(std::shared_ptr<const Snapshot> snapshot);
  void clear();

  /// The picture of the step closest to `step` (of two equally close ones the earlier); null when there is none.
  std::shared_ptr<const Snapshot> nearest(int step) const;
  /// The picture of exactly this step, or null.
  std::shared_ptr<const Snapshot> at(int step) const;
  std::shared_ptr<const Snapshot> last() const;

  std::uint64_t runId() const { return run_id_; }
  std::size_t count() const { return snapshots_.size(); }
  std::size_t bytes() const { return bytes_; }
  std::size_t budget() const { return budget_; }
  void setBudget(std::size_t bytes);
  const std::map<int, std::shared_ptr<const Snapshot>>& all() const { return snapshots_; }

 private:
  void thinOut();
  void erase(std::map<int, std::shared_ptr<const Snapshot>>::iterator entry);

  std::size_t budget_;
  std::size_t bytes_ = 0;
  std::uint64_t run_id_ = 0;
  std::map<int, std::shared_ptr<const Snapshot>> snapshots_;
};

/// z_t of the steps of one run: in memory within a budget, and what came first beyond it in a temporary file within
/// another. What fits into neither is left out. The run's thread adds and the worker's reads; thread-safe.
class LatentStore {
 public:
  static constexpr std::size_t kMemory = std::size_t{512} << 20;
  static constexpr std::size_t kDisk = std::size_t{2} << 30;

  explicit LatentStore(std::size_t memory = kMemory, std::size_t disk = kDisk) : memory_(memory), disk_(disk) {}

  void add(std::shared_ptr<const Latent> latent);
  bool contains(int step) const;
  /// Null where that step was left out, or the disk does not give it back.
  std::shared_ptr<const Latent> at(int step) const;

  /// Steps that are there, spread evenly and with the last one, whose latents take at most so many bytes.
  std::vector<int> stepsWithin(std::size_t bytes) const;

  std::size_t bytesInMemory() const;
  std::size_t bytesOnDisk() const;

 private:
  struct Entry {
    std::shared_ptr<const Latent> latent;  ///< without its numbers where those are on the disk
    qint64 offset = -1;                    ///< in the file; -1: in memory
  };
  void makeRoom(std::size_t bytes);
  bool moveToDisk(Entry& entry);

  const std::size_t memory_, disk_;
  mutable std::mutex mutex_;
  mutable QTemporaryFile file_;
  std::map<int, Entry> entries_;
  std::size_t in_memory_ = 0, on_disk_ = 0;
};

}  // namespace p2l::ui
