// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/api/image.h"

namespace p2l::cli {

/// Numbers, row by row, as a picture in false colours (viridis): 0 dark, `top` and more bright.
Image heatMap(const std::vector<float>& values, int width, int height, float top);

}  // namespace p2l::cli
