// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/photo_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <lcms2.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <exiv2/exiv2.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/io/base64.h"
#include "core/types/error.h"
#include "tests/support/png_bytes.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using test::PngBytes;

const std::string kRequest = R"({"p2l": 1, "prompt": "ein Föhn 🐈", "seed": 18446744073709551615})";

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void spill(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// A smooth picture with something different in every corner.
Image gradientImage(int width, int height, int channels) {
  Image image;
  image.width = width;
  image.height = height;
  image.channels = channels;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < channels; ++c) {
        const int level = c == 0 ? 255 * x / width : c == 1 ? 255 * y / height : c == 2 ? 40 : 255 - 100 * x / width;
        image.pixels.push_back(static_cast<float>(level) / 255.0f);
      }
    }
  }
  return image;
}

float largestDifference(const Image& a, const Image& b) {
  if (a.width != b.width || a.height != b.height || a.channels != b.channels) return 1e9f;
  float largest = 0.0f;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) largest = std::max(largest, std::abs(a.pixels[i] - b.pixels[i]));
  return largest;
}

class PhotoFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l photo é 写真 " + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override {
    fs::permissions(folder_, fs::perms::owner_all);
    fs::remove_all(folder_);
  }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  std::size_t fileCount() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  /// The message of reading a file of these bytes, without the file's name.
  std::string complaintAbout(const std::string& name, const std::string& bytes) const {
    spill(at(name), bytes);
    ::testing::internal::CaptureStderr();
    auto message = test::problemOf([&] { readPhoto(at(name)); });
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << name;
    if (message.starts_with(at(name))) message = message.substr(at(name).size() + 1);
    return message;
  }

  fs::path folder_;
};

TEST_F(PhotoFile, LosslessKindsKeepEverySampleAndTheRequest) {
  for (const char* ending : {"png", "tif", "tiff", "webp", "PNG"}) {
    for (const int channels : {1, 2, 3, 4}) {
      if (std::string(ending) == "webp" && channels < 3) continue;  // WebP has no grey
      const auto image = gradientImage(37, 23, channels);
      const auto path = at(std::string("bild ü 猫.") + ending);
      EXPECT_EQ(writePhoto(image, path, kRequest), "") << ending << channels;
      const auto photo = readPhoto(path);
      if (photo.image.channels == channels) {
        EXPECT_EQ(largestDifference(photo.image, image), 0.0f) << ending << channels;
      } else {
        EXPECT_EQ(channels, 2) << ending;  // grey with alpha is stored as RGBA
        EXPECT_EQ(photo.image.channels, 4) << ending;
      }
      EXPECT_EQ(photo.request_json, kRequest) << ending << channels;
      EXPECT_TRUE(photo.remarks.empty());
    }
  }
  EXPECT_EQ(fileCount(), 5u);  // no temporary file is left
}

TEST_F(PhotoFile, JpegIsCloseAndHoldsTheRequest) {
  for (const int channels : {1, 3}) {
    const auto image = gradientImage(64, 48, channels);
    EXPECT_EQ(writePhoto(image, at("a.jpg"), kRequest), "");
    const auto photo = readPhoto(at("a.jpg"));
    EXPECT_LT(largestDifference(photo.image, image), 0.06f);
    EXPECT_EQ(photo.request_json, kRequest);
  }
  writePhoto(gradientImage(64, 48, 4), at("a.jpeg"), "");  // flattened on white, which is said
  EXPECT_EQ(readPhoto(at("a.jpeg")).image.channels, 3);
  // Quality 95: libjpeg's table (T.81, table K.1) scaled by 10 %, the first of the luminance in zigzag order.
  const auto jpeg = slurp(at("a.jpg"));
  const auto table = jpeg.find("\xff\xdb");
  ASSERT_LT(table, jpeg.size() - 10);
  EXPECT_EQ(jpeg.substr(table + 5, 4), std::string("\2\1\1\1"));
  Image half(16, 16, 4, 0.0f);  // black
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x) half.at(x, y, 3) = x < 8 ? 0.0f : 0.5f;
  }
  writePhoto(half, at("half.jpg"), "");
  const auto flat = readPhoto(at("half.jpg")).image;
  EXPECT_NEAR(flat.at(3, 8, 1), 1.0f, 0.02f);
  EXPECT_NEAR(flat.at(12, 8, 1), 0.5f, 0.02f);
  EXPECT_EQ(readPhoto(at("a.jpeg")).request_json, "");
}

