// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/codec/tiff_picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/io/photo_file.h"
#include "core/types/error.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiff_bytes.h"

namespace p2l {
namespace {

using test::problemOf;
using test::TiffKind;
using test::writeTiff;

/// A sample in [0, 1] that differs from place to place; opacity is never 0.
double unitAt(int x, int y, int sample, bool alpha) {
  const double wave = (1 + std::sin(0.37 * x + 0.11 * y * (sample + 1) + sample)) / 2;
  return alpha ? 0.25 + 0.75 * wave : wave;
}

class TiffPicture : public test::TemporaryFolder {
 protected:
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
};

struct Colours {
  const char* name;
  int samples;
  std::uint16_t photometric;
  std::vector<std::uint16_t> extra;
};

const std::vector<Colours> kColours = {
    {"grey", 1, PHOTOMETRIC_MINISBLACK, {}},
    {"white is zero", 1, PHOTOMETRIC_MINISWHITE, {}},
    {"grey, unassociated", 2, PHOTOMETRIC_MINISBLACK, {EXTRASAMPLE_UNASSALPHA}},
    {"grey, associated", 2, PHOTOMETRIC_MINISBLACK, {EXTRASAMPLE_ASSOCALPHA}},
    {"RGB", 3, PHOTOMETRIC_RGB, {}},
    {"RGB, unassociated", 4, PHOTOMETRIC_RGB, {EXTRASAMPLE_UNASSALPHA}},
    {"RGB, associated", 4, PHOTOMETRIC_RGB, {EXTRASAMPLE_ASSOCALPHA}},
    {"palette", 1, PHOTOMETRIC_PALETTE, {}},
};

/// The samples as they are stored for a kind of colours, and as they should be read.
struct Samples {
  const TiffKind& kind;
  double white;

  bool isAlpha(int s) const { return !kind.extra.empty() && s == kind.samples - 1; }
  double stored(int x, int y, int s) const {
    double unit = unitAt(x, y, s, isAlpha(s));
    const bool associated = !kind.extra.empty() && kind.extra[0] == EXTRASAMPLE_ASSOCALPHA && !isAlpha(s);
    if (associated) unit *= unitAt(x, y, kind.samples - 1, true);
    return kind.format == SAMPLEFORMAT_IEEEFP ? unit : std::round(unit * white);
  }
  double expected(int x, int y, int c) const {
    if (kind.photometric == PHOTOMETRIC_PALETTE)
      return kind.palette[c * 256 + static_cast<int>(stored(x, y, 0))] / 65535.0;
    const double unit = stored(x, y, c) / white;
    if (kind.photometric == PHOTOMETRIC_MINISWHITE) return 1 - unit;
    const bool associated = !kind.extra.empty() && kind.extra[0] == EXTRASAMPLE_ASSOCALPHA && !isAlpha(c);
    return associated ? std::min(1.0, unit / (stored(x, y, kind.samples - 1) / white)) : unit;
  }
};

/// The largest difference on the scale of bytes from libtiff's own reading: 8 bits, opacity multiplied in.
double differenceFromLibtiff(const std::string& path, const Image& image) {
  TIFF* tiff = TIFFOpen(path.c_str(), "r");
  if (!tiff) return 1e9;
  std::vector<std::uint32_t> raster(static_cast<std::size_t>(image.width) * image.height);
  const int read = TIFFReadRGBAImageOriented(tiff, image.width, image.height, raster.data(), ORIENTATION_TOPLEFT, 1);
  TIFFClose(tiff);
  if (read != 1) return 1e9;
  double largest = 0;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const auto pixel = raster[static_cast<std::size_t>(y) * image.width + x];
      const double alpha = image.hasAlpha() ? image.at(x, y, image.channels - 1) : 1.0;
      const int theirs[3] = {int(TIFFGetR(pixel)), int(TIFFGetG(pixel)), int(TIFFGetB(pixel))};
      for (int c = 0; c < 3; ++c) {
        const double ours = image.at(x, y, image.channels >= 3 ? c : 0) * alpha * 255;
        largest = std::max(largest, std::abs(ours - theirs[c]));
      }
      largest = std::max(largest, std::abs(alpha * 255 - int(TIFFGetA(pixel))));
    }
  }
  return largest;
}

