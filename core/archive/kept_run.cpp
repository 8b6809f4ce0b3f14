// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/kept_run.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

#include "core/api/metric_list.h"
#include "core/types/error.h"
#include "core/types/json_nesting.h"
#include "core/types/lower_case.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kReport = "run.json";
constexpr const char* kResult = "result.png";
constexpr const char* kThumbnail = "thumbnail.png";

constexpr std::array<std::pair<Outcome::Status, const char*>, 5> kStatuses = {{
    {Outcome::Status::Completed, "completed"},
    {Outcome::Status::Cancelled, "stopped"},
    {Outcome::Status::Diverged, "diverged"},
    {Outcome::Status::OutOfMemory, "out of memory"},
    {Outcome::Status::Failed, "failed"},
}};

double numberAt(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number() ? found->get<double>() : kUnknown;
}

StepReport stepFromJson(const Json& json, int steps) {
  StepReport step;
  step.step = json.at("step");
  step.steps = steps;
  step.timestep = json.at("t");
  step.residual = numberAt(json, "residual");
  step.psnr = numberAt(json, "psnr");
  step.prompt_drift = numberAt(json, "prompt_drift");
  step.gradient_norm = numberAt(json, "gradient_norm");
  step.seconds = numberAt(json, "seconds");
  step.projected = json.value("projected", false);
  step.residual_projected = numberAt(json, "residual_projected");
  return step;
}

ModelInfo modelFromJson(const Json& json) {
  ModelInfo model;
  model.name = json.value("name", "");
  model.sha256 = json.value("sha256", "");
  model.folder = json.value("folder", "");
  model.kind = json.value("kind", "");
  model.parameters = json.value("parameters", std::int64_t{0});
  model.training_size = json.value("training_size", 0);
  model.pixels_per_latent = json.value("pixels_per_latent", 0);
  for (const auto& lora : json.value("loras", Json::array())) {
    model.loras.push_back(
        {lora.value("file", ""), lora.value("sha256", ""), lora.value("scale", 1.0), lora.value("tensors", 0)});
  }
  return model;
}

void readNumbers(const Json& json, RunReport& report) {
  const std::pair<const char*, double RunReport::*> numbers[] = {
      {"psnr_measurement", &RunReport::psnr_measurement},
      {"ssim_measurement", &RunReport::ssim_measurement},
      {"psnr_telea", &RunReport::psnr_telea},
      {"ssim_telea", &RunReport::ssim_telea},
      {"psnr_autoencoder", &RunReport::psnr_autoencoder},
      {"residual", &RunReport::residual},
      {"residual_autoencoder", &RunReport::residual_autoencoder},
      {"noise_level", &RunReport::noise_level},
      {"seconds", &RunReport::seconds},
      {"peak_memory_mb", &RunReport::peak_memory_mb},
  };
  for (const auto& [key, member] : numbers) report.*member = numberAt(json, key);
  for (const auto& metric : metricList()) {
    const double value = numberAt(json, metric.key.c_str());
    if (std::isfinite(value)) report.metrics[metric.key] = value;
  }
}

RunReport reportFrom(const Json& json) {
  RunReport report;
  readNumbers(json, report);
  report.request = requestFromJson(json.at("request").dump());
  const int planned = json.value("planned_steps", static_cast<int>(json.at("steps").size()));
  for (const auto& step : json.at("steps")) report.steps.push_back(stepFromJson(step, planned));
  report.model = modelFromJson(json.at("model"));
  for (const auto& [part, version] : json.at("versions").items()) report.versions[part] = version.get<std::string>();
  report.remarks = json.at("remarks").get<std::vector<std::string>>();
  return report;
}

std::string valueText(const ParamValues& values, const std::string& key) {
  const auto found = values.find(key);
  return found == values.end() ? "–" : textFromValue(found->second);
}

void addDifferences(const ParamValues& before, const ParamValues& now, std::vector<std::string>& parts) {
  auto keys = before;
  keys.insert(now.begin(), now.end());
  for (const auto& [key, value] : keys) {
    const auto from = valueText(before, key), to = valueText(now, key);
    if (from != to) parts.push_back(concat(key, " ", from, " → ", to));
  }
}

std::string labelOf(const std::string& id, const Catalogue* catalogue, bool solver) {
  try {
    if (catalogue) return solver ? catalogue->solver(id).label : catalogue->degradation(id).label;
  } catch (const Error&) {
  }
  return id;
}

std::string idsOf(const RestoreRequest& request) {
  std::string ids;
  for (const auto& each : request.degradations) ids += (ids.empty() ? "" : "+") + each.id;
  return ids;
}

std::string joined(const std::vector<std::string>& parts) {
  constexpr std::size_t kMost = 3;
  std::string text;
  for (std::size_t i = 0; i < parts.size() && i < kMost; ++i) text += (i > 0 ? ", " : "") + parts[i];
  return parts.size() > kMost ? text + ", …" : text;
}

}  // namespace

