// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>

#include "core/request/request.h"
#include "core/types/image.h"

namespace p2l {

/// A part of a picture, in its pixels. Empty: the whole picture.
struct Crop {
  int width = 0, height = 0, left = 0, top = 0;

  bool empty() const { return width == 0; }
  bool operator==(const Crop&) const = default;
};

/// "640x480+100+50", as ImageMagick writes a part; an empty text for an empty crop.
std::string textFromCrop(const Crop& crop);
/// The inverse. @throws Error with the form that is expected
Crop cropFromText(const std::string& text);
/// @throws Error where the part is smaller than kSmallestSize, or is not inside of a picture of this size
void checkCrop(const Crop& crop, int width, int height);

/// The part of a picture. An empty crop gives the picture itself. @throws Error as checkCrop does
SharedImage cutPart(const SharedImage& picture, const Crop& crop);
/// The part in a picture that is `scale` times as large; edges are rounded as sides of pictures are.
Crop enlargedCrop(const Crop& crop, double scale);

/// What a run of the request works on: the photo's crop, and of it the centre square of the working size.
/// @throws Error without a photo, or as checkCrop does
SharedImage workingPhoto(const RestoreRequest& request, const SharedImage& photo);
/// Width and height of workingPhoto for a photo of this size; without its pixels. @throws Error as checkCrop does
std::pair<int, int> workingSize(const RestoreRequest& request, int width, int height);

}  // namespace p2l
