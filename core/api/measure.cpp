// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/measure.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <filesystem>

#include "core/api/presets.h"
#include "core/degradations/degradation.h"
#include "core/engine/analysis.h"
#include "core/engine/measurement.h"
#include "core/engine/run.h"
#include "core/engine/sampler.h"
#include "core/io/resources.h"
#include "core/metrics/psnr_ssim.h"
#include "core/metrics/telea.h"
#include "core/models/model_folder.h"
#include "core/noise/noise.h"
#include "core/solvers/solver.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

/// The embedded models, those of resources/models that can be described.
std::vector<ModelInfo> embeddedModels() {
  std::vector<ModelInfo> models;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(fs::path(resourceFolder()) / "models", problem)) {
    if (!fs::exists(entry.path() / "model_index.json")) continue;
    try {
      models.push_back(inspectModel(entry.path().string()));
    } catch (const Error&) {
      // A damaged folder must not keep the program from starting; asking for it by name gives the reason.
    }
  }
  std::sort(models.begin(), models.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return models;
}

}  // namespace

Catalogue readCatalogue() {
  Catalogue catalogue;
  for (const auto& entry : degradationEntries()) catalogue.degradations.push_back(entry.info);
  for (const auto& entry : noiseEntries()) catalogue.noises.push_back(entry.info);
  for (const auto& entry : solverEntries()) catalogue.solvers.push_back(entry.info);
  catalogue.sampler = samplerParameters();
  catalogue.models = embeddedModels();
  catalogue.presets = readPresets(catalogue, &catalogue.warnings);
  return catalogue;
}

void requireFittingPictures(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs) {
  const at::NoGradGuard no_grad;
  requireFittingPictures(catalogue.completeMeasurement(request), inputs);
}

Outcome degrade(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs, bool with_telea) {
  const at::NoGradGuard no_grad;
  const auto completed = catalogue.completeMeasurement(request);
  const auto m = makeMeasurement(completed, inputs, at::kCPU);
  Outcome outcome;
  outcome.status = Outcome::Status::Completed;
  outcome.report.request = completed;
  if (auto changed = catalogue.departures(completed); !changed.empty())
    outcome.report.remarks.push_back(std::move(changed));
  outcome.report.noise_level = m.noise_level;
  outcome.measurement = imageFromTensor(m.y);
  outcome.baseline = imageFromTensor(m.plain);
  const auto holes = with_telea ? m.pictureMask() : at::Tensor();
  const auto telea = holes.defined() ? teleaFill(m.plain, holes) : at::Tensor();
  if (telea.defined()) outcome.telea = imageFromTensor(telea);
  if (m.truth.defined()) {
    outcome.truth = imageFromTensor(m.truth);
    outcome.report.psnr_measurement = psnr(m.plain, m.truth);
    outcome.report.ssim_measurement = ssim(m.plain, m.truth);
    if (telea.defined()) {
      outcome.report.psnr_telea = psnr(telea, m.truth);
      outcome.report.ssim_telea = ssim(telea, m.truth);
    }
  }
  return outcome;
}

Outcome plainBaseline(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs) {
  const at::NoGradGuard no_grad;
  auto outcome = plainBaseline(catalogue.completeMeasurement(request), inputs);
  outcome.report.versions = versions(at::kCPU);
  return outcome;
}

Outcome judge(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs,
              const Image& picture) {
  const at::NoGradGuard no_grad;
  return judge(catalogue.completeMeasurement(request), inputs, picture);
}

}  // namespace p2l
