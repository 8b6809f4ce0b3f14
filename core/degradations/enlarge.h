// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/ops/upsample_bicubic2d.h>

#include <cstdint>

namespace p2l {

/// The plain picture of a measurement that is too small, [B, 3, height, width] in [-1, 1]: bicubic. The factors are
/// given rather than taken from the sizes, so that a pixel of y stays over its window also where the border cuts the
/// last one off.
inline at::Tensor enlargedBicubic(const at::Tensor& y, std::int64_t height, std::int64_t width, double factor_height,
                                  double factor_width) {
  return at::upsample_bicubic2d(y, {height, width}, /*align_corners=*/false, factor_height, factor_width)
      .clamp(-1.0, 1.0);
}

}  // namespace p2l