std::string keptRunId(std::int64_t time_ms) {
  static std::atomic<unsigned> count{std::random_device{}()};
  const auto seconds = static_cast<std::time_t>(time_ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[64];
  const auto length = std::strftime(text, sizeof text, "%Y%m%d-%H%M%S", &utc);
  std::snprintf(text + length, sizeof text - length, "-%03d-%08x", static_cast<int>(time_ms % 1000), count++);
  return text;
}

void writeKeptRun(const std::string& folder, const KeptRun& run) {
  auto json = Json::parse(jsonFromReport(run.report));
  if (!run.report.steps.empty()) json["planned_steps"] = run.report.steps.back().steps;
  const auto* status = kStatuses.back().second;
  for (const auto& [value, name] : kStatuses) {
    if (value == run.status) status = name;
  }
  json["kept"] = {{"id", run.id},
                  {"name", run.name},
                  {"renamed", run.renamed},
                  {"starred", run.starred},
                  {"part", run.part},
                  {"time_ms", run.time_ms},
                  {"status", status},
                  {"message", run.message},
                  {"photo_label", run.photo_label},
                  {"photo_path", run.photo_path},
                  {"photo_sha256", run.photo_sha256},
                  {"request", Json::parse(jsonFromRequest(run.request))}};
  writeTextFile((fs::path(folder) / kReport).string(), json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

void writeKeptRun(const std::string& folder, const KeptRun& run, const KeptPictures& pictures) {
  constexpr int kDeep = 16;
  auto origin = pictures.origin;
  origin.bits = kDeep;
  writePhoto(pictures.result, (fs::path(folder) / kResult).string(), jsonFromRequest(run.request), pictures.given,
             origin);
  if (!pictures.thumbnail.empty()) writePhoto(pictures.thumbnail, (fs::path(folder) / kThumbnail).string(), "");
  writeKeptRun(folder, run);
}

KeptRun readKeptRun(const std::string& folder) {
  const auto path = (fs::path(folder) / kReport).string();
  const auto json = parsedJson<Json>(readTextFile(path));
  try {
    const auto& kept = json.at("kept");
    KeptRun run;
    run.id = kept.at("id");
    run.name = kept.at("name");
    run.renamed = kept.value("renamed", false);
    run.starred = kept.at("starred");
    run.part = kept.value("part", false);
    run.time_ms = kept.at("time_ms");
    for (const auto& [value, name] : kStatuses) {
      if (kept.at("status") == name) run.status = value;
    }
    run.message = kept.at("message");
    run.photo_label = kept.at("photo_label");
    run.photo_path = kept.at("photo_path");
    run.photo_sha256 = kept.at("photo_sha256");
    run.request = requestFromJson(kept.at("request").dump());
    run.report = reportFrom(json);
    return run;
  } catch (const std::exception& error) {
    throw Error(concat(path, " is no run that was kept (", error.what(), ")."));
  }
}

RunReport reportFromJson(const std::string& text) {
  const auto json = parsedJson<Json>(text);
  try {
    return reportFrom(json);
  } catch (const std::exception& error) {
    throw Error(concat("The report of a run is damaged: ", error.what(), "."));
  }
}

std::string runName(const RestoreRequest* before, const RestoreRequest& run, const Catalogue* catalogue) {
  const bool comparable =
      before && before->photo == run.photo && before->mode == run.mode && idsOf(*before) == idsOf(run);
  if (!comparable) return labelOf(run.solver, catalogue, true) + ", " + labelOf(run.degradation().id, catalogue, false);
  std::vector<std::string> parts;
  const auto add = [&](const std::string& name, const std::string& from, const std::string& to) {
    if (from != to) parts.push_back(concat(name, name.empty() ? "" : " ", from, " → ", to));
  };
  add("", labelOf(before->solver, catalogue, true), labelOf(run.solver, catalogue, true));
  add("", before->model, run.model);
  if (before->solver == run.solver) addDifferences(before->solver_values, run.solver_values, parts);
  addDifferences(before->sampler_values, run.sampler_values, parts);
  for (std::size_t i = 0; i < run.degradations.size(); ++i)
    addDifferences(before->degradations[i].values, run.degradations[i].values, parts);
  add("noise", noiseText(before->noise), noiseText(run.noise));
  add("crop", before->crop.empty() ? "none" : before->crop, run.crop.empty() ? "none" : run.crop);
  add("size", std::to_string(before->size), std::to_string(run.size));
  if (before->prompt != run.prompt) parts.push_back(run.prompt.empty() ? "no prompt" : "“" + run.prompt + "”");
  if (before->embedding != run.embedding) parts.push_back("embedding");
  add("seed", std::to_string(before->seed), std::to_string(run.seed));
  return parts.empty() ? labelOf(run.solver, catalogue, true) + ", again" : joined(parts);
}

bool matches(const KeptRun& run, const std::string& text) {
  const auto& request = run.request;
  const auto all =
      lowerCase(concat(run.name, " ", run.photo_label, " ", request.solver, " ", idsOf(request), " ", request.prompt,
                       " ", request.model, " seed ", request.seed, " ", run.starred ? "star" : ""));
  const auto wanted = lowerCase(text);
  for (std::size_t begin = 0; begin < wanted.size();) {
    const auto end = std::min(wanted.find(' ', begin), wanted.size());
    if (end > begin && all.find(wanted.substr(begin, end - begin)) == std::string::npos) return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace p2l