TEST_F(PhotoFile, SamplesAreClippedAndRounded) {
  Image image = gradientImage(4, 1, 1);
  image.pixels = {-3.0f, 7.0f, std::nanf(""), 0.5f};
  writePhoto(image, at("a.png"), "");
  const auto read = readPhoto(at("a.png")).image;
  EXPECT_EQ(read.pixels, (std::vector<float>{0.0f, 1.0f, 0.0f, 128.0f / 255.0f}));
}

TEST_F(PhotoFile, OtherPeoplesCommentsAreNoRequests) {
  for (const char* comment : {"a holiday", "{}", "[1]", R"({"seed": 1})", "{\"p2l\": "}) {
    writePhoto(gradientImage(8, 8, 3), at("a.png"), comment);
    EXPECT_EQ(readPhoto(at("a.png")).request_json, "") << comment;
  }
}

TEST_F(PhotoFile, TooLongARequestIsARemarkAndThePictureIsSaved) {
  const auto remark = writePhoto(gradientImage(8, 8, 3), at("a.jpg"), std::string(100000, 'x'));
  EXPECT_NE(remark.find("could not be put inside"), std::string::npos) << remark;
  EXPECT_EQ(readPhoto(at("a.jpg")).image.width, 8);
}

Image stripedMask(int width, int height) {
  Image mask(width, height, 1);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) mask.at(x, y, 0) = (x * x + 3 * y) % 7 < 3 ? 1.0f : 0.0f;
  }
  return mask;
}

TEST_F(PhotoFile, AMaskIsKeptBesideTheRequestInEveryKind) {
  const auto mask = stripedMask(37, 23);
  for (const char* name : {"a.png", "a.jpg", "a.tif", "a.webp"}) {
    EXPECT_EQ(writePhoto(gradientImage(37, 23, 3), at(name), kRequest, {{mask}, {}}), "") << name;
    const auto photo = readPhoto(at(name));
    EXPECT_EQ(largestDifference(photo.pictures.masks.at(0), mask), 0.0f) << name;
    EXPECT_EQ(nlohmann::json::parse(photo.request_json), nlohmann::json::parse(kRequest)) << name;
    EXPECT_TRUE(photo.remarks.empty()) << name;
  }
  EXPECT_EQ(writePhoto(gradientImage(37, 23, 3), at("b.png"), kRequest), "");
  EXPECT_TRUE(readPhoto(at("b.png")).pictures.masks.empty());
}

TEST_F(PhotoFile, AKernelIsKeptToItsSixteenBits) {
  Image kernel(7, 5, 1);
  for (std::size_t i = 0; i < kernel.pixels.size(); ++i)
    kernel.pixels[i] = static_cast<float>(i * 1801 % 65536) / 65535.0f;
  for (const char* name : {"a.png", "a.jpg", "a.tif", "a.webp"}) {
    EXPECT_EQ(writePhoto(gradientImage(37, 23, 3), at(name), kRequest, {{stripedMask(37, 23)}, {kernel}}), "") << name;
    const auto photo = readPhoto(at(name));
    EXPECT_EQ(largestDifference(photo.pictures.kernels.at(0), kernel), 0.0f) << name;
    EXPECT_EQ(largestDifference(photo.pictures.masks.at(0), stripedMask(37, 23)), 0.0f) << name;
    EXPECT_EQ(nlohmann::json::parse(photo.request_json), nlohmann::json::parse(kRequest)) << name;
  }
}

