// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/request/request.h"
#include "core/types/catalogue_rows.h"

namespace p2l {

/// The choices there are; plain values, to be copied freely.
struct Catalogue {
  std::vector<DegradationInfo> degradations;
  std::vector<NoiseInfo> noises;
  std::vector<SolverInfo> solvers;
  std::vector<ParamSpec> sampler;  ///< steps, eta, spacing, guidance, patches
  std::vector<Preset> presets;
  std::vector<ModelInfo> models;
  std::vector<std::string> warnings;  ///< what could not be loaded, a sentence each

  /// @throws Error with the known ids.
  const DegradationInfo& degradation(const std::string& id) const;
  const NoiseInfo& noise(const std::string& id) const;
  const SolverInfo& solver(const std::string& id) const;
  /// The model of that name or folder, or null where the catalogue does not list it.
  const ModelInfo* model(const std::string& name_or_folder) const;
  /// Why the solver does not work on the model, as a sentence that says what does; empty where it works.
  std::string misfit(const SolverInfo& solver, const ModelInfo& model) const;
  /// @throws Error when the request's solver does not work on `model`, or asks a pixel model for what only a text can
  /// give. complete() does so where the catalogue lists the request's model.
  void requireFit(const RestoreRequest& request, const ModelInfo& model) const;
  /// The default preset for a request's model, solver and task, or null: one of the model before one for any, then one
  /// that names the task before one for any, then the one that names the most of the task's values.
  const Preset* defaultPreset(const RestoreRequest& request) const;
  const Preset& preset(const std::string& id) const;
  /// What a request leaves to chance though its photo is the measurement itself, where it is something certain: "the
  /// mask", without a mask or a measurement seed. Empty: nothing.
  std::string leftToChance(const RestoreRequest& request) const;
  /// Fills from RestoreRequest::preset what the request leaves open: task, solver and model where their names are
  /// empty, and values whose keys are missing. Where neither names a model, the first listed one that the solver works
  /// on is taken. What the request states stays. @throws Error on an unknown preset, and where the request names
  /// another task or solver than the preset
  RestoreRequest withPreset(RestoreRequest request) const;
  /// What a completed request has otherwise than its preset, whose open keys are the specs' defaults: "The preset a was
  /// changed: K = 3 in place of 5". Empty where there is nothing to say.
  std::string departures(const RestoreRequest& completed) const;
  /// Checks a request and fills what it leaves open: from its preset where it names one, else from the default preset
  /// of its model, task and solver; then from the specs' defaults. @throws Error on unknown ids or keys, values out of
  /// range and impossible pairs.
  RestoreRequest complete(RestoreRequest request) const;
  /// The same for a measurement only: whether the solver can do it does not count. @throws Error
  RestoreRequest completeMeasurement(RestoreRequest request) const;

 private:
  const Preset* findPreset(const std::string& id) const;
  void checkChain(const RestoreRequest& request) const;
  void completeChain(RestoreRequest& request) const;
  void completeSolver(RestoreRequest& request) const;
  /// The name by which presets know a model that was asked for by name or by folder.
  std::string modelName(const std::string& name_or_folder) const;
};

}  // namespace p2l
