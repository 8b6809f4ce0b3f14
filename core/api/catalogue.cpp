// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/catalogue.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/io/photo_file.h"
#include "core/io/textual_inversion.h"
#include "core/request/crop.h"
#include "core/request/memory_plan.h"
#include "core/types/error.h"

namespace p2l {
namespace {

/// Levenshtein's: letters to insert, delete or replace.
std::size_t editDistance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const auto replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

/// "a, b, c"; of many the three that are spelt most like `id`, and what of `p2l list` has all.
template <class Info>
std::string namesLike(const std::vector<Info>& infos, const std::string& id, const char* list_name) {
  constexpr std::size_t kMostListed = 20, kNearest = 3;
  std::vector<std::string> names;
  for (const auto& info : infos) names.push_back(info.id);
  const bool many = names.size() > kMostListed;
  if (many) {
    std::stable_sort(names.begin(), names.end(),
                     [&](const auto& a, const auto& b) { return editDistance(a, id) < editDistance(b, id); });
    names.resize(kNearest);
  }
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  if (!many) return list;
  return concat(list, " and ", infos.size() - kNearest, " that are spelt otherwise (see `p2l list ", list_name, "`)");
}

template <class Info>
const Info& byId(const std::vector<Info>& infos, const std::string& id, const char* what, const char* list_name) {
  for (const auto& info : infos) {
    if (info.id == id) return info;
  }
  const auto known = namesLike(infos, id, list_name);
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

bool hasAll(const ParamValues& values, const std::vector<ParamSpec>& specs) {
  return std::all_of(specs.begin(), specs.end(), [&](const auto& spec) { return values.contains(spec.key); });
}

/// Names its task, solver and model, and leaves no value of them open.
bool isComplete(const Catalogue& catalogue, const RestoreRequest& request) {
  if (request.degradation().id.empty() || request.solver.empty() || request.model.empty()) return false;
  return hasAll(request.degradation().values, catalogue.degradation(request.degradation().id).parameters) &&
         hasAll(request.solver_values, catalogue.solver(request.solver).parameters) &&
         hasAll(request.sampler_values, catalogue.sampler);
}

}  // namespace

const DegradationInfo& Catalogue::degradation(const std::string& id) const {
  return byId(degradations, id, "task", "degradations");
}

const NoiseInfo& Catalogue::noise(const std::string& id) const {
  return byId(noises, id, "noise", "noises");
}

const SolverInfo& Catalogue::solver(const std::string& id) const {
  return byId(solvers, id, "solver", "solvers");
}

const Preset& Catalogue::preset(const std::string& id) const {
  return byId(presets, id, "preset", "presets");
}

const Preset* Catalogue::findPreset(const std::string& id) const {
  const auto found = std::find_if(presets.begin(), presets.end(), [&](const auto& each) { return each.id == id; });
  return found == presets.end() ? nullptr : &*found;
}

std::string Catalogue::modelName(const std::string& name_or_folder) const {
  if (const auto* listed = model(name_or_folder)) return listed->name;
  const auto folder = withoutSlash(name_or_folder);
  return std::string(folder.substr(folder.rfind('/') + 1));  // npos + 1 is 0
}

const Preset* Catalogue::defaultPreset(const RestoreRequest& request) const {
  const auto name = modelName(request.model);
  const auto asked = [&](const auto& value) {
    const auto found = request.degradation().values.find(value.first);
    return found != request.degradation().values.end() && found->second == value.second;
  };
  const Preset* best = nullptr;
  std::tuple<bool, bool, std::size_t> best_rank;
  for (const auto& preset : presets) {
    const auto& values = preset.degradation_values;
    if (!preset.is_default || preset.solver != request.solver) continue;
    if (!(preset.degradation.empty() || preset.degradation == request.degradation().id)) continue;
    if (!(preset.model.empty() || preset.model == name) || !std::all_of(values.begin(), values.end(), asked)) continue;
    const std::tuple rank(!preset.model.empty(), !preset.degradation.empty(), values.size());
    if (best && rank <= best_rank) continue;
    best = &preset;
    best_rank = rank;
  }
  return best;
}

RestoreRequest Catalogue::withPreset(RestoreRequest request) const {
  const auto* wanted = findPreset(request.preset);
  if (!wanted && isComplete(*this, request)) return request;  // stored where there was such a preset
  const auto& from = preset(request.preset);
  const auto takeName = [&](std::string& name, const std::string& of_preset, const char* what) {
    if (name.empty()) name = of_preset;
    require(of_preset.empty() || name == of_preset, "The preset ", from.id, " is for the ", what, " ", of_preset,
            ", not for ", name, ": choose a preset of that ", what, ", or leave out the preset and set values.");
    require(!name.empty(), "The preset ", from.id, " is for any ", what, ": name one.");
  };
  takeName(request.degradation().id, from.degradation, "task");
  takeName(request.solver, from.solver, "solver");
  if (request.model.empty()) request.model = from.model;
  for (const auto& each : models) {
    if (request.model.empty() && misfit(solver(request.solver), each).empty()) request.model = each.name;
  }
  fillFrom(request.degradation().values, from.degradation_values);
  fillFrom(request.solver_values, from.solver_values);
  fillFrom(request.sampler_values, from.sampler_values);
  return request;
}

std::string Catalogue::departures(const RestoreRequest& completed) const {
  const auto* from = findPreset(completed.preset);
  if (!from) return {};
  std::string list;
  const auto compare = [&](const std::string& key, const std::string& is, const std::string& should_be) {
    if (is != should_be) list += concat(list.empty() ? "" : ", ", key, " = ", is, " in place of ", should_be);
  };
  const auto compareAll = [&](const ParamValues& is, const ParamValues& should_be) {
    for (const auto& [key, value] : should_be) {
      const auto found = is.find(key);
      if (found != is.end()) compare(key, textFromValue(found->second), textFromValue(value));
    }
  };
  if (!from->model.empty()) compare("model", modelName(completed.model), from->model);
  compareAll(completed.degradation().values, from->degradation_values);
  compareAll(completed.solver_values,
             completeValues(solver(from->solver).parameters, from->solver_values, "solver " + from->solver));
  compareAll(completed.sampler_values, completeValues(sampler, from->sampler_values, "sampler"));
  return list.empty() ? list : concat("The preset ", from->id, " was changed: ", list);
}

const ModelInfo* Catalogue::model(const std::string& name_or_folder) const {
  const auto folder = withoutSlash(name_or_folder);
  for (const auto& model : models) {
    if (model.name == name_or_folder || model.folder == folder) return &model;
  }
  return nullptr;
}

std::string Catalogue::misfit(const SolverInfo& solver, const ModelInfo& model) const {
  if (solver.model_kind == model.model_kind) return {};
  const auto others =
      listOf(models, &ModelInfo::name, [&](const auto& each) { return solver.model_kind == each.model_kind; });
  const auto solvers_here =
      listOf(solvers, &SolverInfo::id, [&](const auto& each) { return each.model_kind == model.model_kind; });
  return concat("The solver ", solver.id, " works on ", model.isPixel() ? "latent" : "pixel", " diffusion models, and ",
                model.name, " is a ", model.isPixel() ? "pixel" : "latent", " one: choose ",
                others.empty() ? concat("a ", model.isPixel() ? "latent" : "pixel", " model") : "the model " + others,
                ", or one of the solvers ", solvers_here.empty() ? "for it" : solvers_here, ".");
}

void Catalogue::requireFit(const RestoreRequest& request, const ModelInfo& model) const {
  const auto problem = misfit(solver(request.solver), model);
  require(problem.empty(), problem);
  if (!model.isPixel()) return;
  if (model.classes > 0) classOfPrompt(request.prompt, model.classes);
  require(request.prompt.empty() || model.classes > 0, "The model ", model.name,
          " works on pixels and reads no text: leave the prompt empty, found \"", request.prompt, "\".");
  if (!request.sampler_values.contains("guidance")) return;
  const double guidance = numberOf(request.sampler_values, "guidance");
  require(guidance == 1.0, "The model ", model.name,
          " works on pixels and reads no text: the sampler's guidance must be 1, found ", textFromValue(guidance), ".");
}

std::string Catalogue::leftToChance(const RestoreRequest& request) const {
  if (request.mode != Mode::Restore || request.measurement_seed) return {};
  for (const auto& each : request.degradations) {
    const auto& task = degradation(each.id);
    if (task.drawn.empty() || (task.takes_mask && !each.mask.empty()) || (task.takes_kernel && !each.kernel.empty()))
      continue;
    if (task.drawn_key.empty()) return task.drawn;
    const auto value = each.values.find(task.drawn_key);
    const auto& chosen =
        value != each.values.end() ? value->second : defaultValue(specOf(task.parameters, task.drawn_key, each.id));
    if (chosen == ParamValue(task.drawn_value)) return task.drawn;
  }
  return {};
}

void Catalogue::checkChain(const RestoreRequest& request) const {
  require(!request.degradations.empty(), "The request names no task.");
  for (const auto& each : request.degradations) {
    const auto& task = degradation(each.id);
    require(each.mask.empty() || task.takes_mask, "The task ", task.id, " takes no mask, found ", each.mask, ".");
    require(each.kernel.empty() || task.takes_kernel, "The task ", task.id, " takes no kernel, found ", each.kernel,
            ".");
  }
  require(request.size == 0 || (request.size >= kSmallestSize && request.size <= kLargestSide),
          "The size must be 0 (the photo's own) or a whole number from ", kSmallestSize, " to ", kLargestSide,
          ", found ", request.size, ".");
  cropFromText(request.crop);
}

namespace {

/// How a person gives what leftToChance named.
std::string ownPartOf(const Catalogue& catalogue, const RestoreRequest& request, const std::string& drawn) {
  for (const auto& each : request.degradations) {
    const auto& task = catalogue.degradation(each.id);
    if (task.drawn != drawn) continue;
    if (task.takes_mask) return "give the photo's own (--mask FILE)";
    if (task.takes_kernel) return "give the photo's own (--kernel FILE)";
    return concat("set ", task.drawn_key, " of ", task.id, " to something other than ", task.drawn_value);
  }
  return {};
}

}  // namespace

void Catalogue::completeChain(RestoreRequest& request) const {
  for (auto& each : request.degradations)
    each.values = completeValues(degradation(each.id).parameters, each.values, "task " + each.id);
  request.noise.values =
      completeValues(noise(request.noise.id).parameters, request.noise.values, "noise " + request.noise.id);
  const auto drawn = leftToChance(request);
  require(drawn.empty(), "The photo is the measurement itself (--measured), and ", drawn,
          " would be drawn at random, which throws real pixels away: ", ownPartOf(*this, request, drawn),
          ", or say by a measurement seed that the random one is meant (--measurement-seed N).");
}

void Catalogue::completeSolver(RestoreRequest& request) const {
  const auto& algorithm = solver(request.solver);
  const auto* standard = request.preset.empty() ? defaultPreset(request) : nullptr;
  if (standard) {
    fillFrom(request.solver_values, standard->solver_values);
    fillFrom(request.sampler_values, standard->sampler_values);
  }
  request.solver_values = completeValues(algorithm.parameters, request.solver_values, "solver " + algorithm.id);
  request.sampler_values = completeValues(sampler, request.sampler_values, "sampler");
  if (!algorithm.own_guidance) return;
  const double guidance = numberOf(request.sampler_values, "guidance");
  require(guidance == 1.0, "The solver ", algorithm.id, " guides by itself: the sampler's guidance must be 1, found ",
          textFromValue(guidance), "; set the solver's own parameter in its place.");
}

RestoreRequest Catalogue::completeMeasurement(RestoreRequest request) const {
  if (!request.preset.empty()) request = withPreset(std::move(request));
  checkChain(request);
  completeChain(request);
  if (!request.solver.empty()) completeSolver(request);  // so that the request can be restored as it stands
  return request;
}

RestoreRequest Catalogue::complete(RestoreRequest request) const {
  if (!request.preset.empty()) request = withPreset(std::move(request));
  checkChain(request);
  const auto& algorithm = solver(request.solver);
  for (const auto& each : request.degradations) {
    require(degradation(each.id).linear || !algorithm.needs_linear, "The solver ", algorithm.id,
            " needs a linear task, and ", each.id, " is not linear: choose another solver.");
  }
  require(request.prompt.empty() || request.embedding.empty() || textualInversionIn(request.embedding),
          "A run starts from a prompt or from an embedding, found both: \"", request.prompt, "\" and ",
          request.embedding, ".");
  require(isDevice(request.device), "The device must be auto, cpu, cuda:N (such as cuda:0) or mps, found \"",
          request.device, "\".");
  if (!request.memory.empty()) bytesFromText(request.memory);
  require(!request.model.empty(), "The request names no model.");
  if (const auto* listed = model(request.model)) requireFit(request, *listed);
  completeValues(modelParameters(), valuesOf(request.model_options), "model option");
  completeChain(request);
  completeSolver(request);
  return request;
}

}  // namespace p2l
