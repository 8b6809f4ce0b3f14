// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/reference.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <sstream>

#include "core/request/request.h"

namespace p2l::cli {
namespace {

using Values = std::vector<std::string>;

template <class Rows>
Values idsOf(const Rows& rows) {
  Values ids;
  for (const auto& row : rows) ids.push_back(row.id);
  return ids;
}

/// The values of the options that the catalogue knows by name.
std::map<std::string, Values> valuesFromCatalogue(const Catalogue& catalogue) {
  std::map<std::string, Values> values;
  values["--task"] = values["--tasks"] = values["--then"] = idsOf(catalogue.degradations);
  values["--solver"] = values["--solvers"] = idsOf(catalogue.solvers);
  values["--preset"] = idsOf(catalogue.presets);
  for (const auto& model : catalogue.models) values["--model"].push_back(model.name);
  const auto add = [&](const std::vector<ParamSpec>& specs) {
    for (const auto& spec : specs) {
      auto key = spec.key;
      std::replace(key.begin(), key.end(), '_', '-');
      if (spec.kind == ParamKind::Choice) values["--" + key] = spec.choices;
      if (spec.kind == ParamKind::Flag) values["--" + key] = {"on", "off"};
    }
  };
  for (const auto& degradation : catalogue.degradations) add(degradation.parameters);
  add(catalogue.sampler);
  add(modelParameters());
  add(runParameters());
  return values;
}

/// The names between the braces of "TEXT:{fp32,bf16}", which CLI11 writes for a member of a set.
Values valuesFromTypeName(const std::string& type) {
  Values values;
  const auto open = type.find('{'), close = type.find('}');
  if (open == std::string::npos || close == std::string::npos) return values;
  std::istringstream list(type.substr(open + 1, close - open - 1));
  for (std::string value; std::getline(list, value, ',');) values.push_back(value);
  return values;
}

bool isPath(const std::string& type) {
  static constexpr const char* kPathNames[] = {"FILE", "FOLDER", "PATH", "PHOTO", "PICTURE"};
  return std::any_of(std::begin(kPathNames), std::end(kPathNames),
                     [&](const char* name) { return type.find(name) != std::string::npos; });
}

OptionReference referenceOf(const CLI::Option& option, const std::map<std::string, Values>& known) {
  OptionReference reference;
  for (const auto& name : option.get_snames()) reference.names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) reference.names.push_back("--" + name);
  const auto type = option.get_type_name();
  if (option.get_items_expected_max() > 0) reference.value = type.substr(0, type.find(':'));
  reference.takes_path = isPath(reference.value);
  reference.values = valuesFromTypeName(type);
  for (const auto& name : reference.names)
    if (const auto row = known.find(name); row != known.end() && !reference.value.empty())
      reference.values = row->second;
  if (reference.names.empty()) reference.value = option.get_name(true);
  reference.help = option.get_description();
  reference.group = option.get_group();
  return reference;
}

void addCommand(std::vector<CommandReference>& all, const CLI::App& command, const std::string& above,
                const std::map<std::string, Values>& known) {
  CommandReference reference;
  reference.name = above.empty() ? command.get_name() : above + " " + command.get_name();
  reference.help = command.get_description();
  for (const auto* option : command.get_options()) {
    if (!option->get_group().empty()) reference.options.push_back(referenceOf(*option, known));
  }
  const auto below = command.get_subcommands([](const CLI::App*) { return true; });
  for (const auto* each : below) reference.commands.push_back(each->get_name());
  const auto name = reference.name;
  all.push_back(std::move(reference));
  for (const auto* each : below) addCommand(all, *each, name, known);
}

}  // namespace

std::vector<CommandReference> commandReferences(const CLI::App& program, const Catalogue& catalogue) {
  std::vector<CommandReference> all;
  addCommand(all, program, "", valuesFromCatalogue(catalogue));
  return all;
}

}  // namespace p2l::cli
