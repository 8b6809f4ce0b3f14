// SPDX-License-Identifier: GPL-3.0-or-later
// Kernels, masks and alpha as people bring them: the files of tests/field, and others of their kinds.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/api/files.h"
#include "core/types/image.h"
#include "tests/support/png_bytes.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Arguments = std::vector<std::string>;

int levelOf(float sample) {
  return static_cast<int>(std::lround(255.0f * sample));
}

double psnr(const Image& a, const Image& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::pow(a.pixels[i] - b.pixels[i], 2);
  return -10.0 * std::log10(sum / static_cast<double>(a.pixels.size()));
}

class FieldOfKernelsAndMasks : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l field " + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::copy(P2L_TEST_FIELD, folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  Image picture(const std::string& name) const { return readPhoto(at(name)).image; }
  test::Result p2l(Arguments arguments, const Arguments& more = {}) const {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::runProgram(arguments, folder_.string());
  }
  /// Runs `p2l degrade photo` without noise. @return y
  Image degraded(const std::string& photo, const Arguments& more) const {
    const auto result = p2l({"degrade", photo, "--noise", "0", "--out", "y.png"}, more);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return picture("y.png");
  }
  test::Result restored(const std::string& photo, const Arguments& more) const {
    fs::remove(at("out.png"));
    return p2l({"restore", photo, "--noise", "0", "--steps", "2", "--set", "K=0", "--threads", "1", "--out", "out.png"},
               more);
  }
  /// A kernel of its own in every pixel.
  Image kernel(int width, int height) const {
    Image image(width, height, 1);
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
      image.pixels[i] = static_cast<float>((i * 37 + 11) % 101) / 255.0f;
    return image;
  }
  static Image turned(Image image) {
    std::reverse(image.pixels.begin(), image.pixels.end());
    return image;
  }

  fs::path folder_;
};

TEST_F(FieldOfKernelsAndMasks, AKernelIsAPointSpreadFunction) {
  const auto y = degraded("impulse.png", {"--task", "motion-blur", "--kernel", "k_right.png"});
  std::vector<int> row;
  for (int x = 14; x <= 18; ++x) row.push_back(levelOf(y.at(x, 16, 0)));
  EXPECT_EQ(row, (std::vector<int>{0, 0, 128, 77, 51}));

  // A white point anywhere becomes the kernel's picture, of any size and kind of file.
  for (const auto& [width, height, name] :
       {std::tuple{7, 3, "k.png"}, std::tuple{1, 9, "k.webp"}, std::tuple{5, 5, "k.tif"}}) {
    Image point(40, 24, 3);
    for (int c = 0; c < 3; ++c) point.at(23, 9, c) = 1.0f;
    writePhoto(point, at("point.png"), "");
    const auto drawing = kernel(width, height);
    writePhoto(drawing, at(name), "");
    float sum = 0.0f;
    for (const float sample : drawing.pixels) sum += sample;
    const auto spread = degraded("point.png", {"--task", "motion-blur", "--kernel", name});
    for (int j = 0; j < height; ++j) {
      for (int i = 0; i < width; ++i)
        EXPECT_NEAR(spread.at(23 + i - width / 2, 9 + j - height / 2, 1), drawing.at(i, j, 0) / sum, 0.51 / 255)
            << name;
    }
  }
}

