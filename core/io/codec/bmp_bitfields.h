// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/io/codec/decoded_picture.h"

namespace p2l {

/// A BMP whose channels are bits of words of 16 or 32 bits (5-5-5, 5-6-5, masks of its own). Empty: another kind of
/// BMP.
/// @throws Error when its pixels are cut off or its masks make no sense; `name` is the file for messages.
std::optional<DecodedPicture> decodeBitfieldBmp(std::span<const std::uint8_t> bmp, const std::string& name);

}  // namespace p2l
