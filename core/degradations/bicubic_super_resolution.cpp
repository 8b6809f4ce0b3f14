// SPDX-License-Identifier: GPL-3.0-or-later
//
// Super-resolution of pictures that were made smaller by bicubic interpolation with antialiasing, as most super-
// resolution benchmarks have it (MATLAB's imresize, Pillow, PyTorch's interpolate(antialias=True)).
//
//   A x = R_h x R_w^T                 R_ij = k((j + 1/2 - c_i) / s) / sum_j k(...),  c_i = s (i + 1/2)
//   A^T v = R_h^T v R_w               k: Keys' cubic with a = -1/2, |argument| < 2
//
// At the border the weights that lie outside are left out and the others divided by their sum, as PyTorch and Pillow
// do; MATLAB mirrors the picture there.
#include <ATen/ops/zeros.h>

#include <cmath>

#include "core/degradations/separable_reduction.h"

namespace p2l {
namespace {

/// Keys, "Cubic convolution interpolation for digital image processing", 1981, Eq. 4 with a = -1/2.
double cubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1.0) return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
  if (x < 2.0) return ((x - 5.0) * x + 8.0) * x * a - 4.0 * a;
  return 0.0;
}

/// R for a side of `size` pixels, [ceil(size / s), size], float64.
at::Tensor reduction(std::int64_t size, std::int64_t s) {
  at::Tensor R = at::zeros({(size + s - 1) / s, size}, at::kDouble);
  auto weights = R.accessor<double, 2>();
  for (std::int64_t i = 0; i < R.size(0); ++i) {
    const double middle = static_cast<double>(s) * (static_cast<double>(i) + 0.5);
    for (std::int64_t j = 0; j < size; ++j) {
      weights[i][j] = cubic((static_cast<double>(j) + 0.5 - middle) / static_cast<double>(s));
    }
  }
  return R / R.sum(1, /*keepdim=*/true);
}

}  // namespace

DegradationEntry bicubic_super_resolution() {
  DegradationEntry entry;
  entry.info.id = "bicubic-sr";
  entry.info.label = "Super-resolution, bicubic";
  entry.info.help =
      "The picture is too small: it was reduced by bicubic interpolation with antialiasing, A x = R_h x R_w^T, where a "
      "row of R holds the cubic kernel (a = -1/2), s times as wide, over a pixel of y.";
  entry.info.reference = "Keys, IEEE Trans. ASSP 1981; the standard of super-resolution benchmarks";
  entry.info.scale_key = "factor";
  entry.info.parameters = {
      integerParam("factor", "s", "Factor", 2, 16, 4,
                   "y has ceil(H/s) x ceil(W/s) pixels. Larger keeps less of the picture and leaves more to the "
                   "model; benchmarks use 2 to 4."),
  };
  entry.make = [](const DegradationContext& context) {
    const int s = integerOf(context.values, "factor");
    return makeSeparableReduction(reduction(context.height, s), reduction(context.width, s), s, s);
  };
  return entry;
}

}  // namespace p2l