/// The same from ImageMagick's reading, which multiplies nothing in.
double differenceFromImageMagick(const std::string& path, const Image& image) {
  std::FILE* pipe = ::popen(("convert '" + path + "' -depth 16 -endian LSB rgba:-").c_str(), "r");
  if (!pipe) return 1e9;
  std::vector<std::uint16_t> theirs(static_cast<std::size_t>(image.width) * image.height * 4);
  const auto got = std::fread(theirs.data(), 2, theirs.size(), pipe);
  ::pclose(pipe);
  if (got != theirs.size()) return 1e9;
  double largest = 0;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      for (int c = 0; c < 4; ++c) {
        const double alpha = image.hasAlpha() ? image.at(x, y, image.channels - 1) : 1.0;
        const double ours = c == 3 ? alpha : image.at(x, y, image.channels >= 3 ? c : 0);
        const double other = theirs[(static_cast<std::size_t>(y) * image.width + x) * 4 + c] / 65535.0;
        largest = std::max(largest, 255 * std::abs(ours - other));
      }
    }
  }
  return largest;
}

/// libtiff takes grey with opacity for grey alone, and at 16 bits the tiles at the edge of a grey picture from the
/// wrong place: there ImageMagick is asked. In planes of their own, neither reads grey with opacity.
double differenceFromOthers(const std::string& path, const TiffKind& kind, const Image& image) {
  const bool grey = kind.photometric == PHOTOMETRIC_MINISBLACK || kind.photometric == PHOTOMETRIC_MINISWHITE;
  if (kind.samples == 2 && kind.separate) return 0.0;
  return grey && (kind.samples == 2 || kind.tiled) ? differenceFromImageMagick(path, image)
                                                   : differenceFromLibtiff(path, image);
}

TEST_F(TiffPicture, EveryCombinationIsReadAsItIsMeant) {
  int count = 0;
  for (const auto& colours : kColours) {
    for (const int bits : {8, 16, 32}) {
      if (colours.photometric == PHOTOMETRIC_PALETTE && bits != 8) continue;
      for (const bool separate : {false, true}) {
        if (separate && colours.samples == 1) continue;
        for (const bool tiled : {false, true}) {
          for (const auto compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE}) {
            TiffKind kind;
            kind.samples = colours.samples;
            kind.photometric = colours.photometric;
            kind.extra = colours.extra;
            kind.bits = bits;
            kind.format = bits == 32 ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT;
            kind.separate = separate;
            kind.tiled = tiled;
            kind.compression = static_cast<std::uint16_t>(compression);
            if (colours.photometric == PHOTOMETRIC_PALETTE) {
              for (int i = 0; i < 768; ++i) kind.palette.push_back(static_cast<std::uint16_t>(i * 7919 % 65536));
            }
            const Samples samples{kind, bits == 32 ? 1.0 : bits == 16 ? 65535.0 : 255.0};
            const auto path = at("kind.tif");
            writeTiff(path, kind, [&](int x, int y, int s) { return samples.stored(x, y, s); });
            SCOPED_TRACE(concat(colours.name, ", ", bits, " bits", separate ? ", separate" : "", tiled ? ", tiles" : "",
                                ", compression ", compression));
            const auto photo = readPhoto(path);
            EXPECT_TRUE(photo.remarks.empty());
            EXPECT_EQ(photo.origin.bits, bits == 8 ? 8 : 16);
            ASSERT_EQ(photo.image.channels, colours.photometric == PHOTOMETRIC_PALETTE ? 3 : colours.samples);
            double largest = 0;
            for (int y = 0; y < kind.height; ++y) {
              for (int x = 0; x < kind.width; ++x) {
                for (int c = 0; c < photo.image.channels; ++c)
                  largest = std::max(largest, std::abs(photo.image.at(x, y, c) - samples.expected(x, y, c)));
              }
            }
            EXPECT_LT(largest, 1e-6);
            if (bits != 32) {
              EXPECT_LE(differenceFromOthers(path, kind, photo.image), 1.5);
            }
            ++count;
          }
        }
      }
    }
  }
  EXPECT_EQ(count, 222);
}

