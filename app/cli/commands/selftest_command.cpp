// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "app/cli/command.h"
#include "app/cli/request_options.h"

namespace p2l::cli {
namespace {

class SelfTestCommand {
 public:
  SelfTestCommand(CLI::App& app, Session& session) : session_(session) {
    addModel(app, model_, options_, device_);
    addThreads(app, threads_);
  }

  int run() {
    useThreads(threads_);
    int count = 0, failed = 0;
    session_.selfTest(model_, device_, options_, [&](const SelfTestRow& row) {
      if (count++ == 0)
        std::printf("%-36s %-22s %11s %9s %9s\n", "part", "compared with", "difference", "limit", "time");
      failed += !row.passed();
      std::printf("%-36s %-22s %11.1e %9.0e %7.2f s%s\n", row.part.c_str(), row.compared_with.c_str(), row.difference,
                  row.limit, row.seconds, row.passed() ? "" : "  FAILED");
      if (!row.problem.empty()) std::printf("    %s\n", row.problem.c_str());
      std::fflush(stdout);
    });
    if (failed == 0) {
      std::printf("%s on %s: all %d checks passed.\n", model_.c_str(), device_.c_str(), count);
      return kDone;
    }
    std::printf("%s on %s: %d of %d checks failed.\n", model_.c_str(), device_.c_str(), failed, count);
    return kFailed;
  }

 private:
  Session& session_;
  std::string device_ = "auto", model_ = "p2l-tiny";
  ModelOptions options_;
  int threads_ = 0;
};

}  // namespace

Command addSelfTestCommand(CLI::App& app, Session& session) {
  return commandOf<SelfTestCommand>(app, session);
}

}  // namespace p2l::cli
