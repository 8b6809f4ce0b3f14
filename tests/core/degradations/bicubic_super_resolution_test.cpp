// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "tests/support/degradation_support.h"

namespace p2l {
namespace {

using test::makeDegradation;
using test::randomDouble;
using test::relativeError;

TEST(BicubicSuperResolution, EqualsPyTorchsAntialiasedInterpolation) {
  for (const auto& [height, width] : {std::pair{64, 64}, std::pair{37, 53}, std::pair{16, 100}}) {
    for (const int factor : {2, 3, 4, 8}) {
      const auto A = makeDegradation("bicubic-sr", height, width, {{"factor", double(factor)}});
      const at::Tensor x = randomDouble({1, 3, height, width}, 1);
      const auto shape = A->measurementShape();
      EXPECT_EQ(shape[1], (height + factor - 1) / factor);
      const at::Tensor expected =
          at::_upsample_bicubic2d_aa(x, {shape[1], shape[2]}, /*align_corners=*/false, 1.0 / factor, 1.0 / factor);
      EXPECT_LT(relativeError(A->A(x), expected), 1e-12) << height << " x " << width << " by " << factor;
    }
  }
}

// Bicubic kernels keep constants, and straight lines away from the border.
TEST(BicubicSuperResolution, KeepsConstantsAndRamps) {
  const auto A = makeDegradation("bicubic-sr", 64, 64);
  EXPECT_LT((A->A(at::full({1, 3, 64, 64}, 0.3, at::kDouble)) - 0.3).abs().max().item<double>(), 1e-14);
  const at::Tensor ramp = at::arange(64, at::kDouble).expand({1, 3, 64, 64});
  const at::Tensor y = A->A(ramp)[0][0][5];  // a pixel of y lies over 4 i + 1.5
  const at::Tensor middle = 4.0 * at::arange(16, at::kDouble) + 1.5;
  EXPECT_LT((y - middle).narrow(0, 2, 12).abs().max().item<double>(), 1e-12);
}

// Unlike the mean over windows, the kernel reaches into its neighbours: the two tasks must not be mixed up.
TEST(BicubicSuperResolution, IsNotAveragePooling) {
  const at::Tensor x = randomDouble({1, 3, 64, 64}, 1);
  EXPECT_GT(relativeError(makeDegradation("bicubic-sr", 64, 64)->A(x), makeDegradation("sr", 64, 64)->A(x)), 0.1);
}

}  // namespace
}  // namespace p2l
