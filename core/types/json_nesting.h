// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace p2l {

/// How deep lists and objects may lie in one another in a file that is read; the program's own take less than 20.
inline constexpr int kDeepestJson = 200;

/// Whether a JSON text goes deeper. Copies and dumps of such a value would use up the stack, so it is refused before.
bool nestsTooDeep(std::string_view json);

/// JSON of a file as Json::parse has it; discarded where it is none, and where it nests too deep.
template <class Json>
Json parsedJson(std::string_view text) {
  if (nestsTooDeep(text)) return Json(Json::value_t::discarded);
  return Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
}

}  // namespace p2l
