// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/reference.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

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

Values valuesOf(const ParamSpec& spec) {
  if (spec.kind == ParamKind::Flag) return {"on", "off"};
  return spec.choices;
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
      if (auto all = valuesOf(spec); !all.empty()) values["--" + key] = std::move(all);
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

/// Those that are there already are not added again.
void addSettings(Values& words, const std::vector<ParamSpec>& specs, const std::string& prefix = {}) {
  const auto add = [&](const std::string& word) {
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  };
  for (const auto& spec : specs) {
    const auto key = prefix + spec.key + "=";
    const auto values = valuesOf(spec);
    if (values.empty()) add(key);
    for (const auto& value : values) add(key + value);
  }
}

/// Those of each row, and at the end those of all.
template <class Rows>
std::vector<SettingsReference> settingsOf(const Rows& rows) {
  std::vector<SettingsReference> settings;
  SettingsReference all;
  for (const auto& row : rows) {
    addSettings(settings.emplace_back(SettingsReference{row.id, {}}).words, row.parameters);
    addSettings(all.words, row.parameters);
  }
  settings.push_back(std::move(all));
  return settings;
}

/// The keys of an option KEY=VALUE: the task's, the solver's or the sampler's.
void describeSettings(OptionReference& option, const CLI::App& command, const Catalogue& catalogue) {
  const auto is = [&](const char* name, const char* value) {
    return option.value == value && std::find(option.names.begin(), option.names.end(), name) != option.names.end();
  };
  SettingsReference any;
  if (is("--deg", "KEY=VALUE")) {
    option.chooser = "--task";
    option.settings = settingsOf(catalogue.degradations);
  } else if (is("--set", "KEY=VALUE") && command.get_option_no_throw("--solver")) {
    option.chooser = "--solver";
    option.settings = settingsOf(catalogue.solvers);
  } else if (is("--set", "KEY=VALUE")) {  // of a command that is of P2L alone
    addSettings(any.words, catalogue.solver("p2l").parameters);
  } else if (is("--set", "SOLVER.KEY=VALUE")) {
    for (const auto& solver : catalogue.solvers) addSettings(any.words, solver.parameters, solver.id + ".");
  } else if (is("--sampler", "KEY=VALUE")) {
    addSettings(any.words, catalogue.sampler);
  }
  if (!any.words.empty()) option.settings = {std::move(any)};
}

/// "N" of CLI11's "N:INT in [1 - 9]"; a name may have a colon in brackets, "TASK[:KEY=VALUE...]".
std::string valueName(const std::string& type) {
  const auto colon = type.find(':');
  return colon != std::string::npos && colon > 0 && type[colon - 1] == '[' ? type : type.substr(0, colon);
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
  if (option.get_items_expected_max() > 0) reference.value = valueName(type);
  reference.takes_path = isPath(reference.value);
  reference.takes_list = reference.value.ends_with(",...");
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
                const Catalogue& catalogue, const std::map<std::string, Values>& known) {
  CommandReference reference;
  reference.name = above.empty() ? command.get_name() : above + " " + command.get_name();
  reference.help = command.get_description();
  for (const auto* option : command.get_options()) {
    if (option->get_group().empty()) continue;
    describeSettings(reference.options.emplace_back(referenceOf(*option, known)), command, catalogue);
  }
  const auto below = command.get_subcommands([](const CLI::App*) { return true; });
  for (const auto* each : below) reference.commands.push_back(each->get_name());
  const auto name = reference.name;
  all.push_back(std::move(reference));
  for (const auto* each : below) addCommand(all, *each, name, catalogue, known);
}

}  // namespace

std::vector<CommandReference> commandReferences(const CLI::App& program, const Catalogue& catalogue) {
  std::vector<CommandReference> all;
  addCommand(all, program, "", catalogue, valuesFromCatalogue(catalogue));
  return all;
}

}  // namespace p2l::cli
