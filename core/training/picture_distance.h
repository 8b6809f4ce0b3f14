// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

namespace p2l {

/// Mean |a - b| plus gradient_weight times the mean of the same of differences from pixel to pixel, in float32.
inline at::Tensor pictureDistance(const at::Tensor& a, const at::Tensor& b, double gradient_weight) {
  const auto difference = a.to(at::kFloat) - b;
  auto along = [&](int side) { return difference.diff(1, side).abs().mean(); };
  return difference.abs().mean() + gradient_weight * 0.5 * (along(2) + along(3));
}

}  // namespace p2l
