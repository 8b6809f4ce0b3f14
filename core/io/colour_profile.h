// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/api/image.h"

namespace p2l {

/// Converts the picture from its embedded ICC profile to sRGB. Pictures whose profile means sRGB anyway are left alone.
/// @return a sentence for a person when colours were converted or could not be; else empty
std::string convertToSrgb(Image& image, std::span<const std::uint8_t> icc_profile);

}  // namespace p2l