TEST_F(TiffPicture, OtherBitDepths) {
  for (const int bits : {1, 2, 4, 10, 12, 32}) {
    for (const auto photometric : {PHOTOMETRIC_MINISBLACK, PHOTOMETRIC_MINISWHITE, PHOTOMETRIC_RGB}) {
      TiffKind kind;
      kind.bits = bits;
      kind.photometric = static_cast<std::uint16_t>(photometric);
      kind.samples = photometric == PHOTOMETRIC_RGB ? 3 : 1;
      const Samples samples{kind, std::pow(2.0, bits) - 1};
      writeTiff(at("a.tif"), kind, [&](int x, int y, int s) { return samples.stored(x, y, s); });
      const auto image = readPhoto(at("a.tif")).image;
      ASSERT_EQ(image.channels, kind.samples);
      for (int y = 0; y < kind.height; ++y) {
        for (int x = 0; x < kind.width; ++x) {
          for (int c = 0; c < image.channels; ++c)
            ASSERT_NEAR(image.at(x, y, c), samples.expected(x, y, c), 2e-7) << bits << " " << photometric;
        }
      }
    }
  }
  TiffKind kind;
  kind.bits = 64;
  kind.format = SAMPLEFORMAT_IEEEFP;
  const Samples samples{kind, 1.0};
  writeTiff(at("double.tif"), kind, [&](int x, int y, int s) { return samples.stored(x, y, s); });
  EXPECT_NEAR(readPhoto(at("double.tif")).image.at(20, 11, 0), samples.stored(20, 11, 0), 1e-7);
}

TEST_F(TiffPicture, ExtraChannelsThatAreNoOpacityAreLeftOut) {
  TiffKind kind;
  kind.photometric = PHOTOMETRIC_RGB;
  kind.samples = 4;
  const auto store = [](int, int, int s) { return s == 3 ? 7.0 : 200.0; };
  kind.extra = {EXTRASAMPLE_UNSPECIFIED};
  writeTiff(at("a.tif"), kind, store);
  auto photo = readPhoto(at("a.tif"));
  EXPECT_EQ(photo.image.channels, 3);
  ASSERT_EQ(photo.remarks.size(), 1u);
  EXPECT_EQ(photo.remarks[0], "One channel beside the colours was left out: the file does not say that it is opacity.");
  kind.samples = 5;
  kind.extra = {EXTRASAMPLE_UNSPECIFIED, EXTRASAMPLE_UNASSALPHA};
  writeTiff(at("b.tif"), kind, [](int, int, int s) { return s == 3 ? 7.0 : s == 4 ? 51.0 : 200.0; });
  photo = readPhoto(at("b.tif"));
  ASSERT_EQ(photo.image.channels, 4);
  EXPECT_FLOAT_EQ(photo.image.at(3, 3, 3), 0.2f);
  EXPECT_EQ(photo.remarks.size(), 1u);
  // Without a word about it, a fourth sample is opacity, as OpenCV writes it.
  kind.samples = 4;
  kind.extra = {};
  writeTiff(at("c.tif"), kind, store);
  photo = readPhoto(at("c.tif"));
  ASSERT_EQ(photo.image.channels, 4);
  EXPECT_FLOAT_EQ(photo.image.at(3, 3, 0), 200.0f / 255.0f);
  EXPECT_TRUE(photo.remarks.empty());
}

