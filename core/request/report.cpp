// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/request/report.h"

#include <nlohmann/json.hpp>

namespace p2l {
namespace {

using Json = nlohmann::ordered_json;

Json known(double number) {
  return std::isfinite(number) ? Json(number) : Json(nullptr);
}

Json jsonFromStep(const StepReport& step) {
  return {{"step", step.step},
          {"t", step.timestep},
          {"residual", known(step.residual)},
          {"psnr", known(step.psnr)},
          {"prompt_drift", known(step.prompt_drift)},
          {"gradient_norm", known(step.gradient_norm)},
          {"seconds", known(step.seconds)},
          {"projected", step.projected},
          {"residual_projected", known(step.residual_projected)}};
}

Json jsonFromLoras(const std::vector<LoraInfo>& loras) {
  Json json = Json::array();
  for (const auto& lora : loras)
    json.push_back({{"file", lora.file}, {"sha256", lora.sha256}, {"scale", lora.scale}, {"tensors", lora.tensors}});
  return json;
}

Json jsonFromModel(const ModelInfo& model) {
  return {{"name", model.name},
          {"sha256", model.sha256},
          {"folder", model.folder},
          {"kind", model.kind},
          {"bytes", model.bytes},
          {"parameters", model.parameters},
          {"latent_channels", model.latent_channels},
          {"pixels_per_latent", model.pixels_per_latent},
          {"size_multiple", model.size_multiple},
          {"training_size", model.training_size},
          {"prediction_type", model.prediction_type},
          {"licence", model.licence},
          {"notes", model.notes},
          {"loras", jsonFromLoras(model.loras)}};
}

}  // namespace

std::string jsonForPicture(const RestoreRequest& request, const RunReport& report) {
  auto json = Json::parse(jsonFromRequest(request));
  Json made_by = Json::object();
  if (const auto version = report.versions.find("p2l"); version != report.versions.end())
    made_by["p2l"] = version->second;
  if (!report.model.sha256.empty()) made_by["model_sha256"] = report.model.sha256;
  if (!made_by.empty()) json[kMadeBy] = made_by;
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string jsonFromReport(const RunReport& report) {
  Json json;
  for (const auto& [key, value] : report.metrics) json[key] = known(value);
  json["psnr_measurement"] = known(report.psnr_measurement);
  json["ssim_measurement"] = known(report.ssim_measurement);
  json["psnr_telea"] = known(report.psnr_telea);
  json["ssim_telea"] = known(report.ssim_telea);
  json["psnr_autoencoder"] = known(report.psnr_autoencoder);
  json["residual"] = known(report.residual);
  json["residual_autoencoder"] = known(report.residual_autoencoder);
  json["noise_level"] = known(report.noise_level);
  json["seconds"] = known(report.seconds);
  json["picture_seconds"] = known(report.picture_seconds);
  json["peak_memory_mb"] = known(report.peak_memory_mb);
  json["peak_device_memory_mb"] = known(report.peak_device_memory_mb);
  json["estimated_memory_mb"] = known(report.estimated_memory_mb);
  json["steps"] = Json::array();
  for (const auto& step : report.steps) json["steps"].push_back(jsonFromStep(step));
  json["request"] = Json::parse(jsonFromRequest(report.request));
  json["model"] = jsonFromModel(report.model);
  json["versions"] = Json::object();
  for (const auto& [part, version] : report.versions) json["versions"][part] = version;
  json["remarks"] = report.remarks;
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace p2l
