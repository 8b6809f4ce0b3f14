// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/catalogue.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include "core/api/photo_file.h"
#include "core/api/textual_inversion.h"
#include "core/base/error.h"

namespace p2l {
namespace {

template <class Info>
const Info& byId(const std::vector<Info>& infos, const std::string& id, const char* what) {
  for (const auto& info : infos) {
    if (info.id == id) return info;
  }
  std::string known;
  for (const auto& info : infos) known += (known.empty() ? "" : ", ") + info.id;
  throw Error(concat("There is no ", what, " \"", id, "\"; there are: ", known.empty() ? "none" : known, "."));
}

std::string_view withoutSlash(std::string_view folder) {
  while (folder.size() > 1 && folder.back() == '/') folder.remove_suffix(1);
  return folder;
}

/// "a, b" of the ids or names that `fits`.
template <class Info, class Name, class Fits>
std::string listOf(const std::vector<Info>& infos, const Name& name, const Fits& fits) {
  std::string list;
  for (const auto& info : infos) {
    if (fits(info)) list += (list.empty() ? "" : ", ") + info.*name;
  }
  return list;
}

bool fits(ModelKind kind, bool pixel) {
  return (kind == ModelKind::Pixel) == pixel;
}

bool isDevice(std::string_view device) {
  if (device == "auto" || device == "cpu" || device == "mps") return true;
  constexpr std::string_view kCuda = "cuda:";
  if (!device.starts_with(kCuda)) return false;
  device.remove_prefix(kCuda.size());
  int index = 0;
  const auto end = device.data() + device.size();
  const auto result = std::from_chars(device.data(), end, index);
  return result.ec == std::errc() && result.ptr == end && index >= 0;
}

/// Values that the request leaves open, from the preset.
void fillFrom(ParamValues& values, const ParamValues& preset) {
  values.insert(preset.begin(), preset.end());
}

}  // namespace

const DegradationInfo& Catalogue::degradation(const std::string& id) const {
  return byId(degradations, id, "task");
}

const SolverInfo& Catalogue::solver(const std::string& id) const {
  return byId(solvers, id, "solver");
}

const Preset& Catalogue::preset(const std::string& id) const {
  return byId(presets, id, "preset");
}

const Preset* Catalogue::defaultPreset(const RestoreRequest& request) const {
  // The name by which presets know a model that was asked for by name or by folder.
  const auto folder = withoutSlash(request.model);
  const auto* listed = model(request.model);
  const auto name = listed ? listed->name : std::string(folder.substr(folder.rfind('/') + 1));  // npos + 1 is 0
  const auto asked = [&](const auto& value) {
    const auto found = request.degradation_values.find(value.first);
    return found != request.degradation_values.end() && found->second == value.second;
  };
  const Preset* best = nullptr;
  std::pair<bool, std::size_t> best_rank;
  for (const auto& preset : presets) {
    const auto& values = preset.degradation_values;
    if (!preset.is_default || preset.degradation != request.degradation || preset.solver != request.solver) continue;
    if (!(preset.model.empty() || preset.model == name) || !std::all_of(values.begin(), values.end(), asked)) continue;
    const std::pair rank(!preset.model.empty(), values.size());
    if (best && rank <= best_rank) continue;
    best = &preset;
    best_rank = rank;
  }
  return best;
}

const ModelInfo* Catalogue::model(const std::string& name_or_folder) const {
  const auto folder = withoutSlash(name_or_folder);
  for (const auto& model : models) {
    if (model.name == name_or_folder || model.folder == folder) return &model;
  }
  return nullptr;
}

std::string Catalogue::misfit(const SolverInfo& solver, const ModelInfo& model) const {
  if (fits(solver.model_kind, model.pixel)) return {};
  const auto others =
      listOf(models, &ModelInfo::name, [&](const auto& each) { return fits(solver.model_kind, each.pixel); });
  const auto solvers_here =
      listOf(solvers, &SolverInfo::id, [&](const auto& each) { return fits(each.model_kind, model.pixel); });
  return concat("The solver ", solver.id, " works on ", model.pixel ? "latent" : "pixel", " diffusion models, and ",
                model.name, " is a ", model.pixel ? "pixel" : "latent", " one: choose ",
                others.empty() ? concat("a ", model.pixel ? "latent" : "pixel", " model") : "the model " + others,
                ", or one of the solvers ", solvers_here.empty() ? "for it" : solvers_here, ".");
}

void Catalogue::requireFit(const RestoreRequest& request, const ModelInfo& model) const {
  const auto problem = misfit(solver(request.solver), model);
  require(problem.empty(), problem);
  if (!model.pixel) return;
  require(request.prompt.empty(), "The model ", model.name,
          " works on pixels and reads no text: leave the prompt empty, found \"", request.prompt, "\".");
  if (!request.sampler_values.contains("guidance")) return;
  const double guidance = numberOf(request.sampler_values, "guidance");
  require(guidance == 1.0, "The model ", model.name,
          " works on pixels and reads no text: the sampler's guidance must be 1, found ", textFromValue(guidance), ".");
}

RestoreRequest Catalogue::complete(RestoreRequest request) const {
  const auto& task = degradation(request.degradation);
  const auto& algorithm = solver(request.solver);
  const auto* then = request.then.empty() ? nullptr : &degradation(request.then);
  for (const auto* each : {&task, then}) {
    require(!each || each->linear || !algorithm.needs_linear, "The solver ", algorithm.id, " needs a linear task, and ",
            each ? each->id : "", " is not linear: choose another solver.");
  }
  require(then || request.then_values.empty(), "The request has then_values and no second task in `then`.");
  require(request.mask.empty() || task.takes_mask || (then && then->takes_mask), "The task ", task.id,
          " takes no mask, found ", request.mask, ".");
  require(request.kernel.empty() || task.takes_kernel || (then && then->takes_kernel), "The task ", task.id,
          " takes no kernel, found ", request.kernel, ".");
  require(request.prompt.empty() || request.embedding.empty() || textualInversionIn(request.embedding),
          "A run starts from a prompt or from an embedding, found both: \"", request.prompt, "\" and ",
          request.embedding, ".");
  require(std::isfinite(request.noise) && request.noise >= 0.0 && request.noise <= kLargestNoise,
          "The noise must be a number from 0 to ", kLargestNoise, " (standard deviation on the scale -1 to 1), found ",
          textFromValue(request.noise), ".");
  require(request.size == 0 || (request.size >= kSmallestSize && request.size <= kLargestSide),
          "The size must be 0 (the photo's own) or a whole number from ", kSmallestSize, " to ", kLargestSide,
          ", found ", request.size, ".");
  require(isDevice(request.device), "The device must be auto, cpu, cuda:N (such as cuda:0) or mps, found \"",
          request.device, "\".");
  require(!request.model.empty(), "The request names no model.");
  if (const auto* listed = model(request.model)) requireFit(request, *listed);
  const auto refinements = request.model_options.encoder_refinements;
  require(refinements >= 0 && refinements <= kMostRefinements, "The encoder's refinements must be 0 to ",
          kMostRefinements, ", found ", refinements, ".");
  const auto& prediction = request.model_options.prediction;
  require(prediction.empty() || prediction == "epsilon" || prediction == "v_prediction",
          "The prediction must be epsilon, v_prediction or empty (as the model says), found \"", prediction, "\".");

  request.degradation_values = completeValues(task.parameters, request.degradation_values, "task " + task.id);
  if (const auto* preset = defaultPreset(request)) {
    fillFrom(request.solver_values, preset->solver_values);
    fillFrom(request.sampler_values, preset->sampler_values);
  }
  if (then) request.then_values = completeValues(then->parameters, request.then_values, "task " + then->id);
  request.solver_values = completeValues(algorithm.parameters, request.solver_values, "solver " + algorithm.id);
  request.sampler_values = completeValues(sampler, request.sampler_values, "sampler");
  if (algorithm.own_guidance) {
    const double guidance = numberOf(request.sampler_values, "guidance");
    require(guidance == 1.0, "The solver ", algorithm.id, " guides by itself: the sampler's guidance must be 1, found ",
            textFromValue(guidance), "; set the solver's own parameter in its place.");
  }
  return request;
}

}  // namespace p2l
