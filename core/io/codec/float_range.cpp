// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/codec/float_range.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/types/error.h"

namespace p2l {
namespace {

/// How far a sharpened or enlarged picture may go beyond its scale, as a share of it.
constexpr float kOvershoot = 0.05f;
/// Highlights of a picture on the scale 0 to 1 may be brighter than white.
constexpr float kBrightest = 2.0f;
/// Below it, fractions tell too little: a dark picture of bytes, or light measured without a scale.
constexpr float kLeastOfBytes = 32.0f;
constexpr float kLeastOf16Bits = 16384.0f;

struct Range {
  float least = std::numeric_limits<float>::infinity();
  float largest = -std::numeric_limits<float>::infinity();
  bool whole = true;  ///< all samples are whole numbers
  std::size_t not_numbers = 0;
};

Range rangeOf(const Image& image) {
  Range range;
  const int colours = image.channels >= 3 ? 3 : 1;
  for (std::size_t at = 0; at < image.pixels.size(); at += image.channels) {
    for (int c = 0; c < colours; ++c) {
      const float sample = image.pixels[at + c];
      if (!std::isfinite(sample)) {
        ++range.not_numbers;
        continue;
      }
      range.least = std::min(range.least, sample);
      range.largest = std::max(range.largest, sample);
      range.whole = range.whole && sample == std::floor(sample);
    }
  }
  return range;
}

bool fits(const Range& range, float white) {
  return range.largest <= white * (1.0f + kOvershoot) && range.least >= -white * kOvershoot;
}

/// The sample that means white; 0: it cannot be told.
float whiteOf(const Range& range) {
  if (range.largest <= kBrightest && range.least >= -kBrightest) return 1.0f;
  if (fits(range, 255.0f) && (range.whole || range.largest >= kLeastOfBytes)) return 255.0f;
  if (fits(range, 65535.0f) && range.largest >= kLeastOf16Bits) return 65535.0f;
  return 0.0f;
}

}  // namespace

std::vector<std::string> bringIntoUnitRange(Image& image, const std::string& name) {
  const auto range = rangeOf(image);
  std::vector<std::string> remarks;
  if (range.not_numbers > 0)
    remarks.push_back(concat(range.not_numbers, " samples are no numbers; they were read as black."));
  if (range.least > range.largest) {
    std::fill(image.pixels.begin(), image.pixels.end(), 0.0f);
    return remarks;
  }
  const float white = whiteOf(range);
  require(white > 0.0f, name, " has float samples from ", range.least, " to ", range.largest,
          ", which is none of the scales 0 to 1, 0 to 255 and 0 to 65535: bring them to 0 to 1 first.");
  if (white > 1.0f) {
    remarks.push_back(
        concat("Its float samples, from ", range.least, " to ", range.largest, ", were divided by ", white, "."));
  } else if (range.least < 0.0f || range.largest > 1.0f) {
    remarks.push_back(concat("Its float samples go from ", range.least, " to ", range.largest,
                             "; what is outside of 0 to 1 was clipped."));
  }
  const bool scaled_alpha = white > 1.0f && image.hasAlpha() && [&] {
    for (std::size_t at = image.channels - 1; at < image.pixels.size(); at += image.channels) {
      if (image.pixels[at] > 1.0f) return true;
    }
    return false;
  }();
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    const bool is_alpha = image.hasAlpha() && i % image.channels == static_cast<std::size_t>(image.channels - 1);
    float& sample = image.pixels[i];
    if (!std::isfinite(sample)) sample = 0.0f;
    if (!is_alpha || scaled_alpha) sample /= white;
    sample = std::clamp(sample, 0.0f, 1.0f);
  }
  return remarks;
}

}  // namespace p2l