TEST_F(TiffPicture, FloatRangesAreKeptScaledOrRefused) {
  TiffKind kind;
  kind.bits = 32;
  kind.format = SAMPLEFORMAT_IEEEFP;
  struct Case {
    double low, high;
    double white;  ///< 0: refused
    std::size_t remarks;
  };
  for (const auto& [low, high, white, remarks] :
       {Case{0, 1, 1, 0}, Case{-0.1, 1.4, 1, 1}, Case{0, 255, 255, 1}, Case{-4, 262, 255, 1}, Case{0, 90.5, 255, 1},
        Case{0, 7, 255, 1}, Case{0, 65535, 65535, 1}, Case{120, 40000.5, 65535, 1}, Case{0, 7.5, 0, 0},
        Case{0, 1023, 0, 0}, Case{0, 1e9, 0, 0}, Case{-100, 100, 0, 0}}) {
    writeTiff(at("a.tif"), kind, [&](int x, int, int) { return x == 0 ? low : high; });
    SCOPED_TRACE(concat(low, " to ", high));
    if (white == 0) {
      EXPECT_EQ(problemOf([&] { readPhoto(at("a.tif")); }),
                concat(at("a.tif"), " has float samples from ", low, " to ", high,
                       ", which is none of the scales 0 to 1, 0 to 255 and 0 to 65535: bring them to 0 to 1 first."));
      continue;
    }
    const auto photo = readPhoto(at("a.tif"));
    EXPECT_EQ(photo.remarks.size(), remarks);
    EXPECT_FLOAT_EQ(photo.image.at(0, 0, 0), static_cast<float>(std::clamp(low / white, 0.0, 1.0)));
    EXPECT_FLOAT_EQ(photo.image.at(5, 5, 0), static_cast<float>(std::clamp(high / white, 0.0, 1.0)));
  }
  writeTiff(at("nan.tif"), kind, [&](int x, int, int) { return x == 0 ? std::nan("") : 0.5; });
  const auto photo = readPhoto(at("nan.tif"));
  EXPECT_EQ(photo.image.at(0, 0, 0), 0.0f);
  ASSERT_EQ(photo.remarks.size(), 1u);
  EXPECT_EQ(photo.remarks[0], "29 samples are no numbers; they were read as black.");
}

TEST_F(TiffPicture, InksBecomeSrgbWithARemark) {
  for (const int bits : {8, 16}) {
    for (const bool separate : {false, true}) {
      TiffKind kind;
      kind.samples = 4;
      kind.bits = bits;
      kind.separate = separate;
      kind.photometric = PHOTOMETRIC_SEPARATED;
      const double white = std::pow(2.0, bits) - 1;
      const double inks[4] = {0.2, 0.6, 0.4, 0.2};
      writeTiff(at("a.tif"), kind, [&](int, int, int s) { return inks[s] * white; });
      const auto photo = readPhoto(at("a.tif"));
      ASSERT_EQ(photo.image.channels, 3);
      for (int c = 0; c < 3; ++c) EXPECT_NEAR(photo.image.at(9, 9, c), (1 - inks[c]) * 0.8, 1.0 / white);
      ASSERT_EQ(photo.remarks.size(), 1u);
      EXPECT_NE(photo.remarks[0].find("without a profile"), std::string::npos);
      if (bits == 8 && !separate) {
        EXPECT_LE(differenceFromLibtiff(at("a.tif"), photo.image), 1.5);
      }
    }
  }
}

