// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/request_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <utility>

#include "app/cli/command.h"
#include "app/cli/files.h"
#include "core/api/measure.h"
#include "core/insight/noise_estimate.h"
#include "core/request/crop.h"
#include "core/request/memory_plan.h"
#include "core/types/error.h"

namespace p2l::cli {
namespace {

constexpr const char* kTaskGroup = "What happened to the photo";
constexpr const char* kSolverGroup = "How to restore it";

template <class Info>
std::string idsOf(const std::vector<Info>& infos) {
  std::string ids;
  for (const auto& info : infos) ids += (ids.empty() ? "" : "|") + info.id;
  return ids;
}

std::string flagFromKey(std::string key) {
  std::replace(key.begin(), key.end(), '_', '-');
  return "--" + key;
}

constexpr const char* kAutoNoise = "auto";

/// What --noise auto means for a request whose photo and size are set.
NoiseChoice estimatedNoise(const RestoreRequest& request, const Photo* stored) {
  if (request.mode != Mode::Restore)
    throw UsageError("--noise auto is for --measured: a good photo is given the noise that you state.");
  const auto photo = stored != nullptr ? stored->image : readPhoto(request.photo).image;
  return estimateNoise(workingPhoto(request, photo)).sigma;
}

}  // namespace

std::string rangeHelp(const ParamSpec& spec) {
  const auto value = defaultValue(spec);
  const bool flag = spec.kind == ParamKind::Flag;
  return concat(rangeText(spec),
                "; default: ", flag ? (std::get<double>(value) != 0.0 ? "on" : "off") : textFromValue(value).c_str());
}

std::uint64_t seedFrom(const char* option, const std::string& text) {
  std::uint64_t seed = 0;
  const auto* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, seed);
  if (result.ec != std::errc() || result.ptr != end) {
    throw UsageError(concat(option, " takes a whole number from 0 to 18446744073709551615, found ", text, "."));
  }
  return seed;
}

void setValues(ParamValues& values, const std::vector<std::string>& texts, const std::vector<ParamSpec>& specs,
               const std::string& option, const std::string& owner) {
  for (const auto& text : texts) {
    const auto equals = text.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw UsageError(concat(option, " takes key=value, found ", text, "."));
    const auto key = text.substr(0, equals);
    values[key] = usage([&] { return valueFromText(specOf(specs, key, owner), text.substr(equals + 1)); });
  }
}

NoiseChoice noiseFromOption(const Catalogue& catalogue, const std::string& text) {
  try {
    return noiseChoice(catalogue, text);
  } catch (const Error& error) {
    throw UsageError(concat("--noise: ", error.what()));
  }
}

void addOption(CLI::App& command, const ParamSpec& spec, const std::string& group,
               const std::function<void(const ParamValue&)>& set) {
  const auto flag = flagFromKey(spec.key);
  if (spec.kind == ParamKind::Flag) {
    command
        .add_flag_callback(
            flag, [set] { set(1.0); }, spec.help)
        ->group(group);
    return;
  }
  auto help = spec.help;
  if (spec.kind == ParamKind::Choice || spec.kind == ParamKind::Integer || spec.kind == ParamKind::Real)
    help += "; " + rangeHelp(spec);
  const auto read = [set, &spec, flag](const std::string& text) {
    set(usage([&] {
      try {
        return valueFromText(spec, text);
      } catch (const Error& error) {
        throw Error(concat(flag, ": ", error.what()));
      }
    }));
  };
  command.add_option_function<std::string>(flag, read, help)
      ->type_name(spec.argument.empty() ? "VALUE" : spec.argument)
      ->group(group);
}

void addModelOptions(CLI::App& command, ModelOptions& options, const std::string& group) {
  for (const auto& spec : modelParameters())
    addOption(command, spec, group, [&](const ParamValue& value) { setOption(options, spec.key, value); });
}

