// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/noise_estimate.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <opencv2/imgproc.hpp>
#include <tuple>

#include "core/io/photo_file.h"
#include "core/types/error.h"

namespace p2l {
namespace {

cv::Mat matrixOf(Image& image) {
  return cv::Mat(image.height, image.width, CV_MAKETYPE(CV_32F, image.channels), image.pixels.data());
}

/// A shipped photo whose own noise is smoothed away, so that the noise that is added is all there is.
Image smooth(const std::string& name, double width = 1.0) {
  auto image = readPhoto(std::string(P2L_TEST_RESOURCES) + "/photos/" + name).image;
  auto pixels = matrixOf(image);
  cv::GaussianBlur(pixels, pixels, {}, width);
  return image;
}

/// `sigma` as in requests; rounded to 8 bit as files are.
Image noisy(Image image, double sigma, bool rounded = true) {
  auto pixels = matrixOf(image);
  cv::Mat noise(pixels.size(), pixels.type());
  cv::RNG(7).fill(noise, cv::RNG::NORMAL, 0.0, sigma / 2.0);
  pixels += noise;
  return rounded ? imageFromFrame(frameFromImage(image)) : image;
}

/// A quarter of a photo, 1 to 4; 0: all of it.
Image quarterOf(Image photo, int quarter) {
  if (quarter == 0) return photo;
  const cv::Rect part((quarter - 1) % 2 * (photo.width / 2), (quarter - 1) / 2 * (photo.height / 2), photo.width / 2,
                      photo.height / 2);
  Image cut(part.width, part.height, photo.channels);
  auto pixels = matrixOf(cut);
  matrixOf(photo)(part).copyTo(pixels);
  return cut;
}

using PhotoAndQuarter = std::tuple<const char*, int>;
class NoiseOfPhotos : public testing::TestWithParam<PhotoAndQuarter> {};

TEST_P(NoiseOfPhotos, IsFoundWithinAFifth) {
  const auto& [name, quarter] = GetParam();
  const auto photo = quarterOf(smooth(name), quarter);
  for (const double sigma : {0.005, 0.01, 0.03, 0.1, 0.2}) {
    EXPECT_NEAR(estimateNoise(noisy(photo, sigma)).sigma / sigma, 1.0, 0.2) << sigma;
    EXPECT_NEAR(estimateNoise(noisy(photo, sigma, false)).sigma / sigma, 1.0, 0.2) << sigma;
  }
}

// Thirty pictures: sky, faces, foliage, roofs and what is out of focus, whole and alone.
INSTANTIATE_TEST_SUITE_P(Shipped, NoiseOfPhotos,
                         testing::Combine(testing::Values("skimage_astronaut.png", "skimage_chelsea.png",
                                                          "skimage_coffee.png", "skimage_rocket.jpg",
                                                          "sklearn_china.jpg", "sklearn_flower.jpg"),
                                          testing::Range(0, 5)));

TEST(NoiseEstimate, IsOfEachChannel) {
  auto image = smooth("skimage_chelsea.png");
  auto pixels = matrixOf(image);
  cv::Mat noise(pixels.size(), pixels.type());
  cv::RNG(3).fill(noise, cv::RNG::NORMAL, cv::Scalar(), cv::Scalar(0.01, 0.02, 0.04));
  pixels += noise;
  const auto estimate = estimateNoise(image);
  ASSERT_EQ(estimate.channels.size(), 3u);
  for (int channel = 0; channel < 3; ++channel)
    EXPECT_NEAR(estimate.channels[channel] / (0.02 * (1 << channel)), 1.0, 0.1);
  EXPECT_NEAR(estimate.sigma, 2.0 * std::sqrt((0.0001 + 0.0004 + 0.0016) / 3.0), 0.005);
}

TEST(NoiseEstimate, TextureIsNotNoise) {
  // The plain median of the finest detail takes the texture of these photos for twice as much noise and more.
  for (const char* name : {"skimage_astronaut.png", "skimage_coffee.png"}) {
    EXPECT_LT(estimateNoise(smooth(name)).sigma, 0.004) << name;
  }
}

TEST(NoiseEstimate, ClippedAndTransparentPixelsDoNotCount) {
  auto image = smooth("skimage_coffee.png");
  for (int y = 0; y < image.height / 2; ++y) {
    for (int x = 0; x < image.width; ++x) {
      for (int channel = 0; channel < 3; ++channel) image.at(x, y, channel) = 1.0f;
    }
  }
  EXPECT_NEAR(estimateNoise(noisy(image, 0.1)).sigma, 0.1, 0.02);
  Image with_alpha(image.width, image.height, 4, 0.5f);
  const auto noise = noisy(smooth("skimage_coffee.png"), 0.06, false);
  for (int y = image.height / 3; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      for (int channel = 0; channel < 3; ++channel) with_alpha.at(x, y, channel) = noise.at(x, y, channel);
    }
  }
  for (int y = 0; y < image.height / 3; ++y) {
    for (int x = 0; x < image.width; ++x) with_alpha.at(x, y, 3) = 0.0f;
  }
  EXPECT_NEAR(estimateNoise(with_alpha).sigma, 0.06, 0.012);
}

TEST(NoiseEstimate, PaintedPicturesHaveNone) {
  EXPECT_EQ(estimateNoise(Image(64, 64, 3, 0.25f)).sigma, 0.0);
  EXPECT_EQ(estimateNoise(Image(64, 64, 1, 1.0f)).sigma, 0.0);
  EXPECT_THROW(estimateNoise(Image(9, 64, 3, 0.5f)), Error);
}

TEST(NoiseEstimate, SmallPicturesWork) {
  for (const int side : {16, 40, 64}) {
    EXPECT_NEAR(estimateNoise(noisy(Image(side, side, 1, 0.5f), 0.1)).sigma, 0.1, 0.03) << side;
  }
}

}  // namespace
}  // namespace p2l
