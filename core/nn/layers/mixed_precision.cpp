// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layers/mixed_precision.h"

#include <ATen/autocast_mode.h>

namespace p2l {

MixedPrecision::MixedPrecision(bool wanted, c10::DeviceType device)
    : device_(device),
      enabled_before_(at::autocast::is_autocast_enabled(device)),
      cached_before_(at::autocast::is_autocast_cache_enabled()) {
  if (!wanted) return;
  at::autocast::set_autocast_dtype(device, at::kBFloat16);
  // A copy of a weight that is first made without gradients would be taken for the ones with.
  at::autocast::set_autocast_cache_enabled(false);
  at::autocast::set_autocast_enabled(device, true);
}

MixedPrecision::~MixedPrecision() {
  at::autocast::set_autocast_enabled(device_, enabled_before_);
  at::autocast::set_autocast_cache_enabled(cached_before_);
}

bool MixedPrecision::active() {
  return at::autocast::is_autocast_enabled(at::kCPU) || at::autocast::is_autocast_enabled(at::kCUDA);
}

}  // namespace p2l
