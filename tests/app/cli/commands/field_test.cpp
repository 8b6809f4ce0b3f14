// SPDX-License-Identifier: GPL-3.0-or-later
// Kinds of files that people have (tests/field), through the command line.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <exiv2/exiv2.hpp>
#include <filesystem>

#include "core/api/files.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

std::string field(const std::string& name) {
  return std::string(P2L_TEST_FIELD) + "/" + name;
}

class Field : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l field " + std::to_string(::getpid()) +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  test::Result p2l(const Arguments& arguments) const { return test::runProgram(arguments, folder_.string()); }
  /// Restores the one hidden pixel; every other one comes back as it was.
  test::Result restoreOne(const std::string& photo, const std::string& out, const Arguments& more = {}) const {
    Arguments arguments = {"restore", photo, "--task", "inpaint", "--mask",    field("mask_one.png"), "--noise",   "0",
                           "--steps", "2",   "--set",  "K=0",     "--sampler", "keep_measured=on",    "--threads", "1",
                           "--out",   out};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return p2l(arguments);
  }

  fs::path folder_;
};

int byteAt(const Image& image, int x, int y, int channel) {
  return static_cast<int>(std::lround(image.at(x, y, channel) * 255.0f));
}

TEST_F(Field, EveryKindComesBackAsItWas) {
  struct Case {
    const char* name;
    int x, y;
    std::vector<int> colour;
    const char* remark;
  };
  for (const auto& [name, x, y, colour, remark] :
       {Case{"base.png", 0, 0, {220, 60, 0}, ""}, Case{"unassoc.tif", 0, 0, {220, 60, 0, 128}, ""},
        Case{"assoc16.tif", 8, 8, {255}, ""}, Case{"miniswhite16.tif", 0, 0, {220}, ""},
        Case{"float255.tif", 0, 0, {220, 60, 0}, "were divided by 255"}, Case{"half01.tif", 0, 0, {220, 60, 0}, ""},
        Case{"big.tif", 0, 0, {220, 60, 0}, ""}, Case{"adobe_cs2.jpg", 0, 0, {254, 57, 0}, "Adobe RGB (by EXIF)"},
        Case{"gama_linear.png", 0, 0, {220, 59, 0}, "gamma 1 (chunk gAMA)"}}) {
    SCOPED_TRACE(name);
    const auto result = restoreOne(field(name), "out.png");
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_NE(result.err.find(remark), std::string::npos) << result.err;
    const auto in = readPhoto(field(name)), out = readPhoto(at("out.png"));
    for (std::size_t c = 0; c < colour.size(); ++c)
      EXPECT_NEAR(byteAt(out.image, x, y, static_cast<int>(c)), colour[c], 1);
    EXPECT_EQ(out.origin.bits, in.origin.bits);
    double largest = 0;
    for (int v = 0; v < in.image.height; ++v) {
      for (int u = 0; u < in.image.width; ++u) {
        if (u == 63 && v == 47) continue;
        for (int c = 0; c < 3; ++c) {
          const float before = in.image.at(u, v, in.image.channels >= 3 ? c : 0);
          largest = std::max(largest, std::abs(double{out.image.at(u, v, out.image.channels >= 3 ? c : 0)} - before));
        }
      }
    }
    EXPECT_LE(largest, (in.origin.bits == 16 ? 0.6 / 65535 : 0.6 / 255));
  }
}