void addModel(CLI::App& command, std::string& model, ModelOptions& options, std::string& device) {
  command.add_option("--model", model, "Name, folder or checkpoint file of the model; default: p2l-tiny")
      ->type_name("NAME|PATH");
  addModelOptions(command, options, "Options");
  command.add_option("--device", device, "auto (default), cpu or cuda:N")->type_name("DEVICE");
}

void addThreads(CLI::App& command, int& threads) {
  command.add_option("--threads", threads, "Processor threads; default: all cores")
      ->check(CLI::Range(1, 1024))
      ->type_name("N");
}

void useThreads(int threads) {
  if (threads > 0) setThreadCount(threads);
}

RequestOptions::RequestOptions(CLI::App& command, const Catalogue& catalogue, Extent extent)
    : catalogue_(catalogue), command_(command), extent_(extent) {
  command.add_option("photo", photo_, "The photo: JPEG, PNG, TIFF, WebP or BMP")->type_name("PHOTO");
  addTaskOptions(command, extent);
  if (extent != Extent::Degrade) addSolverOptions(command, extent);
  command
      .add_option("--request", request_file_,
                  "Start from this request: JSON, a report, or a picture that holds one; the studio's HTML report has "
                  "the photo, too; options change it")
      ->type_name("FILE");
}

void RequestOptions::addTaskOptions(CLI::App& command, Extent extent) {
  const auto in_group = [](CLI::Option* option, const char* type) {
    return option->type_name(type)->group(kTaskGroup);
  };
  in_group(command.add_option("--task", task_, idsOf(catalogue_.degradations)), "TASK");
  if (extent != Extent::Compare) {
    in_group(command.add_option("--preset", preset_,
                                "Task, solver and model with values that are known to work, taken as they are; other "
                                "options override them. See `p2l list presets`"),
             "PRESET");
  }
  for (const auto& task : catalogue_.degradations) addFlags(command, task.parameters, degradation_flags_, kTaskGroup);
  in_group(command.add_option("--deg", degradation_values_, "Any parameter of the task; may be repeated"), "KEY=VALUE")
      ->allow_extra_args(false);
  in_group(command.add_option(
               "--then", then_,
               "A further task on the result of the one before, such as sr:factor=2 after a blur; may be repeated"),
           "TASK[:KEY=VALUE...]")
      ->allow_extra_args(false);
  in_group(command.add_option("--mask", mask_,
                              "Mask picture: white is missing. As large as the photo; --crop and --size cut both"),
           "FILE");
  in_group(command.add_option("--kernel", kernel_,
                              "Picture of the blur kernel, the point-spread function: what one white point looks like"),
           "FILE");
  in_group(command.add_option("--noise", noise_,
                              "Standard deviation of Gaussian noise on the scale -1 to 1, or a noise with its values: "
                              "poisson:peak=100, none; default: 0.01; with --measured also auto: estimated from "
                              "the photo. See `p2l list noises`"),
           "NUMBER|NOISE|auto");
  for (const char* key : {"crop", "size"}) addRunOption(specOf(runParameters(), key, "the run"), kTaskGroup);
  in_group(command.add_option("--seed", seed_, "Seed of everything random; default: 0"), "N");
  in_group(command.add_option("--measurement-seed", measurement_seed_,
                              "Seed of kernel, mask and noise; default: --seed. With --measured a kernel or mask is "
                              "drawn only where it is given"),
           "N");
}

