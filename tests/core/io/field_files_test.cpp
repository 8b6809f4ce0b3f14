// SPDX-License-Identifier: GPL-3.0-or-later
// Kinds of files that people have (tests/field), each with the picture that it means.
#include <lcms2.h>
#include <webp/decode.h>
#include <exiv2/exiv2.hpp>

#include <cmath>

#include "core/io/codec/bmp_bitfields.h"
#include "core/io/photo_file.h"
#include "tests/support/png_bytes.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using test::PngBytes;
using test::problemOf;

std::string field(const std::string& name) {
  return std::string(P2L_TEST_FIELD) + "/" + name;
}

int byteAt(const Image& image, int x, int y, int channel) {
  return static_cast<int>(std::lround(image.at(x, y, channel) * 255.0f));
}

void expectPixel(const Image& image, int x, int y, const std::vector<int>& expected) {
  ASSERT_GE(image.channels, static_cast<int>(expected.size()));
  for (std::size_t c = 0; c < expected.size(); ++c)
    EXPECT_EQ(byteAt(image, x, y, static_cast<int>(c)), expected[c]) << x << " " << y << " channel " << c;
}

class FieldFiles : public test::TemporaryFolder {
 protected:
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
};

TEST_F(FieldFiles, TiffsHoldTheColoursThatTheyMean) {
  const auto unassociated = readPhoto(field("unassoc.tif"));
  expectPixel(unassociated.image, 0, 0, {220, 60, 0, 128});
  const auto associated = readPhoto(field("assoc16.tif"));
  EXPECT_EQ(byteAt(associated.image, 8, 8, 0), 255);
  EXPECT_EQ(associated.origin.bits, 16);
  expectPixel(readPhoto(field("miniswhite16.tif")).image, 0, 0, {220});
  const auto scaled = readPhoto(field("float255.tif"));
  expectPixel(scaled.image, 0, 0, {220, 60, 0});
  ASSERT_EQ(scaled.remarks.size(), 1u);
  EXPECT_NE(scaled.remarks[0].find("were divided by 255"), std::string::npos) << scaled.remarks[0];
  expectPixel(readPhoto(field("half01.tif")).image, 0, 0, {220, 60, 0});
  expectPixel(readPhoto(field("big.tif")).image, 0, 0, {220, 60, 0});
  expectPixel(readPhoto(field("base.png")).image, 0, 0, {220, 60, 0});
}

// As Pillow reads it: the upper half of each number is the byte.
TEST_F(FieldFiles, APaletteOfUpperHalvesReachesWhite) {
  const auto image = readPhoto(field("palette_halves.tif")).image;
  expectPixel(image, 1, 0, {4, 28, 251});
  expectPixel(image, 7, 7, {252, 228, 3});
}

TEST_F(FieldFiles, InksWithoutAProfileAreARoughGuess) {
  const auto photo = readPhoto(field("cmyk.jpg"));
  ASSERT_EQ(photo.image.channels, 3);
  EXPECT_GT(byteAt(photo.image, 12, 8, 0), 240);  // full magenta and yellow
  EXPECT_LT(byteAt(photo.image, 12, 8, 2), 15);
  ASSERT_EQ(photo.remarks.size(), 1u);
  EXPECT_NE(photo.remarks[0].find("colours are a rough guess"), std::string::npos) << photo.remarks[0];
}

TEST_F(FieldFiles, AnimationsGiveTheirFirstPicture) {
  const auto photo = readPhoto(field("anim.webp"));
  ASSERT_EQ(photo.remarks.size(), 1u);
  EXPECT_NE(photo.remarks[0].find("The first of the animation's"), std::string::npos) << photo.remarks[0];
  // The kind that the program writes.
  std::vector<std::shared_ptr<const Frame>> frames;
  for (const int level : {200, 20}) {
    auto frame = std::make_shared<Frame>();
    *frame = frameFromImage(Image(32, 24, 3, static_cast<float>(level) / 255.0f));
    frames.push_back(frame);
  }
  writeAnimation(frames, 100, at("steps.webp"));
  const auto first = readPhoto(at("steps.webp"));
  ASSERT_EQ(first.image.width, 32);
  EXPECT_NEAR(byteAt(first.image, 16, 12, 1), 200, 3);
  EXPECT_EQ(first.remarks[0], "The first of the animation's 2 pictures was read.");
}

