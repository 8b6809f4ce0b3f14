// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/models.h"

#include <filesystem>

#include "core/api/session.h"
#include "core/base/device.h"
#include "core/base/system.h"
#include "core/engine/memory_planner.h"
#include "core/io/resources.h"
#include "core/models/lora.h"
#include "core/models/model_folder.h"
#include "core/types/error.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

MemoryPlanner plannerOf(const Catalogue& catalogue, const RestoreRequest& completed) {
  return memoryPlanner(modelPath(catalogue, completed.model), catalogue.solver(completed.solver), completed);
}

}  // namespace

std::string modelPath(const Catalogue& catalogue, const std::string& name_or_path) {
  if (const auto* listed = catalogue.model(name_or_path)) return listed->folder;
  if (fs::is_directory(name_or_path) || fs::is_regular_file(name_or_path)) return name_or_path;
  const auto embedded = fs::path(resourceFolder()) / "models" / name_or_path;
  if (!name_or_path.empty() && name_or_path.find('/') == std::string::npos && fs::is_directory(embedded))
    return embedded.string();
  std::string known;
  for (const auto& model : catalogue.models) known += (known.empty() ? "" : ", ") + model.name;
  throw Error(concat("There is no model `", name_or_path,
                     "`; give a folder in diffusers layout, a .safetensors checkpoint, or one of: ", known));
}

ModelInfo inspectModel(const Catalogue& catalogue, const std::string& name_or_path, const ModelOptions& options) {
  return inspectModel(modelPath(catalogue, name_or_path), options);
}

std::string modelHash(const Catalogue& catalogue, const std::string& name_or_path, const ModelOptions& options) {
  return hashOfModel(findModelFiles(modelPath(catalogue, name_or_path), options), options);
}

MemoryEstimate estimateMemory(const Catalogue& catalogue, const RestoreRequest& request, int width, int height) {
  const auto completed = catalogue.complete(request);
  const auto [w, h] = fullSize(completed, width, height);
  return plannerOf(catalogue, completed).estimate(w, h, completed.model_options);
}

std::string memoryAdvice(const Catalogue& catalogue, const RestoreRequest& request, int width, int height) {
  const auto completed = catalogue.complete(request);
  const auto [w, h] = fullSize(completed, width, height);
  return plannerOf(catalogue, completed).advice(w, h, completed.model_options);
}

TimeEstimate estimateTime(const Catalogue& catalogue, const RestoreRequest& request, const ModelInfo& model, int width,
                          int height, const NetworkTimes& times) {
  const auto completed = catalogue.complete(request);
  const auto [w, h] = fullSize(completed, width, height);
  return expectedTime(catalogue.solver(completed.solver), completed, model, w, h, times);
}

std::string deviceName(const std::string& device) {
  return nameOf(deviceFromName(device));
}

double systemMemory() {
  return totalMemoryMb() * 1024.0 * 1024.0;
}

}  // namespace p2l
