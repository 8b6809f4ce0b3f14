// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <tiffio.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace p2l::test {

/// A kind of TIFF, written sample by sample through libtiff.
struct TiffKind {
  int width = 37, height = 29, samples = 1, bits = 8;
  std::uint16_t format = SAMPLEFORMAT_UINT;
  std::uint16_t photometric = PHOTOMETRIC_MINISBLACK;
  std::vector<std::uint16_t> extra;
  bool separate = false, tiled = false;
  std::uint16_t compression = COMPRESSION_NONE;
  std::vector<std::uint16_t> palette;  ///< red, then green, then blue
  std::uint16_t orientation = 0;       ///< 0: not said
  std::vector<std::uint8_t> profile;
};

/// Appends `count` samples in the kind's bits; those below 8 bits and of 12 are packed, the first in the upper bits.
inline std::vector<std::uint8_t> packedRow(const TiffKind& kind, const std::vector<double>& row) {
  std::vector<std::uint8_t> bytes;
  const auto put = [&](auto word) {
    const auto* at = reinterpret_cast<const std::uint8_t*>(&word);
    bytes.insert(bytes.end(), at, at + sizeof word);
  };
  std::uint32_t held = 0;
  int held_bits = 0;
  for (const double sample : row) {
    if (kind.format == SAMPLEFORMAT_IEEEFP && kind.bits == 32) {
      put(static_cast<float>(sample));
    } else if (kind.format == SAMPLEFORMAT_IEEEFP) {
      put(sample);
    } else if (kind.bits == 32) {
      put(static_cast<std::uint32_t>(sample));
    } else if (kind.bits == 16) {
      put(static_cast<std::uint16_t>(sample));
    } else if (kind.bits == 8) {
      put(static_cast<std::uint8_t>(sample));
    } else {
      held = held << kind.bits | static_cast<std::uint32_t>(sample);
      for (held_bits += kind.bits; held_bits >= 8; held_bits -= 8)
        bytes.push_back(static_cast<std::uint8_t>(held >> (held_bits - 8)));
    }
  }
  if (held_bits > 0) bytes.push_back(static_cast<std::uint8_t>(held << (8 - held_bits)));
  return bytes;
}

/// Writes the picture at(x, y, sample) of raw samples. `mode`: "w", "w8" for BigTIFF, "a" for another page.
template <class At>
void writeTiff(const std::string& path, const TiffKind& kind, const At& at, const char* mode = "w") {
  TIFF* tiff = TIFFOpen(path.c_str(), mode);
  ASSERT_NE(tiff, nullptr);
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, kind.width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, kind.height);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, kind.samples);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, kind.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, kind.format);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, kind.photometric);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, kind.separate ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, kind.compression);
  if (kind.orientation) TIFFSetField(tiff, TIFFTAG_ORIENTATION, kind.orientation);
  if (!kind.extra.empty()) TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, kind.extra.size(), kind.extra.data());
  if (!kind.profile.empty()) TIFFSetField(tiff, TIFFTAG_ICCPROFILE, kind.profile.size(), kind.profile.data());
  if (!kind.palette.empty()) {
    const auto* red = kind.palette.data();
    const auto n = kind.palette.size() / 3;
    TIFFSetField(tiff, TIFFTAG_COLORMAP, red, red + n, red + 2 * n);
  }
  constexpr int kTile = 16;
  const int wide = kind.tiled ? kTile : kind.width, high = kind.tiled ? kTile : 5;
  if (kind.tiled) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, kTile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, kTile);
  } else {
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, high);
  }
  const int planes = kind.separate ? kind.samples : 1;
  for (int plane = 0; plane < planes; ++plane) {
    for (int top = 0; top < kind.height; top += high) {
      for (int left = 0; left < kind.width; left += wide) {
        std::vector<std::uint8_t> block;
        for (int y = top; y < top + high && (kind.tiled || y < kind.height); ++y) {
          std::vector<double> row;
          for (int x = left; x < left + wide; ++x) {
            const bool inside = x < kind.width && y < kind.height;
            for (int s = 0; s < kind.samples; ++s) {
              if (!kind.separate || s == plane) row.push_back(inside ? at(x, y, s) : 0.0);
            }
          }
          const auto bytes = packedRow(kind, row);
          block.insert(block.end(), bytes.begin(), bytes.end());
        }
        const auto size = static_cast<tmsize_t>(block.size());
        const auto sample = static_cast<std::uint16_t>(plane);
        if (kind.tiled) {
          ASSERT_EQ(TIFFWriteEncodedTile(tiff, TIFFComputeTile(tiff, left, top, 0, sample), block.data(), size), size);
        } else {
          ASSERT_EQ(TIFFWriteEncodedStrip(tiff, TIFFComputeStrip(tiff, top, sample), block.data(), size), size);
        }
      }
    }
  }
  TIFFClose(tiff);
}

}  // namespace p2l::test
