// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/mask_picture.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <opencv2/imgcodecs.hpp>

#include "core/io/photo_file.h"
#include "core/types/error.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

/// The hole of the made masks: a rectangle that is nowhere near the middle, cut by the border, or a single pixel.
struct Hole {
  int width, height;             // of the picture
  int left, top, right, bottom;  // of the hole, the last two beyond it

  bool has(int x, int y) const { return x >= left && x < right && y >= top && y < bottom; }
};
const Hole kHoles[] = {
    {64, 48, 10, 5, 30, 20}, {33, 70, 20, 50, 33, 70}, {100, 40, 0, 0, 7, 9}, {41, 41, 12, 30, 13, 31}};

using Colour = std::vector<float>;

Image paint(const Hole& hole, const Colour& outside, const Colour& inside) {
  Image image(hole.width, hole.height, static_cast<int>(outside.size()));
  for (int y = 0; y < hole.height; ++y) {
    for (int x = 0; x < hole.width; ++x) {
      const auto& colour = hole.has(x, y) ? inside : outside;
      for (int c = 0; c < image.channels; ++c) image.at(x, y, c) = colour[c];
    }
  }
  return image;
}

/// A picture with something in it, as a photo has.
Image photoWithHole(const Hole& hole) {
  Image image(hole.width, hole.height, 4);
  for (int y = 0; y < hole.height; ++y) {
    for (int x = 0; x < hole.width; ++x) {
      image.at(x, y, 0) = static_cast<float>(x) / hole.width;
      image.at(x, y, 1) = 0.5f;
      image.at(x, y, 2) = static_cast<float>(y) / hole.height;
      image.at(x, y, 3) = hole.has(x, y) ? 0.0f : 1.0f;
    }
  }
  return image;
}

void expectHole(const Mask& mask, const Hole& hole, const std::string& what) {
  ASSERT_EQ(mask.image.width, hole.width) << what;
  ASSERT_EQ(mask.image.height, hole.height) << what;
  ASSERT_EQ(mask.image.channels, 1) << what;
  for (int y = 0; y < hole.height; ++y) {
    for (int x = 0; x < hole.width; ++x)
      ASSERT_EQ(mask.image.at(x, y, 0) > 0.5f, hole.has(x, y)) << what << " at " << x << ", " << y;
  }
}

