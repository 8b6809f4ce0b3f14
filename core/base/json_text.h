// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

namespace p2l {

/// A value of a file as an error message shows it: short, whatever the file holds. A damaged file may nest lists deeper
/// than a recursive dump can go.
inline std::string shownJson(const nlohmann::json& value) {
  if (value.is_structured()) {
    const bool plain = value.is_array() && value.size() <= 8 &&
                       std::none_of(value.begin(), value.end(), [](const auto& item) { return item.is_structured(); });
    if (!plain) return (value.is_array() ? "a list of " : "an object of ") + std::to_string(value.size()) + " values";
  }
  auto text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (text.size() > 200) text = text.substr(0, 200) + "...";
  return text;
}

}  // namespace p2l
