// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/base64.h"

#include <exiv2/exiv2.hpp>

#include "core/types/error.h"

namespace p2l {

std::string base64FromBytes(std::span<const std::uint8_t> bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  require(Exiv2::base64encode(bytes.data(), bytes.size(), text.data(), text.size()) != 0,
          "The bytes could not be written as base64.");
  text.resize(text.find('\0'));
  return text;
}

std::vector<std::uint8_t> bytesFromBase64(const std::string& text) {
  require(
      text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == std::string::npos,
      "The text is no base64.");
  std::vector<std::uint8_t> bytes(text.size() / 4 * 3 + 4);
  const long count = Exiv2::base64decode(text.c_str(), reinterpret_cast<char*>(bytes.data()), bytes.size());
  require(count >= 0, "The text is no base64.");
  bytes.resize(static_cast<std::size_t>(count));
  return bytes;
}

}  // namespace p2l