/// The L*a*b* values (D50) are published ones of sRGB's white, grey and primaries (Lindbloom's calculator).
TEST_F(TiffPicture, LabIsConvertedByItsWhitePoint) {
  struct Colour {
    double L, a, b, red, green, blue;
  };
  const Colour colours[] = {{100, 0, 0, 1, 1, 1},
                            {0, 0, 0, 0, 0, 0},
                            {53.389, 0, 0, 0.5, 0.5, 0.5},
                            {54.292, 80.812, 69.885, 1, 0, 0},
                            {87.819, -79.287, 80.990, 0, 1, 0},
                            {29.568, 68.299, -112.029, 0, 0, 1}};
  for (const std::uint16_t photometric : {PHOTOMETRIC_CIELAB, PHOTOMETRIC_ICCLAB}) {
    for (const int bits : {8, 16}) {
      for (const bool with_alpha : {false, true}) {
        SCOPED_TRACE(concat(photometric, " ", bits, " ", with_alpha));
        TiffKind kind;
        kind.width = std::size(colours);
        kind.height = 2;
        kind.bits = bits;
        kind.photometric = photometric;
        kind.samples = with_alpha ? 4 : 3;
        if (with_alpha) kind.extra = {EXTRASAMPLE_UNASSALPHA};
        const double full = std::pow(2.0, bits), unit = bits == 16 ? 256 : 1;
        const auto stored = [&](int x, int, int s) {
          const auto& colour = colours[x];
          if (s == 3) return std::round(0.6 * (full - 1));
          if (s == 0) return std::round(colour.L / 100 * (photometric == PHOTOMETRIC_ICCLAB ? 255 * unit : full - 1));
          const double chroma = std::round((s == 1 ? colour.a : colour.b) * unit);
          return photometric == PHOTOMETRIC_ICCLAB ? chroma + 128 * unit : chroma < 0 ? chroma + full : chroma;
        };
        writeTiff(at("lab.tif"), kind, stored);
        const auto photo = readPhoto(at("lab.tif"));
        ASSERT_EQ(photo.image.channels, kind.samples);
        EXPECT_EQ(photo.origin.bits, bits);
        ASSERT_EQ(photo.remarks.size(), 1u);
        EXPECT_EQ(photo.remarks[0], "Colours were converted from CIE L*a*b* to sRGB.");
        const double tolerance = bits == 16 ? 0.004 : 0.04;  // steps of L*, a* and b*; sRGB is steep near 0
        for (int x = 0; x < kind.width; ++x) {
          EXPECT_NEAR(photo.image.at(x, 1, 0), colours[x].red, tolerance) << x;
          EXPECT_NEAR(photo.image.at(x, 1, 1), colours[x].green, tolerance) << x;
          EXPECT_NEAR(photo.image.at(x, 1, 2), colours[x].blue, tolerance) << x;
          if (with_alpha) {
            EXPECT_NEAR(photo.image.at(x, 1, 3), 0.6, 0.5 / (full - 1));
          }
        }
      }
    }
  }
}

TEST_F(TiffPicture, ValidKindsThatAreNotReadAreNotCalledDamaged) {
  struct Case {
    int samples, bits;
    std::uint16_t format, photometric;
    const char* found;
  };
  for (const auto& [samples, bits, format, photometric, found] :
       {Case{1, 16, SAMPLEFORMAT_INT, PHOTOMETRIC_MINISBLACK, "its samples are integers with a sign"},
        Case{3, 8, SAMPLEFORMAT_UINT, PHOTOMETRIC_ITULAB, "L*a*b* colours"},
        Case{3, 4, SAMPLEFORMAT_UINT, PHOTOMETRIC_CIELAB, "L*a*b* colours of 4 bits a sample"},
        Case{1, 8, SAMPLEFORMAT_UINT, PHOTOMETRIC_MASK, "a transparency mask"}}) {
    TiffKind kind;
    kind.samples = samples;
    kind.bits = bits;
    kind.format = format;
    kind.photometric = photometric;
    writeTiff(at("a.tif"), kind, [](int, int, int) { return 100.0; });
    EXPECT_EQ(problemOf([&] { readPhoto(at("a.tif")); }),
              concat(at("a.tif"), " is a valid TIFF, but of a kind that is not read: ", found,
                     ": save it as TIFF with 8 or 16 bits a sample, grey or RGB, or as PNG."));
  }
}

