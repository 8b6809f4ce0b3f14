// SPDX-License-Identifier: GPL-3.0-or-later
//
// PNG specification (W3C, third edition), 11.3.1.1: tRNS of colour type 0 is one 16-bit sample, of which as many low
// bits count as the picture has a sample.
#include "core/io/codec/png_transparency.h"

#include <cstring>

namespace p2l {
namespace {

constexpr std::size_t kSignature = 8, kBitDepth = 24, kColourType = 25;

std::size_t wordAt(std::span<const std::uint8_t> bytes, std::size_t at) {
  return std::size_t{bytes[at]} << 24 | std::size_t{bytes[at + 1]} << 16 | std::size_t{bytes[at + 2]} << 8 |
         bytes[at + 3];
}

}  // namespace

std::optional<std::uint16_t> transparentGrey(std::span<const std::uint8_t> png) {
  if (png.size() <= kColourType || png[kColourType] != 0) return std::nullopt;
  const unsigned depth = png[kBitDepth];
  const unsigned largest = (1u << depth) - 1;
  for (std::size_t at = kSignature; at + 12 <= png.size();) {
    const auto length = wordAt(png, at);
    const auto* name = png.data() + at + 4;
    if (std::memcmp(name, "IDAT", 4) == 0) break;
    if (std::memcmp(name, "tRNS", 4) == 0 && length == 2 && at + 10 <= png.size()) {
      const unsigned level = (unsigned{png[at + 8]} << 8 | png[at + 9]) & largest;
      return static_cast<std::uint16_t>(depth < 8 ? level * 255 / largest : level);
    }
    at += 12 + length;
  }
  return std::nullopt;
}

}  // namespace p2l