void RequestOptions::addSolverOptions(CLI::App& command, Extent extent) {
  const auto in_group = [](CLI::Option* option, const char* type) {
    return option->type_name(type)->group(kSolverGroup);
  };
  command
      .add_flag("--measured", measured_,
                "PHOTO is the measurement: it is damaged already and is not degraded "
                "first")
      ->group(kTaskGroup);
  if (extent == Extent::Restore) {
    in_group(command.add_option("--solver", solver_, idsOf(catalogue_.solvers) + "; default: p2l"), "SOLVER");
    in_group(command.add_option("--set", solver_values_,
                                "A parameter of the solver, such as K=3; may be repeated. See `p2l list solvers`"),
             "KEY=VALUE")
        ->allow_extra_args(false);
  }
  addFlags(command, catalogue_.sampler, sampler_flags_, kSolverGroup);
  in_group(command.add_option("--sampler", sampler_values_, "Any setting of the sampler; may be repeated"), "KEY=VALUE")
      ->allow_extra_args(false);
  in_group(command.add_option("--model", model_, "Name, folder or checkpoint file of the model; default: p2l-tiny"),
           "NAME|PATH");
  addModelOptions(command, model_options_, kSolverGroup);
  for (const auto& spec : runParameters()) {
    if (!command.get_option_no_throw(flagFromKey(spec.key))) addRunOption(spec, kSolverGroup);
  }
}

void RequestOptions::addRunOption(const ParamSpec& spec, const std::string& group) {
  addOption(command_, spec, group, [this, &spec](const ParamValue& value) { run_values_[spec.key] = value; });
}

void RequestOptions::addFlags(CLI::App& command, const std::vector<ParamSpec>& specs, std::deque<ValueFlag>& flags,
                              const std::string& group) {
  for (const auto& spec : specs) {
    const auto flag = flagFromKey(spec.key);
    if (command.get_option_no_throw(flag)) continue;  // two tasks share it, or the name is taken: --deg still works
    auto& added = flags.emplace_back(ValueFlag{flag, spec.key, {}, nullptr});
    added.option =
        command.add_option(flag, added.text, spec.label + ": " + rangeHelp(spec))->type_name("VALUE")->group(group);
  }
}

RestoreRequest RequestOptions::request(bool with_presets) const {
  auto request = given(solver_, preset_);
  if (!with_presets) {
    for (const auto& spec : catalogue_.solver(request.solver).parameters)
      request.solver_values.emplace(spec.key, defaultValue(spec));  // what a preset says is in already
    for (const auto& spec : catalogue_.sampler) request.sampler_values.emplace(spec.key, defaultValue(spec));
  }
  return usage([&] {
    return extent_ == Extent::Degrade ? catalogue_.completeMeasurement(request) : catalogue_.complete(request);
  });
}

RestoreRequest RequestOptions::request(const Variant& solver) const {
  auto request = given(solver.id, solver.preset);
  for (const auto& [key, value] : solver.values) request.solver_values[key] = value;
  for (const auto& [key, value] : solver.sampler) request.sampler_values[key] = value;
  if (solver.prompt || !solver.embedding.empty()) {
    request.prompt = solver.prompt.value_or("");
    request.embedding = solver.embedding;
  }
  return usage([&] { return catalogue_.complete(request); });
}

RunInputs RequestOptions::inputs(const RestoreRequest& request, bool quiet, PhotoOrigin* origin) const {
  auto pictures = stored().pictures;
  if (!mask_.empty()) pictures.masks.clear();
  if (!kernel_.empty()) pictures.kernels.clear();
  auto inputs = readInputs(request, quiet, std::move(pictures), origin, storedPhoto());
  requireFittingPictures(catalogue_, request, inputs);
  return inputs;
}

const StoredRequest& RequestOptions::stored() const {
  if (!stored_) stored_ = request_file_.empty() ? StoredRequest() : storedRequestFrom(request_file_);
  return *stored_;
}

const Photo* RequestOptions::storedPhoto() const {
  return photo_.empty() && stored().photo ? &*stored().photo : nullptr;
}

template <class Check>
auto RequestOptions::ofRequestFile(const Check& check) const {
  try {
    return check();
  } catch (const Error& error) {
    throw UsageError(request_file_.empty() ? error.what() : concat(request_file_, ": ", error.what()));
  }
}

RestoreRequest RequestOptions::startingPoint() const {
  auto request = stored().request;
  if (!photo_.empty()) request.photo = photo_;
  if (request.photo.empty()) throw UsageError("The photo is missing.");
  if (!request.preset.empty()) request = ofRequestFile([&] { return catalogue_.withPreset(request); });
  sayUnknownPreset(request);
  return request;
}

