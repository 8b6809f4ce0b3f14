// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace p2l {

/// The grey level that a grey PNG without an alpha channel calls transparent (chunk tRNS), on the scale of its decoded
/// samples: 16 bits where it has so many, else 8. Nothing where it names none. OpenCV's decoder passes this by.
std::optional<std::uint16_t> transparentGrey(std::span<const std::uint8_t> png);

}  // namespace p2l
