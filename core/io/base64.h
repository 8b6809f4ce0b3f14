// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace p2l {

/// RFC 4648, with padding, on one line.
std::string base64FromBytes(std::span<const std::uint8_t> bytes);
/// @throws Error when the text is no base64.
std::vector<std::uint8_t> bytesFromBase64(const std::string& text);

}  // namespace p2l