TEST_F(FieldFiles, AFloatKernelKeepsItsProportions) {
  const auto kernel = readKernel(field("k_float_gt1.tif"));
  const double binomial[5] = {1, 4, 6, 4, 1};
  ASSERT_EQ(kernel.width, 5);
  for (int y = 0; y < 5; ++y) {
    for (int x = 0; x < 5; ++x) EXPECT_NEAR(kernel.at(x, y, 0), y == 2 ? binomial[x] / 6 : 0.0, 1e-6);
  }
}

TEST_F(FieldFiles, AdobeRgbByExifIsConvertedAsByItsProfile) {
  const auto photo = readPhoto(field("adobe_cs2.jpg"));
  expectPixel(photo.image, 0, 0, {254, 57, 0});
  ASSERT_EQ(photo.remarks.size(), 1u);
  EXPECT_EQ(photo.remarks[0], "Colours were converted from Adobe RGB (by EXIF) to sRGB.");
}

TEST_F(FieldFiles, UncalibratedColoursAreAdobeRgbOnlyWithTheirIndex) {
  const Image image(16, 16, 3, 0.5f);
  const auto remarksOf = [&](const char* name, int space, const char* index) {
    Image coloured = image;
    for (std::size_t i = 0; i < coloured.pixels.size(); i += 3) coloured.pixels[i] = 0.9f;
    writePhoto(coloured, at(name), "");
    auto file = Exiv2::ImageFactory::open(at(name));
    file->readMetadata();
    file->exifData()["Exif.Photo.ColorSpace"] = static_cast<std::uint16_t>(space);
    if (index) file->exifData()["Exif.Iop.InteroperabilityIndex"] = std::string(index);
    file->writeMetadata();
    return readPhoto(at(name)).remarks.size();
  };
  for (const char* name : {"a.jpg", "a.tif", "a.webp", "a.png"}) {
    EXPECT_EQ(remarksOf(name, 65535, "R03"), 1u) << name;
    EXPECT_EQ(remarksOf(name, 65535, nullptr), 0u) << name;
    EXPECT_EQ(remarksOf(name, 1, "R98"), 0u) << name;
    EXPECT_EQ(remarksOf(name, 2, nullptr), 1u) << name;
  }
}

std::string bigEndian(const std::vector<std::uint32_t>& words) {
  std::string text;
  for (const auto word : words) {
    for (const int shift : {24, 16, 8, 0}) text += static_cast<char>(word >> shift & 255);
  }
  return text;
}

const std::vector<std::uint32_t> kSrgbChunk = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};
const std::vector<std::uint32_t> kAdobeChunk = {31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000};

