// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/catalogue_rows.h"

#include <charconv>

#include "core/types/error.h"

namespace p2l {

int classOfPrompt(const std::string& prompt, int classes) {
  if (prompt.empty()) return -1;
  int number = -1;
  const auto* end = prompt.data() + prompt.size();
  const auto read = std::from_chars(prompt.data(), end, number);
  require(
      read.ec == std::errc() && read.ptr == end && number >= 0 && number < classes,
      "The model knows pictures by the number of their class: the prompt must be empty or a whole number from 0 to ",
      classes - 1, ", found \"", prompt, "\".");
  return number;
}

}  // namespace p2l
