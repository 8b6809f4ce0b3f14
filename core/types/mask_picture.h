// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/types/image.h"

namespace p2l {

/// What a picture says is missing.
struct Mask {
  Image image;                       ///< grey, 1 = missing, 0 = measured
  std::vector<std::string> remarks;  ///< how it was read, a sentence each, where that is not plain
};

/// Reads a picture as a mask. White is missing and black is measured (Rec. 601 luma, 0.5 between them). People paint
/// masks in other ways, too, which is said in a remark:
/// - one colour and a transparent part: white and painted strokes are missing; of black the transparent part is
/// - a photo with a transparent part: that part is missing
/// - strokes of one strong colour on an even ground without colour: the strokes are missing
/// - two levels, both dark, as label maps of 0 and 1 have: the brighter one is missing
/// @param name the file, for messages @throws Error when no pixel is missing
Mask maskFromImage(const Image& picture, const std::string& name);

}  // namespace p2l
