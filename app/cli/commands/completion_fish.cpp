// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "app/cli/commands/completion_scripts.h"

namespace p2l::cli {
namespace {

constexpr const char* kFunctions = R"(# fish completion for p2l, made by `p2l completion fish`
function __p2l_item
  commandline -ct | string replace -r -- '^--[a-z-]+=' ''
end
function __p2l_list
  set -l before (__p2l_item | string match -r -- '.*,')
  printf '%s\n' "$before"$argv
end
function __p2l_settings
  if __p2l_item | string match -q -- '*=*'
    string match -v -- '*=' $argv
  else
    string replace -r -- '=.*' '=' $argv
  end
end
function __p2l_given
  set -l words (commandline -opc)
  for i in (seq (count $words))
    if string match -q -- "$argv[1]=*" $words[$i]
      string replace -- "$argv[1]=" '' $words[$i]
    else if test "$words[$i]" = $argv[1]; and test $i -lt (count $words)
      echo $words[(math $i + 1)]
    end
  end | tail -n 1
end
)";

/// In fish's single quotes a backslash is one, too.
std::string fishQuoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

/// Functions that offer settings, each once.
class SettingsFunctions {
 public:
  /// The function's name.
  std::string add(const OptionReference& option) {
    std::string lines = "  set -l of ''\n";
    if (!option.chooser.empty()) lines = "  set -l of (__p2l_given " + option.chooser + ")\n";
    lines += "  switch \"$of\"\n";
    for (const auto& settings : option.settings)
      lines += "    case " + (settings.owner.empty() ? "'*'" : fishQuoted(settings.owner)) + "\n      __p2l_settings " +
               arguments(settings.words, fishQuoted) + "\n";
    lines += "  end\n";
    const auto [place, added] = names_.try_emplace(lines, "__p2l_settings_" + std::to_string(names_.size() + 1));
    if (added) text_ += "function " + place->second + "\n" + lines + "end\n";
    return place->second;
  }
  const std::string& text() const { return text_; }

 private:
  std::map<std::string, std::string> names_;
  std::string text_;
};

/// "p2l analyse spread" holds where both words were seen; "p2l" where no command was.
std::string conditionOf(const CommandReference& command) {
  if (command.name == "p2l") return "__fish_use_subcommand";
  std::string condition, rest = command.name.substr(4);
  for (std::size_t space; (space = rest.find(' ')) != std::string::npos; rest = rest.substr(space + 1))
    condition += "__fish_seen_subcommand_from " + rest.substr(0, space) + "; and ";
  return condition + "__fish_seen_subcommand_from " + rest;
}

/// What -a is given: words, or a call that prints them.
std::string candidates(const OptionReference& option, SettingsFunctions& functions) {
  if (!option.settings.empty()) return fishQuoted("(" + functions.add(option) + ")");
  const auto words = arguments(option.values, fishQuoted);
  return fishQuoted(option.takes_list ? "(__p2l_list " + words + ")" : words);
}

/// The line's end for an option; empty: nothing is offered.
std::string optionText(const OptionReference& option, SettingsFunctions& functions) {
  std::string text;
  for (const auto& name : option.names)
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.values.empty() || !option.settings.empty())
    text += (option.names.empty() ? " -f -a " : " -x -a ") + candidates(option, functions);
  else if (option.names.empty())
    return text;
  else if (!option.value.empty())
    text += option.takes_path ? " -r -F" : " -x";
  return text + " -d " + fishQuoted(option.help) + "\n";
}

}  // namespace

std::string fishCompletion(const std::vector<CommandReference>& commands) {
  SettingsFunctions functions;
  std::string lines;
  for (const auto& command : commands) {
    const auto begin = "complete -c p2l -n " + fishQuoted(conditionOf(command));
    for (const auto& below : commands) {
      if (below.name.rfind(' ') == command.name.size() && below.name.starts_with(command.name))
        lines +=
            begin + " -f -a " + below.name.substr(command.name.size() + 1) + " -d " + fishQuoted(below.help) + "\n";
    }
    for (const auto& option : command.options) {
      const auto text = optionText(option, functions);
      if (!text.empty()) lines += begin + text;
    }
  }
  return kFunctions + functions.text() + lines;
}

}  // namespace p2l::cli
