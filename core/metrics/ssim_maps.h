// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace p2l {

/// Side of the Gaussian window (sigma 1.5) that SSIM looks through.
inline constexpr std::int64_t kSsimWindow = 11;

/// The structural similarity (Wang et al. 2004) at every place of the window that lies inside, and its contrast and
/// structure part alone, which MS-SSIM takes at all scales but the coarsest.
struct SsimMaps {
  at::Tensor ssim;                ///< [B, C, H - 10, W - 10]
  at::Tensor contrast_structure;  ///< the same
};

/// x, y: [B, C, H, W] in [0, 1], of one size, at least kSsimWindow a side. K1 = 0.01, K2 = 0.03.
SsimMaps ssimMaps(const at::Tensor& x, const at::Tensor& y);

/// [-1, 1] of any type and device -> [0, 1], clipped, in float64 (float32 on a device that has no float64).
at::Tensor clippedUnitRange(const at::Tensor& x, at::Device device = at::kCPU);

/// @throws Error unless they are batches of pictures of one size
void checkSameSize(const at::Tensor& a, const at::Tensor& b);

}  // namespace p2l
