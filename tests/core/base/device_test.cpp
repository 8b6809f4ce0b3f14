// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/device.h"

#include <c10/core/CachingDeviceAllocator.h>
#include <gtest/gtest.h>

#include <cmath>

namespace p2l {
namespace {

constexpr int kMiB = 1024 * 1024;

/// Counts as a card's allocator does and gives no memory.
class CountingAllocator : public c10::DeviceAllocator {
 public:
  bool used = false;

  c10::DataPtr allocate(std::size_t) override { return {}; }
  void copy_data(void*, const void*, std::size_t) const override {}
  bool initialized() override { return used; }
  void emptyCache(c10::MempoolId_t = {0, 0}) override {}
  void recordStream(const c10::DataPtr&, c10::Stream) override {}
  c10::CachingDeviceAllocator::DeviceStats getDeviceStats(c10::DeviceIndex device) override {
    using c10::CachingAllocator::StatType;
    c10::CachingDeviceAllocator::DeviceStats stats;
    stats.reserved_bytes[static_cast<std::size_t>(StatType::AGGREGATE)].increase(64 * kMiB);
    auto& tensors = stats.allocated_bytes;
    tensors[static_cast<std::size_t>(StatType::LARGE_POOL)].increase(32 * kMiB);
    tensors[static_cast<std::size_t>(StatType::AGGREGATE)].increase((device + 1) * 3 * kMiB);
    tensors[static_cast<std::size_t>(StatType::AGGREGATE)].decrease(kMiB);
    return stats;
  }
  void resetAccumulatedStats(c10::DeviceIndex) override {}
  void resetPeakStats(c10::DeviceIndex) override {}
};

TEST(Device, TheProcessorHasNoMemoryOfACard) {
  EXPECT_TRUE(std::isnan(peakDeviceMemoryMb(at::kCPU)));
}

TEST(Device, PeakMemoryIsWhatTensorsTookAtMost) {
  // LibTorch keeps allocators for good; no test uses this kind of device.
  static CountingAllocator allocator;
  c10::SetAllocator(c10::DeviceType::PrivateUse1, &allocator);
  EXPECT_TRUE(std::isnan(peakDeviceMemoryMb(at::Device(c10::DeviceType::PrivateUse1, 0))));
  allocator.used = true;
  EXPECT_DOUBLE_EQ(peakDeviceMemoryMb(at::Device(c10::DeviceType::PrivateUse1, 0)), 3.0);
  EXPECT_DOUBLE_EQ(peakDeviceMemoryMb(at::Device(c10::DeviceType::PrivateUse1, 1)), 6.0);
}

}  // namespace
}  // namespace p2l
