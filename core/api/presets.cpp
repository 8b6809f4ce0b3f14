// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/presets.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "core/api/session.h"
#include "core/base/quoted.h"
#include "core/io/photo_file.h"
#include "core/io/resources.h"
#include "core/types/error.h"
#include "core/types/json_nesting.h"
#include "core/types/lower_case.h"

namespace p2l {
namespace {

constexpr const char* kOwn = "own";
constexpr std::size_t kLongestText = 1000;  // bytes of a field

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string textField(const Json& json, const char* field, const std::string& where, bool may_be_empty = false) {
  const auto found = json.find(field);
  require(found != json.end(), where, " has no field ", field, ".");
  require(found->is_string() && (may_be_empty || !found->get_ref<const std::string&>().empty()), where, ": the field ",
          field, " must be a text, found ", quoted(found->dump()), ".");
  const auto text = found->get<std::string>();
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  require(text.size() <= kLongestText && std::none_of(text.begin(), text.end(), is_control), where, ": the field ",
          field, " must be one line of at most ", kLongestText, " bytes, found ", quoted(found->dump()), ".");
  return text;
}

ParamValues valuesField(const Json& json, const char* field, const std::vector<ParamSpec>& specs,
                        const std::string& where) {
  ParamValues values;
  const auto found = json.find(field);
  if (found == json.end()) return values;
  require(found->is_object(), where, ": the field ", field, " must be an object of parameters, found ",
          quoted(found->dump()), ".");
  for (const auto& [key, value] : found->items()) {
    require(value.is_string() || value.is_number() || value.is_boolean(), where, ": ", field, ".", key,
            " must be a number, a name, true or false, found ", quoted(value.dump()), ".");
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
  require(json.is_object(), file, ": a preset must be an object, found ", quoted(json.dump()), ".");
  Preset preset;
  preset.id = textField(json, "id", file + ": a preset");
  const auto where = concat(file, ": the preset ", quoted(preset.id));
  static const std::set<std::string> fields = {
      "id",     "label",         "origin",         "model",  "degradation", "degradation_values",
      "solver", "solver_values", "sampler_values", "default"};
  for (const auto& [field, value] : json.items())
    require(fields.contains(field), where, " has an unknown field ", quoted(field), ".");
  preset.label = textField(json, "label", where);
  preset.origin = textField(json, "origin", where);
  preset.model = textField(json, "model", where, /*may_be_empty=*/true);
  preset.degradation = textField(json, "degradation", where, /*may_be_empty=*/true);
  preset.solver = textField(json, "solver", where);
  const bool known_task = std::any_of(catalogue.degradations.begin(), catalogue.degradations.end(),
                                      [&](const auto& info) { return info.id == preset.degradation; });
  const bool known_solver = std::any_of(catalogue.solvers.begin(), catalogue.solvers.end(),
                                        [&](const auto& info) { return info.id == preset.solver; });
  require(known_task || preset.degradation.empty(), where, " is for the unknown task ", quoted(preset.degradation),
          ".");
  require(known_solver, where, " is for the unknown solver ", quoted(preset.solver), ".");
  if (known_task) {
    preset.degradation_values =
        valuesField(json, "degradation_values", catalogue.degradation(preset.degradation).parameters, where);
  }
  require(known_task || !json.contains("degradation_values"), where,
          " is for any task (degradation is empty), and has degradation_values of one.");
  preset.solver_values = valuesField(json, "solver_values", catalogue.solver(preset.solver).parameters, where);
  preset.sampler_values = valuesField(json, "sampler_values", catalogue.sampler, where);
  if (const auto found = json.find("default"); found != json.end()) {
    require(found->is_boolean(), where, ": the field default must be true or false, found ", quoted(found->dump()),
            ".");
    preset.is_default = found->get<bool>();
  }
  return preset;
}

/// The file of a preset of one's own: named by its id, or another that holds it alone, such as one put there by hand.
fs::path fileOfOwnPreset(const fs::path& folder, const std::string& id) {
  const auto usual = folder / (id + ".json");
  std::error_code code;
  if (fs::exists(usual, code)) return usual;
  for (const auto& file : fs::directory_iterator(folder, code)) {
    if (file.path().extension() != ".json") continue;
    std::ifstream stream(file.path());
    const auto json = Json::parse(stream, nullptr, /*allow_exceptions=*/false);
    const auto presets = json.is_object() ? json.value("presets", Json()) : Json();
    if (presets.is_array() && presets.size() == 1 && presets[0].is_object() &&
        presets[0].value("id", Json()) == Json(id))
      return file.path();
  }
  return usual;
}

std::string ownPresetId(const std::string& label) {
  std::string id;
  for (const char c : label) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (plain || (!id.empty() && id.back() != '-')) id += plain ? c : '-';
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  constexpr std::size_t kLongest = 100;  // a file's name
  require(!id.empty(), "The name of a preset needs a letter or a digit, found \"", label.substr(0, kLongest), "\".");
  return "own-" + lowerCase(id.substr(0, kLongest));
}

}  // namespace

std::vector<Preset> presetsFromJson(const std::string& text, const std::string& name, const Catalogue& catalogue) {
  const auto json = requiredJson<Json>(text, name);
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
  auto presets = readPresets((fs::path(resourceFolder()) / "presets").string(), catalogue, warnings);
  const auto folder = ownPresetFolder();
  for (auto& own : folder.empty() ? std::vector<Preset>() : readPresets(folder, catalogue, warnings)) {
    const bool taken =
        std::any_of(presets.begin(), presets.end(), [&](const Preset& preset) { return preset.id == own.id; });
    own.is_default = false;
    own.origin = kOwn;
    if (!taken) presets.push_back(std::move(own));
  }
  return presets;
}

std::string ownPresetFolder() {
  const auto* data = std::getenv("XDG_DATA_HOME");
  const auto* home = std::getenv("HOME");
  if (data && *data) return (fs::path(data) / "p2l-studio" / "presets").string();
  return home && *home ? (fs::path(home) / ".local" / "share" / "p2l-studio" / "presets").string() : std::string();
}

bool isOwnPreset(const Preset& preset) {
  return preset.origin == kOwn;
}

const Preset* ownPresetOf(const Catalogue& catalogue, const std::string& label) {
  const auto found = std::find_if(catalogue.presets.begin(), catalogue.presets.end(), [&](const Preset& preset) {
    return isOwnPreset(preset) && lowerCase(preset.label) == lowerCase(label);
  });
  return found != catalogue.presets.end() ? &*found : nullptr;
}

std::string freeOwnPresetId(const Catalogue& catalogue, const std::string& label) {
  const auto id = ownPresetId(label);
  const auto taken = [&](const std::string& wanted) {
    return std::any_of(catalogue.presets.begin(), catalogue.presets.end(),
                       [&](const Preset& preset) { return preset.id == wanted; });
  };
  auto free = id;
  for (int number = 2; taken(free); ++number) free = concat(id, '-', number);
  return free;
}

Preset presetFromRequest(const RestoreRequest& completed, const std::string& label) {
  Preset preset;
  preset.id = ownPresetId(label);
  preset.label = label;
  preset.origin = kOwn;
  preset.model = completed.model;
  preset.degradation = completed.degradation().id;
  preset.degradation_values = completed.degradation().values;
  preset.solver = completed.solver;
  preset.solver_values = completed.solver_values;
  preset.sampler_values = completed.sampler_values;
  return preset;
}

std::string jsonFromPreset(const Preset& preset) {
  const auto values = [](const ParamValues& stated) {
    Json json = Json::object();
    for (const auto& [key, value] : stated) {
      if (const auto* name = std::get_if<std::string>(&value)) {
        json[key] = *name;
      } else {
        json[key] = Json::parse(textFromValue(value));
      }
    }
    return json;
  };
  Json json = {{"id", preset.id},
               {"label", preset.label},
               {"origin", preset.origin},
               {"model", preset.model},
               {"degradation", preset.degradation}};
  if (!preset.degradation_values.empty()) json["degradation_values"] = values(preset.degradation_values);
  json["solver"] = preset.solver;
  json["solver_values"] = values(preset.solver_values);
  json["sampler_values"] = values(preset.sampler_values);
  return Json{{"presets", Json::array({json})}}.dump(2) + "\n";
}

void saveOwnPreset(const Preset& preset, const Catalogue& catalogue) {
  for (const auto& there : catalogue.presets) {
    require(there.id != preset.id || isOwnPreset(there), "The preset ", preset.id,
            " comes with the program: give yours another name.");
  }
  const auto folder = ownPresetFolder();
  require(!folder.empty(), "There is no home folder to keep presets in: set XDG_DATA_HOME.");
  const auto text = jsonFromPreset(preset);
  presetsFromJson(text, preset.id, catalogue);  // throws before anything is written
  std::error_code code;
  fs::create_directories(folder, code);
  writeTextFile(fileOfOwnPreset(folder, preset.id).string(), text);
}

void removeOwnPreset(const std::string& id) {
  const auto folder = ownPresetFolder();
  std::error_code code;
  require(!folder.empty() && fs::remove(fileOfOwnPreset(folder, id), code), "There is no preset ", id,
          " of your own in a file of its own in ", folder, ".");
}

}  // namespace p2l