std::string refusalOf(const Image& picture) {
  try {
    maskFromImage(picture, "m.png");
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

class MaskPicture : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l mask " + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// The mask as it is, and through files of every kind that keeps it.
  void expectRead(const Image& picture, const Hole& hole, const std::string& what, bool remark,
                  bool jpeg = true) const {
    expectHole(maskFromImage(picture, "m.png"), hole, what);
    for (const char* name : {"m.png", "m.webp", "m.jpg"}) {
      if (std::string(name) == "m.jpg" && (!jpeg || picture.hasAlpha())) continue;
      // JPEG does not keep single pixels, and shares colours among four.
      if (std::string(name) == "m.jpg" && (hole.right - hole.left < 2 || picture.channels > 1)) continue;
      const auto path = (folder_ / name).string();
      writePhoto(picture, path, "");
      const auto mask = readMask(path);
      expectHole(mask, hole, what + " " + name);
      EXPECT_EQ(!mask.remarks.empty(), remark) << what << " " << name;
    }
  }

  fs::path folder_;
};

TEST_F(MaskPicture, WhiteIsMissing) {
  for (const auto& hole : kHoles) {
    expectRead(paint(hole, {0}, {1}), hole, "grey", false);
    expectRead(paint(hole, {0.05f, 0.05f, 0.05f}, {0.95f, 0.95f, 0.95f}), hole, "colour", false);
    expectRead(paint(hole, {0, 0, 0, 1}, {1, 1, 1, 1}), hole, "opaque", false);
    expectRead(paint(hole, {0, 0, 0, 0}, {1, 1, 1, 1}), hole, "white strokes on nothing", false);
    expectRead(paint(hole, {1, 1, 1, 0}, {1, 1, 1, 1}), hole, "white strokes on transparent white", false);
  }
}

TEST_F(MaskPicture, ATransparentHoleIsMissing) {
  for (const auto& hole : kHoles) {
    expectRead(paint(hole, {0, 0, 0, 1}, {0, 0, 0, 0}), hole, "black", true);
    expectRead(paint(hole, {0, 0, 0, 1}, {1, 1, 1, 0}), hole, "black, transparent white", true);
    expectRead(paint(hole, {0.1f, 0.1f, 0.1f, 1}, {0, 0, 0, 0}), hole, "dark grey", true);
    expectRead(photoWithHole(hole), hole, "photo", true);
  }
}

TEST_F(MaskPicture, StrokesOfAColourAreMissing) {
  for (const auto& hole : kHoles) {
    for (const Colour& colour : {Colour{1, 0, 0}, Colour{0, 0.9f, 0.1f}, Colour{0.2f, 0.1f, 1}, Colour{1, 1, 0}}) {
      expectRead(paint(hole, {1, 1, 1}, colour), hole, "on white", true);
      expectRead(paint(hole, {0, 0, 0}, colour), hole, "on black", true);
      auto opaque = colour;
      opaque.push_back(1);
      expectRead(paint(hole, {0, 0, 0, 0}, opaque), hole, "on nothing", true);
    }
  }
  // As a JPEG that shares colours among four pixels has it.
  const Hole hole{64, 48, 10, 6, 40, 30};
  writePhoto(paint(hole, {1, 1, 1}, {1, 0, 0}), (folder_ / "red.jpg").string(), "");
  expectHole(readMask((folder_ / "red.jpg").string()), hole, "JPEG");
}

TEST_F(MaskPicture, TwoDarkLevelsAreALabelMap) {
  for (const auto& hole : kHoles) {
    expectRead(paint(hole, {0}, {1 / 255.0f}), hole, "0 and 1", true, false);
    expectRead(paint(hole, {0}, {100 / 255.0f}), hole, "0 and 100", true);
    cv::Mat deep(hole.height, hole.width, CV_16U, cv::Scalar(0));
    deep(cv::Rect(hole.left, hole.top, hole.right - hole.left, hole.bottom - hole.top)).setTo(1);
    const auto path = (folder_ / "deep.png").string();
    ASSERT_TRUE(cv::imwrite(path, deep));
    expectHole(readMask(path), hole, "16 bits");
  }
}

TEST_F(MaskPicture, GreyIsRemarkedOn) {
  Image slope(60, 20, 1);
  for (int y = 0; y < 20; ++y) {
    for (int x = 0; x < 60; ++x) slope.at(x, y, 0) = static_cast<float>(x) / 59.0f;
  }
  const auto mask = maskFromImage(slope, "m.png");
  ASSERT_EQ(mask.remarks.size(), 1u);
  EXPECT_NE(mask.remarks[0].find("80 % of the mask's pixels are neither black nor white"), std::string::npos)
      << mask.remarks[0];
  EXPECT_GT(mask.image.at(40, 3, 0), 0.5f);
  EXPECT_LT(mask.image.at(20, 3, 0), 0.5f);
}

TEST_F(MaskPicture, WhatHidesNothingIsRefused) {
  for (const auto& picture : {Image(7, 5, 1, 0.0f), Image(7, 5, 3, 0.3f), Image(7, 5, 4, 0.0f), Image(7, 5, 1, 0.5f)}) {
    const auto refusal = refusalOf(picture);
    EXPECT_NE(refusal.find("m.png: the mask hides no pixel"), std::string::npos) << refusal;
  }
  Image labels(9, 1, 1);
  for (int x = 0; x < 9; ++x) labels.at(x, 0, 0) = static_cast<float>(x % 4) / 255.0f;
  const auto refusal = refusalOf(labels);
  EXPECT_NE(refusal.find("its brightest pixel has 3 of 255"), std::string::npos) << refusal;
}

TEST_F(MaskPicture, OfTheFieldAreTheSameMask) {
  const fs::path field = P2L_TEST_FIELD;
  const auto plain = readMask((field / "m_grey.png").string());
  EXPECT_TRUE(plain.remarks.empty());
  for (const char* name : {"m_hole_is_transparent.png", "m_01.png", "photo_hole_alpha.png"}) {
    const auto mask = readMask((field / name).string());
    EXPECT_EQ(mask.image.pixels, plain.image.pixels) << name;
    EXPECT_EQ(mask.remarks.size(), 1u) << name;
  }
}

}  // namespace
}  // namespace p2l
