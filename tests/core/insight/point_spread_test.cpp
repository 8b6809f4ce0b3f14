// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/point_spread.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "core/types/error.h"

namespace p2l {
namespace {

RestoreRequest task(const std::string& id, const ParamValues& values = {}) {
  RestoreRequest request;
  request.degradation() = {id, values, {}, {}, false};
  return request;
}

TEST(PointSpread, IsTheGaussianOfOpenCv) {
  const auto picture = pointSpread(task("gaussian-blur", {{"sigma", 2.5}}));
  EXPECT_EQ(picture.width % 2, 1);
  const cv::Mat kernel = cv::getGaussianKernel(picture.width, 2.5, CV_64F);
  const double middle = kernel.at<double>(picture.width / 2);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x)
      EXPECT_NEAR(picture.at(x, y, 0), kernel.at<double>(x) * kernel.at<double>(y) / (middle * middle), 2e-3);
  }
}

TEST(PointSpread, ShowsAGivenKernelAsItIs) {
  Image kernel(5, 3, 1, 0.0f);
  kernel.at(0, 0, 0) = 0.25f;
  kernel.at(2, 1, 0) = 0.5f;
  const auto picture = pointSpread(task("motion-blur"), kernel);
  ASSERT_EQ(picture.width, 5);
  EXPECT_NEAR(picture.at(0, 1, 0), 0.5f, 1e-4f);
  EXPECT_NEAR(picture.at(2, 2, 0), 1.0f, 1e-4f);
}

TEST(PointSpread, AKernelOfAnEarlierFormatIsTurnedAsItsRunTurnsIt) {
  Image kernel(5, 3, 1, 0.0f);
  kernel.at(0, 0, 0) = 0.5f;
  kernel.at(2, 1, 0) = 0.25f;
  auto request = task("motion-blur");
  request.degradation().kernel = "kernel.png";
  request.degradation().kernel_turned = true;
  const auto picture = pointSpread(request, kernel);
  ASSERT_EQ(picture.width, 5);
  EXPECT_NEAR(picture.at(4, 3, 0), 1.0f, 1e-4f);
  EXPECT_NEAR(picture.at(2, 2, 0), 0.5f, 1e-4f);
  EXPECT_NEAR(picture.at(0, 1, 0), 0.0f, 1e-4f);
}

TEST(PointSpread, AStraightMovementIsALine) {
  const auto picture = pointSpread(task("straight-motion-blur", {{"length", 20.0}, {"angle", 0.0}}));
  EXPECT_NEAR(picture.width, 23, 2);
  EXPECT_NEAR(picture.at(picture.width / 2 - 8, picture.height / 2, 0), 1.0f, 1e-4f);
  EXPECT_NEAR(picture.at(picture.width / 2, picture.height / 2 - 3, 0), 0.0f, 1e-4f);
}

TEST(PointSpread, OtherTasksHaveNone) {
  for (const char* id : {"sr", "inpaint", "jpeg"}) EXPECT_THROW(pointSpread(task(id)), Error) << id;
}

}  // namespace
}  // namespace p2l
