// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/transparency.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "core/io/photo_file.h"
#include "tests/support/png_bytes.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using test::PngBytes;

/// A disc with a soft edge, black where nothing of it can be seen.
Image disc(int width, int height, int channels, float level) {
  Image image(width, height, channels);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const float distance = std::hypot(x - 0.4f * width, y - 0.6f * height);
      const float alpha = std::clamp(0.25f * std::min(width, height) - distance + 0.5f, 0.0f, 1.0f);
      for (int c = 0; c + 1 < channels; ++c) image.at(x, y, c) = alpha > 0.0f ? level : 0.0f;
      image.at(x, y, channels - 1) = alpha;
    }
  }
  return image;
}

TEST(Transparency, ColoursAreSpreadUnderAlphaZero) {
  for (const int channels : {2, 4}) {
    const Image spread = spreadColours(disc(31, 44, channels, 0.8f)), before = disc(31, 44, channels, 0.8f);
    for (int y = 0; y < 44; ++y) {
      for (int x = 0; x < 31; ++x) {
        for (int c = 0; c + 1 < channels; ++c) ASSERT_EQ(spread.at(x, y, c), 0.8f) << x << " " << y;
        ASSERT_EQ(spread.at(x, y, channels - 1), before.at(x, y, channels - 1));
      }
    }
  }
  // The nearest one counts, and what can be seen stays.
  Image two(9, 1, 4, 0.0f);
  two.at(1, 0, 0) = 1.0f, two.at(1, 0, 3) = 1.0f;
  two.at(7, 0, 2) = 1.0f, two.at(7, 0, 3) = 0.25f;
  two = spreadColours(two);
  EXPECT_EQ(two.at(0, 0, 0), 1.0f);
  EXPECT_EQ(two.at(3, 0, 0), 1.0f);
  EXPECT_EQ(two.at(5, 0, 2), 1.0f);
  EXPECT_EQ(two.at(5, 0, 0), 0.0f);
  EXPECT_EQ(two.at(7, 0, 3), 0.25f);
  const Image nothing(5, 4, 4, 0.0f), opaque(5, 4, 3, 0.3f);
  EXPECT_EQ(spreadColours(nothing).pixels, nothing.pixels);
  EXPECT_EQ(spreadColours(opaque).pixels, opaque.pixels);
}

TEST(Transparency, ResizingLeavesNoRing) {
  for (const auto& [width, height] : {std::pair{16, 20}, std::pair{77, 30}, std::pair{120, 150}}) {
    const Image resized = resizeImage(disc(40, 50, 4, 1.0f), width, height);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        if (resized.at(x, y, 3) == 0.0f) continue;
        ASSERT_NEAR(resized.at(x, y, 0), 1.0f, 2e-3f) << width << ": " << x << " " << y;
      }
    }
  }
}

TEST(Transparency, TheResultHasThePhotosKind) {
  const Image rgb(8, 6, 3, 0.5f);
  Image photo(8, 6, 2, 0.25f);
  Image filled(8, 6, 1, 0.0f);
  filled.at(3, 2, 0) = 1.0f;
  auto result = likePhoto(rgb, {photo, filled});
  ASSERT_EQ(result.channels, 2);
  EXPECT_FLOAT_EQ(result.at(3, 2, 0), 0.5f);
  EXPECT_EQ(result.at(3, 2, 1), 1.0f) << "filled pixels can be seen";
  EXPECT_EQ(result.at(4, 2, 1), 0.25f);

  photo = Image(8, 6, 4, 0.0f);
  photo.at(1, 1, 0) = 0.75f;
  EXPECT_EQ(likePhoto(rgb, {photo, {}, true}).at(1, 1, 0), 0.75f);
  EXPECT_EQ(likePhoto(rgb, {photo, {}, false}).at(1, 1, 0), 0.5f);
  EXPECT_EQ(likePhoto(rgb, {Image(4, 3, 4, 1.0f), {}}).at(7, 5, 3), 1.0f) << "alpha is enlarged";
  EXPECT_EQ(likePhoto(rgb, {Image(8, 6, 3, 0.0f), {}}).pixels, rgb.pixels);
}

class GreyPng : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = (fs::path(::testing::TempDir()) / ("p2l grey " + std::to_string(::getpid()) + ".png")).string();
  }
  void TearDown() override { fs::remove(path_); }

  Image read(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary) << bytes;
    return readPhoto(path_).image;
  }
  static std::string level(unsigned value) { return {static_cast<char>(value >> 8), static_cast<char>(value & 255)}; }

  std::string path_;
};

// PNG's tRNS of colour type 0: one level is transparent, at every depth.
TEST_F(GreyPng, ATransparentLevelIsAlpha) {
  const auto eight = read(PngBytes(3, 1, 8, 0).chunk("tRNS", level(0x66)).rows({{'\x33', '\x66', '\xff'}}).end());
  ASSERT_EQ(eight.channels, 2);
  EXPECT_EQ(eight.pixels, (std::vector<float>{0.2f, 1, 0.4f, 0, 1, 1}));
  const auto sixteen = read(PngBytes(3, 1, 16, 0)
                                .chunk("tRNS", level(0x6601))
                                .rows({{'\x66', '\x00', '\x66', '\x01', '\xff', '\xff'}})
                                .end());
  ASSERT_EQ(sixteen.channels, 2);
  EXPECT_EQ(sixteen.at(0, 0, 1), 1.0f) << "one level beside it";
  EXPECT_EQ(sixteen.at(1, 0, 1), 0.0f);
  EXPECT_FLOAT_EQ(sixteen.at(1, 0, 0), 0x6601 / 65535.0f);
  EXPECT_EQ(sixteen.at(2, 0, 1), 1.0f);
  const auto four = read(PngBytes(2, 1, 4, 0).chunk("tRNS", level(5)).rows({"\x5a"}).end());  // 5, 10
  ASSERT_EQ(four.channels, 2);
  EXPECT_EQ(four.pixels, (std::vector<float>{85 / 255.0f, 0, 170 / 255.0f, 1}));
  const auto two = read(PngBytes(4, 1, 2, 0).chunk("tRNS", level(3)).rows({"\x1b"}).end());  // 0 1 2 3
  EXPECT_EQ(two.pixels, (std::vector<float>{0, 1, 85 / 255.0f, 1, 170 / 255.0f, 1, 1, 0}));
  const auto one = read(PngBytes(4, 1, 1, 0).chunk("tRNS", level(0)).rows({"\xa0"}).end());  // 1010
  EXPECT_EQ(one.pixels, (std::vector<float>{1, 1, 0, 0, 1, 1, 0, 0}));
}

TEST_F(GreyPng, WithoutOneThereIsNoAlpha) {
  EXPECT_EQ(read(PngBytes(3, 1, 8, 0).rows({{'\x33', '\x66', '\xff'}}).end()).channels, 1);
}

TEST_F(GreyPng, ATransparentColourIsAlphaToo) {
  const auto key = level(0x33) + level(0x66) + level(0xff);
  const auto colour =
      read(PngBytes(2, 1, 8, 2).chunk("tRNS", key).rows({{'\x33', '\x66', '\xff', '\x33', '\x66', '\xfe'}}).end());
  ASSERT_EQ(colour.channels, 4);
  EXPECT_EQ(colour.at(0, 0, 3), 0.0f);
  EXPECT_EQ(colour.at(1, 0, 3), 1.0f);
}

}  // namespace
}  // namespace p2l
