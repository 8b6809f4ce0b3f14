// SPDX-License-Identifier: GPL-3.0-or-later
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "app/cli/command.h"
#include "app/cli/request_options.h"
#include "core/api/metric_list.h"

namespace p2l::cli {
namespace {

using Json = nlohmann::ordered_json;

const char* kindName(ParamKind kind) {
  switch (kind) {
    case ParamKind::Real:
      return "real";
    case ParamKind::Integer:
      return "integer";
    case ParamKind::Choice:
      return "choice";
    case ParamKind::Flag:
      return "flag";
    case ParamKind::Text:
      return "text";
    case ParamKind::Path:
      return "path";
  }
  return "";
}

Json jsonFrom(const ParamValue& value) {
  if (const auto* name = std::get_if<std::string>(&value)) return *name;
  return Json::parse(textFromValue(value));  // 3, not 3.0
}

Json jsonFrom(const ParamSpec& spec) {
  Json json = {{"key", spec.key}, {"symbol", spec.symbol}, {"label", spec.label}, {"kind", kindName(spec.kind)}};
  if (spec.kind == ParamKind::Real || spec.kind == ParamKind::Integer) {
    json["minimum"] = jsonFrom(spec.minimum);
    json["maximum"] = jsonFrom(spec.maximum);
  }
  if (spec.kind == ParamKind::Choice) json["choices"] = spec.choices;
  json["default"] = spec.kind == ParamKind::Flag ? Json(spec.default_number != 0.0) : jsonFrom(defaultValue(spec));
  json["unit"] = spec.unit;
  json["advanced"] = spec.advanced;
  json["help"] = spec.help;
  return json;
}

Json jsonFrom(const std::vector<ParamSpec>& specs) {
  Json json = Json::array();
  for (const auto& spec : specs) json.push_back(jsonFrom(spec));
  return json;
}

Json jsonFrom(const ParamValues& values) {
  Json json = Json::object();
  for (const auto& [key, value] : values) json[key] = jsonFrom(value);
  return json;
}

const char* nameOf(ModelKind kind) {
  return kind == ModelKind::Pixel ? "pixel" : "latent";
}

Json jsonFrom(const SolverInfo& info) {
  return {{"id", info.id},
          {"label", info.label},
          {"help", info.help},
          {"reference", info.reference},
          {"models", nameOf(info.model_kind)},
          {"needs_linear", info.needs_linear},
          {"needs_gradient", info.needs_gradient},
          {"parameters", jsonFrom(info.parameters)}};
}

Json jsonFrom(const DegradationInfo& info) {
  return {{"id", info.id},
          {"label", info.label},
          {"help", info.help},
          {"reference", info.reference},
          {"linear", info.linear},
          {"takes_mask", info.takes_mask},
          {"takes_kernel", info.takes_kernel},
          {"drawn", info.drawn},
          {"parameters", jsonFrom(info.parameters)}};
}

Json jsonFrom(const NoiseInfo& info) {
  return {{"id", info.id},
          {"label", info.label},
          {"help", info.help},
          {"reference", info.reference},
          {"parameters", jsonFrom(info.parameters)}};
}

const char* nameOf(MetricSpec::Better better) {
  return better == MetricSpec::Better::Higher ? "higher" : better == MetricSpec::Better::Lower ? "lower" : "neither";
}

Json jsonFrom(const MetricSpec& spec) {
  return {{"key", spec.key},       {"label", spec.label},           {"unit", spec.unit},
          {"digits", spec.digits}, {"better", nameOf(spec.better)}, {"needs", spec.needs}};
}

Json jsonFrom(const ModelInfo& info) {
  return {{"name", info.name},
          {"folder", info.folder},
          {"kind", info.kind},
          {"pixel", info.isPixel()},
          {"bytes", info.bytes},
          {"latent_channels", info.latent_channels},
          {"pixels_per_latent", info.pixels_per_latent},
          {"size_multiple", info.size_multiple},
          {"training_size", info.training_size},
          {"prediction_type", info.prediction_type},
          {"licence", info.licence},
          {"notes", info.notes}};
}

Json jsonFrom(const Preset& preset) {
  return {{"id", preset.id},
          {"label", preset.label},
          {"origin", preset.origin},
          {"model", preset.model},
          {"degradation", preset.degradation},
          {"degradation_values", jsonFrom(preset.degradation_values)},
          {"solver", preset.solver},
          {"solver_values", jsonFrom(preset.solver_values)},
          {"sampler_values", jsonFrom(preset.sampler_values)},
          {"default", preset.is_default}};
}

void print(const std::vector<ParamSpec>& specs) {
  for (const auto& spec : specs) {
    std::printf("    %-14s %s\n                   %s: %s\n", spec.key.c_str(), rangeHelp(spec).c_str(),
                spec.label.c_str(), spec.help.c_str());
  }
}

template <class Info>
void printAlgorithm(const Info& info) {
  std::printf("%s  (%s)\n  %s\n  %s\n", info.id.c_str(), info.label.c_str(), info.help.c_str(), info.reference.c_str());
  print(info.parameters);
}
void print(const SolverInfo& info) {
  printAlgorithm(info);
  std::printf("  works on %s models\n", nameOf(info.model_kind));
}
void print(const DegradationInfo& info) {
  printAlgorithm(info);
}

void print(const NoiseInfo& info) {
  printAlgorithm(info);
}

void print(const MetricSpec& spec) {
  std::printf("%-12s %s, %s is better%s\n", spec.key.c_str(), spec.title().c_str(), nameOf(spec.better),
              spec.needs.empty() ? "" : (", needs " + spec.needs).c_str());
}

void print(const ModelInfo& info) {
  std::printf("%s  %s\n  %s, %.1f MiB, best at %d x %d pixels\n", info.name.c_str(), info.folder.c_str(),
              info.kind.c_str(), static_cast<double>(info.bytes) / (1 << 20), info.training_size, info.training_size);
}

std::string textFrom(const ParamValues& values) {
  std::string text;
  for (const auto& [key, value] : values) text += (text.empty() ? "" : " ") + key + "=" + textFromValue(value);
  return text;
}

void print(const Preset& preset) {
  std::printf("%s  (%s; %s)%s\n  %s, %s%s, %s: %s %s\n", preset.id.c_str(), preset.label.c_str(), preset.origin.c_str(),
              preset.is_default ? "  default" : "", preset.model.empty() ? "any model" : preset.model.c_str(),
              preset.degradation.empty() ? "any task" : preset.degradation.c_str(),
              preset.degradation_values.empty() ? "" : (" with " + textFrom(preset.degradation_values)).c_str(),
              preset.solver.c_str(), textFrom(preset.solver_values).c_str(), textFrom(preset.sampler_values).c_str());
}

template <class Info>
void show(const std::vector<Info>& infos, bool as_json) {
  if (as_json) {
    Json json = Json::array();
    for (const auto& info : infos) json.push_back(jsonFrom(info));
    std::puts(json.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
    return;
  }
  for (const auto& info : infos) print(info);
}

class ListCommand {
 public:
  ListCommand(CLI::App& app, Session& session) : session_(session) {
    app.add_option("what", what_, "solvers, degradations, noises, sampler, options, metrics, models or presets")
        ->required()
        ->type_name("WHAT")
        ->check(
            CLI::IsMember({"solvers", "degradations", "noises", "sampler", "options", "metrics", "models", "presets"}));
    app.add_flag("--json", json_, "As JSON");
  }

  int run() const {
    const auto& catalogue = session_.catalogue();
    if (what_ == "solvers") show(catalogue.solvers, json_);
    if (what_ == "degradations") show(catalogue.degradations, json_);
    if (what_ == "models") show(catalogue.models, json_);
    if (what_ == "presets") show(catalogue.presets, json_);
    if (what_ == "noises") show(catalogue.noises, json_);
    if (what_ == "metrics") show(metricList(), json_);
    if (what_ == "sampler") showRows(catalogue.sampler);
    if (what_ == "options") {
      auto rows = modelParameters();
      rows.insert(rows.end(), runParameters().begin(), runParameters().end());
      showRows(rows);
    }
    return kDone;
  }

 private:
  void showRows(const std::vector<ParamSpec>& rows) const {
    if (!json_) return print(rows);
    std::puts(jsonFrom(rows).dump(2).c_str());
  }

  Session& session_;
  std::string what_;
  bool json_ = false;
};

}  // namespace

Command addListCommand(CLI::App& app, Session& session) {
  return commandOf<ListCommand>(app, session);
}

Command addShowModelCommand(CLI::App& app, Session& session) {
  struct Arguments {
    std::string model;
    ModelOptions options;
  };
  const auto arguments = std::make_shared<Arguments>();
  app.add_option("model", arguments->model, "Folder in diffusers layout, a checkpoint file, or the name of a model")
      ->required()
      ->type_name("PATH");
  addModelOptions(app, arguments->options, "Options");
  return [arguments, &session] {
    std::puts(session.describeModel(arguments->model, arguments->options).c_str());
    return static_cast<int>(kDone);
  };
}

}  // namespace p2l::cli
