// SPDX-License-Identifier: GPL-3.0-or-later
// Telea's fill of large pictures beside OpenCV's of the whole.
#include "core/metrics/telea.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <opencv2/core.hpp>
#include <opencv2/photo.hpp>

#include "core/base/random.h"
#include "core/io/photo_file.h"
#include "core/metrics/psnr_ssim.h"
#include "core/tensor/image_tensor.h"

namespace p2l {
namespace {

at::Tensor photo(std::int64_t height, std::int64_t width) {
  const auto whole = tensorFromImage(readPhoto(P2L_TEST_RESOURCES "/photos/sklearn_china.jpg").image);
  return whole.slice(2, 0, height).slice(3, 100, 100 + width).contiguous();
}

at::Tensor keptShare(double share, const at::Tensor& picture) {
  auto generator = makeGenerator(5, RandomStream::Mask);
  return at::rand({1, 1, picture.size(2), picture.size(3)}, generator).lt(share).to(at::kFloat);
}

at::Tensor inOnePiece(const at::Tensor& picture, const at::Tensor& measured) {
  Frame frame = frameFromTensor(picture);
  Frame filled = frame;
  const auto holes = measured.lt(0.5).to(at::kByte).contiguous();
  cv::Mat out(frame.height, frame.width, CV_8UC3, filled.bytes.data());
  cv::inpaint(cv::Mat(frame.height, frame.width, CV_8UC3, frame.bytes.data()),
              cv::Mat(frame.height, frame.width, CV_8UC1, holes.data_ptr()), out, 3.0, cv::INPAINT_TELEA);
  return tensorFromImage(imageFromFrame(filled));
}

TEST(TeleaFill, OfALargePictureIsAsGoodByTiles) {
  const auto truth = photo(300, 340);
  for (const double share : {0.2, 0.05}) {
    const auto measured = keptShare(share, truth);
    const auto given = truth * measured;
    const auto tiled = teleaFill(given, measured), whole = inOnePiece(given, measured);
    EXPECT_NEAR(psnr(tiled, truth), psnr(whole, truth), 0.02) << share;
    EXPECT_GT(psnr(tiled, whole), 45.0) << share;
    EXPECT_TRUE(at::equal(tiled.masked_select(measured.gt(0.5)), whole.masked_select(measured.gt(0.5))));
  }
}

TEST(TeleaFill, OfADeepHoleIsOpenCVs) {
  const auto truth = photo(300, 340);
  auto measured = at::ones({1, 1, 300, 340});
  measured.slice(2, 90, 200).slice(3, 100, 240).zero_();
  EXPECT_TRUE(at::equal(teleaFill(truth * measured, measured), inOnePiece(truth * measured, measured)));
}

TEST(TeleaFill, TakesTimeAsThePixels) {
  const auto seconds = [](std::int64_t height, std::int64_t width) {
    const auto truth = photo(height, width).repeat({1, 1, 2, 2});
    const auto measured = keptShare(0.2, truth);
    double best = 1e9;
    for (int i = 0; i < 2; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      teleaFill(truth * measured, measured);
      best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return best;
  };
  const double small = seconds(150, 170), large = seconds(400, 510);  // 8 times the pixels
  EXPECT_LT(large, 24.0 * small) << small;                            // in one piece: about 60 times
}

}  // namespace
}  // namespace p2l
