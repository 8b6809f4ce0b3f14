// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/types/image.h"
#include "core/types/mask_picture.h"

namespace p2l {

/// The pictures that a request needs beside the photo, as they travel with it inside a saved picture: those of the
/// degradations that name one, in their order.
struct RequestPictures {
  std::vector<SharedImage> masks;    ///< grey, 1 = missing. Stored at one bit a pixel.
  std::vector<SharedImage> kernels;  ///< blur kernels as they were given, grey. Stored at 16 bits a sample, or as
                                     ///< floats where one takes them.

  bool empty() const { return masks.empty() && kernels.empty(); }
};

/// What a photo's file tells beyond the picture, for pictures that are made from it.
struct PhotoOrigin {
  int bits = 8;                    ///< of a sample, 8 or 16
  std::vector<std::uint8_t> exif;  ///< date, camera, place, author (a TIFF structure of EXIF); empty: none
};

/// A photo read from a file.
struct Photo {
  Image image;               ///< upright (EXIF orientation applied), sRGB, [0, 1]
  std::string request_json;  ///< the request that made it, when the file holds one; else empty
  RequestPictures pictures;  ///< that went with the request
  PhotoOrigin origin;
  std::vector<std::string> remarks;  ///< what a person should know, e.g. a colour profile that was converted
};

/// Largest side and largest count of pixels that are read.
inline constexpr int kLargestSide = 16384;
inline constexpr long long kLargestPixelCount = 100'000'000;

/// Reads JPEG, PNG, TIFF, WebP (of an animation the first picture) or BMP, grey or colour, with or without alpha.
/// @throws Error naming the file and what is wrong with it: missing, empty, truncated, not a picture, too large, or
/// valid but of a kind that is not read.
Photo readPhoto(const std::string& path);
/// The same of a file's bytes; `name` is for the message.
Photo readPhoto(const std::vector<std::uint8_t>& bytes, const std::string& name);

/// What a picture loses in a file, because of the file's format.
struct SavingLoss {
  std::string format;         ///< "JPEG", ...
  bool transparency = false;  ///< white takes its place
  int bits = 0;               ///< of the picture's samples, which get 8; 0: they keep theirs

  bool any() const { return transparency || bits > 0; }
  /// A sentence or two; empty: nothing is lost.
  std::string sentence() const;
};
/// Of a picture of so many bits by this name. @throws Error where the ending is no format's
SavingLoss lossOfSaving(const Image& image, const std::string& path, int bits);

/// Writes PNG, JPEG, TIFF or WebP by the file's extension, through a temporary file that replaces `path` only when it
/// is complete. Samples have 8 bits, or 16 in PNG and TIFF where the origin has them. `request_json` is put inside
/// (PNG: text chunk "Description"; JPEG: comment; TIFF: ImageDescription), and the pictures that it needs with it; so
/// is the origin's EXIF.
/// @return an empty string, or a remark when the picture was saved but some of this could not be put inside; it begins
/// with the sentence of SavingLoss.
/// @throws Error when the picture cannot be written; an existing file is then left as it was.
std::string writePhoto(const Image& image, const std::string& path, const std::string& request_json,
                       const RequestPictures& pictures = {}, const PhotoOrigin& origin = {});

/// Pictures of one size as an animated WebP that repeats, each shown for so long and the last one longer; the name must
/// end with .webp. Written as safely as pictures are. @throws Error
void writeAnimation(const std::vector<std::shared_ptr<const Frame>>& frames, int milliseconds, const std::string& path);

/// Reads a mask: maskFromImage. @throws Error, also when it hides no pixel
Mask readMask(const std::string& path);
/// Reads one channel, where transparent is black. @throws Error
Image readGrey(const std::string& path);

/// Reads a blur kernel: one channel of weights, which are meant up to a factor. Float samples keep values below 0;
/// where one is above 1, all are divided by the largest. @throws Error, also where a side is even or the sum is not
/// above 0
Image readKernel(const std::string& path);

/// Before a long run: @throws Error unless a file, or a picture by that name, can be written there.
void checkWritable(const std::string& path);
void checkPictureWritable(const std::string& path);

/// A small text file as a whole; written as safely as pictures are. @throws Error
std::string readTextFile(const std::string& path);
void writeTextFile(const std::string& path, const std::string& text);

}  // namespace p2l
