// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/io/picture_codec.h"

namespace p2l {

/// What a picture file says about its picture.
struct PictureMetadata {
  int width = 0;  ///< by its header; 0: it does not say
  int height = 0;
  int orientation = 1;  ///< EXIF's 1 .. 8, as far as decodePicture leaves it to be applied; 1: upright
  std::vector<std::uint8_t> colour_profile;  ///< ICC; empty: none
  std::string description;  ///< comment (JPEG), text chunk Description (PNG), ImageDescription (TIFF, WebP)
};

/// As much as can be read; damaged metadata counts as none.
PictureMetadata readMetadata(std::span<const std::uint8_t> bytes, PictureFormat format);

/// The same file with another description. @throws Error
std::vector<std::uint8_t> withDescription(const std::vector<std::uint8_t>& bytes, PictureFormat format,
                                          const std::string& description);

}  // namespace p2l
