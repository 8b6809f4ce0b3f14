// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/io/codec/colour_space.h"
#include "core/io/codec/picture_codec.h"

namespace p2l {

/// What a picture file says about its picture.
struct PictureMetadata {
  int width = 0;  ///< by its header; 0: it does not say
  int height = 0;
  int orientation = 1;                       ///< EXIF's 1 .. 8; 1: upright
  std::vector<std::uint8_t> colour_profile;  ///< ICC; empty: none
  /// By EXIF or PNG's chunks, where there is no profile; empty: sRGB.
  std::optional<ColourSpace> colour_space;
  /// The entries that still hold for a picture made from this one (date, camera, place, author); empty: none.
  std::vector<std::uint8_t> exif;
  std::string description;  ///< comment (JPEG), text chunk Description (PNG), ImageDescription (TIFF, WebP)
};

/// As much as can be read; damaged metadata counts as none.
PictureMetadata readMetadata(std::span<const std::uint8_t> bytes, PictureFormat format);

/// What is put inside a file.
struct MetadataToWrite {
  std::string description;         ///< empty: none
  std::vector<std::uint8_t> exif;  ///< of PictureMetadata; its size and colours are made those of the picture
  int width = 0;                   ///< of the picture
  int height = 0;
};

/// The same file with this inside. @throws Error
std::vector<std::uint8_t> withMetadata(const std::vector<std::uint8_t>& bytes, PictureFormat format,
                                       const MetadataToWrite& metadata);

}  // namespace p2l
