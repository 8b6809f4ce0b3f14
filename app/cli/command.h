// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "core/api/engine.h"
#include "core/types/error.h"

namespace p2l::cli {

/// What the program returns.
enum ExitCode { kDone = 0, kFailed = 1, kBadUsage = 2, kInterrupted = 130 };

/// Arguments that cannot be meant: exit code 2.
class UsageError : public Error {
 public:
  using Error::Error;
};

/// A subcommand: its options are added to `app`; the function carries it out when its turn comes.
/// @throws UsageError, Error
using Command = std::function<int()>;

Command addRestoreCommand(CLI::App& app, Engine& engine);
Command addSampleCommand(CLI::App& app, Engine& engine);
Command addDegradeCommand(CLI::App& app, Engine& engine);
Command addAnalyseCommand(CLI::App& app, Engine& engine);
Command addEvaluateCommand(CLI::App& app, Engine& engine);
Command addMetricsCommand(CLI::App& app, Engine& engine);
Command addListCommand(CLI::App& app, Engine& engine);
Command addShowModelCommand(CLI::App& app, Engine& engine);
Command addSelfTestCommand(CLI::App& app, Engine& engine);
Command addBenchCommand(CLI::App& app, Engine& engine);
Command addLadderCommand(CLI::App& app, Engine& engine);
Command addTrainCommand(CLI::App& app, Engine& engine);

}  // namespace p2l::cli
