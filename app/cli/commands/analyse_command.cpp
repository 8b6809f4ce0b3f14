// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/command.h"

namespace p2l::cli {

Command addEvolutionCommand(CLI::App& app, Session& session);
Command addProjectionCommand(CLI::App& app, Session& session);
Command addRoundTripCommand(CLI::App& app, Session& session);
Command addSpreadCommand(CLI::App& app, Session& session);

Command addAnalyseCommand(CLI::App& app, Session& session) {
  std::vector<std::pair<CLI::App*, Command>> commands;
  const auto add = [&](const char* name, const char* help, Command (*add_command)(CLI::App&, Session&)) {
    auto* subcommand = app.add_subcommand(name, help);
    commands.emplace_back(subcommand, add_command(*subcommand, session));
  };
  add("round-trip", "How a photo drifts when it is encoded and decoded again and again", addRoundTripCommand);
  add("evolution", "How the estimates of several solvers evolve over t, from the same start", addEvolutionCommand);
  add("projection", "What each projection of a run does to the residual", addProjectionCommand);
  add("spread", "What is invented: mean and spread of one restoration over several seeds", addSpreadCommand);
  return [commands] {
    for (const auto& [subcommand, command] : commands) {
      if (subcommand->parsed()) return command();
    }
    throw UsageError("What to analyse is missing: round-trip, evolution, projection or spread.");
  };
}

}  // namespace p2l::cli