TEST_F(PhotoFile, MasksAndKernelsOfSeveralDegradationsAreKept) {
  const auto first = stripedMask(37, 23);
  auto second = first;
  second.at(0, 0, 0) = 1.0f - second.at(0, 0, 0);
  Image weights(3, 3, 1, 0.5f), signs(3, 3, 1, -0.25f);
  EXPECT_EQ(writePhoto(gradientImage(37, 23, 3), at("a.png"), kRequest, {{first, second}, {weights, signs}}), "");
  const auto photo = readPhoto(at("a.png"));
  ASSERT_EQ(photo.pictures.masks.size(), 2u);
  ASSERT_EQ(photo.pictures.kernels.size(), 2u);
  EXPECT_EQ(photo.pictures.masks[0]->pixels, first.pixels);
  EXPECT_EQ(photo.pictures.masks[1]->pixels, second.pixels);
  EXPECT_EQ(largestDifference(photo.pictures.kernels[0], weights), 0.0f);
  EXPECT_EQ(photo.pictures.kernels[1]->pixels, signs.pixels) << "weights below 0 are kept as floats";
  EXPECT_EQ(nlohmann::json::parse(photo.request_json), nlohmann::json::parse(kRequest));
}

TEST_F(PhotoFile, AMaskTooLargeForTheKindIsARemarkAndTheRequestIsSaved) {
  Image noise(900, 900, 1);  // one bit a pixel that does not compress: 100 kB, and a JPEG comment holds 64
  std::uint32_t state = 1;
  for (auto& sample : noise.pixels) sample = (state = state * 1664525u + 1013904223u) >> 31 ? 1.0f : 0.0f;
  const auto remark = writePhoto(gradientImage(900, 900, 3), at("a.jpg"), kRequest, {{noise}, {}});
  EXPECT_NE(remark.find("mask could not be put inside the JPEG"), std::string::npos) << remark;
  EXPECT_EQ(readPhoto(at("a.jpg")).request_json, kRequest);
  EXPECT_TRUE(readPhoto(at("a.jpg")).pictures.masks.empty());
  EXPECT_EQ(writePhoto(gradientImage(900, 900, 3), at("a.png"), kRequest, {{noise}, {}}), "");
  EXPECT_EQ(largestDifference(readPhoto(at("a.png")).pictures.masks.at(0), noise), 0.0f);
}

TEST_F(PhotoFile, ADamagedMaskIsARemarkAndTheRequestIsRead) {
  const auto png = PngBytes(200000, 200000, 1, 0).rows({}).end();  // would be 40 gigapixels
  const std::vector<std::string> masks = {
      R"("no base64 at all!")", R"("aGVsbG8=")", "17", R"("")",
      '"' + base64FromBytes({reinterpret_cast<const std::uint8_t*>(png.data()), png.size()}) + '"'};
  for (const auto& mask : masks) {
    writePhoto(gradientImage(8, 8, 3), at("a.png"), R"({"p2l": 1, "seed": 3, "mask_png": )" + mask + "}");
    const auto photo = readPhoto(at("a.png"));
    EXPECT_TRUE(photo.pictures.masks.empty()) << mask;
    EXPECT_EQ(nlohmann::json::parse(photo.request_json), nlohmann::json::parse(R"({"p2l": 1, "seed": 3})")) << mask;
    ASSERT_EQ(photo.remarks.size(), 1u) << mask;
    EXPECT_NE(photo.remarks[0].find("mask"), std::string::npos);
  }
}

