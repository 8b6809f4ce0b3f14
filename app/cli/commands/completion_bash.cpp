// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "app/cli/commands/completion_scripts.h"

namespace p2l::cli {
namespace {

// `cur` is the word at the cursor, `lead` what of it stands before the part that is completed ("--solver=", "sr,"), and
// `hidden` what readline keeps of it: it replaces only what follows the last = or :.
constexpr const char* kFunctions = R"(# bash completion for p2l, made by `p2l completion bash`
_p2l_words() {
  local word
  for word; do
    [[ $lead$word != "$cur"* ]] || { word=$lead$word && COMPREPLY+=("${word#"$hidden"}"); }
  done
}
_p2l_list() {
  local item=${cur#"$lead"}
  [[ $item != *,* ]] || lead+=${item%,*},
  _p2l_words "$@"
  compopt -o nospace
}
_p2l_settings() {
  local item=${cur#"$lead"} setting settings=()
  for setting; do
    if [[ $item != *=* ]]; then
      setting=${setting%%=*}=
    elif [[ $setting == *= ]]; then
      continue
    fi
    [[ " ${settings[*]} " == *" $setting "* ]] || settings+=("$setting")
  done
  _p2l_words "${settings[@]}"
  [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace
}
_p2l_files() {
  local files
  mapfile -t files < <(compgen -f -- "${cur#"$lead"}")
  _p2l_words "${files[@]}"
  compopt -o filenames
}
)";

// Readline parts words at = and :, which stand inside of ours.
constexpr const char* kBegin = R"(_p2l() {
  local typed=() word glue='' i
  COMPREPLY=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $i -gt 1 && -n $word && (-z ${word//[=:]/} || (-n $glue && $word != --*)) ]]; then
      typed[-1]+=$word
    else
      typed+=("$word")
    fi
    glue=''
    [[ -z $word || -n ${word//[=:]/} ]] || glue=yes
  done
  local cur=${typed[-1]} prev=${typed[-2]} lead='' hidden='' command=p2l options=() words=()
  local breaks=${COMP_WORDBREAKS//[^=:]/}
  [[ -z $breaks || $cur != *[$breaks]* ]] || hidden=${cur%"${cur##*["$breaks"]}"}
  [[ $cur != --*=* ]] || prev=${cur%%=*} lead=${cur%%=*}=
  local -A given=()
  for ((i = 1; i < ${#typed[@]} - 1; i++)); do
    case ${typed[i]} in
      --*=*) given[${typed[i]%%=*}]=${typed[i]#*=} ;;
      --?*) given[${typed[i]}]=${typed[i + 1]} ;;
    esac
    case "$command ${typed[i]}" in
)";

constexpr const char* kEnd = R"(  esac
  if [[ $cur == -* ]]; then _p2l_words "${options[@]}"; else _p2l_words "${words[@]}"; fi
}
complete -o default -F _p2l p2l
)";

/// The lines that offer what may stand behind an option.
std::string offer(const OptionReference& option) {
  if (!option.settings.empty()) {
    std::string cases;
    for (const auto& settings : option.settings) {
      const auto call = "_p2l_settings " + arguments(settings.words, shellQuoted);
      if (option.chooser.empty()) return "      " + call + "\n";
      cases += "        " + (settings.owner.empty() ? "*" : shellQuoted(settings.owner)) + ") " + call + " ;;\n";
    }
    return "      case ${given[" + option.chooser + "]-} in\n" + cases + "      esac\n";
  }
  if (!option.values.empty())
    return (option.takes_list ? "      _p2l_list " : "      _p2l_words ") + arguments(option.values, shellQuoted) +
           "\n";
  return option.takes_path ? "      _p2l_files\n" : "";
}

}  // namespace

/// Options of equal values share lines of the script.
std::string bashCompletion(const std::vector<CommandReference>& commands) {
  std::map<std::string, std::vector<std::string>> offers;
  std::vector<std::string> names;
  std::string words;
  for (const auto& command : commands) {
    if (command.name != "p2l") names.push_back(shellQuoted(command.name));
    std::vector<std::string> flags, others = command.commands;
    for (const auto& option : command.options) {
      flags.insert(flags.end(), option.names.begin(), option.names.end());
      if (option.names.empty()) others.insert(others.end(), option.values.begin(), option.values.end());
      if (option.value.empty()) continue;
      for (const auto& name : option.names) offers[offer(option)].push_back(shellQuoted(command.name + " " + name));
    }
    words += "    " + shellQuoted(command.name) + ")\n      options=(" + arguments(flags, shellQuoted) +
             ")\n      words=(" + arguments(others, shellQuoted) + ") ;;\n";
  }
  auto text = std::string(kFunctions) + kBegin + "      " + joined(names, "|") +
              ") command+=\" ${typed[i]}\" ;;\n    esac\n  done\n  case \"$command $prev\" in\n";
  for (const auto& [lines, options] : offers)
    text += "    " + joined(options, "|") + ")\n" + lines + "      return ;;\n";
  return text + "  esac\n  case $command in\n" + words + kEnd;
}

}  // namespace p2l::cli
