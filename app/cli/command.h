// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include "core/api/session.h"
#include "core/types/error.h"

namespace CLI {
class App;
}  // namespace CLI

namespace p2l::cli {

/// What the program returns.
enum ExitCode { kDone = 0, kFailed = 1, kBadUsage = 2, kInterrupted = 130 };

/// Arguments that cannot be meant: exit code 2.
class UsageError : public Error {
 public:
  using Error::Error;
};

/// Runs the check and turns its Error into one of usage.
template <class Check>
auto usage(const Check& check) {
  try {
    return check();
  } catch (const UsageError&) {
    throw;
  } catch (const Error& error) {
    throw UsageError(error.what());
  }
}

/// A subcommand: its options are added to `app`; the function carries it out when its turn comes.
/// @throws UsageError, Error
using Command = std::function<int()>;

/// The command of a class that is made with the two and has a `run`.
template <class Carrier>
Command commandOf(CLI::App& app, Session& session) {
  const auto carrier = std::make_shared<Carrier>(app, session);
  return [carrier] { return carrier->run(); };
}

Command addRestoreCommand(CLI::App& app, Session& session);
Command addSampleCommand(CLI::App& app, Session& session);
Command addDegradeCommand(CLI::App& app, Session& session);
Command addAnalyseCommand(CLI::App& app, Session& session);
Command addEvaluateCommand(CLI::App& app, Session& session);
Command addMetricsCommand(CLI::App& app, Session& session);
Command addListCommand(CLI::App& app, Session& session);
Command addShowModelCommand(CLI::App& app, Session& session);
Command addInspectCommand(CLI::App& app, Session& session);
Command addSelfTestCommand(CLI::App& app, Session& session);
Command addBenchCommand(CLI::App& app, Session& session);
Command addLadderCommand(CLI::App& app, Session& session);
Command addTrainCommand(CLI::App& app, Session& session);
Command addCompletionCommand(CLI::App& app, Session& session);
Command addManualCommand(CLI::App& app, Session& session);

}  // namespace p2l::cli
