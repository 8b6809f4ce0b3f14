// SPDX-License-Identifier: GPL-3.0-or-later
//
// Super-resolution of pictures that were made smaller by area averaging, by any factor.
//
//   A x = R_h x R_w^T,   R_ij = length of the overlap of pixel [j, j+1] with window [i s', (i+1) s'] / s'
//
// n = round(N / s) windows cover the N pixels of a side, hence s' = N / n: y spans exactly what x spans.
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>

#include "core/degradations/separable_reduction.h"

namespace p2l {
namespace {

/// R of a side of `size` pixels, [n, size], float64.
at::Tensor averaging(std::int64_t size, double s) {
  const auto count = std::max<std::int64_t>(1, std::llround(static_cast<double>(size) / s));
  const double window = static_cast<double>(size) / static_cast<double>(count);
  at::Tensor R = at::zeros({count, size}, at::kDouble);
  auto weights = R.accessor<double, 2>();
  for (std::int64_t i = 0; i < count; ++i) {
    const double begin = static_cast<double>(i) * window;
    const double end = i + 1 == count ? static_cast<double>(size) : static_cast<double>(i + 1) * window;
    for (auto j = static_cast<std::int64_t>(begin); j < size && static_cast<double>(j) < end; ++j) {
      const double overlap = std::min(end, static_cast<double>(j + 1)) - std::max(begin, static_cast<double>(j));
      weights[i][j] = std::max(0.0, overlap) / window;
    }
  }
  return R;
}

}  // namespace

DegradationEntry area_super_resolution() {
  DegradationEntry entry;
  entry.info.id = "area-sr";
  entry.info.label = "Super-resolution, any factor";
  entry.info.help =
      "The picture is too small: y is x averaged over windows of s x s pixels, which may share pixels, "
      "(A x)_j = sum over pixels of their share of window j.";
  entry.info.reference = "Area resampling, as OpenCV's INTER_AREA has it";
  entry.info.scale_key = "factor";
  entry.info.parameters = {
      realParam("factor", "s", "Factor", 1.25, 16.0, 2.0,
                "Side s of the windows: y has round(H/s) x round(W/s) pixels. Larger keeps less of the picture and "
                "leaves more to the model.",
                ParamScale::Logarithmic),
  };
  entry.info.parameters.front().step = 0.5;
  entry.make = [](const DegradationContext& context) {
    const double s = numberOf(context.values, "factor");
    auto R_h = averaging(context.height, s), R_w = averaging(context.width, s);
    const auto factor = [](const at::Tensor& R) {
      return static_cast<double>(R.size(1)) / static_cast<double>(R.size(0));
    };
    const double along_height = factor(R_h), along_width = factor(R_w);
    return makeSeparableReduction(std::move(R_h), std::move(R_w), along_height, along_width);
  };
  return entry;
}

}  // namespace p2l