/// Of a run that another version, or a person with presets of their own, made: it has all values, and so it is run.
void RequestOptions::sayUnknownPreset(const RestoreRequest& request) const {
  const auto& presets = catalogue_.presets;
  const bool known = request.preset.empty() || std::any_of(presets.begin(), presets.end(),
                                                           [&](const auto& each) { return each.id == request.preset; });
  if (known || !preset_.empty() || unknown_preset_said_) return;
  unknown_preset_said_ = true;
  std::fprintf(stderr,
               "p2l: %s: The preset \"%s\" is not known here: the values that stand in the request are taken "
               "(`p2l list presets` shows the presets).\n",
               request_file_.c_str(), request.preset.c_str());
}

/// What the options say was checked when it was read; the rest is the request file's.
void RequestOptions::checkStoredValues(const RestoreRequest& request) const {
  if (request_file_.empty()) return;
  ofRequestFile([&] {
    for (const auto& each : request.degradations)
      completeValues(catalogue_.degradation(each.id).parameters, each.values, "the request's task " + each.id);
    completeValues(catalogue_.noise(request.noise.id).parameters, request.noise.values,
                   "the request's noise " + request.noise.id);
    completeValues(catalogue_.solver(request.solver).parameters, request.solver_values,
                   "the request's solver " + request.solver);
    completeValues(catalogue_.sampler, request.sampler_values, "the request's sampler");
  });
}

RestoreRequest RequestOptions::given(const std::string& solver, const std::string& preset) const {
  auto request = startingPoint();
  chooseTaskAndSolver(request, solver, preset);
  setDegradationValues(request);
  setFurtherTasks(request);
  setSolverValues(request);
  setTheRest(request);
  checkStoredValues(request);
  return request;
}

void RequestOptions::chooseTaskAndSolver(RestoreRequest& request, const std::string& wanted,
                                         const std::string& preset_id) const {
  const Preset* preset = preset_id.empty() ? nullptr : usage([&] { return &catalogue_.preset(preset_id); });
  const auto chosen = [](const std::string& option, const std::string& of_preset, const std::string& of_request) {
    return !option.empty() ? option : !of_preset.empty() ? of_preset : of_request;
  };
  const auto of_preset = preset ? preset->degradation : std::string();
  if (task_.empty() && of_preset.empty() && request_file_.empty()) {
    throw UsageError(concat("The task is missing: --task ", idsOf(catalogue_.degradations), "."));
  }
  const auto task = chosen(task_, of_preset, request.degradation().id);
  const auto solver = chosen(wanted, preset ? preset->solver : std::string(), request.solver);
  const bool stored_task = task_.empty() && of_preset.empty(), stored_solver = wanted.empty() && preset == nullptr;
  const auto find_task = [&] { return &catalogue_.degradation(task); };
  const auto find_solver = [&] { return &catalogue_.solver(solver); };
  stored_task ? ofRequestFile(find_task) : usage(find_task);
  stored_solver ? ofRequestFile(find_solver) : usage(find_solver);
  // What the request file says of one task or solver means nothing to another.
  const bool other_task = task != request.degradation().id;
  if (other_task) request.degradations = {{task, {}, {}, {}, false}};
  if (other_task || solver != request.solver) {
    request.solver_values.clear();
    request.preset.clear();
  }
  request.solver = solver;
  if (preset) takePreset(request, *preset);
}

/// The preset as it stands, instead of what the request file says of these things.
void RequestOptions::takePreset(RestoreRequest& request, const Preset& preset) const {
  request.preset = preset.id;
  for (const auto& [key, value] : preset.degradation_values) request.degradation().values.erase(key);
  request.solver_values.clear();
  request.sampler_values.clear();
  if (request_file_.empty() || !preset.model.empty()) request.model.clear();
  request = usage([&] { return catalogue_.withPreset(request); });
}

