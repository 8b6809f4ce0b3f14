// SPDX-License-Identifier: GPL-3.0-or-later
// Completion for bash, zsh and fish, made from the commands' own declarations.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include "app/cli/command.h"
#include "app/cli/reference.h"

namespace p2l::cli {
namespace {

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::string shellQuoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::vector<std::string> flagsOf(const CommandReference& command) {
  std::vector<std::string> flags;
  for (const auto& option : command.options) flags.insert(flags.end(), option.names.begin(), option.names.end());
  return flags;
}

/// Options of equal values share a line of the script.
std::string bashScript(const std::vector<CommandReference>& commands) {
  std::map<std::string, std::vector<std::string>> lists;
  std::vector<std::string> paths, others, names;
  std::string words;
  for (const auto& command : commands) {
    if (command.name != "p2l") names.push_back(shellQuoted(command.name));
    std::string positional;
    for (const auto& option : command.options) {
      if (option.names.empty()) positional += (positional.empty() ? "" : " ") + joined(option.values, " ");
      if (option.value.empty()) continue;
      for (const auto& name : option.names) {
        auto& place = !option.values.empty() ? lists[joined(option.values, " ")] : option.takes_path ? paths : others;
        place.push_back(shellQuoted(command.name + " " + name));
      }
    }
    words += "    " + shellQuoted(command.name) + ")\n      options=" + shellQuoted(joined(flagsOf(command), " ")) +
             "\n      words=" + shellQuoted(joined(command.commands, " ") + positional) + " ;;\n";
  }
  std::string text =
      "# bash completion for p2l, made by `p2l completion bash`\n"
      "_p2l() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=p2l options words i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"$command ${COMP_WORDS[i]}\" in\n"
      "      " +
      joined(names, "|") +
      ") command+=\" ${COMP_WORDS[i]}\" ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$command $prev\" in\n";
  for (const auto& [values, options] : lists)
    text += "    " + joined(options, "|") + ")\n      mapfile -t COMPREPLY < <(compgen -W " + shellQuoted(values) +
            " -- \"$cur\")\n      return ;;\n";
  text += "    " + joined(paths, "|") +
          ")\n      mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n      compopt -o filenames\n      return ;;\n";
  if (!others.empty()) text += "    " + joined(others, "|") + ") return ;;\n";
  text += "  esac\n  case $command in\n" + words +
          "  esac\n"
          "  [[ $cur == -* ]] && words=$options\n"
          "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
          "}\n"
          "complete -o default -F _p2l p2l\n";
  return text;
}

/// In brackets of zsh's _arguments, `]`, `:` and `\` have a meaning.
std::string zshHelp(const std::string& help) {
  std::string text;
  for (const char c : help) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

std::string zshAction(const OptionReference& option) {
  if (!option.values.empty()) return "(" + joined(option.values, " ") + ")";
  return option.takes_path ? "_files" : " ";
}

std::string zshScript(const std::vector<CommandReference>& commands) {
  std::string cases;
  std::vector<std::string> names;
  for (const auto& command : commands) {
    if (command.name != "p2l") names.push_back(shellQuoted(command.name));
    cases += "    " + shellQuoted(command.name) + ")\n      _arguments -s";
    for (const auto& option : command.options) {
      for (const auto& name : option.names) {
        auto spec = "*" + name + "[" + zshHelp(option.help) + "]";
        if (!option.value.empty()) spec += ":" + zshHelp(option.value) + ":" + zshAction(option);
        cases += " \\\n        " + shellQuoted(spec);
      }
      if (option.names.empty())
        cases += " \\\n        " + shellQuoted("*:" + zshHelp(option.value) + ":" + zshAction(option));
    }
    if (!command.commands.empty())
      cases += " \\\n        " + shellQuoted("*:command:(" + joined(command.commands, " ") + ")");
    cases += " ;;\n";
  }
  return "#compdef p2l\n"
         "# zsh completion for p2l, made by `p2l completion zsh`\n"
         "_p2l() {\n"
         "  local command=p2l\n"
         "  local -i i=2\n"
         "  while ((i < CURRENT)); do\n"
         "    case \"$command $words[i]\" in\n"
         "      (" +
         joined(names, "|") +
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

std::string fishScript(const std::vector<CommandReference>& commands) {
  std::string text = "# fish completion for p2l, made by `p2l completion fish`\n";
  for (const auto& command : commands) {
    // "p2l analyse spread" holds where both words were seen; "p2l" where no command was.
    std::string condition;
    if (command.name == "p2l") {
      condition = "__fish_use_subcommand";
    } else {
      std::string rest = command.name.substr(4);
      for (std::size_t space; (space = rest.find(' ')) != std::string::npos; rest = rest.substr(space + 1))
        condition += "__fish_seen_subcommand_from " + rest.substr(0, space) + "; and ";
      condition += "__fish_seen_subcommand_from " + rest;
    }
    const auto begin = "complete -c p2l -n " + shellQuoted(condition);
    for (const auto& below : commands) {
      if (below.name.rfind(' ') == command.name.size() && below.name.starts_with(command.name))
        text +=
            begin + " -f -a " + below.name.substr(command.name.size() + 1) + " -d " + shellQuoted(below.help) + "\n";
    }
    for (const auto& option : command.options) {
      auto line = begin;
      for (const auto& name : option.names)
        line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (!option.values.empty())
        line += (option.names.empty() ? " -f -a " : " -x -a ") + shellQuoted(joined(option.values, " "));
      else if (option.names.empty())
        continue;
      else if (!option.value.empty())
        line += option.takes_path ? " -r -F" : " -x";
      text += line + " -d " + shellQuoted(option.help) + "\n";
    }
  }
  return text;
}

}  // namespace

Command addCompletionCommand(CLI::App& app, Session& session) {
  const auto shell = std::make_shared<std::string>();
  app.add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->type_name("SHELL")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  return [shell, &app, &session] {
    const auto commands = commandReferences(*app.get_parent(), session.catalogue());
    const auto script = *shell == "bash" ? bashScript : *shell == "zsh" ? zshScript : fishScript;
    std::fputs(script(commands).c_str(), stdout);
    return static_cast<int>(kDone);
  };
}

}  // namespace p2l::cli
