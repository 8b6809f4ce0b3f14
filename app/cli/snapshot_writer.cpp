// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/snapshot_writer.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "core/api/files.h"
#include "core/experiment/run_store.h"
#include "core/types/error.h"

namespace p2l::cli {

namespace fs = std::filesystem;

SnapshotWriter::SnapshotWriter(std::string folder) : folder_(std::move(folder)) {
  makeFolder(folder_);
  checkWritable(pathOf(1));
  thread_ = std::thread([this] { work(); });
}

SnapshotWriter::~SnapshotWriter() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void SnapshotWriter::add(std::shared_ptr<const Snapshot> snapshot) {
  constexpr std::size_t kMostWaiting = 8;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return queue_.size() < kMostWaiting; });
  queue_.push_back(std::move(snapshot));
  changed_.notify_all();
}

void SnapshotWriter::finish() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
  require(error_.empty(), error_);
}

void SnapshotWriter::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const auto snapshot = queue_.front();
    queue_.pop_front();
    changed_.notify_all();
    if (!error_.empty()) continue;  // the first failure is told; the disk is probably full
    lock.unlock();
    std::string error;
    try {
      writePhoto(imageFromFrame(*snapshot->estimate), pathOf(snapshot->report.step), "");
    } catch (const std::exception& exception) {
      error = exception.what();
    }
    lock.lock();
    if (!error.empty()) error_ = error;
  }
}

std::string SnapshotWriter::pathOf(int step) const {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "step_%04d.png", step);
  return (fs::path(folder_) / name.data()).string();
}

}  // namespace p2l::cli