TEST_F(FieldFiles, PngGammaAndPrimariesAreConverted) {
  const auto linear = readPhoto(field("gama_linear.png"));
  EXPECT_NEAR(byteAt(linear.image, 0, 0, 0), 220, 1);  // stored: 184 11 0
  EXPECT_NEAR(byteAt(linear.image, 0, 0, 1), 59, 1);
  ASSERT_EQ(linear.remarks.size(), 1u);
  EXPECT_EQ(linear.remarks[0], "Colours were converted from gamma 1 (chunk gAMA) to sRGB.");

  const std::vector<std::string> row = {{'\xdc', '\x3c', '\x00'}};
  const auto read = [&](const std::string& bytes) {
    std::ofstream(at("a.png"), std::ios::binary) << bytes;
    return readPhoto(at("a.png"));
  };
  // Adobe RGB by gamma 1/2.2 and primaries: as the profile gives it.
  const auto adobe = read(
      PngBytes(1, 1, 8, 2).chunk("gAMA", bigEndian({45455})).chunk("cHRM", bigEndian(kAdobeChunk)).rows(row).end());
  EXPECT_EQ(adobe.remarks.size(), 1u);
  EXPECT_NEAR(byteAt(adobe.image, 0, 0, 0), 254, 2);
  EXPECT_NEAR(byteAt(adobe.image, 0, 0, 1), 57, 4);
  // What most programs write that mean sRGB changes nothing.
  for (const auto& png :
       {PngBytes(1, 1, 8, 2).chunk("gAMA", bigEndian({45455})).chunk("cHRM", bigEndian(kSrgbChunk)).rows(row).end(),
        PngBytes(1, 1, 8, 2).chunk("sRGB", std::string(1, '\0')).chunk("gAMA", bigEndian({100000})).rows(row).end(),
        PngBytes(1, 1, 8, 2).chunk("gAMA", bigEndian({0})).rows(row).end()}) {
    const auto same = read(png);
    EXPECT_TRUE(same.remarks.empty());
    expectPixel(same.image, 0, 0, {220, 60, 0});
  }
  const auto grey = read(PngBytes(1, 1, 8, 0).chunk("gAMA", bigEndian({100000})).rows({"\x3c"}).end());
  ASSERT_EQ(grey.image.channels, 1);
  EXPECT_NEAR(grey.image.at(0, 0, 0), 1.055 * std::pow(60 / 255.0, 1 / 2.4) - 0.055, 0.003);
  // Primaries that are none are a remark.
  const auto broken = read(PngBytes(1, 1, 8, 2).chunk("cHRM", std::string(32, '\0')).rows(row).end());
  ASSERT_EQ(broken.remarks.size(), 1u);
  EXPECT_NE(broken.remarks[0].find("were taken as sRGB"), std::string::npos) << broken.remarks[0];
  expectPixel(broken.image, 0, 0, {220, 60, 0});
}

std::string littleEndian(std::uint32_t word, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += static_cast<char>(word >> (8 * i) & 255);
  return text;
}

/// A BMP of one row with words of 16 or 32 bits.
std::string bmp(int bits, int compression, const std::vector<std::uint32_t>& masks,
                const std::vector<std::uint32_t>& words) {
  std::string pixels;
  for (const auto word : words) pixels += littleEndian(word, bits / 8);
  while (pixels.size() % 4) pixels += '\0';
  const std::uint32_t header = masks.size() > 3 ? 56 : 40;
  std::string mask_bytes;
  for (const auto mask : masks) mask_bytes += littleEndian(mask, 4);
  const auto start = static_cast<std::uint32_t>(54 + mask_bytes.size());
  return "BM" + littleEndian(start + static_cast<std::uint32_t>(pixels.size()), 4) + littleEndian(0, 4) +
         littleEndian(start, 4) + littleEndian(header, 4) + littleEndian(static_cast<std::uint32_t>(words.size()), 4) +
         littleEndian(1, 4) + littleEndian(1, 2) + littleEndian(bits, 2) + littleEndian(compression, 4) +
         littleEndian(0, 4) + littleEndian(2835, 4) + littleEndian(2835, 4) + littleEndian(0, 4) + littleEndian(0, 4) +
         mask_bytes + pixels;
}

TEST_F(FieldFiles, BmpsOfBitFields) {
  const auto read = [&](const std::string& bytes) {
    std::ofstream(at("a.bmp"), std::ios::binary) << bytes;
    return readPhoto(at("a.bmp")).image;
  };
  const auto rgb565 = read(bmp(16, 3, {0xF800, 0x07E0, 0x001F}, {0xFFFF, 0xF800, 0x0400}));
  expectPixel(rgb565, 0, 0, {255, 255, 255});
  expectPixel(rgb565, 1, 0, {255, 0, 0});
  EXPECT_FLOAT_EQ(rgb565.at(2, 0, 1), 32.0f / 63.0f);
  const auto rgb555 = read(bmp(16, 0, {}, {0x7FFF, 0x7C00, 0x0010, 0}));
  expectPixel(rgb555, 0, 0, {255, 255, 255});
  EXPECT_FLOAT_EQ(rgb555.at(2, 0, 2), 16.0f / 31.0f);
  const auto rgba = read(bmp(32, 3, {0xFF, 0xFF00, 0xFF0000, 0xFF000000}, {0x80010203}));
  expectPixel(rgba, 0, 0, {3, 2, 1, 128});
  const auto whole = bmp(16, 3, {0xF800, 0x07E0, 0x001F}, {0xFFFF, 0xF800, 0x0400});
  EXPECT_EQ(problemOf([&] { read(whole.substr(0, whole.size() - 3)); }),
            at("a.bmp") + " is cut off: the end of its BMP data is missing.");
  EXPECT_EQ(problemOf([&] {
              read(bmp(16, 3, {0xF000, 0x07E0, 0}, {1, 2}));
            }),
            at("a.bmp") +
                " is a valid BMP, but of a kind that is not read: its masks leave out a channel or have gaps: save it "
                "as PNG.");
}

