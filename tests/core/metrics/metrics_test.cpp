// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/metrics/psnr_ssim.h"
#include "core/types/error.h"
#include "tests/support/formula_picture.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

using test::formulaPicture;

Image readPng(const std::string& path) {
  cv::Mat pixels = cv::imread(path, cv::IMREAD_COLOR);
  EXPECT_FALSE(pixels.empty()) << path;
  cv::cvtColor(pixels, pixels, cv::COLOR_BGR2RGB);
  Frame frame;
  frame.width = pixels.cols;
  frame.height = pixels.rows;
  frame.bytes.assign(pixels.datastart, pixels.dataend);
  return imageFromFrame(frame);
}

// scikit-image 0.26: peak_signal_noise_ratio(a, b, data_range=1) and structural_similarity(a, b, channel_axis=0,
// gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1) of the formulas above in [0, 1],
// float64.
TEST(Metrics, EqualScikitImage) {
  struct Row {
    int height, width;
    double psnr, ssim;
  };
  for (const Row& row :
       {Row{24, 31, 18.185617781228185, 0.6552272726841628}, Row{11, 11, 18.176833785241563, 0.6935084160717118},
        Row{64, 48, 18.18416764241458, 0.6552275184126733}}) {
    const at::Tensor a = formulaPicture(row.height, row.width, false);
    const at::Tensor b = formulaPicture(row.height, row.width, true);
    EXPECT_NEAR(psnr(a, b), row.psnr, 1e-9);
    EXPECT_NEAR(ssim(a, b), row.ssim, 1e-9);
    EXPECT_NEAR(psnr(a.to(at::kFloat), b.to(at::kFloat)), row.psnr, 1e-5);
    EXPECT_NEAR(ssim(a.to(at::kFloat), b.to(at::kFloat)), row.ssim, 1e-5);
  }
}

TEST(Metrics, EqualScikitImageOnStoredPictures) {
  std::ifstream file(test::referencePath("metrics.json"));
  ASSERT_TRUE(file) << "tests/reference/metrics.json is missing";
  for (const auto& row : nlohmann::json::parse(file)) {
    const Image truth = readPng(test::referencePath(row.at("truth")));
    const Image restored = readPng(test::referencePath(row.at("restored")));
    EXPECT_NEAR(psnr(restored, truth), row.at("psnr").get<double>(), 1e-5);
    EXPECT_NEAR(ssim(restored, truth), row.at("ssim").get<double>(), 1e-5);
  }
}

TEST(Metrics, SamePictures) {
  const at::Tensor a = formulaPicture(20, 20, false);
  EXPECT_TRUE(std::isinf(psnr(a, a)));
  EXPECT_GT(psnr(a, a), 0.0);
  EXPECT_NEAR(ssim(a, a), 1.0, 1e-12);
}

TEST(Metrics, PicturesAreClippedFirst) {
  const at::Tensor white = at::ones({1, 3, 16, 16});
  EXPECT_TRUE(std::isinf(psnr(white, 3.0 * white)));
  EXPECT_NEAR(psnr(white, -5.0 * white), 0.0, 1e-12);  // mean square 1
  EXPECT_NEAR(ssim(white, 3.0 * white), 1.0, 1e-12);
}

TEST(Metrics, NoiseOfAKnownSize) {
  // A difference of 0.02 on [-1, 1] is 0.01 on [0, 1]: 40 dB.
  EXPECT_NEAR(psnr(at::zeros({1, 3, 8, 8}), at::full({1, 3, 8, 8}, 0.02)), 40.0, 1e-5);
}

TEST(Metrics, SsimNeedsElevenPixels) {
  EXPECT_TRUE(std::isnan(ssim(at::zeros({1, 3, 10, 40}), at::zeros({1, 3, 10, 40}))));
  EXPECT_TRUE(std::isnan(ssim(at::zeros({1, 3, 40, 10}), at::zeros({1, 3, 40, 10}))));
}

TEST(Metrics, SizesMustAgree) {
  EXPECT_THROW(psnr(at::zeros({1, 3, 8, 8}), at::zeros({1, 3, 8, 9})), Error);
  EXPECT_THROW(ssim(at::zeros({1, 3, 16, 16}), at::zeros({1, 3, 1, 16})), Error);
}

}  // namespace
}  // namespace p2l
