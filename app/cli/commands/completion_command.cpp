// SPDX-License-Identifier: GPL-3.0-or-later
// Completion for bash, zsh and fish, made from the commands' own declarations.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "app/cli/command.h"
#include "app/cli/commands/completion_scripts.h"

namespace p2l::cli {

Command addCompletionCommand(CLI::App& app, Session& session) {
  const auto shell = std::make_shared<std::string>();
  app.add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->type_name("SHELL")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  return [shell, &app, &session] {
    const auto commands = commandReferences(*app.get_parent(), session.catalogue());
    const auto script = *shell == "bash" ? bashCompletion : *shell == "zsh" ? zshCompletion : fishCompletion;
    std::fputs(script(commands).c_str(), stdout);
    return static_cast<int>(kDone);
  };
}

}  // namespace p2l::cli
