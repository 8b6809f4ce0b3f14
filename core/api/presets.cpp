// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/presets.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "core/api/engine.h"
#include "core/io/photo_file.h"
#include "core/io/resources.h"
#include "core/types/error.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string textField(const Json& json, const char* field, const std::string& where, bool may_be_empty = false) {
  const auto found = json.find(field);
  require(found != json.end(), where, " has no field ", field, ".");
  require(found->is_string() && (may_be_empty || !found->get_ref<const std::string&>().empty()), where, ": the field ",
          field, " must be a text, found ", found->dump(), ".");
  return found->get<std::string>();
}

ParamValues valuesField(const Json& json, const char* field, const std::vector<ParamSpec>& specs,
                        const std::string& where) {
  ParamValues values;
  const auto found = json.find(field);
  if (found == json.end()) return values;
  require(found->is_object(), where, ": the field ", field, " must be an object of parameters, found ", found->dump(),
          ".");
  for (const auto& [key, value] : found->items()) {
    require(value.is_string() || value.is_number() || value.is_boolean(), where, ": ", field, ".", key,
            " must be a number, a name, true or false, found ", value.dump(), ".");
    if (value.is_string()) {
      values[key] = value.get<std::string>();
    } else {
      values[key] = value.is_boolean() ? (value.get<bool>() ? 1.0 : 0.0) : value.get<double>();
    }
  }
  completeValues(specs, values, concat(where, ", ", field));  // only the check: what is open stays open
  return values;
}

Preset presetFromJson(const Json& json, const std::string& file, const Catalogue& catalogue) {
  require(json.is_object(), file, ": a preset must be an object, found ", json.dump(), ".");
  Preset preset;
  preset.id = textField(json, "id", file + ": a preset");
  const auto where = concat(file, ": the preset ", preset.id);
  static const std::set<std::string> fields = {
      "id",     "label",         "origin",         "model",  "degradation", "degradation_values",
      "solver", "solver_values", "sampler_values", "default"};
  for (const auto& [field, value] : json.items())
    require(fields.contains(field), where, " has an unknown field ", field, ".");
  preset.label = textField(json, "label", where);
  preset.origin = textField(json, "origin", where);
  preset.model = textField(json, "model", where, /*may_be_empty=*/true);
  preset.degradation = textField(json, "degradation", where, /*may_be_empty=*/true);
  preset.solver = textField(json, "solver", where);
  const bool known_task = std::any_of(catalogue.degradations.begin(), catalogue.degradations.end(),
                                      [&](const auto& info) { return info.id == preset.degradation; });
  const bool known_solver = std::any_of(catalogue.solvers.begin(), catalogue.solvers.end(),
                                        [&](const auto& info) { return info.id == preset.solver; });
  require(known_task || preset.degradation.empty(), where, " is for the unknown task ", preset.degradation, ".");
  require(known_solver, where, " is for the unknown solver ", preset.solver, ".");
  if (known_task) {
    preset.degradation_values =
        valuesField(json, "degradation_values", catalogue.degradation(preset.degradation).parameters, where);
  }
  require(known_task || !json.contains("degradation_values"), where,
          " is for any task (degradation is empty), and has degradation_values of one.");
  preset.solver_values = valuesField(json, "solver_values", catalogue.solver(preset.solver).parameters, where);
  preset.sampler_values = valuesField(json, "sampler_values", catalogue.sampler, where);
  if (const auto found = json.find("default"); found != json.end()) {
    require(found->is_boolean(), where, ": the field default must be true or false, found ", found->dump(), ".");
    preset.is_default = found->get<bool>();
  }
  return preset;
}

}  // namespace

std::vector<Preset> presetsFromJson(const std::string& text, const std::string& name, const Catalogue& catalogue) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw Error(concat(name, " is not valid JSON, at byte ", error.byte, "."));
  }
  require(json.is_object() && json.size() == 1 && json.contains("presets") && json["presets"].is_array(), name,
          " must hold one object with one field, the array presets.");
  std::vector<Preset> presets;
  for (const auto& each : json["presets"]) presets.push_back(presetFromJson(each, name, catalogue));
  return presets;
}

std::vector<Preset> readPresets(const std::string& folder, const Catalogue& catalogue,
                                std::vector<std::string>* warnings) {
  std::vector<fs::path> files;
  std::error_code no_folder;
  for (const auto& entry : fs::directory_iterator(folder, no_folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());

  const auto warn = [&](const std::string& sentence) {
    if (warnings) warnings->push_back(sentence);
  };
  std::vector<Preset> presets;
  std::set<std::string> ids;
  for (const auto& file : files) {
    try {
      for (auto& preset : presetsFromJson(readTextFile(file.string()), file.string(), catalogue)) {
        if (ids.insert(preset.id).second) {
          presets.push_back(std::move(preset));
        } else {
          warn(concat(file.string(), ": the preset ", preset.id, " is left out: there is another of that id."));
        }
      }
    } catch (const Error& error) {
      warn(concat("The presets of a file are left out: ", error.what()));
    }
  }
  return presets;
}

std::vector<Preset> readPresets(const Catalogue& catalogue, std::vector<std::string>* warnings) {
  return readPresets((fs::path(resourceFolder()) / "presets").string(), catalogue, warnings);
}

}  // namespace p2l
