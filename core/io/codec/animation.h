// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/io/codec/decoded_picture.h"

namespace p2l {

/// Pictures of one size as an animated WebP that repeats for ever, each shown for so long, the last one ten times as
/// long. @throws Error
std::vector<std::uint8_t> encodeAnimation(const std::vector<std::shared_ptr<const Frame>>& frames, int milliseconds);

/// The first picture of an animated WebP, with a remark. Empty when the WebP is not animated, or is damaged.
std::optional<DecodedPicture> firstOfAnimation(std::span<const std::uint8_t> webp);

/// A picture as a lossy WebP, quickly made. @throws Error
std::vector<std::uint8_t> encodeLossyWebp(const Frame& frame);

/// What the samples of a WebP take in memory, by its header. @throws Error when it is none
std::size_t decodedBytes(std::span<const std::uint8_t> webp);

/// Its samples: RGB, or RGBA where it has alpha. @throws Error when the data is damaged
Frame decodeWebp(std::span<const std::uint8_t> webp);

}  // namespace p2l
