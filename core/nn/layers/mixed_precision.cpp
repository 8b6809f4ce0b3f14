// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layers/mixed_precision.h"

#include <ATen/autocast_mode.h>

namespace p2l {

MixedPrecision::MixedPrecision(bool wanted)
    : enabled_before_(at::autocast::is_autocast_enabled(at::kCPU)),
      cached_before_(at::autocast::is_autocast_cache_enabled()) {
  if (!wanted) return;
  at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
  // A copy of a weight that is first made without gradients would be taken for the ones with.
  at::autocast::set_autocast_cache_enabled(false);
  at::autocast::set_autocast_enabled(at::kCPU, true);
}

MixedPrecision::~MixedPrecision() {
  at::autocast::set_autocast_enabled(at::kCPU, enabled_before_);
  at::autocast::set_autocast_cache_enabled(cached_before_);
}

bool MixedPrecision::active() {
  return at::autocast::is_autocast_enabled(at::kCPU);
}

}  // namespace p2l
