// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/types/image.h"

namespace p2l::cli {

/// How far two pictures of one size are from each other at each pixel, on the scale [0, 1]: root of the mean square
/// over the colours, row by row. Grey is compared with each colour. @throws Error when the sizes differ
std::vector<float> differenceMap(const Image& a, const Image& b);

/// The number that 99.5 % of them stay under: the top of a map that a few do not darken.
float mapTop(std::vector<float> values);

/// Numbers, row by row, as a picture in false colours (viridis): 0 dark, `top` and more bright.
Image heatMap(const std::vector<float>& values, int width, int height, float top);

}  // namespace p2l::cli
