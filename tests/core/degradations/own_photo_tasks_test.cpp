// SPDX-License-Identifier: GPL-3.0-or-later
// The tasks of a photo of one's own against OpenCV and closed forms: noise, a straight movement, any factor.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "core/engine/measurement.h"
#include "tests/support/degradation_support.h"

namespace p2l {
namespace {

using test::makeDegradation;
using test::randomDouble;
using test::relativeError;

cv::Mat matrixOf(const at::Tensor& plane) {
  return cv::Mat(static_cast<int>(plane.size(0)), static_cast<int>(plane.size(1)), CV_64F, plane.data_ptr<double>());
}

at::Tensor tensorOf(const cv::Mat& matrix) {
  return at::from_blob(matrix.data, {matrix.rows, matrix.cols}, at::kDouble).clone();
}

constexpr int kSide = 81;

/// What the operator draws of one white point.
at::Tensor pointSpread(double length, double angle) {
  const auto A = makeDegradation("straight-motion-blur", kSide, kSide, {{"length", length}, {"angle", angle}});
  at::Tensor point = at::zeros({1, 3, kSide, kSide}, at::kDouble);
  point.select(2, kSide / 2).select(2, kSide / 2).fill_(1.0);
  return A->A(point)[0][0];
}

TEST(Denoising, IsTheIdentityWithItsClosedForm) {
  const auto A = makeDegradation("denoise", 9, 7);
  const at::Tensor x = randomDouble({1, 3, 9, 7}, 1), y = randomDouble({1, 3, 9, 7}, 2);
  EXPECT_TRUE(at::equal(A->A(x), x));
  EXPECT_TRUE(at::equal(A->pseudoInverse(y), y));
  // Gaussian noise and a Gaussian prior around x0: the mean of both, weighted by their precisions.
  EXPECT_LT(relativeError(A->proximalClosedForm(y, x, 0.25), (y + 0.25 * x) / 1.25), 1e-14);
}

TEST(StraightMotionBlur, IsTheMeanOfPicturesMovedByOpenCv) {
  for (const auto& [length, angle] : {std::pair{1.0, 0.0}, {7.3, 0.0}, {15.0, 90.0}, {12.5, 30.0}, {40.7, 123.4}}) {
    cv::Mat point = cv::Mat::zeros(kSide, kSide, CV_32F);
    point.at<float>(kSide / 2, kSide / 2) = 1.0f;
    cv::Mat mean = cv::Mat::zeros(kSide, kSide, CV_64F);
    constexpr int kMoves = 4000;
    for (int i = 0; i < kMoves; ++i) {
      const double t = ((i + 0.5) / kMoves - 0.5) * length, a = angle * std::numbers::pi / 180.0;
      cv::Mat moved;
      cv::getRectSubPix(
          point, {kSide, kSide},
          {static_cast<float>(kSide / 2 - t * std::cos(a)), static_cast<float>(kSide / 2 + t * std::sin(a))}, moved);
      moved.convertTo(moved, CV_64F);
      mean += moved / kMoves;
    }
    EXPECT_LT(relativeError(pointSpread(length, angle), tensorOf(mean)), 2e-3) << length << " px, " << angle;
  }
}

// A line of length L has variance L^2 / 12 along itself; linear interpolation adds its own, at most 1/4 a side.
TEST(StraightMotionBlur, HasTheLengthAndTheAngle) {
  for (const double length : {2.5, 10.0, 33.3}) {
    for (const double angle : {0.0, 17.0, 45.0, 90.0, 150.0}) {
      const at::Tensor kernel = pointSpread(length, angle);
      EXPECT_NEAR(kernel.sum().item<double>(), 1.0, 1e-12);
      const at::Tensor axis = at::arange(kSide, at::kDouble) - kSide / 2;
      const double a = angle * std::numbers::pi / 180.0;
      const at::Tensor along = axis.view({1, -1}) * std::cos(a) - axis.view({-1, 1}) * std::sin(a);
      const at::Tensor across = axis.view({1, -1}) * std::sin(a) + axis.view({-1, 1}) * std::cos(a);
      EXPECT_NEAR((kernel * along.square()).sum().item<double>(), length * length / 12.0, 0.25) << angle;
      EXPECT_LT((kernel * across.square()).sum().item<double>(), 0.25) << angle;
    }
  }
}

TEST(StraightMotionBlur, ChangesSmoothly) {
  for (const double angle : {0.0, 44.999, 89.999, 179.999}) {
    EXPECT_LT(relativeError(pointSpread(12.0, angle + 0.001), pointSpread(12.0, angle)), 1e-3) << angle;
  }
  EXPECT_LT(relativeError(pointSpread(12.001, 30.0), pointSpread(12.0, 30.0)), 1e-3);
  EXPECT_LT(relativeError(pointSpread(9.0, 180.0), pointSpread(9.0, 0.0)), 1e-9);
}

TEST(AreaSuperResolution, EqualsOpenCvAreaResampling) {
  for (const auto& [height, width, factor] :
       {std::tuple{48, 80, 2.0}, {48, 80, 1.25}, {37, 53, 1.7}, {50, 64, 3.3}, {64, 100, 16.0}}) {
    const at::Tensor x = randomDouble({1, 3, height, width}, 1);
    const at::Tensor y = makeDegradation("area-sr", height, width, {{"factor", factor}})->A(x);
    for (int channel = 0; channel < 3; ++channel) {
      cv::Mat expected;
      cv::resize(
          matrixOf(x[0][channel]), expected,
          cv::Size(static_cast<int>(std::lround(width / factor)), static_cast<int>(std::lround(height / factor))), 0, 0,
          cv::INTER_AREA);
      EXPECT_LT(relativeError(y[0][channel], tensorOf(expected)), 1e-5) << factor;  // its weights are floats
    }
  }
}

TEST(AreaSuperResolution, WholeFactorsAreSuperResolution) {
  const at::Tensor x = randomDouble({1, 3, 48, 80}, 1);
  EXPECT_LT(relativeError(makeDegradation("area-sr", 48, 80, {{"factor", 4.0}})->A(x),
                          makeDegradation("sr", 48, 80, {{"factor", 4.0}})->A(x)),
            1e-13);
}

// A measured photo keeps its size whatever the factor: the full picture is chosen so that A x is as large as the photo.
TEST(AreaSuperResolution, AMeasurementOfAnySizeFits) {
  RestoreRequest request;
  request.mode = Mode::Restore;
  request.degradation().id = "area-sr";
  for (const double factor : {1.25, 1.3, 1.5, 2.7, 3.99, 15.6}) {
    request.degradation().values["factor"] = factor;
    for (int side = 2; side < 60; ++side) {
      const auto full = pictureSide(request, side);
      const auto A = makeDegradation("area-sr", full, full, request.degradation().values);
      EXPECT_EQ(A->measurementShape()[1], side) << factor;
    }
  }
  request.degradations.push_back({"sr", {{"factor", 3.0}}, {}, {}, false});
  request.degradation().values["factor"] = 1.3;
  for (int side = 2; side < 60; ++side) {
    const auto full = pictureSide(request, side);
    const auto between = makeDegradation("area-sr", full, full, request.degradation().values)->measurementShape()[1];
    EXPECT_EQ(makeDegradation("sr", between, between, request.degradations[1].values)->measurementShape()[1], side);
  }
}

}  // namespace
}  // namespace p2l
