// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/analysis.h"

#include <CLI/CLI.hpp>
#include "app/cli/files.h"

namespace p2l::cli {

Analysis::Analysis(CLI::App& app, Session& session, RequestOptions::Extent extent)
    : session_(session), options_(app, session.catalogue(), extent) {}

void Analysis::addOutputs(CLI::App& app, const std::string& out, const char* quiet) {
  addOutput(app, "--out", out_, out, "FOLDER")->required();
  addThreads(app, threads_);
  app.add_flag("--quiet", quiet_, quiet)->group("Output");
}

AnalysisFolder Analysis::open(const std::vector<RestoreRequest>& requests,
                              const std::vector<std::string>& names) const {
  for (const auto& request : requests) {
    auto check = inputsToKeep(request, session_.catalogue());
    check.reads("--request", options_.requestFile());
    check.writesInto("--out", out_, names);
    refuseLosses(check);
  }
  useThreads(threads_);
  return AnalysisFolder(out_);
}

RunInputs Analysis::inputsOf(const RestoreRequest& request) const {
  return options_.inputs(request, quiet_);
}

}  // namespace p2l::cli
