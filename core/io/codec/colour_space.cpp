// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/codec/colour_space.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/types/error.h"

namespace p2l {
namespace {

constexpr double kPngScale = 100000.0;

std::uint32_t wordAt(std::span<const std::uint8_t> bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 | std::uint32_t{bytes[at + 2]} << 8 |
         bytes[at + 3];
}

/// gAMA 1/2.2 is what programs write that mean sRGB.
bool meansSrgbCurve(double file_gamma) {
  return std::abs(file_gamma - 1.0 / 2.2) < 0.005;
}

bool meansSrgbPrimaries(const ColourSpace::Chromaticities& found) {
  return std::equal(found.begin(), found.end(), ColourSpace::kSrgb.begin(),
                    [](double a, double b) { return std::abs(a - b) < 0.002; });
}

}  // namespace

ColourSpace adobeRgb() {
  return {"Adobe RGB (by EXIF)", 563.0 / 256.0, {0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06}};
}

std::optional<ColourSpace> colourSpaceFromPng(std::span<const std::uint8_t> png) {
  ColourSpace space;
  bool other = false;
  std::size_t at = 8;
  while (at + 12 <= png.size()) {
    const std::size_t length = wordAt(png, at);
    const auto data = at + 8;
    const auto is = [&](const char* name) { return std::memcmp(png.data() + at + 4, name, 4) == 0; };
    if (is("sRGB")) return std::nullopt;
    if (is("IDAT") || data + length > png.size()) break;  // what tells of colours comes before the pixels
    if (is("gAMA") && length >= 4 && wordAt(png, data) > 0) {
      const double file_gamma = wordAt(png, data) / kPngScale;
      if (!meansSrgbCurve(file_gamma)) {
        other = true;
        space.gamma = 1.0 / file_gamma;
        space.name = concat("gamma ", std::round(file_gamma * 1e4) / 1e4, " (chunk gAMA)");
      }
    }
    if (is("cHRM") && length >= 32) {
      ColourSpace::Chromaticities found;
      for (std::size_t i = 0; i < found.size(); ++i) found[i] = wordAt(png, data + 4 * i) / kPngScale;
      if (!meansSrgbPrimaries(found)) {
        other = true;
        space.chromaticities = found;
      }
    }
    at = data + length + 4;
  }
  if (!other) return std::nullopt;
  if (space.chromaticities != ColourSpace::kSrgb)
    space.name += space.name.empty() ? "primaries of its own (chunk cHRM)" : " and primaries of its own (chunk cHRM)";
  return space;
}

}  // namespace p2l
