// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/api/catalogue.h"

namespace CLI {
class App;
}  // namespace CLI

namespace p2l::cli {

/// What a command accepts, read from its declaration: for the manual page and the completion of shells.
struct OptionReference {
  std::vector<std::string> names;   ///< with their dashes; empty: a positional argument
  std::string value;                ///< name of its value, such as FILE; empty: a flag
  std::vector<std::string> values;  ///< all that it may be, where they can be listed
  std::string help;
  std::string group;
  bool takes_path = false;
};

struct CommandReference {
  std::string name;  ///< with the commands above it: "p2l restore"
  std::string help;
  std::vector<OptionReference> options;
  std::vector<std::string> commands;  ///< below it, without the path
};

/// The program and all its commands, parents first.
std::vector<CommandReference> commandReferences(const CLI::App& program, const Catalogue& catalogue);

}  // namespace p2l::cli