TEST_F(FieldFiles, JpegsThatAreValidButNotReadSaySo) {
  // A frame header of 12 bits, and one of lossless JPEG.
  for (const auto& [marker, bits, found] :
       {std::tuple{'\xC1', 12, "its samples have 12 bits"}, std::tuple{'\xC3', 8, "it is compressed without loss"}}) {
    std::string jpeg = "\xFF\xD8\xFF";
    jpeg += marker;
    jpeg += std::string("\x00\x0b", 2) + static_cast<char>(bits) + std::string("\x00\x08\x00\x08\x01\x01\x11\x00", 8);
    jpeg += "\xFF\xD9";
    std::ofstream(at("a.jpg"), std::ios::binary) << jpeg;
    EXPECT_EQ(problemOf([&] { readPhoto(at("a.jpg")); }),
              concat(at("a.jpg"), " is a valid JPEG, but of a kind that is not read: ", found, ": save it as PNG."));
  }
}

/// A camera's entries, and some that are about the old pixels.
void addCamera(const std::string& path) {
  auto file = Exiv2::ImageFactory::open(path);
  file->readMetadata();
  auto& exif = file->exifData();
  exif["Exif.Image.Make"] = "Maker";
  exif["Exif.Image.Model"] = "Model 7";
  exif["Exif.Image.Orientation"] = std::uint16_t{6};
  exif["Exif.Photo.DateTimeOriginal"] = "2024:05:06 07:08:09";
  exif["Exif.Photo.PixelXDimension"] = std::uint32_t{4000};
  exif["Exif.Photo.ExposureTime"] = Exiv2::Rational(1, 250);
  exif["Exif.GPSInfo.GPSLatitudeRef"] = "N";
  exif["Exif.GPSInfo.GPSLatitude"] = "48/1 8/1 15/1";
  file->writeMetadata();
}

TEST_F(FieldFiles, DateCameraAndPlaceAreCarriedOver) {
  for (const char* from : {"in.jpg", "in.tif", "in.webp", "in.png"}) {
    writePhoto(Image(24, 16, 3, 0.5f), at(from), "");
    addCamera(at(from));
    const auto photo = readPhoto(at(from));
    ASSERT_EQ(photo.image.width, 16) << from;
    for (const char* to : {"out.jpg", "out.tif", "out.webp", "out.png"}) {
      SCOPED_TRACE(std::string(from) + " to " + to);
      EXPECT_EQ(writePhoto(photo.image, at(to), R"({"p2l": 1})", {}, photo.origin), "");
      auto file = Exiv2::ImageFactory::open(at(to));
      file->readMetadata();
      auto& exif = file->exifData();
      EXPECT_EQ(exif["Exif.Image.Model"].toString(), "Model 7");
      EXPECT_EQ(exif["Exif.Photo.DateTimeOriginal"].toString(), "2024:05:06 07:08:09");
      EXPECT_EQ(exif["Exif.Photo.ExposureTime"].toString(), "1/250");
      EXPECT_EQ(exif["Exif.GPSInfo.GPSLatitude"].toString(), "48/1 8/1 15/1");
      EXPECT_EQ(exif["Exif.Photo.PixelXDimension"].toLong(), 16);
      const auto back = readPhoto(at(to));
      EXPECT_EQ(back.image.width, 16);  // not turned a second time
      EXPECT_EQ(back.request_json, R"({"p2l": 1})");
      EXPECT_EQ(back.origin.exif, photo.origin.exif);
    }
  }
  writePhoto(Image(24, 16, 3, 0.5f), at("plain.jpg"), "");
  EXPECT_TRUE(readPhoto(at("plain.jpg")).origin.exif.empty());
}

