// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/cli/reference.h"

namespace p2l::cli {

/// What a shell reads to complete p2l's arguments, made from the commands' declarations.
std::string bashCompletion(const std::vector<CommandReference>& commands);
std::string zshCompletion(const std::vector<CommandReference>& commands);
std::string fishCompletion(const std::vector<CommandReference>& commands);

inline std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

/// For bash and zsh.
inline std::string shellQuoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

/// The words as arguments; those that every shell takes as they stand are not quoted.
inline std::string arguments(std::vector<std::string> words, std::string (*quoted)(const std::string&)) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.=";
  for (auto& word : words) {
    if (word.starts_with('=') || word.find_first_not_of(kPlain) != std::string::npos) word = quoted(word);
  }
  return joined(words, " ");
}

}  // namespace p2l::cli
