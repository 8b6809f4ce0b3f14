// SPDX-License-Identifier: GPL-3.0-or-later
// The manual page p2l(1), made from the commands' own declarations.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "app/cli/command.h"
#include "app/cli/reference.h"
#include "core/types/version.h"

namespace p2l::cli {
namespace {

/// Text for roff: dashes that can be copied, no line that is taken as a request.
std::string roff(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else if (c == '|')
      result += "|\\:";  // a line may end there
    else if (c == '\n')
      result += ' ';
    else if ((c == '.' || c == '\'') && result.empty())
      result += std::string("\\&") + c;
    else
      result += c;
  }
  return result;
}

void print(const OptionReference& option) {
  std::string head;
  for (const auto& name : option.names) head += (head.empty() ? "\\fB" : ", \\fB") + roff(name) + "\\fR";
  if (!option.value.empty()) head += (head.empty() ? "\\fI" : " \\fI") + roff(option.value) + "\\fR";
  std::string values;
  for (const auto& value : option.values) values += (values.empty() ? "" : ", ") + value;
  std::printf(".TP\n%s\n%s\n", head.c_str(), roff(option.help).c_str());
  if (!values.empty() && values.size() < 400) std::printf(".br\nOne of: %s.\n", roff(values).c_str());
}

void print(const CommandReference& command) {
  std::printf(".SS %s\n%s.\n", roff(command.name).c_str(), roff(command.help).c_str());
  for (const auto& option : command.options) print(option);
}

}  // namespace

Command addManualCommand(CLI::App& app, Session& session) {
  return [&app, &session] {
    const auto commands = commandReferences(*app.get_parent(), session.catalogue());
    // groff 1.23 adjusts each paragraph anew, by AD.
    std::printf(".TH P2L 1 \"\" \"P2L Studio %s\" \"User Commands\"\n.nh\n.ad l\n.ds AD l\n", version());
    std::printf(".SH NAME\np2l \\- restore photos with latent diffusion models\n");
    std::printf(".SH SYNOPSIS\n\\fBp2l\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n.br\n");
    std::printf("\\fBp2l\\fR \\fB\\-\\-help\\fR|\\fB\\-\\-version\\fR\n");
    std::printf(".SH DESCRIPTION\n%s\n", roff(commands.front().help).c_str());
    std::printf(".SH OPTIONS\n");
    for (const auto& option : commands.front().options) print(option);
    std::printf(".SH COMMANDS\n");
    for (const auto& command : commands)
      if (command.name != "p2l") print(command);
    std::printf(".SH EXIT STATUS\n.TP\n0\nDone.\n.TP\n1\nFailed; one sentence on standard error says why.\n");
    std::printf(".TP\n2\nArguments that cannot be meant.\n.TP\n130\nInterrupted; what was finished is kept.\n");
    std::printf(".SH ENVIRONMENT\n.TP\n\\fBOMP_NUM_THREADS\\fR\nNumber of processor threads without \\-\\-threads.\n");
    std::printf(".TP\n\\fBP2L_RESOURCES\\fR\nFolder with models and presets in place of the installed one.\n");
    std::printf(".SH SEE ALSO\n\\fBp2l_studio\\fR(1), \\fBp2l\\-cuda\\fR(1)\n");
    return static_cast<int>(kDone);
  };
}

}  // namespace p2l::cli
