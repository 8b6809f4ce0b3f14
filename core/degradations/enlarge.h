// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/ops/upsample_bicubic2d.h>

#include <cstdint>

namespace p2l {

/// The plain picture of a measurement that is `factor` times too small, [B, 3, height, width] in [-1, 1]: bicubic. The
/// scale is given rather than taken from the sizes, so that a pixel of y stays over its window also where the border
/// cuts the last one off.
inline at::Tensor enlargedBicubic(const at::Tensor& y, std::int64_t height, std::int64_t width, std::int64_t factor) {
  const auto scale = static_cast<double>(factor);
  return at::upsample_bicubic2d(y, {height, width}, /*align_corners=*/false, scale, scale).clamp(-1.0, 1.0);
}

}  // namespace p2l