TEST_F(PhotoFile, WhatAFormatCannotHoldIsSaid) {
  auto image = gradientImage(12, 9, 4);
  for (std::size_t i = 3; i < image.pixels.size(); i += 4) image.pixels[i] = 1.0f;
  for (const char* name : {"a.jpg", "a.png", "a.tif", "a.webp"}) EXPECT_EQ(writePhoto(image, at(name), ""), "") << name;
  image.pixels[3] = 0.25f;
  for (const char* name : {"a.png", "a.tif", "a.webp"}) EXPECT_EQ(writePhoto(image, at(name), ""), "") << name;
  EXPECT_NE(writePhoto(image, at("a.jpg"), "").find("A JPEG has no transparency"), std::string::npos);
  const PhotoOrigin deep{16, {}};
  for (const char* name : {"a.png", "a.tif"}) EXPECT_EQ(writePhoto(image, at(name), "", {}, deep), "") << name;
  EXPECT_EQ(writePhoto(image, at("a.webp"), "", {}, deep),
            "A WebP has 8 bits, and the photo has 16: save as PNG or TIFF to keep them.");
  // And before it is written.
  EXPECT_FALSE(lossOfSaving(image, "b.png", 16).any());
  const auto loss = lossOfSaving(image, "b.jpg", 16);
  EXPECT_TRUE(loss.transparency);
  EXPECT_EQ(loss.bits, 16);
  EXPECT_EQ(writePhoto(image, at("b.jpg"), "", {}, deep), loss.sentence());
  EXPECT_THROW(lossOfSaving(image, "b.txt", 8), Error);
}

TEST_F(PhotoFile, SixteenBitsAreKept) {
  const std::string row = {'\x00', '\x00', '\x00', '\x01', '\x80', '\x00', '\xff', '\xff'};
  spill(at("a.png"), PngBytes(4, 2, 16, 0).rows({row, row}).end());
  const auto image = readPhoto(at("a.png")).image;
  ASSERT_EQ(image.channels, 1);
  EXPECT_FLOAT_EQ(image.at(1, 0, 0), 1.0f / 65535.0f);
  EXPECT_FLOAT_EQ(image.at(2, 1, 0), 32768.0f / 65535.0f);
  EXPECT_EQ(image.at(3, 0, 0), 1.0f);
}

TEST_F(PhotoFile, PaletteOneBitAndGreyAlphaPng) {
  spill(at("palette.png"),
        PngBytes(3, 1, 8, 3).chunk("PLTE", {'\xff', 0, 0, 0, '\xff', 0, 0, 0, '\xff'}).rows({{0, 1, 2}}).end());
  const auto palette = readPhoto(at("palette.png")).image;
  ASSERT_EQ(palette.channels, 3);
  EXPECT_EQ(palette.pixels, (std::vector<float>{1, 0, 0, 0, 1, 0, 0, 0, 1}));

  spill(at("bits.png"), PngBytes(4, 1, 1, 0).rows({"\xa0"}).end());  // 1010
  EXPECT_EQ(readGrey(at("bits.png")).pixels, (std::vector<float>{1, 0, 1, 0}));

  spill(at("ga.png"), PngBytes(2, 1, 8, 4).rows({{'\x33', '\xff', '\x66', '\x00'}}).end());
  const auto grey_alpha = readPhoto(at("ga.png")).image;
  ASSERT_EQ(grey_alpha.channels, 2);
  EXPECT_FLOAT_EQ(grey_alpha.at(1, 0, 0), 0.4f);
  EXPECT_EQ(grey_alpha.at(0, 0, 1), 1.0f);
  EXPECT_EQ(grey_alpha.at(1, 0, 1), 0.0f);
}

TEST_F(PhotoFile, GreyIsLumaAndTransparentIsBlack) {
  Image image = gradientImage(3, 1, 4);
  image.pixels = {1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 1};
  writePhoto(image, at("mask.png"), "");
  const auto grey = readGrey(at("mask.png"));
  EXPECT_EQ(grey.channels, 1);
  EXPECT_NEAR(grey.at(0, 0, 0), 1.0f, 1e-6);
  EXPECT_EQ(grey.at(1, 0, 0), 0.0f);
  EXPECT_NEAR(grey.at(2, 0, 0), 0.587f, 1e-6);
}

