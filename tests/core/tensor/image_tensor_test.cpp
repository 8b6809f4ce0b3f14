// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/image_tensor.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/types/error.h"

namespace p2l {
namespace {

/// Every sample different.
Image ramp(int width, int height, int channels) {
  Image image(width, height, channels);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    image.pixels[i] = static_cast<float>(i) / static_cast<float>(image.pixels.size());
  }
  return image;
}

TEST(ImageTensor, PixelsLandWhereTheyBelong) {
  const Image image = ramp(5, 3, 3);
  const at::Tensor x = tensorFromImage(image);
  ASSERT_EQ(x.sizes(), (std::vector<std::int64_t>{1, 3, 3, 5}));
  EXPECT_EQ(x.scalar_type(), at::kFloat);
  EXPECT_TRUE(x.is_contiguous());
  for (int y = 0; y < 3; ++y) {
    for (int column = 0; column < 5; ++column) {
      for (int channel = 0; channel < 3; ++channel) {
        EXPECT_FLOAT_EQ(x[0][channel][y][column].item<float>(), 2.0f * image.at(column, y, channel) - 1.0f);
      }
    }
  }
}

TEST(ImageTensor, RoundTrip) {
  const Image image = ramp(7, 4, 3);
  const Image back = imageFromTensor(tensorFromImage(image));
  ASSERT_EQ(back.width, 7);
  ASSERT_EQ(back.height, 4);
  ASSERT_EQ(back.channels, 3);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) EXPECT_NEAR(back.pixels[i], image.pixels[i], 1e-7);
}

TEST(ImageTensor, GreyIsRepeatedAndAlphaLeftOut) {
  for (const int channels : {1, 2}) {
    const Image image = ramp(4, 3, channels);
    const at::Tensor x = tensorFromImage(image);
    ASSERT_EQ(x.size(1), 3);
    EXPECT_TRUE(at::equal(x.select(1, 0), x.select(1, 1)));
    EXPECT_TRUE(at::equal(x.select(1, 0), x.select(1, 2)));
    EXPECT_FLOAT_EQ(x[0][2][1][2].item<float>(), 2.0f * image.at(2, 1, 0) - 1.0f);
    EXPECT_FLOAT_EQ(greyTensorFromImage(image)[0][0][1][2].item<float>(), image.at(2, 1, 0));
  }
  const Image with_alpha = ramp(4, 3, 4);
  EXPECT_FLOAT_EQ(tensorFromImage(with_alpha)[0][2][2][3].item<float>(), 2.0f * with_alpha.at(3, 2, 2) - 1.0f);
}

TEST(ImageTensor, GreyOfColours) {
  Image image(2, 1, 3);
  image.at(0, 0, 0) = 1.0f;
  image.at(1, 0, 0) = image.at(1, 0, 1) = image.at(1, 0, 2) = 1.0f;
  const at::Tensor grey = greyTensorFromImage(image);
  ASSERT_EQ(grey.sizes(), (std::vector<std::int64_t>{1, 1, 1, 2}));
  EXPECT_FLOAT_EQ(grey[0][0][0][0].item<float>(), 0.299f);
  EXPECT_NEAR(grey[0][0][0][1].item<float>(), 1.0f, 1e-6);
}

TEST(ImageTensor, ValuesAreClipped) {
  const at::Tensor x = at::tensor({-3.0f, -1.0f, 1.0f, 3.0f}).view({1, 1, 2, 2}).expand({1, 3, 2, 2});
  const Image image = imageFromTensor(x);
  EXPECT_EQ(image.at(0, 0, 0), 0.0f);
  EXPECT_EQ(image.at(1, 1, 2), 1.0f);
  const Frame frame = frameFromTensor(x);
  EXPECT_EQ(frame.bytes.front(), 0);
  EXPECT_EQ(frame.bytes.back(), 255);
}

TEST(ImageTensor, FrameIsTheRoundedImage) {
  at::manual_seed(1);
  const at::Tensor x = at::rand({1, 3, 33, 21}) * 2.4 - 1.2;
  for (const at::Tensor& typed : {x, x.to(at::kDouble), x.to(at::kBFloat16)}) {
    const Frame frame = frameFromTensor(typed);
    const Frame expected = frameFromImage(imageFromTensor(typed));
    ASSERT_EQ(frame.width, 21);
    ASSERT_EQ(frame.height, 33);
    ASSERT_EQ(frame.bytes.size(), expected.bytes.size());
    int largest = 0;
    for (std::size_t i = 0; i < frame.bytes.size(); ++i) {
      largest = std::max(largest, std::abs(frame.bytes[i] - expected.bytes[i]));
    }
    EXPECT_LE(largest, 1) << "only the rounding of halves may differ";
  }
}