TEST_F(FieldOfKernelsAndMasks, ABlurredPhotoIsRestoredByItsKernel) {
  const auto result = p2l({"restore", "photo64_blurred.png", "--measured", "--task", "motion-blur", "--kernel",
                           "k_hook.png", "--noise", "0.004", "--steps", "20", "--set", "K=0", "--out", "out.png"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_GT(psnr(picture("out.png"), picture("photo64.png")), 28.0);
}

// Up to format 2 kernels were correlated: what was stored then runs as it ran then.
TEST_F(FieldOfKernelsAndMasks, StoredKernelsRunAsTheyRan) {
  const auto drawing = kernel(5, 3);
  writePhoto(drawing, at("k.png"), "");
  writePhoto(turned(drawing), at("turned.png"), "");
  const auto now = degraded("photo64.png", {"--task", "motion-blur", "--kernel", "k.png"});
  const auto then = degraded("photo64.png", {"--task", "motion-blur", "--kernel", "turned.png"});
  ASSERT_NE(now.pixels, then.pixels);

  const auto result = restored("photo64.png", {"--task", "motion-blur", "--kernel", "k.png", "--report", "r.json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto again = [&](const std::string& file) { return degraded("photo64.png", {"--request", file}).pixels; };
  EXPECT_EQ(again("out.png"), now.pixels);
  EXPECT_EQ(again("r.json"), now.pixels);

  auto request = Json::parse(std::ifstream(at("r.json")))["request"];
  for (const int format : {1, 2}) {
    request["p2l"] = format;
    std::ofstream(at("old.json")) << request;
    EXPECT_EQ(again("old.json"), then.pixels) << format;
    writePhoto(picture("photo64.png"), at("old.png"), request.dump(), {{}, {drawing}});
    EXPECT_EQ(again("old.png"), then.pixels) << format;
    // Run again and stored again, it stays what it was; a kernel that is named now is one of today.
    const auto rerun = restored("photo64.png", {"--request", "old.png"});
    ASSERT_EQ(rerun.exit_code, 0) << rerun.err;
    EXPECT_EQ(again("out.png"), then.pixels) << format;
    EXPECT_EQ(degraded("photo64.png", {"--request", "old.png", "--kernel", "k.png"}).pixels, now.pixels) << format;
  }
}

TEST_F(FieldOfKernelsAndMasks, MasksOfEveryKindFillTheHole) {
  const auto plain = degraded("base.png", {"--task", "inpaint", "--mask", "m_grey.png"});
  const auto mask = readGrey(at("m_grey.png"));
  const auto base = picture("base.png");
  for (const char* name : {"m_hole_is_transparent.png", "m_01.png", "photo_hole_alpha.png"}) {
    EXPECT_EQ(degraded("base.png", {"--task", "inpaint", "--mask", name}).pixels, plain.pixels) << name;
    const auto result = restored("base.png", {"--task", "inpaint", "--mask", name, "--sampler", "keep_measured=on"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_NE(result.err.find(std::string(name) + ": The mask "), std::string::npos) << result.err;
    const auto filled = picture("out.png");
    int changed = 0;
    for (int y = 0; y < base.height; ++y) {
      for (int x = 0; x < base.width; ++x) {
        bool same = true;
        for (int c = 0; c < 3; ++c) same = same && levelOf(filled.at(x, y, c)) == levelOf(base.at(x, y, c));
        EXPECT_TRUE(same || mask.at(x, y, 0) > 0.5f) << name << ": " << x << ", " << y;
        changed += same ? 0 : 1;
      }
    }
    EXPECT_GT(changed, 10) << name;
  }
}

TEST_F(FieldOfKernelsAndMasks, AMaskThatHidesNothingIsRefused) {
  writePhoto(Image(64, 48, 1, 0.0f), at("black.png"), "");
  for (const char* task : {"inpaint", "random-drop"}) {
    const auto result = restored("base.png", {"--task", task, "--mask", "black.png"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_NE(result.err.find("black.png: the mask hides no pixel"), std::string::npos) << result.err;
    EXPECT_FALSE(fs::exists(at("out.png")));
  }
  const auto result = p2l({"degrade", "base.png", "--task", "inpaint", "--mask", "black.png", "--out", "y.png"});
  EXPECT_EQ(result.exit_code, 1);
}

TEST_F(FieldOfKernelsAndMasks, AMeasuredPhotoLeavesNothingToChance) {
  const std::vector<Arguments> tasks = {{"--task", "inpaint"},
                                        {"--task", "random-drop"},
                                        {"--task", "motion-blur"},
                                        {"--task", "box-inpaint", "--deg", "place=random"},
                                        {"--task", "gaussian-blur", "--then", "random-drop"}};
  for (const auto& task : tasks) {
    auto measured = task;
    measured.push_back("--measured");
    auto result = restored("base.png", measured);
    EXPECT_EQ(result.exit_code, 2) << task[1];
    EXPECT_NE(result.err.find("would be drawn at random"), std::string::npos) << result.err;
    EXPECT_NE(result.err.find("--measurement-seed"), std::string::npos) << result.err;
    // The advice is one that this task takes.
    const auto advice = task[1] == "motion-blur"   ? "--kernel FILE"
                        : task[1] == "box-inpaint" ? "set place of box-inpaint"
                                                   : "--mask FILE";
    EXPECT_NE(result.err.find(advice), std::string::npos) << result.err;
    EXPECT_FALSE(fs::exists(at("out.png")));
    measured.insert(measured.end(), {"--measurement-seed", "3"});
    result = restored("base.png", measured);
    EXPECT_EQ(result.exit_code, 0) << result.err;
  }
  const std::vector<Arguments> known = {{"--task", "inpaint", "--mask", "m_grey.png"},
                                        {"--task", "motion-blur", "--kernel", "k_hook.png"},
                                        {"--task", "box-inpaint"},
                                        {"--task", "gaussian-blur"}};
  for (auto measured : known) {
    measured.push_back("--measured");
    const auto result = restored("base.png", measured);
    EXPECT_EQ(result.exit_code, 0) << result.err;
  }
  for (const auto& task : tasks) {
    const auto result = restored("base.png", task);  // of a good photo the seed draws
    EXPECT_EQ(result.exit_code, 0) << result.err;
  }
}

TEST_F(FieldOfKernelsAndMasks, FilledPixelsCanBeSeen) {
  const auto mask = readGrey(at("m_grey.png"));
  for (const Arguments& mode : {Arguments{}, Arguments{"--measured"}}) {
    Arguments more = {"--task", "inpaint", "--mask", "m_grey.png"};
    more.insert(more.end(), mode.begin(), mode.end());
    const auto result = restored("photo_hole_alpha.png", more);
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const auto filled = picture("out.png");
    ASSERT_EQ(filled.channels, 4);
    for (int y = 0; y < filled.height; ++y) {
      for (int x = 0; x < filled.width; ++x) ASSERT_EQ(filled.at(x, y, 3), 1.0f) << x << ", " << y;
    }
  }
  // A seed's mask on a good photo does not show what was transparent.
  const auto result = restored("photo_hole_alpha.png", {"--task", "random-drop"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto kept = picture("out.png"), photo = picture("photo_hole_alpha.png");
  for (int y = 0; y < kept.height; ++y) {
    for (int x = 0; x < kept.width; ++x) ASSERT_EQ(kept.at(x, y, 3), photo.at(x, y, 3));
  }
}

TEST_F(FieldOfKernelsAndMasks, HiddenColoursAreKeptWhereMeasuredPixelsAre) {
  auto photo = picture("photo_hole_alpha.png");
  for (int x = 0; x < 12; ++x) photo.at(x, 3, 0) = 0.6f, photo.at(x, 3, 3) = 0.0f;
  writePhoto(photo, at("hidden.png"), "");
  const auto result = restored(
      "hidden.png", {"--measured", "--task", "inpaint", "--mask", "mask_one.png", "--sampler", "keep_measured=on"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  auto kept = picture("out.png");
  photo = picture("hidden.png");
  for (int c = 0; c < 4; ++c) photo.at(63, 47, c) = kept.at(63, 47, c) = 0.0f;
  for (std::size_t i = 0; i < kept.pixels.size(); ++i) ASSERT_NEAR(kept.pixels[i], photo.pixels[i], 0.5 / 255);
}

TEST_F(FieldOfKernelsAndMasks, ACutOutHasNoRing) {
  const auto larger = [&](const std::string& photo, const Arguments& more) {
    const auto result = restored(photo, more);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return picture("out.png");
  };
  const std::vector<Arguments> tasks = {{"--measured", "--task", "sr", "--factor", "4"},
                                        {"--measured", "--task", "bicubic-sr", "--factor", "2"},
                                        {"--task", "gaussian-blur", "--size", "48"}};
  for (const auto& task : tasks) {
    const auto dark = larger("disc.png", task), white = larger("disc_white_under.png", task);
    EXPECT_EQ(dark.pixels, white.pixels) << task[1] << ": what is under alpha 0 does not count";
    for (int y = 0; y < dark.height; ++y) {
      for (int x = 0; x < dark.width; ++x) {
        const float alpha = dark.at(x, y, 3);
        for (int c = 0; c < 3; ++c) ASSERT_GT(alpha * dark.at(x, y, c) + 1.0f - alpha, 0.9f) << x << ", " << y;
      }
    }
  }
}

TEST_F(FieldOfKernelsAndMasks, AGreyPngWithATransparentLevelKeepsIt) {
  std::vector<std::string> rows;
  for (int y = 0; y < 20; ++y) {
    std::string row;
    for (int x = 0; x < 24; ++x) row += static_cast<char>(x < 9 && y < 5 ? 7 : 100 + 4 * x);
    rows.push_back(row);
  }
  std::ofstream(at("grey.png"), std::ios::binary)
      << test::PngBytes(24, 20, 8, 0).chunk("tRNS", std::string("\0\7", 2)).rows(rows).end();
  const auto result = restored("grey.png", {"--measured", "--task", "gaussian-blur", "--sigma", "1"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto out = picture("out.png");
  ASSERT_TRUE(out.hasAlpha());
  for (int y = 0; y < 20; ++y) {
    for (int x = 0; x < 24; ++x) EXPECT_EQ(out.at(x, y, out.channels - 1), x < 9 && y < 5 ? 0.0f : 1.0f);
  }
}

}  // namespace
}  // namespace p2l