void setMetadata(const std::string& path, int orientation, const std::string& icc = "") {
  auto image = Exiv2::ImageFactory::open(path);
  image->readMetadata();
  if (orientation > 0) image->exifData()["Exif.Image.Orientation"] = static_cast<std::uint16_t>(orientation);
  if (!icc.empty()) {
    Exiv2::DataBuf profile(reinterpret_cast<const Exiv2::byte*>(icc.data()), static_cast<long>(icc.size()));
    image->setIccProfile(profile, false);
  }
  image->writeMetadata();
  if (icc.empty() || !path.ends_with(".webp")) return;
  // Exiv2 0.27 names the profile's chunk VP8X, too.
  auto bytes = slurp(path);
  bytes.replace(bytes.find("VP8X", bytes.find("VP8X") + 4), 4, "ICCP");
  spill(path, bytes);
}

TEST_F(PhotoFile, ExifOrientationTurnsThePictureUpright) {
  // F on a 2 x 3 raster as it should be seen; EXIF's table says how a file with each orientation stores it.
  const std::vector<float> upright = {1, 0.5f, 0.25f, 0, 0.75f, 0.125f};  // rows of two
  const auto pixel = [&](int x, int y) { return std::round(upright[y * 2 + x] * 255.0f) / 255.0f; };
  for (int orientation = 1; orientation <= 8; ++orientation) {
    for (const char* ending : {"tif", "png", "webp"}) {
      const bool rows_are_columns = orientation >= 5;
      Image stored = gradientImage(rows_are_columns ? 3 : 2, rows_are_columns ? 2 : 3, 3);
      // What is the stored picture's 0th row and 0th column? (EXIF 2.3, tag 274)
      const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
      const bool from_right = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
      for (int v = 0; v < stored.height; ++v) {
        for (int u = 0; u < stored.width; ++u) {
          int x = rows_are_columns ? v : u;
          int y = rows_are_columns ? u : v;
          if (from_right) x = 1 - x;
          if (from_bottom) y = 2 - y;
          for (int c = 0; c < 3; ++c) stored.at(u, v, c) = pixel(x, y);
        }
      }
      const auto path = at(std::string("o.") + ending);
      writePhoto(stored, path, "");
      setMetadata(path, orientation);
      const auto image = readPhoto(path).image;
      ASSERT_EQ(image.width, 2) << orientation << ending;
      ASSERT_EQ(image.height, 3);
      for (int y = 0; y < 3; ++y) {
        for (int x = 0; x < 2; ++x) EXPECT_EQ(image.at(x, y, 0), pixel(x, y)) << orientation << ending << x << y;
      }
    }
  }
}

std::string profileBytes(cmsHPROFILE profile) {
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, nullptr, &size);
  std::string bytes(size, '\0');
  cmsSaveProfileToMem(profile, bytes.data(), &size);
  cmsCloseProfile(profile);
  return bytes;
}

/// Primaries and gamma of Adobe RGB (1998).
std::string wideProfile() {
  const cmsCIExyY white = {0.3127, 0.3290, 1.0};
  const cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1.0}, {0.21, 0.71, 1.0}, {0.15, 0.06, 1.0}};
  cmsToneCurve* gamma = cmsBuildGamma(nullptr, 563.0 / 256.0);
  cmsToneCurve* curves[3] = {gamma, gamma, gamma};
  auto bytes = profileBytes(cmsCreateRGBProfile(&white, &primaries, curves));
  cmsFreeToneCurve(gamma);
  return bytes;
}

TEST_F(PhotoFile, ColourProfilesAreConvertedWithARemark) {
  for (const char* ending : {"png", "jpg", "tif", "webp"}) {
    Image image = gradientImage(16, 16, 3);
    for (std::size_t i = 0; i < image.pixels.size(); i += 3) {
      image.pixels[i] = 144.0f / 255.0f, image.pixels[i + 1] = 128.0f / 255.0f, image.pixels[i + 2] = 96.0f / 255.0f;
    }
    const auto path = at(std::string("wide.") + ending);
    writePhoto(image, path, "");
    setMetadata(path, 0, wideProfile());
    const auto photo = readPhoto(path);
    ASSERT_EQ(photo.remarks.size(), 1u) << ending;
    EXPECT_NE(photo.remarks[0].find("to sRGB"), std::string::npos) << photo.remarks[0];
    // By hand: linear light, the two spaces' matrices, sRGB's curve.
    const double linear[3] = {std::pow(144 / 255.0, 563 / 256.0), std::pow(128 / 255.0, 563 / 256.0),
                              std::pow(96 / 255.0, 563 / 256.0)};
    const double matrix[3][3] = {{1.39836, -0.39836, 0.0}, {0.0, 1.0, 0.0}, {0.0, -0.04293, 1.04293}};
    for (int c = 0; c < 3; ++c) {
      const double light = matrix[c][0] * linear[0] + matrix[c][1] * linear[1] + matrix[c][2] * linear[2];
      const double srgb = 1.055 * std::pow(light, 1 / 2.4) - 0.055;
      EXPECT_NEAR(photo.image.at(8, 8, c), srgb, std::string(ending) == "jpg" ? 0.012 : 0.004) << ending << c;
    }
  }
}