TEST_F(Field, AnAnimationGivesItsFirstPicture) {
  const auto photo = readPhoto(field("anim.webp")).image;
  const auto result = p2l({"degrade", field("anim.webp"), "--task", "sr", "--factor", "2", "--noise", "0", "--out",
                           "y.png", "--truth-out", "truth.png"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("The first of the animation's"), std::string::npos) << result.err;
  const auto truth = readPhoto(at("truth.png")).image;
  for (int c = 0; c < 3; ++c) EXPECT_EQ(truth.at(20, 30, c), photo.at(20, 30, c));
}

TEST_F(Field, AFloatKernelIsItsOwnPointSpread) {
  const auto result = p2l({"degrade", field("impulse.png"), "--task", "motion-blur", "--kernel",
                           field("k_float_gt1.tif"), "--noise", "0", "--out", "y.png"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto y = readPhoto(at("y.png")).image;
  const int row[5] = {16, 64, 96, 64, 16};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(byteAt(y, 14 + i, 16, 0), row[i]) << i;
  EXPECT_EQ(byteAt(y, 16, 15, 0), 0);
}

TEST_F(Field, DepthAndExifGoOutUnlessTheyAreDropped) {
  Image image(64, 48, 3);
  for (std::size_t i = 0; i < image.pixels.size(); ++i)
    image.pixels[i] = static_cast<float>(i * 7919 % 65536) / 65535.0f;
  writePhoto(image, at("in.png"), "", {}, {16, {}});
  auto file = Exiv2::ImageFactory::open(at("in.png"));
  file->readMetadata();
  file->exifData()["Exif.Image.Model"] = "Model 7";
  file->exifData()["Exif.GPSInfo.GPSLatitudeRef"] = "N";
  file->writeMetadata();
  for (const char* name : {"out.png", "out.tif", "out.jpg", "out.webp"}) {
    SCOPED_TRACE(name);
    ASSERT_EQ(restoreOne("in.png", name).exit_code, 0);
    const auto out = readPhoto(at(name));
    const bool deep = std::string(name) == "out.png" || std::string(name) == "out.tif";
    EXPECT_EQ(out.origin.bits, deep ? 16 : 8);
    EXPECT_FALSE(out.origin.exif.empty());
    EXPECT_FALSE(out.request_json.empty());
    if (deep) {
      EXPECT_NEAR(out.image.at(5, 7, 1), image.at(5, 7, 1), 1e-6);
    }
    ASSERT_EQ(restoreOne("in.png", name, {"--drop-metadata"}).exit_code, 0);
    const auto bare = readPhoto(at(name));
    EXPECT_TRUE(bare.origin.exif.empty());
    EXPECT_FALSE(bare.request_json.empty());
    EXPECT_EQ(bare.origin.bits, deep ? 16 : 8);
  }
  const Arguments degrade = {"degrade", "in.png", "--task", "sr", "--factor", "2", "--out", "y.png"};
  ASSERT_EQ(p2l(degrade).exit_code, 0);
  EXPECT_FALSE(readPhoto(at("y.png")).origin.exif.empty());
  EXPECT_EQ(readPhoto(at("y.png")).origin.bits, 16);
}

TEST_F(Field, SizeCutsAMaskOfThePhotosOwnSizeAlong) {
  // Photo of 64 x 48, its centre square begins at x = 8; at 24 pixels a side, two of the old pixels make one.
  Image mask(64, 48, 1);
  mask.at(8 + 20, 10, 0) = 1.0f;
  mask.at(2, 2, 0) = 1.0f;  // cut away
  writePhoto(mask, at("mask.png"), "");
  const Arguments common = {"degrade", field("base.png"), "--task", "inpaint",     "--noise",  "0", "--size",
                            "24",      "--out",           "y.png",  "--truth-out", "truth.png"};
  auto own = common;
  own.insert(own.end(), {"--mask", "mask.png"});
  auto result = p2l(own);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto y = readPhoto(at("y.png")).image, truth = readPhoto(at("truth.png")).image;
  for (int v = 0; v < 24; ++v) {
    for (int u = 0; u < 24; ++u) {
      const bool hidden = u == 10 && v == 5;
      double difference = 0;
      for (int c = 0; c < 3; ++c)
        difference = std::max(difference, std::abs(double{y.at(u, v, c)} - truth.at(u, v, c)));
      EXPECT_EQ(difference > 0, hidden) << u << " " << v;
    }
  }
  writePhoto(Image(50, 50, 1, 1.0f), at("other.png"), "");
  auto other = common;
  other.insert(other.end(), {"--mask", "other.png"});
  result = p2l(other);
  EXPECT_NE(result.exit_code, 0);
  EXPECT_NE(result.err.find("Make the mask of the picture's size, or of the photo's own"), std::string::npos)
      << result.err;
}

TEST_F(Field, ACropIsAsIfThePartHadBeenThePhoto) {
  Image photo(96, 64, 3);
  for (std::size_t i = 0; i < photo.pixels.size(); ++i) photo.pixels[i] = static_cast<float>(i * 7919 % 256) / 255.0f;
  Image part(64, 48, 3), mask(96, 64, 1), part_mask(64, 48, 1);
  for (int y = 0; y < 48; ++y) {
    for (int x = 0; x < 64; ++x) {
      for (int c = 0; c < 3; ++c) part.at(x, y, c) = photo.at(x + 20, y + 9, c);
    }
  }
  mask.at(20 + 30, 9 + 20, 0) = part_mask.at(30, 20, 0) = 1.0f;
  mask.at(2, 2, 0) = 1.0f;  // cut away
  writePhoto(photo, at("photo.png"), "");
  writePhoto(part, at("part.png"), "");
  writePhoto(mask, at("mask.png"), "");
  writePhoto(part_mask, at("part_mask.png"), "");
  const auto restore = [&](const Arguments& which) {
    Arguments arguments = {"restore", "--measured", "--task", "inpaint", "--noise",   "0",
                           "--steps", "2",          "--set",  "K=0",     "--threads", "1"};
    arguments.insert(arguments.end(), which.begin(), which.end());
    return p2l(arguments);
  };
  auto result = restore({"part.png", "--mask", "part_mask.png", "--out", "expected.png"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  result = restore({"photo.png", "--mask", "mask.png", "--crop", "64x48+20+9", "--out", "out.png"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto out = readPhoto(at("out.png"));
  EXPECT_EQ(out.image.pixels, readPhoto(at("expected.png")).image.pixels);
  result = p2l({"restore", "--request", "out.png", "--threads", "1", "--out", "again.png"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(out.image.pixels, readPhoto(at("again.png")).image.pixels);
  result = restore({"photo.png", "--mask", "mask.png", "--crop", "64x48+40+9", "--out", "beyond.png"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("The crop 64x48+40+9 goes beyond the photo of 96 x 64 pixels"), std::string::npos)
      << result.err;
  EXPECT_FALSE(fs::exists(at("beyond.png")));
}

}  // namespace
}  // namespace p2l
