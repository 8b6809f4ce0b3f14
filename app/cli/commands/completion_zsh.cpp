// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "app/cli/commands/completion_scripts.h"

namespace p2l::cli {
namespace {

constexpr const char* kFunctions = R"(#compdef p2l
# zsh completion for p2l, made by `p2l completion zsh`
_p2l_list() {
  compset -P '*,'
  compset -S ',*'
  compadd -q -S , -- "$@"
}
_p2l_settings() {
  local key=${PREFIX%%=*}
  if compset -P '*='; then
    compadd -- ${${(M)@:#$key=?*}#*=}
  else
    compadd -S = -- ${(u)@%%=*}
  fi
}
_p2l_given() {
  local -i at=$words[(I)$1]
  ((at)) && print -r -- $words[at+1]
}
)";

constexpr const char* kBegin = R"(_p2l() {
  local command=p2l
  local -i i=2
  while ((i < CURRENT)); do
    case "$command $words[i]" in
)";

/// In brackets of zsh's _arguments, `]`, `:` and `\` have a meaning.
std::string zshHelp(const std::string& help) {
  std::string text;
  for (const char c : help) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

/// Functions that offer settings, each once.
class SettingsFunctions {
 public:
  /// The function's name.
  std::string add(const OptionReference& option) {
    std::string cases;
    for (const auto& settings : option.settings)
      cases += "    (" + (settings.owner.empty() ? "*" : shellQuoted(settings.owner)) + ") _p2l_settings " +
               arguments(settings.words, shellQuoted) + " ;;\n";
    const auto of = option.chooser.empty() ? "''" : "\"$(_p2l_given " + option.chooser + ")\"";
    const auto lines = "  case " + of + " in\n" + cases + "  esac\n";
    const auto [place, added] = names_.try_emplace(lines, "_p2l_settings_" + std::to_string(names_.size() + 1));
    if (added) text_ += place->second + "() {\n" + lines + "}\n";
    return place->second;
  }
  const std::string& text() const { return text_; }

 private:
  std::map<std::string, std::string> names_;
  std::string text_;
};

/// An action that begins with a space is called without _arguments' own options.
std::string zshAction(const OptionReference& option, SettingsFunctions& functions) {
  if (!option.settings.empty()) return " " + functions.add(option);
  const auto values = arguments(option.values, shellQuoted);
  if (!values.empty()) return option.takes_list ? " _p2l_list " + values : "(" + values + ")";
  return option.takes_path ? "_files" : " ";
}

}  // namespace

std::string zshCompletion(const std::vector<CommandReference>& commands) {
  SettingsFunctions functions;
  std::string cases;
  std::vector<std::string> names;
  for (const auto& command : commands) {
    if (command.name != "p2l") names.push_back(shellQuoted(command.name));
    cases += "    " + shellQuoted(command.name) + ")\n      _arguments -s";
    for (const auto& option : command.options) {
      const auto value = ":" + zshHelp(option.value) + ":" + zshAction(option, functions);
      for (const auto& name : option.names) {
        const auto spec = "*" + name + "[" + zshHelp(option.help) + "]" + (option.value.empty() ? "" : value);
        cases += " \\\n        " + shellQuoted(spec);
      }
      if (option.names.empty()) cases += " \\\n        " + shellQuoted("*" + value);
    }
    if (!command.commands.empty())
      cases += " \\\n        " + shellQuoted("*:command:(" + joined(command.commands, " ") + ")");
    cases += " ;;\n";
  }
  return kFunctions + functions.text() + kBegin + "      (" + joined(names, "|") +
         ") command+=\" $words[i]\"; words[2,i]=(); ((CURRENT -= i - 1)); i=1 ;;\n"
         "    esac\n"
         "    ((i += 1))\n"
         "  done\n"
         "  case $command in\n" +
         cases +
         "  esac\n"
         "}\n"
         "_p2l \"$@\"\n";
}

}  // namespace p2l::cli
