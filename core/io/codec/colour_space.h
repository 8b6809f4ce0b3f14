// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace p2l {

/// A colour space by numbers, as files tell it that have no profile.
struct ColourSpace {
  /// x, y of white, red, green and blue (CIE 1931).
  using Chromaticities = std::array<double, 8>;
  static constexpr Chromaticities kSrgb = {0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06};

  std::string name;    ///< for a person
  double gamma = 0.0;  ///< light = sample^gamma; 0: by sRGB's curve
  Chromaticities chromaticities = kSrgb;
};

/// Adobe RGB (1998): Adobe's specification, version 2005-05, 4.3.1.
ColourSpace adobeRgb();

/// By the chunks gAMA and cHRM, which an sRGB chunk overrules (PNG, second edition, 11.3.3); empty: it is sRGB.
std::optional<ColourSpace> colourSpaceFromPng(std::span<const std::uint8_t> png);

}  // namespace p2l
