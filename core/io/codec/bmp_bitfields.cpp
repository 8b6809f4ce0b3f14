// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/codec/bmp_bitfields.h"

#include <array>
#include <bit>
#include <cstdlib>

#include "core/types/error.h"

namespace p2l {
namespace {

// Offsets and values of BITMAPFILEHEADER, BITMAPINFOHEADER and BITMAPV4HEADER (Windows GDI).
constexpr std::size_t kPixelsAt = 10, kHeaderAt = 14, kWidthAt = 18, kHeightAt = 22, kBitsAt = 28, kCompressionAt = 30,
                      kMasksAt = 54;
constexpr std::uint32_t kPlain = 0, kBitfields = 3, kAlphaBitfields = 6, kHeaderWithAlpha = 56;

std::uint32_t wordAt(std::span<const std::uint8_t> bytes, std::size_t at, int count = 4) {
  std::uint32_t word = 0;
  for (int i = 0; i < count; ++i) word |= std::uint32_t{bytes[at + i]} << (8 * i);
  return word;
}

/// One run of bits.
struct Field {
  std::uint32_t mask = 0;
  int shift = 0;
  explicit Field(std::uint32_t bits) : mask(bits), shift(bits ? std::countr_zero(bits) : 0) {}
  bool valid() const { return mask != 0 && std::has_single_bit(std::uint64_t{mask >> shift} + 1); }
  float of(std::uint32_t word) const {
    return static_cast<float>((word & mask) >> shift) / static_cast<float>(mask >> shift);
  }
};

}  // namespace

std::optional<DecodedPicture> decodeBitfieldBmp(std::span<const std::uint8_t> bmp, const std::string& name) {
  if (bmp.size() < kMasksAt) return std::nullopt;
  const auto header = wordAt(bmp, kHeaderAt), compression = wordAt(bmp, kCompressionAt);
  const int bits = static_cast<int>(wordAt(bmp, kBitsAt, 2));
  const bool has_masks = compression == kBitfields || compression == kAlphaBitfields;
  if (header < 40 || (bits != 16 && bits != 32) || !(has_masks || (bits == 16 && compression == kPlain)))
    return std::nullopt;
  std::array<Field, 3> colours = {Field(0x7C00), Field(0x03E0), Field(0x001F)};
  Field alpha(0);
  if (has_masks) {
    require(bmp.size() >= kMasksAt + 16, name, " is damaged or cut off: its BMP header ends too early.");
    for (std::size_t c = 0; c < 3; ++c) colours[c] = Field(wordAt(bmp, kMasksAt + 4 * c));
    if (header >= kHeaderWithAlpha || compression == kAlphaBitfields) alpha = Field(wordAt(bmp, kMasksAt + 12));
  }
  bool valid = alpha.mask == 0 || alpha.valid();
  for (const auto& colour : colours) valid = valid && colour.valid();
  require(valid, name, " is a valid BMP, but of a kind that is not read: its masks leave out a channel or have gaps: ",
          "save it as PNG.");

  const auto stored_height = static_cast<std::int32_t>(wordAt(bmp, kHeightAt));
  const auto width = static_cast<std::int32_t>(wordAt(bmp, kWidthAt));
  const std::int64_t height = std::abs(std::int64_t{stored_height});  // negative: the first row is the top one
  const std::size_t row = (static_cast<std::size_t>(width) * bits + 31) / 32 * 4, start = wordAt(bmp, kPixelsAt);
  require(width > 0 && height > 0 && start <= bmp.size() && row * height <= bmp.size() - start, name,
          " is cut off: the end of its BMP data is missing.");
  DecodedPicture picture;
  picture.image = Image(width, static_cast<int>(height), alpha.mask ? 4 : 3);
  for (const auto& colour : colours) picture.bits = std::popcount(colour.mask) > 8 ? 16 : picture.bits;
  for (int y = 0; y < picture.image.height; ++y) {
    const std::size_t at = start + row * (stored_height < 0 ? y : picture.image.height - 1 - y);
    for (int x = 0; x < width; ++x) {
      const auto word = wordAt(bmp, at + static_cast<std::size_t>(x) * bits / 8, bits / 8);
      for (int c = 0; c < 3; ++c) picture.image.at(x, y, c) = colours[c].of(word);
      if (alpha.mask) picture.image.at(x, y, 3) = alpha.of(word);
    }
  }
  return picture;
}

}  // namespace p2l
