// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/io/codec/decoded_picture.h"

namespace p2l {

/// What a TIFF says of its picture; zeros and empty where it cannot be read.
struct TiffHeader {
  int width = 0;
  int height = 0;
  int orientation = 1;  ///< EXIF's 1 .. 8
  std::vector<std::uint8_t> colour_profile;
  std::string description;
};
TiffHeader readTiffHeader(std::span<const std::uint8_t> bytes);

/// Reads grey, RGB, palette, CMYK and L*a*b*, with or without alpha; 1 to 16 and 32 bits, and floats of 16, 32 and 64;
/// strips or tiles; one pixel or one plane after the other; BigTIFF as well. CMYK goes to sRGB by the file's profile.
/// @throws Error naming the file when it is damaged, cut off, or of a valid kind that is not read.
DecodedPicture decodeTiff(std::span<const std::uint8_t> bytes, SampleUse use, const std::string& name);

/// Integer samples of 8 or 16 bits, compressed without loss (LZW); alpha is declared as unassociated. @throws Error
std::vector<std::uint8_t> encodeTiff(const Image& image, int bits);

/// The first channel as grey of 32-bit floats, as it is. @throws Error
std::vector<std::uint8_t> encodeFloatTiff(const Image& image);

}  // namespace p2l
