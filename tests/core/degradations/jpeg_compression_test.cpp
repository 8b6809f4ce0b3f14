// SPDX-License-Identifier: GPL-3.0-or-later
// JPEG against a real codec, and its gradient against what it does on average.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/types/error.h"
#include "tests/support/degradation_support.h"

namespace p2l {
namespace {

using test::makeDegradation;
using test::randomDouble;
using test::relativeError;

cv::Mat photo(int height, int width) {
  const cv::Mat whole = cv::imread(std::string(P2L_TEST_RESOURCES) + "/photos/skimage_astronaut.png");
  return whole(cv::Rect(60, 20, width, height)).clone();
}

/// BGR bytes -> RGB in [-1, 1], float64.
at::Tensor tensorOf(const cv::Mat& bgr) {
  cv::Mat rgb;
  cv::cvtColor(bgr, rgb, cv::COLOR_BGR2RGB);
  const auto bytes = at::from_blob(rgb.data, {1, rgb.rows, rgb.cols, 3}, at::kByte).to(at::kDouble);
  return (bytes / 127.5 - 1.0).permute({0, 3, 1, 2}).contiguous();
}

at::Tensor byCodec(const cv::Mat& picture, int quality) {
  std::vector<unsigned char> bytes;
  cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
  return tensorOf(cv::imdecode(bytes, cv::IMREAD_COLOR));
}

struct Case {
  int height, width, quality;
};

class JpegCodec : public testing::TestWithParam<Case> {};

TEST_P(JpegCodec, MeasuresWhatARealJpegHolds) {
  const auto [height, width, quality] = GetParam();
  const cv::Mat picture = photo(height, width);
  const at::Tensor x = tensorOf(picture), real = byCodec(picture, quality);
  const auto A = makeDegradation("jpeg", height, width, {{"quality", double(quality)}});
  const at::Tensor levels = 127.5 * (A->A(x) - real).abs();
  const double damage = (127.5 * (x - real)).square().mean().sqrt().item<double>();
  RecordProperty("mean_difference_in_levels", std::to_string(levels.mean().item<double>()));
  RecordProperty("equal_share", std::to_string((levels < 0.5).to(at::kDouble).mean().item<double>()));
  // The codec's transform is one of integers: a level here and there. Where that tips a coefficient over to the next
  // step of its table, a block differs by as much as a step.
  EXPECT_LT(levels.mean().item<double>(), 0.4);
  EXPECT_LT(levels.square().mean().sqrt().item<double>(), std::max(0.9, 0.1 * damage));
  EXPECT_GT((levels < 0.5).to(at::kDouble).mean().item<double>(), 0.7);
}

INSTANTIATE_TEST_SUITE_P(Qualities, JpegCodec,
                         testing::Values(Case{128, 160, 5}, Case{128, 160, 20}, Case{128, 160, 50}, Case{128, 160, 75},
                                         Case{128, 160, 95}, Case{128, 160, 100}, Case{101, 67, 20}, Case{33, 50, 90}),
                         [](const auto& info) {
                           return concat("q", info.param.quality, "_", info.param.height, "x", info.param.width);
                         });

TEST(Jpeg, LessQualityKeepsLess) {
  const at::Tensor x = tensorOf(photo(96, 96));
  double last = 1e9;
  for (const double quality : {1.0, 10.0, 40.0, 80.0, 95.0}) {
    const double error = (makeDegradation("jpeg", 96, 96, {{"quality", quality}})->A(x) - x).norm().item<double>();
    EXPECT_LT(error, last);
    last = error;
  }
}

// Rounding counts as the identity in the gradient: J is the linear map without it, which a long way over many steps of
// the tables shows as the mean slope. At quality 100, whose steps are one level, a way of 20 levels is long.
TEST(Jpeg, TheGradientIsThatOfTheMapWithoutRounding) {
  const auto A = makeDegradation("jpeg", 48, 48, {{"quality", 100.0}});
  const at::Tensor x = (0.3 * randomDouble({1, 3, 48, 48}, 1).clamp(-2, 2)).requires_grad_(true);
  const at::Tensor v = randomDouble({1, 3, 48, 48}, 2);
  const at::Tensor vjp = torch::autograd::grad({A->A(x)}, {x}, {v})[0];
  for (int i = 0; i < 3; ++i) {
    const at::Tensor d = 0.15 * randomDouble(x.sizes(), 3 + i).clamp(-1, 1);
    const at::Tensor slope = 0.5 * (A->A(x.detach() + d) - A->A(x.detach() - d));
    // Rounding leaves a uniform error of one level in each of 6912 values of the slope.
    const double error = 1.0 / 127.5 * v.norm().item<double>();
    EXPECT_NEAR((vjp * d).sum().item<double>(), (v * slope).sum().item<double>(), 2.0 * error);
    EXPECT_GT(std::abs((v * slope).sum().item<double>()), 0.0);
  }
}

// Outside the range there is no file: A x goes on as the identity, so that an estimate is drawn back the harder the
// farther it is, under a white sky too.
TEST(Jpeg, WhatLiesOutsideTheRangeCountsAsItIs) {
  const auto A = makeDegradation("jpeg", 16, 16, {{"quality", 90.0}});
  const auto flat = [](double level) { return at::full({1, 3, 16, 16}, level, at::kDouble); };
  for (const double edge : {-1.0, 1.0}) {
    const at::Tensor x = flat(1.5 * edge).requires_grad_(true), y = A->A(flat(edge));
    EXPECT_LT((y - flat(edge)).abs().max().item<double>(), 1e-12) << "white and black survive";
    const at::Tensor residual = A->A(x) - y;
    EXPECT_LT((residual - flat(0.5 * edge)).abs().max().item<double>(), 1e-12);
    const at::Tensor gradient = torch::autograd::grad({0.5 * residual.square().sum()}, {x})[0];
    EXPECT_LT((gradient - flat(0.5 * edge)).abs().max().item<double>(), 1e-12);
  }
  // A pixel alone that is too bright: its neighbours are as if it were white.
  at::Tensor bright = tensorOf(photo(16, 16));
  bright[0][0][3][5] = 1.0;
  at::Tensor brighter = bright.clone();
  brighter[0][0][3][5] = 4.0;
  at::Tensor difference = A->A(brighter) - A->A(bright);
  EXPECT_NEAR(difference[0][0][3][5].item<double>(), 3.0, 1e-12);
  difference[0][0][3][5] = 0.0;
  EXPECT_EQ(difference.abs().max().item<double>(), 0.0);
}

}  // namespace
}  // namespace p2l