TEST(ImageTensor, EightBitPicturesSurviveUnchanged) {
  Frame frame;
  frame.width = 16;
  frame.height = 16;
  for (int i = 0; i < 16 * 16 * 3; ++i) frame.bytes.push_back(static_cast<std::uint8_t>(i % 256));
  EXPECT_EQ(frameFromTensor(tensorFromImage(imageFromFrame(frame))).bytes, frame.bytes);
}

TEST(ImageTensor, NotANumberBecomesGrey) {
  const at::Tensor x = at::full({1, 3, 2, 2}, std::numeric_limits<float>::quiet_NaN());
  for (const std::uint8_t byte : frameFromTensor(x).bytes) EXPECT_NEAR(byte, 128, 1);
}

TEST(ImageTensor, WrongShapesAreErrors) {
  EXPECT_THROW(imageFromTensor(at::zeros({3, 4, 4})), Error);
  EXPECT_THROW(imageFromTensor(at::zeros({2, 3, 4, 4})), Error);
  EXPECT_THROW(frameFromTensor(at::zeros({1, 1, 4, 4})), Error);
  EXPECT_THROW(tensorFromImage(Image()), Error);
}

TEST(Image, GreyFramesBecomeColour) {
  Image grey(2, 1, 2, 0.5f);
  grey.at(1, 0, 0) = 2.0f;   // clipped
  grey.at(1, 0, 1) = -1.0f;  // alpha, clipped
  const Frame frame = frameFromImage(grey);
  EXPECT_EQ(frame.channels, 4);
  EXPECT_EQ(frame.bytes, (std::vector<std::uint8_t>{128, 128, 128, 128, 255, 255, 255, 0}));
  EXPECT_EQ(frameFromImage(Image(1, 1, 1, 1.0f)).bytes, (std::vector<std::uint8_t>{255, 255, 255}));
}

TEST(Image, CentreSquare) {
  const Image wide = ramp(8, 4, 3);
  const Image square = centreSquare(wide);
  ASSERT_EQ(square.width, 4);
  ASSERT_EQ(square.height, 4);
  EXPECT_EQ(square.at(0, 0, 0), wide.at(2, 0, 0));
  EXPECT_EQ(square.at(3, 3, 2), wide.at(5, 3, 2));
  const Image tall = centreSquare(ramp(3, 8, 1));
  EXPECT_EQ(tall.height, 3);
  EXPECT_EQ(tall.at(0, 0, 0), ramp(3, 8, 1).at(0, 2, 0));
}

TEST(Image, ShrinkingIsAveraging) {
  const Image image = ramp(6, 4, 3);
  const Image small = resizeImage(image, 3, 2);
  for (int channel = 0; channel < 3; ++channel) {
    const float mean =
        (image.at(2, 2, channel) + image.at(3, 2, channel) + image.at(2, 3, channel) + image.at(3, 3, channel)) / 4.0f;
    EXPECT_NEAR(small.at(1, 1, channel), mean, 1e-6);
  }
}

TEST(Image, ResizingKeepsFlatPicturesAndRange) {
  for (const auto& [width, height] : {std::pair{20, 30}, std::pair{3, 30}, std::pair{20, 2}, std::pair{3, 2}}) {
    const Image flat = resizeImage(Image(7, 9, 4, 0.25f), width, height);
    EXPECT_EQ(flat.width, width);
    EXPECT_EQ(flat.height, height);
    for (const float sample : flat.pixels) EXPECT_NEAR(sample, 0.25f, 1e-6);
  }
  Image edge(8, 8, 1);
  for (int y = 0; y < 8; ++y) {
    for (int x = 4; x < 8; ++x) edge.at(x, y, 0) = 1.0f;
  }
  for (const float sample : resizeImage(edge, 24, 24).pixels) {
    EXPECT_GE(sample, 0.0f);
    EXPECT_LE(sample, 1.0f);
  }
  EXPECT_THROW(resizeImage(edge, 0, 5), Error);
}

}  // namespace
}  // namespace p2l