TEST_F(PhotoFile, ProfilesThatMeanSrgbChangeNothing) {
  const auto image = gradientImage(16, 16, 3);
  writePhoto(image, at("a.png"), "");
  setMetadata(at("a.png"), 0, profileBytes(cmsCreate_sRGBProfile()));
  // The same with primaries rounded differently, as in the profiles that cameras and web sites embed.
  const cmsCIExyY white = {0.3127, 0.3290, 1.0};
  const cmsCIExyYTRIPLE primaries = {{0.6402, 0.3301, 1.0}, {0.2998, 0.6001, 1.0}, {0.1499, 0.0601, 1.0}};
  const cmsFloat64Number parameters[5] = {2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045};
  cmsToneCurve* curve = cmsBuildParametricToneCurve(nullptr, 4, parameters);
  cmsToneCurve* curves[3] = {curve, curve, curve};
  writePhoto(image, at("b.png"), "");
  setMetadata(at("b.png"), 0, profileBytes(cmsCreateRGBProfile(&white, &primaries, curves)));
  cmsFreeToneCurve(curve);
  for (const char* name : {"a.png", "b.png"}) {
    const auto photo = readPhoto(at(name));
    EXPECT_TRUE(photo.remarks.empty()) << name;
    EXPECT_EQ(largestDifference(photo.image, image), 0.0f) << name;
  }
}

TEST_F(PhotoFile, ProfilesThatCannotBeUsedAreARemark) {
  const auto image = gradientImage(16, 16, 3);
  writePhoto(image, at("a.png"), "");
  setMetadata(at("a.png"), 0, std::string(200, 'x'));
  EXPECT_EQ(readPhoto(at("a.png")).remarks.size(), 1u);
  const cmsCIExyY white = {0.3127, 0.3290, 1.0};
  cmsToneCurve* gamma = cmsBuildGamma(nullptr, 1.8);
  const auto grey_profile = profileBytes(cmsCreateGrayProfile(&white, gamma));
  cmsFreeToneCurve(gamma);
  writePhoto(image, at("b.png"), "");
  setMetadata(at("b.png"), 0, grey_profile);
  const auto photo = readPhoto(at("b.png"));
  ASSERT_EQ(photo.remarks.size(), 1u);
  EXPECT_NE(photo.remarks[0].find("not applied"), std::string::npos);
  EXPECT_EQ(largestDifference(photo.image, image), 0.0f);
  // The same profile on a grey picture is used.
  Image grey = gradientImage(16, 16, 1);
  std::fill(grey.pixels.begin(), grey.pixels.end(), 0.4f);
  writePhoto(grey, at("c.png"), "");
  setMetadata(at("c.png"), 0, grey_profile);
  const auto converted = readPhoto(at("c.png"));
  ASSERT_EQ(converted.image.channels, 1);
  EXPECT_NEAR(converted.image.at(3, 3, 0), 1.055 * std::pow(std::pow(0.4, 1.8), 1 / 2.4) - 0.055, 0.004);
}

