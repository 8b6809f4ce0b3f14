// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/types/image.h"

namespace p2l {

/// Brings a picture of float samples into [0, 1]: by their range they are on that scale already (what lies a little
/// outside is clipped), on that of bytes, or on that of 16 bits. Samples that are not numbers become 0.
/// @return remarks for a person @throws Error with the range that was found, where the scale cannot be told
std::vector<std::string> bringIntoUnitRange(Image& image, const std::string& name);

}  // namespace p2l
