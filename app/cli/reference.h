// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/api/catalogue.h"

namespace CLI {
class App;
}  // namespace CLI

namespace p2l::cli {

/// What an option KEY=VALUE takes.
struct SettingsReference {
  /// The value of OptionReference::chooser that these are of; empty: of any.
  std::string owner;
  /// "K=" where any number does, "z_update=gd" and "z_update=adam" where the values can be listed.
  std::vector<std::string> words;
};

/// What a command accepts, read from its declaration: for the manual page and the completion of shells.
struct OptionReference {
  std::vector<std::string> names;   ///< with their dashes; empty: a positional argument
  std::string value;                ///< name of its value, such as FILE; empty: a flag
  std::vector<std::string> values;  ///< all that it may be, where they can be listed
  std::string help;
  std::string group;
  bool takes_path = false;
  bool takes_list = false;                  ///< several of its values, with commas between them
  std::string chooser;                      ///< the option that says whose settings count, "--solver"; empty: none
  std::vector<SettingsReference> settings;  ///< of an option KEY=VALUE; those of any owner are last
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
