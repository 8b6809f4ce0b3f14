// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/quality_presets.h"

#include <algorithm>
#include <map>

namespace p2l::ui {
namespace {

const std::map<std::string, double> kSteps = {{"fast", 8.0}, {"good", 20.0}, {"best", 50.0}};
/// Where a run begins near its end, more steps add nothing: docs/training.md, "The pixel model".
const std::map<std::string, double> kStepsWithStart = {{"fast", 8.0}, {"good", 14.0}, {"best", 20.0}};
/// Ahead of the others in few steps: docs/results.md.
const char* const kFirst[] = {"p2l", "diffpir", "latent_daps"};
/// P2L's projection alone, as in the preset lcm-p2l.
const ParamValues kProjectionAlone = {
    {"K", 0.0}, {"rho", 0.0}, {"gamma", 1.0}, {"projection", std::string("proximal")}, {"renoise", 1.0}};

const SolverInfo* solverFor(const Catalogue& catalogue, const RestoreRequest& request) {
  const auto kind = catalogue.solver(request.solver).model_kind;
  const bool linear = std::all_of(request.degradations.begin(), request.degradations.end(),
                                  [&](const auto& each) { return catalogue.degradation(each.id).linear; });
  const auto does = [&](const SolverInfo& solver) {
    return solver.model_kind == kind && (linear || !solver.needs_linear);
  };
  for (const auto* id : kFirst) {
    for (const auto& solver : catalogue.solvers) {
      if (solver.id == id && does(solver)) return &solver;
    }
  }
  const auto found = std::find_if(catalogue.solvers.begin(), catalogue.solvers.end(), does);
  return found != catalogue.solvers.end() ? &*found : nullptr;
}

std::optional<Preset> madePreset(const Catalogue& catalogue, RestoreRequest request, const std::string& quality) {
  const auto* solver = solverFor(catalogue, request);
  if (solver == nullptr) return std::nullopt;
  request.solver = solver->id;
  request.degradation().values.clear();  // another factor is no other quality
  const auto* standard = catalogue.defaultPreset(request);
  Preset made = standard != nullptr ? *standard : Preset();
  made.id.clear();
  made.is_default = false;
  made.solver = solver->id;
  const auto start = made.sampler_values.find("start");
  const bool begins_late = start != made.sampler_values.end() && std::get<double>(start->second) < 1.0;
  made.sampler_values["steps"] = (begins_late ? kStepsWithStart : kSteps).at(quality);
  if (quality == "best" || solver->id != "p2l") return made;
  for (const auto& [key, value] : kProjectionAlone) made.solver_values[key] = value;
  return made;
}

}  // namespace

std::optional<Preset> qualityPreset(const Catalogue& catalogue, const RestoreRequest& request,
                                    const std::string& quality) {
  if (const auto* model = catalogue.model(request.model)) {
    const auto id = quality + "-" + model->name + "-" + request.degradation().id;
    const auto found = std::find_if(catalogue.presets.begin(), catalogue.presets.end(),
                                    [&](const Preset& preset) { return preset.id == id; });
    if (found != catalogue.presets.end()) return *found;
  }
  return madePreset(catalogue, request, quality);
}

}  // namespace p2l::ui