TEST_F(PhotoFile, BadFilesAreNamedInOneSentence) {
  EXPECT_EQ(test::problemOf([&] { readPhoto(at("none.png")); }), "There is no file " + at("none.png") + ".");
  EXPECT_EQ(test::problemOf([&] { readPhoto(folder_.string()); }), folder_.string() + " is a folder, not a file.");
  EXPECT_EQ(complaintAbout("empty.png", ""), "is empty (0 bytes).");
  for (const std::string text : {"x", "hello, this is no picture", "GIF89a.......", "\xff\xd8"}) {
    EXPECT_EQ(complaintAbout("text.png", text),
              "is not a picture of a known kind: JPEG, PNG, TIFF, WebP and BMP can be opened.");
  }
  ASSERT_EQ(::mkfifo(at("pipe").c_str(), 0600), 0);
  EXPECT_EQ(test::problemOf([&] { readPhoto(at("pipe")); }), at("pipe") + " is not an ordinary file.");
}

TEST_F(PhotoFile, CutOffFilesAreRefusedWhereverTheyAreCut) {
  Image image = gradientImage(64, 64, 3);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = static_cast<float>(i * 37 % 256) / 255.0f;
  for (const char* name : {"a.jpg", "a.png", "a.tif", "a.webp"}) {
    writePhoto(image, at(name), "");
    const auto whole = slurp(at(name));
    for (const double share : {0.02, 0.1, 0.5, 0.9, 0.999}) {
      const auto message = complaintAbout(name, whole.substr(0, static_cast<std::size_t>(whole.size() * share)));
      EXPECT_TRUE(message.starts_with("is cut off: ") || message.starts_with("is damaged or cut off: ") ||
                  message.starts_with("is not a picture"))
          << name << " " << share << ": " << message;
    }
  }
}

TEST_F(PhotoFile, JpegsWithDataAfterTheirEndAreWhole) {
  const auto image = gradientImage(32, 32, 3);
  writePhoto(image, at("a.jpg"), "");
  spill(at("a.jpg"), slurp(at("a.jpg")) + std::string(1000, '\0') + "maker's trailer");
  EXPECT_EQ(readPhoto(at("a.jpg")).image.width, 32);
}

TEST_F(PhotoFile, DamagedFilesNeverCrash) {
  for (const char* name : {"a.jpg", "a.png", "a.tif", "a.webp"}) {
    writePhoto(gradientImage(32, 32, 3), at(name), kRequest);
    const auto whole = slurp(at(name));
    for (std::size_t at_byte = 0; at_byte < whole.size(); at_byte += 1 + whole.size() / 60) {
      auto damaged = whole;
      damaged[at_byte] = static_cast<char>(~damaged[at_byte]);
      spill(at(name), damaged);
      ::testing::internal::CaptureStderr();
      try {
        readPhoto(at(name));  // some damage cannot be noticed
      } catch (const Error&) {
      }
      EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << name << " " << at_byte;
    }
  }
}

TEST_F(PhotoFile, TooLargePicturesAreRefusedByTheirHeader) {
  const std::string row(30000 / 8, '\0');
  EXPECT_EQ(
      complaintAbout("wide.png", PngBytes(30000, 2, 1, 0).rows({row, row}).end()),
      "is 30000 x 2 pixels large; at most 16384 a side and 100 million in all can be opened: make it smaller first.");
  // Only a header: the pixels would need 200 MB and are never asked for.
  EXPECT_NE(complaintAbout("area.png", PngBytes(16000, 16000, 8, 2).rows({""}).end()).find("16000 x 16000 pixels"),
            std::string::npos);
  EXPECT_NE(complaintAbout("huge.png", PngBytes(2000000000, 2000000000, 8, 2).rows({""}).end()).find(" pixels large"),
            std::string::npos);
}

