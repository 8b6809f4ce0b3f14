// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/types/error.h"

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

/// JSON of a file that a person may have written. @param name as errors call it @throws Error where it nests too deep,
/// is no JSON (with the byte), or has a number that no double holds
template <class Json>
Json requiredJson(std::string_view text, std::string_view name) {
  require(!nestsTooDeep(text), name, " nests lists and objects more than ", kDeepestJson, " deep.");
  try {
    return Json::parse(text.begin(), text.end());
  } catch (const typename Json::parse_error& error) {
    throw Error(concat(name, " is not valid JSON, at byte ", error.byte, " of ", text.size(), "."));
  } catch (const typename Json::out_of_range&) {
    throw Error(concat(name, " has a number beyond what a double holds, ±1.8e308."));
  }
}

}  // namespace p2l
