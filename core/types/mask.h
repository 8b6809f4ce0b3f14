// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/types/image.h"

namespace p2l {

/// A mask cut as a photo is that becomes `side` x `side` pixels: its centre square, resized. White (>= 0.5) is missing;
/// a pixel of the new mask is white as soon as a missing one goes into the photo's pixel there, and black otherwise.
Image cutMask(const Image& mask, int side);

}  // namespace p2l
