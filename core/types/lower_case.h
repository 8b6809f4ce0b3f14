// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace p2l {

/// The text with its ASCII letters in lower case, whatever the locale.
inline std::string lowerCase(std::string text) {
  for (auto& letter : text) letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  return text;
}

}  // namespace p2l