TEST_F(PhotoFile, OutputsThatCannotBeWrittenAreSentences) {
  const auto image = gradientImage(8, 8, 3);
  EXPECT_EQ(
      test::problemOf([&] { writePhoto(image, at("a.gif"), ""); }),
      at("a.gif") + " cannot be written: its name must end with .png, .jpg, .jpeg, .tif, .tiff or .webp, found .gif.");
  EXPECT_NE(test::problemOf([&] { writePhoto(image, at("a"), ""); }).find("found none"), std::string::npos);
  EXPECT_EQ(test::problemOf([&] { writePhoto(image, at("no/folder/a.png"), ""); }),
            at("no/folder/a.png") + " cannot be written: there is no folder " + at("no/folder") + ".");
  fs::create_directory(folder_ / "dir.png");
  EXPECT_EQ(test::problemOf([&] { writePhoto(image, at("dir.png"), ""); }),
            at("dir.png") + " cannot be written: it is a folder.");
  EXPECT_EQ(test::problemOf([&] { writePhoto(Image(), at("a.png"), ""); }), "There is no picture to be written.");
  for (const char* bad : {"a.gif", "no/folder/a.png", "dir.png"}) {
    EXPECT_NE(test::problemOf([&] { checkPictureWritable(at(bad)); }), "") << bad;
  }
  EXPECT_EQ(test::problemOf([&] { checkPictureWritable(at("fine.png")); }), "");
  EXPECT_EQ(fileCount(), 1u);
}

TEST_F(PhotoFile, FullDiskLeavesTheOldFileAndNothingElse) {
  writePhoto(gradientImage(8, 8, 3), at("a.png"), "");
  const auto before = slurp(at("a.png"));
  // A limit on file sizes fails in write() as a full disk does.
  rlimit old_limit{};
  ::getrlimit(RLIMIT_FSIZE, &old_limit);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small = {512, old_limit.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  Image noise = gradientImage(64, 64, 3);
  for (std::size_t i = 0; i < noise.pixels.size(); ++i) noise.pixels[i] = static_cast<float>(i * i * 37 % 256) / 255.0f;
  const auto message = test::problemOf([&] { writePhoto(noise, at("a.png"), ""); });
  ::setrlimit(RLIMIT_FSIZE, &old_limit);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_NE(message.find("cannot be written: "), std::string::npos) << message;
  EXPECT_EQ(slurp(at("a.png")), before);
  EXPECT_EQ(fileCount(), 1u);
}

TEST_F(PhotoFile, ReplacingKeepsPermissionsAndLinks) {
  writePhoto(gradientImage(8, 8, 3), at("real.png"), "");
  fs::permissions(at("real.png"), fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("real.png", at("link.png"));
  writePhoto(gradientImage(9, 9, 3), at("link.png"), "");
  EXPECT_TRUE(fs::is_symlink(at("link.png")));
  EXPECT_EQ(readPhoto(at("real.png")).image.width, 9);
  EXPECT_EQ(fs::status(at("real.png")).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

/// A picture is written on one thread while another one tells something.
TEST_F(PhotoFile, WritingTakesNoWordFromOtherThreads) {
  const int before = ::dup(STDERR_FILENO);
  const int told = ::open(at("told.txt").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
  ::dup2(told, STDERR_FILENO);
  std::atomic<bool> written{false};
  std::thread writer([&] {
    for (int i = 0; i < 20; ++i) writePhoto(gradientImage(200, 200, 3), at("picture.png"), "");
    written = true;
  });
  std::size_t lines = 0;
  for (; !written; ++lines) std::fputs("said\n", stderr);
  writer.join();
  ::dup2(before, STDERR_FILENO);
  ::close(before);
  ::close(told);
  EXPECT_EQ(slurp(at("told.txt")).size(), 5 * lines);
}

TEST_F(PhotoFile, TextFilesGoWhereTheyShould) {
  writeTextFile(at("r.json"), "{}");
  EXPECT_EQ(readTextFile(at("r.json")), "{}");
  EXPECT_EQ(test::problemOf([&] { writeTextFile("/dev/null", "{}"); }), "");
  EXPECT_EQ(test::problemOf([&] { checkWritable("/dev/full"); }), "");
  EXPECT_EQ(test::problemOf([&] { writeTextFile("/dev/full", "{}"); }),
            "/dev/full cannot be written: No space left on device.");
}

}  // namespace
}  // namespace p2l
