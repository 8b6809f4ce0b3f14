// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <c10/core/DeviceType.h>

namespace p2l {

/// While it lives, convolutions and matrix products on this thread are made in bf16 of rounded copies, with their sums
/// in float32; weights and their gradients stay in float32 (Micikevicius et al. 2018, "Mixed Precision Training").
class MixedPrecision {
 public:
  /// @param device whose operations it is about: the processor's, or CUDA's on a card
  explicit MixedPrecision(bool wanted, c10::DeviceType device = c10::DeviceType::CPU);
  ~MixedPrecision();
  MixedPrecision(const MixedPrecision&) = delete;
  MixedPrecision& operator=(const MixedPrecision&) = delete;

  /// Whether one lives on this thread that is wanted.
  static bool active();

 private:
  c10::DeviceType device_;
  bool enabled_before_, cached_before_;
};

}  // namespace p2l