TEST_F(FieldFiles, PreviewsAndMakersNotesStayWithThePhoto) {
  writePhoto(Image(24, 16, 3, 0.5f), at("in.jpg"), "");
  addCamera(at("in.jpg"));
  auto file = Exiv2::ImageFactory::open(at("in.jpg"));
  file->readMetadata();
  file->exifData()["Exif.Photo.MakerNote"] = "1 2 3 4 5 6 7 8";
  file->exifData()["Exif.Image.Artist"] = "An author";
  writePhoto(Image(8, 8, 3, 0.5f), at("preview.jpg"), "");
  Exiv2::ExifThumb(file->exifData()).setJpegThumbnail(at("preview.jpg"));
  file->writeMetadata();
  file->readMetadata();
  ASSERT_NE(file->exifData().findKey(Exiv2::ExifKey("Exif.Photo.MakerNote")), file->exifData().end());
  ASSERT_EQ(std::string(Exiv2::ExifThumb(file->exifData()).extension()), ".jpg");

  const auto photo = readPhoto(at("in.jpg"));
  for (const char* to : {"out.jpg", "out.tif", "out.webp", "out.png"}) {
    SCOPED_TRACE(to);
    EXPECT_EQ(writePhoto(photo.image, at(to), R"({"p2l": 1})", {}, photo.origin), "");
    auto out = Exiv2::ImageFactory::open(at(to));
    out->readMetadata();
    EXPECT_EQ(out->exifData()["Exif.Image.Artist"].toString(), "An author");
    EXPECT_EQ(out->exifData().findKey(Exiv2::ExifKey("Exif.Photo.MakerNote")), out->exifData().end());
    EXPECT_EQ(std::string(Exiv2::ExifThumb(out->exifData()).extension()), "");
  }
}

TEST_F(FieldFiles, EntriesTooLargeForAJpegAreLeftOutAndTheOthersStay) {
  writePhoto(Image(24, 16, 3, 0.5f), at("in.tif"), "");
  addCamera(at("in.tif"));
  auto file = Exiv2::ImageFactory::open(at("in.tif"));
  file->readMetadata();
  for (const char* key : {"Exif.Image.Artist", "Exif.Image.Copyright"}) file->exifData()[key] = std::string(40000, 'x');
  file->writeMetadata();
  const auto photo = readPhoto(at("in.tif"));
  EXPECT_EQ(writePhoto(photo.image, at("out.jpg"), R"({"p2l": 1})", {}, photo.origin), "");
  auto out = Exiv2::ImageFactory::open(at("out.jpg"));
  out->readMetadata();
  EXPECT_EQ(out->exifData()["Exif.Photo.DateTimeOriginal"].toString(), "2024:05:06 07:08:09");
  EXPECT_EQ(readPhoto(at("out.jpg")).request_json, R"({"p2l": 1})");
}

TEST_F(FieldFiles, SixteenBitsGoOutWhereTheFormatHasThem) {
  Image image(40, 30, 3);
  for (std::size_t i = 0; i < image.pixels.size(); ++i)
    image.pixels[i] = static_cast<float>(i * 7919 % 65536) / 65535.0f;
  for (const auto& [name, bits] :
       {std::pair{"a.png", 16}, std::pair{"a.tif", 16}, std::pair{"a.webp", 8}, std::pair{"a.jpg", 8}}) {
    writePhoto(image, at(name), "", {}, {16, {}});
    const auto back = readPhoto(at(name));
    EXPECT_EQ(back.origin.bits, bits) << name;
    if (bits == 16) {
      EXPECT_EQ(back.image.pixels, image.pixels) << name;
    }
  }
}

}  // namespace
}  // namespace p2l
