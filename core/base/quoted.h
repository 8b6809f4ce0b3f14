// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>

namespace p2l {

/// What a sentence quotes of a file, cut after 80 bytes: a file may hold megabytes where a name was expected.
inline std::string quoted(std::string text) {
  constexpr std::size_t kMost = 80;
  if (text.size() <= kMost) return text;
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // between characters of UTF-8
  return text.substr(0, end) + "…";
}

}  // namespace p2l
