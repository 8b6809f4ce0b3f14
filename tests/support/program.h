// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>
#include <string>
#include <vector>

namespace p2l::test {

struct Result {
  int exit_code = -1;  ///< 128 + n: ended by signal n
  std::string out;
  std::string err;
};

/// tests/reference.
std::string referenceFolder();

/// Runs p2l with these arguments in `folder`.
Result runProgram(const std::vector<std::string>& arguments, const std::string& folder);

/// Starts it, sends it the signal as soon as `file` exists (so that the run is under way), and waits for its end.
Result interruptProgram(const std::vector<std::string>& arguments, const std::string& folder, const std::string& file,
                        int signal = SIGINT);

/// Runs it with a terminal as its standard error stream; err holds what the terminal got.
Result runProgramOnTerminal(const std::vector<std::string>& arguments, const std::string& folder);

}  // namespace p2l::test