void RequestOptions::setDegradationValues(RestoreRequest& request) const {
  const auto& task = catalogue_.degradation(request.degradation().id);
  for (const auto& flag : degradation_flags_) {
    if (flag.option->count() == 0) continue;
    const auto* spec = findSpec(task.parameters, flag.key);
    if (!spec) {
      std::string known;
      for (const auto& each : task.parameters) known += (known.empty() ? "" : ", ") + flagFromKey(each.key);
      throw UsageError(concat(flag.flag, " does not belong to the task ", task.id, ", which takes ",
                              known.empty() ? "no such option" : known, "."));
    }
    request.degradation().values[flag.key] = usage([&] { return valueFromText(*spec, flag.text); });
  }
  setValues(request.degradation().values, degradation_values_, task.parameters, "--deg", "task " + task.id);
}

void RequestOptions::setFurtherTasks(RestoreRequest& request) const {
  if (then_.empty()) return;
  request.degradations.resize(1);
  for (const auto& text : then_) {
    const auto task = usage([&] { return taskVariant(catalogue_, text); });
    request.degradations.push_back({task.id, task.values, {}, {}, false});
  }
}

/// Mask and kernel are of the first task that takes one.
DegradationChoice& RequestOptions::takerOf(RestoreRequest& request, bool DegradationInfo::*takes) const {
  const auto found = std::find_if(request.degradations.begin(), request.degradations.end(),
                                  [&](const auto& each) { return catalogue_.degradation(each.id).*takes; });
  return found == request.degradations.end() ? request.degradation() : *found;
}

void RequestOptions::setSolverValues(RestoreRequest& request) const {
  const auto& solver = catalogue_.solver(request.solver);
  setValues(request.solver_values, solver_values_, solver.parameters, "--set", "solver " + solver.id);
  for (const auto& flag : sampler_flags_) {
    if (flag.option->count() == 0) continue;
    const auto& spec = specOf(catalogue_.sampler, flag.key, "sampler");
    request.sampler_values[flag.key] = usage([&] { return valueFromText(spec, flag.text); });
  }
  setValues(request.sampler_values, sampler_values_, catalogue_.sampler, "--sampler", "sampler");
}

void RequestOptions::setTheRest(RestoreRequest& request) const {
  const auto given = [&](const char* name) {
    const auto* option = command_.get_option_no_throw(name);
    return option && option->count() > 0;
  };
  if (given("--measured")) request.mode = Mode::Restore;
  if (given("--mask")) takerOf(request, &DegradationInfo::takes_mask).mask = mask_;
  if (given("--kernel")) {
    auto& blur = takerOf(request, &DegradationInfo::takes_kernel);
    blur.kernel = kernel_;
    blur.kernel_turned = false;
  }
  if (given("--noise"))
    request.noise = noise_ == kAutoNoise ? estimatedNoise(request, storedPhoto()) : noiseFromOption(catalogue_, noise_);
  if (given("--seed")) request.seed = seedFrom("--seed", seed_);
  if (given("--measurement-seed")) request.measurement_seed = seedFrom("--measurement-seed", measurement_seed_);
  // Of the two that a run can start from, the one that is given takes the place of the other in a request file.
  if (given("--prompt")) request.embedding.clear();
  if (given("--embedding")) request.prompt.clear();
  if (given("--model")) request.model = model_;
  if (given("--lora")) request.model_options.lora_digest.clear();  // that of another file
  const auto model_values = valuesOf(model_options_);
  for (const auto& spec : modelParameters()) {
    if (given(flagFromKey(spec.key).c_str())) setOption(request.model_options, spec.key, model_values.at(spec.key));
  }
  for (const auto& [key, value] : run_values_) setRunOption(request, key, value);
  if (!request.memory.empty()) usage([&] { return bytesFromText(request.memory); });
}

}  // namespace p2l::cli
