// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/cli/analyse_files.h"
#include "app/cli/request_options.h"
#include "core/api/session.h"

namespace p2l::cli {

/// What the commands share that make runs of one request to look into them: its options, and at the end --out, a
/// folder, --threads and --quiet.
class Analysis {
 public:
  Analysis(const Analysis&) = delete;
  Analysis& operator=(const Analysis&) = delete;

 protected:
  Analysis(CLI::App& app, Session& session, RequestOptions::Extent extent);
  ~Analysis() = default;

  /// Adds --out, --threads and --quiet, which stand last. @param quiet what --quiet leaves out
  void addOutputs(CLI::App& app, const std::string& out, const char* quiet = "No progress, no summary");
  /// Refuses outputs that would replace an input, makes the folder and takes --threads.
  /// @param names of the files that are written @throws UsageError, Error
  AnalysisFolder open(const std::vector<RestoreRequest>& requests, const std::vector<std::string>& names) const;
  /// The pictures of the request, or those that are stored with it. @throws Error
  RunInputs inputsOf(const RestoreRequest& request) const;

  Session& session_;
  RequestOptions options_;
  bool quiet_ = false;

 private:
  std::string out_;
  int threads_ = 0;
};

}  // namespace p2l::cli