TEST_F(TiffPicture, BigTiffPagesAndOrientation) {
  TiffKind kind;
  const auto store = [](int x, int y, int) { return x == 0 && y == 0 ? 255.0 : 51.0; };
  writeTiff(at("big.tif"), kind, store, "w8");
  EXPECT_FLOAT_EQ(readPhoto(at("big.tif")).image.at(7, 7, 0), 0.2f);

  writeTiff(at("pages.tif"), kind, store);
  writeTiff(
      at("pages.tif"), kind, [](int, int, int) { return 0.0; }, "a");
  const auto pages = readPhoto(at("pages.tif"));
  EXPECT_FLOAT_EQ(pages.image.at(7, 7, 0), 0.2f);
  ASSERT_EQ(pages.remarks.size(), 1u);
  EXPECT_EQ(pages.remarks[0], "One of its 2 pages was read.");

  kind.orientation = ORIENTATION_RIGHTTOP;  // the stored first row is seen on the right, its first pixel on top
  for (const char* mode : {"w", "w8"}) {
    writeTiff(at("turned.tif"), kind, store, mode);
    const auto turned = readPhoto(at("turned.tif")).image;
    ASSERT_EQ(turned.width, kind.height);
    ASSERT_EQ(turned.height, kind.width);
    EXPECT_EQ(turned.at(kind.height - 1, 0, 0), 1.0f);
  }
}

TEST_F(TiffPicture, WrittenFilesDeclareOpacityAndDepth) {
  for (const int channels : {1, 2, 3, 4}) {
    for (const int bits : {8, 16}) {
      Image image(40, 30, channels);
      for (std::size_t i = 0; i < image.pixels.size(); ++i)
        image.pixels[i] = static_cast<float>(i * 7919 % 65536) / 65535.0f;
      writePhoto(image, at("a.tif"), R"({"p2l": 1})", {}, {bits, {}});
      TIFF* tiff = TIFFOpen(at("a.tif").c_str(), "r");
      ASSERT_NE(tiff, nullptr);
      std::uint16_t count = 0, *extra = nullptr, stored_bits = 0, samples = 0;
      TIFFGetField(tiff, TIFFTAG_BITSPERSAMPLE, &stored_bits);
      TIFFGetField(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
      EXPECT_EQ(TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &count, &extra), image.hasAlpha() ? 1 : 0) << channels;
      EXPECT_EQ(stored_bits, bits);
      EXPECT_EQ(samples, channels);
      if (image.hasAlpha()) {
        ASSERT_EQ(count, 1);
        EXPECT_EQ(extra[0], EXTRASAMPLE_UNASSALPHA);
      }
      TIFFClose(tiff);
      const auto back = readPhoto(at("a.tif"));
      EXPECT_EQ(back.request_json, R"({"p2l": 1})");
      ASSERT_EQ(back.image.channels, channels);
      for (std::size_t i = 0; i < image.pixels.size(); ++i)
        ASSERT_NEAR(back.image.pixels[i], image.pixels[i], bits == 16 ? 1e-7 : 0.5001 / 255);
    }
  }
}

TEST_F(TiffPicture, KernelsKeepNegativeWeightsAndTheirProportions) {
  TiffKind kind;
  kind.width = kind.height = 5;
  kind.bits = 32;
  kind.format = SAMPLEFORMAT_IEEEFP;
  const auto sharpening = [](int x, int y, int) { return x == 2 && y == 2 ? 20.0 : x == 2 || y == 2 ? -1.5 : 0.25; };
  writeTiff(at("k.tif"), kind, sharpening);
  const auto kernel = readKernel(at("k.tif"));
  EXPECT_FLOAT_EQ(kernel.at(2, 2, 0), 1.0f);
  EXPECT_FLOAT_EQ(kernel.at(2, 0, 0), -0.075f);
  EXPECT_FLOAT_EQ(kernel.at(0, 0, 0), 0.0125f);
  // It travels with a saved picture as it is.
  writePhoto(Image(8, 8, 3), at("a.png"), R"({"p2l": 1})", {{}, {kernel}});
  const auto stored = readPhoto(at("a.png"));
  EXPECT_TRUE(stored.remarks.empty());
  EXPECT_EQ(stored.pictures.kernels.at(0)->pixels, kernel.pixels);
  EXPECT_EQ(stored.request_json, "{\n  \"p2l\": 1\n}");

  writeTiff(at("nan.tif"), kind, [](int, int, int) { return std::nan(""); });
  EXPECT_EQ(problemOf([&] { readKernel(at("nan.tif")); }),
            at("nan.tif") + " is no kernel: one of its float samples is not a number.");
}

}  // namespace
}  // namespace p2l
