// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/colour_correction.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "core/base/random.h"
#include "tests/support/degradation_support.h"
#include "tests/support/formula_picture.h"

namespace p2l {
namespace {

using test::makeDegradation;

/// The low-pass by OpenCV, of a task without a mask.
double largestByOpenCv(const at::Tensor& residual, double sigma) {
  double largest = 0.0;
  for (int channel = 0; channel < 3; ++channel) {
    const auto plane = residual[0][channel].contiguous();
    const cv::Mat r(static_cast<int>(plane.size(0)), static_cast<int>(plane.size(1)), CV_64F, plane.data_ptr<double>());
    cv::Mat smooth;
    cv::GaussianBlur(r, smooth, {}, sigma, sigma, cv::BORDER_REFLECT_101);
    largest = std::max(largest, cv::norm(smooth, cv::NORM_INF));
  }
  return largest;
}

class KeptColours : public testing::TestWithParam<const char*> {};

// A colour cast and a slope across the picture are taken back in every task; what is finer stays.
TEST_P(KeptColours, LowPassOfTheResidualIsBelowHalfAStep) {
  const auto A = makeDegradation(GetParam(), 96, 128);
  const at::Tensor truth = 0.7 * test::formulaPicture(96, 128, false).to(at::kDouble);
  const at::Tensor y = A->A(truth);
  const at::Tensor cast = at::tensor({0.08, -0.05, 0.03}, at::kDouble).view({1, 3, 1, 1});
  const at::Tensor slope = at::linspace(-0.1, 0.1, 128, at::kDouble).view({1, 1, 1, 128});
  const at::Tensor detail = 0.05 * test::randomDouble({1, 3, 96, 128}, 3);
  const at::Tensor x = (truth + cast + slope + detail).clamp(-1.0, 1.0);
  EXPECT_GT(colourDifference(*A, y, x, 0.01), 0.05);
  const at::Tensor corrected = withColoursOf(*A, y, x, 0.01);
  EXPECT_LT(colourDifference(*A, y, corrected, 0.01), kColourTolerance);
  if (!A->mask().defined()) {
    EXPECT_LT(largestByOpenCv(y - A->A(corrected), 4.0), kColourTolerance);
  }
  // What was added is smooth: neighbours change alike.
  const at::Tensor added = corrected - x;
  EXPECT_LT((added.narrow(3, 1, 127) - added.narrow(3, 0, 127)).abs().max().item<double>(), 0.06);
  EXPECT_LT((corrected - truth).narrow(3, 16, 96).narrow(2, 16, 64).mean({0, 2, 3}).abs().max().item<double>(), 0.01);
}

INSTANTIATE_TEST_SUITE_P(Tasks, KeptColours,
                         testing::Values("sr", "area-sr", "bicubic-sr", "gaussian-blur", "straight-motion-blur",
                                         "inpaint", "denoise"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(KeptColours, MatchingColoursStayAsTheyAre) {
  const auto A = makeDegradation("sr", 64, 64);
  const at::Tensor x = 0.7 * test::formulaPicture(64, 64, false).to(at::kDouble);
  EXPECT_TRUE(at::equal(withColoursOf(*A, A->A(x), x, 0.01), x));
}

TEST(KeptColours, StrongNoiseIsNotBroughtIn) {
  const auto A = makeDegradation("denoise", 96, 96);
  const at::Tensor x = 0.6 * test::formulaPicture(96, 96, false).to(at::kDouble);
  const at::Tensor y = x + 0.1 * test::randomDouble({1, 3, 96, 96}, 4);
  EXPECT_LT((withColoursOf(*A, y, x, 0.1) - x).abs().max().item<double>(), 0.012);
}

}  // namespace
}  // namespace p2l
