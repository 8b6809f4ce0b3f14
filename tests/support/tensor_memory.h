// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>

namespace p2l::test {

/// Counts the bytes that tensors take on the CPU from its making on, in this thread and in the backward passes that it
/// starts. Exact and the same in every run, unlike the memory of the process.
class TensorMemory {
 public:
  TensorMemory() : count_(std::make_shared<Count>()), guard_(c10::DebugInfoKind::PROFILER_STATE, count_) {}

  /// Bytes taken and not given back; negative where older tensors have been freed.
  std::int64_t live() const { return count_->live; }
  /// The most that was live at a time.
  std::int64_t peak() const { return count_->peak; }

 private:
  struct Count : c10::MemoryReportingInfoBase {
    void reportMemoryUsage(void*, std::int64_t bytes, size_t, size_t, c10::Device) override {
      const auto now = live += bytes;
      auto highest = peak.load();
      while (now > highest && !peak.compare_exchange_weak(highest, now)) {
      }
    }
    bool memoryProfilingEnabled() const override { return true; }
    std::atomic<std::int64_t> live = 0, peak = 0;
  };

  std::shared_ptr<Count> count_;
  c10::DebugInfoGuard guard_;
};

}  // namespace p2l::test
