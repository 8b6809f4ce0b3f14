// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "core/request/report.h"

namespace p2l::cli {

/// Writes the pictures of a run as step_0001.png, ... into a folder, on a thread of its own: the run goes on meanwhile.
class SnapshotWriter {
 public:
  /// What its files' names match.
  static constexpr const char* kNames = "step_*.png";

  /// Makes the folder. @throws Error when it cannot be written to
  explicit SnapshotWriter(std::string folder);
  ~SnapshotWriter();
  SnapshotWriter(const SnapshotWriter&) = delete;
  SnapshotWriter& operator=(const SnapshotWriter&) = delete;

  /// Waits while too many pictures are still to be written.
  void add(std::shared_ptr<const Snapshot> snapshot);
  /// Waits for the last picture. @throws Error when one could not be written
  void finish();

 private:
  void work();
  std::string pathOf(int step) const;

  std::string folder_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<const Snapshot>> queue_;
  bool ending_ = false;
  std::string error_;
  std::thread thread_;
};

}  // namespace p2l::cli
