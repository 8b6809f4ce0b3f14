// SPDX-License-Identifier: GPL-3.0-or-later
// p2l: the command line of P2L Studio.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/command.h"
#include "core/types/version.h"

namespace p2l::cli {
namespace {

using AddCommand = Command (*)(CLI::App&, Session&);

struct Subcommand {
  const char* name;
  const char* help;
  AddCommand add;
};

constexpr Subcommand kSubcommands[] = {
    {"restore", "Restore a damaged photo, or degrade a good one and restore it", addRestoreCommand},
    {"degrade", "Degrade a photo, as `restore` does before it restores", addDegradeCommand},
    {"sample", "Draw pictures from a text or a tuned embedding (paper Fig. 12)", addSampleCommand},
    {"evaluate", "Photos x tasks x solvers: the tables of the paper, resumable and in parts", addEvaluateCommand},
    {"metrics", "Show, fetch or convert the weights that LPIPS needs", addMetricsCommand},
    {"ladder", "Switch the parts of P2L on one after the other, on the same measurement (paper Table 3)",
     addLadderCommand},
    {"analyse", "Show how solvers work, what the autoencoder loses, and what a restoration invents", addAnalyseCommand},
    {"train", "Train the embedded models, or others of their kinds, on your own photos", addTrainCommand},
    {"inspect", "Say what a photo is and how much noise it has", addInspectCommand},
    {"list", "List solvers, degradations, noises, settings, metrics, models or presets", addListCommand},
    {"show-model", "Read a model folder and describe its parts", addShowModelCommand},
    {"selftest", "Check that the program computes the right numbers on a device", addSelfTestCommand},
    {"bench", "Measure speed and memory, also against a Python program", addBenchCommand},
    {"completion", "Print what bash, zsh or fish need to complete p2l's arguments", addCompletionCommand},
    {"manual", "Print the manual page p2l(1)", addManualCommand},
};

/// CLI11 takes an empty text as the number 0.
void refuseEmptyNumbers(CLI::App& command) {
  const auto refuseEmpty = [](const std::string& text) {
    return text.empty() ? "a number was expected, found nothing" : "";
  };
  for (auto* option : command.get_options()) {
    const auto type = option->get_type_name();
    for (const char* number : {"N", "NUMBER", "INT", "UINT", "FLOAT"}) {
      if (type == number || type.starts_with(std::string(number) + ":")) option->check(refuseEmpty, "");
    }
  }
  for (auto* subcommand : command.get_subcommands([](CLI::App*) { return true; })) refuseEmptyNumbers(*subcommand);
}

int run(int argc, char** argv) {
  Session session;
  CLI::App app{"Restores photos with latent diffusion models by P2L (Chung et al., ICML 2024) and others.", "p2l"};
  app.set_version_flag("--version", std::string("p2l ") + p2l::version());
  app.get_formatter()->column_width(34);
  std::vector<std::pair<CLI::App*, Command>> commands;
  for (const auto& each : kSubcommands) {
    CLI::App* subcommand = app.add_subcommand(each.name, each.help);
    commands.emplace_back(subcommand, each.add(*subcommand, session));
  }
  refuseEmptyNumbers(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    throw UsageError(error.what());
  }
  for (const auto& warning : session.catalogue().warnings) std::fprintf(stderr, "p2l: %s\n", warning.c_str());
  for (const auto& [subcommand, command] : commands) {
    if (subcommand->parsed()) return command();
  }
  std::string names;
  for (const auto& each : kSubcommands) names += (names.empty() ? "" : ", ") + std::string(each.name);
  throw UsageError("A command is missing: " + names + ".");
}

}  // namespace
}  // namespace p2l::cli

int main(int argc, char** argv) {
  using namespace p2l::cli;
  try {
    return run(argc, argv);
  } catch (const UsageError& error) {
    std::fprintf(stderr, "p2l: %s\nTry p2l --help, or --help after a command.\n", error.what());
    return kBadUsage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "p2l: %s\n", error.what());
    return kFailed;
  }
}
