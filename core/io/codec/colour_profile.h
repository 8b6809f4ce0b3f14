// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/io/codec/colour_space.h"
#include "core/types/image.h"

namespace p2l {

/// Converts the picture from its embedded ICC profile to sRGB. Pictures whose profile means sRGB anyway are left alone.
/// @return a sentence for a person when colours were converted or could not be; else empty
std::string convertToSrgb(Image& image, std::span<const std::uint8_t> icc_profile);
/// The same for a colour space by numbers; grey takes its gamma alone.
std::string convertToSrgb(Image& image, const ColourSpace& space);

/// What a person is told of inks that no profile describes.
inline constexpr const char* kRoughInks =
    "Its inks (CMYK) were converted to sRGB without a profile: colours are a rough guess.";

struct ConvertedInks {
  std::vector<float> rgb;  ///< sRGB in [0, 1], three samples for every four
  std::string remark;      ///< how they were converted
};
/// Cyan, magenta, yellow and black in [0, 1], 1 = full ink. Without a profile of such inks, each takes its share of
/// light away: (1 - ink) (1 - black).
ConvertedInks srgbFromCmyk(std::span<const float> inks, std::span<const std::uint8_t> icc_profile);

/// L* in [0, 100], a* and b*, of the white point D50, as sRGB in [0, 1]; colours outside of it are clipped.
std::vector<float> srgbFromLab(std::span<const float> lab);

}  // namespace p2l
