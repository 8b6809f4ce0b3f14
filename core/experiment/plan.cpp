// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/plan.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include "core/types/error.h"
#include "core/types/lower_case.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

bool hasPictureEnding(const fs::path& path) {
  const auto ending = lowerCase(path.extension().string());
  constexpr const char* kEndings[] = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"};
  return std::find(std::begin(kEndings), std::end(kEndings), ending) != std::end(kEndings);
}

std::vector<std::string> picturesIn(const std::string& folder, RunControl& control) {
  std::vector<std::string> pictures;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
    control.checkpoint();
    const auto& path = entry->path();
    if (hasPictureEnding(path) && !path.filename().string().starts_with(".")) pictures.push_back(path.string());
  }
  require(!code, folder, " cannot be read: ", code.message(), ".");
  require(!pictures.empty(), folder, " holds no picture (.png, .jpg, .tif, .webp or .bmp).");
  std::sort(pictures.begin(), pictures.end());
  return pictures;
}

RestoreRequest rowOf(RestoreRequest request, const Variant& solver) {
  request.solver = solver.id;
  request.preset = solver.preset;
  request.solver_values = solver.values;
  for (const auto& [key, value] : solver.sampler) request.sampler_values[key] = value;
  if (solver.prompt) request.prompt = *solver.prompt;
  if (!solver.embedding.empty()) request.prompt.clear();
  request.embedding = solver.embedding;
  return request;
}

/// Why the row's preset does not go with the column, a sentence; empty where it does. A column has one measurement for
/// all rows, so that what it leaves open has the task's default, and not what a preset of one row would bring.
std::string presetMisfit(const Catalogue& catalogue, const TaskChain& task, const Variant& solver) {
  if (solver.preset.empty()) return {};
  const auto& preset = catalogue.preset(solver.preset);
  if (!preset.degradation.empty() && preset.degradation != task.first().id)
    return concat("The preset ", preset.id, " is for the task ", preset.degradation, ", not for ", task.name,
                  ": left out.");
  const auto& specs = catalogue.degradation(task.first().id).parameters;
  for (const auto& [key, value] : preset.degradation_values) {
    const auto standard = defaultValue(specOf(specs, key, "task " + task.first().id));
    if (task.first().values.contains(key) || standard == value) continue;
    return concat("The preset ", preset.id, " is for ", key, " = ", textFromValue(value), ", and the column ",
                  task.name, " has ", textFromValue(standard), ": left out; --tasks ", task.first().id, ":", key, "=",
                  textFromValue(value), " has it.");
  }
  return {};
}

}  // namespace

Shard shardFromText(const std::string& text) {
  Shard shard;
  const auto* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, shard.index);
  const bool slash = first.ec == std::errc() && first.ptr != end && *first.ptr == '/';
  const auto second = slash ? std::from_chars(first.ptr + 1, end, shard.count) : first;
  require(slash && second.ec == std::errc() && second.ptr == end && shard.index >= 1 && shard.index <= shard.count,
          "--shard takes i/n with i from 1 to n, found ", text, ".");
  return shard;
}

void Plan::leaveOut(std::string sentence) {
  if (std::find(impossible.begin(), impossible.end(), sentence) == impossible.end())
    impossible.push_back(std::move(sentence));
}

Plan planOf(const Catalogue& catalogue, std::vector<std::string> photos, const std::vector<TaskChain>& tasks,
            const std::vector<Variant>& solvers, const RestoreRequest& common) {
  Plan plan;
  plan.photos = std::move(photos);
  for (const auto& task : tasks) {
    auto request = common;
    request.degradations = task.degradations();
    const bool linear = std::all_of(task.tasks.begin(), task.tasks.end(),
                                    [&](const auto& each) { return catalogue.degradation(each.id).linear; });
    for (const auto& solver : solvers) {
      if (!linear && catalogue.solver(solver.id).needs_linear) {
        plan.leaveOut(concat("The solver ", solver.id, " needs a linear task, and ", task.name, " is not: left out."));
        continue;
      }
      if (auto misfit = presetMisfit(catalogue, task, solver); !misfit.empty()) {
        plan.leaveOut(std::move(misfit));
        continue;
      }
      plan.combinations.push_back({task.name, solver.name, catalogue.complete(rowOf(request, solver)), {}});
      const auto changed = catalogue.departures(plan.combinations.back().request);
      if (!changed.empty()) plan.notes.add(task.name, solver.name, changed);
    }
    const auto* model = catalogue.model(common.model);
    const auto any = std::find_if(catalogue.solvers.begin(), catalogue.solvers.end(), [&](const auto& solver) {
      return (linear || !solver.needs_linear) && (!model || catalogue.misfit(solver, *model).empty());
    });
    require(any != catalogue.solvers.end(), "No solver can do the task ", task.name, " with the model ", common.model,
            ".");
    request.solver = any->id;
    for (const auto* method : {kPlain, kAutoencoder}) {
      if (method == kAutoencoder && model && model->isPixel()) continue;  // it has none
      plan.combinations.push_back({task.name, method, catalogue.complete(request), {}});
    }
  }
  return plan;
}

std::vector<std::size_t> combinationsOf(const Plan& plan, std::size_t measurement, const Shard& shard) {
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < plan.combinations.size(); ++i) {
    if ((measurement + i) % shard.count == static_cast<std::size_t>(shard.index - 1)) chosen.push_back(i);
  }
  return chosen;
}

std::vector<std::string> photosFrom(const std::vector<std::string>& paths, RunControl* control) {
  RunControl unstopped;
  auto& reading = control != nullptr ? *control : unstopped;
  std::vector<std::string> photos;
  std::set<std::string> seen;
  for (const auto& path : paths) {
    std::error_code code;
    const bool folder = fs::is_directory(path, code);
    const auto of_path = folder ? picturesIn(path, reading) : std::vector<std::string>{path};
    for (const auto& photo : of_path) {
      reading.checkpoint();
      const auto file = fs::weakly_canonical(photo, code);
      if (seen.insert(code ? photo : file.string()).second) photos.push_back(photo);
    }
  }
  return photos;
}

}  // namespace p2l
