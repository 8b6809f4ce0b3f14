// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/io/codec/decoded_picture.h"

namespace p2l {

enum class PictureFormat { Jpeg, Png, Tiff, WebP, Bmp };

/// "JPEG", ...
const char* nameOf(PictureFormat format);
/// By the first bytes; empty when it is none of these.
std::optional<PictureFormat> formatFromBytes(std::span<const std::uint8_t> bytes);
/// By the ending of a file's name, whatever its case. @throws Error with the endings there are (BMP is only read).
PictureFormat formatFromPath(const std::string& path);

/// The picture before its colour profile is applied and before it is turned upright. `name` is the file for messages.
/// @throws Error when the data is cut off, damaged, or of a valid kind that is not read.
DecodedPicture decodePicture(std::span<const std::uint8_t> bytes, PictureFormat format, SampleUse use,
                             const std::string& name);

/// 8 bits a sample, or 16 where `bits` says so and the format has them (PNG, TIFF); JPEG with quality 95 and its alpha
/// flattened on white, WebP lossless. @throws Error
std::vector<std::uint8_t> encodePicture(const Image& image, PictureFormat format, int bits = 8);

/// A PNG of one bit a pixel: white where the first channel is >= 0.5. @throws Error
std::vector<std::uint8_t> encodeMask(const Image& mask);

/// A grey PNG of 16 bits a sample, of the first channel. @throws Error
std::vector<std::uint8_t> encodeKernel(const Image& kernel);

}  // namespace p2l
