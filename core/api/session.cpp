// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/session.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <filesystem>
#include <new>

#include "core/api/measure.h"
#include "core/api/models.h"
#include "core/api/presets.h"
#include "core/base/device.h"
#include "core/base/system.h"
#include "core/engine/analysis.h"
#include "core/engine/measurement.h"
#include "core/engine/memory_planner.h"
#include "core/engine/run.h"
#include "core/engine/sampler.h"
#include "core/engine/self_test.h"
#include "core/engine/snapshot_tap.h"
#include "core/engine/timings.h"
#include "core/io/resources.h"
#include "core/models/graphed_function.h"
#include "core/models/model_folder.h"
#include "core/nn/text/clip_vision.h"
#include "core/solvers/solver.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

constexpr double kMiB = 1024.0 * 1024.0;

bool isOutOfMemory(const std::exception& error) {
  const std::string text = error.what();
  return dynamic_cast<const std::bad_alloc*>(&error) || text.find("out of memory") != std::string::npos ||
         text.find("can't allocate memory") != std::string::npos || text.find("not enough memory") != std::string::npos;
}

/// torch's messages carry a stack trace after the first line.
std::string firstLine(const std::exception& error) {
  const std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

/// As ModelOptions::lora_digest has them.
std::string digestsOf(const ModelInfo& info) {
  std::string digests;
  for (const auto& lora : info.loras) digests += (digests.empty() ? "" : " ") + lora.sha256;
  return digests;
}

/// Published values are for the model that they were published with.
std::string ownPresetInPlace(const Catalogue& catalogue, const RestoreRequest& request) {
  const auto& presets = catalogue.presets;
  const auto chosen =
      std::find_if(presets.begin(), presets.end(), [&](const auto& each) { return each.id == request.preset; });
  if (chosen == presets.end() || !chosen->model.empty() || isOwnPreset(*chosen)) return {};
  const auto* own = catalogue.defaultPreset(request);
  if (own == nullptr || own->model.empty()) return {};
  return concat("The preset ", chosen->id, " is for any model; ", own->model, " has one of its own for this, ",
                own->id);
}

}  // namespace

struct Session::Impl {
  Catalogue catalogue;
  LoadedModel loaded;
  std::shared_ptr<const ClipVisionModel> image_encoder;
  std::string loaded_folder, loaded_device;
  ModelOptions loaded_options;
  std::map<std::pair<std::int64_t, std::int64_t>, NetworkTimes> network_times;  ///< of the loaded model, by its sizes

  const NetworkTimes& networkTimesAt(at::Device device, std::int64_t width, std::int64_t height) {
    const auto multiple = loaded.model->sizeMultiple();
    const auto side = [&](std::int64_t wanted) {
      const auto most = std::max<std::int64_t>(loaded.info.training_size, multiple);
      return roundUp(std::clamp(wanted, multiple, most), multiple);
    };
    const std::pair size(side(width), side(height));
    auto& times = network_times[size];
    if (times.pixels == 0.0) times = p2l::networkTimes(loaded, device, size.second, size.first);
    return times;
  }

  const LoadedModel& load(const std::string& name_or_folder, const std::string& device_name,
                          const ModelOptions& options) {
    const auto folder = modelPath(catalogue, name_or_folder);
    const auto device = deviceFromName(device_name);
    setDeviceMath(device, options.precision == "tf32");
    auto identity = options;
    if (loaded.model && digestsOf(loaded.info) == options.lora_digest) identity.lora_digest.clear();
    if (!loaded.model || loaded_folder != folder || loaded_device != device.str() || loaded_options != identity) {
      network_times.clear();
      loaded = {};  // first, so that two models never lie in memory
      image_encoder.reset();
      loaded = p2l::loadModel(folder, device, options);
      loaded_folder = folder;
      loaded_options = options;
      loaded_options.lora_digest.clear();  // it was checked
      loaded_device = device.str();
    }
    return loaded;
  }

  MemoryPlanner planner(const RestoreRequest& completed) const {
    return memoryPlanner(modelPath(catalogue, completed.model), catalogue.solver(completed.solver), completed);
  }

  /// Chooses the model options that keep a completed request within its memory. @return what was chosen and why;
  /// nothing where there is no limit @throws Error when nothing fits
  std::string fitToMemory(RestoreRequest& completed, const Image& photo) const {
    if (completed.memory.empty()) return {};
    const auto [width, height] = fullSize(completed, photo.width, photo.height);
    const auto plan = planner(completed).plan(width, height, bytesFromText(completed.memory));
    completed.model_options = plan.options;
    return plan.remark;
  }

  /// What a person stated beside the preset goes before it, and is said; so is a preset of published values on a model
  /// that has one of its own.
  void tellDepartures(RunReport& report) const {
    const auto changed = catalogue.departures(report.request);
    const auto better = ownPresetInPlace(catalogue, report.request);
    for (const auto& sentence : {better, changed}) {
      if (!sentence.empty()) report.remarks.insert(report.remarks.begin(), sentence);
    }
  }

  /// The image encoder of the loaded model, or null: read when it is first wanted.
  std::shared_ptr<const ClipVisionModel> imageEncoder(at::Device device) {
    if (!image_encoder) image_encoder = loadImageEncoder(loaded_folder, device);
    return image_encoder;
  }
};

Session::Session(Catalogue catalogue) : impl_(std::make_unique<Impl>()) {
  keepFreedMemory();
  impl_->catalogue = std::move(catalogue);
}

Session::~Session() = default;

const Catalogue& Session::catalogue() const {
  return impl_->catalogue;
}

ModelInfo Session::loadModel(const std::string& name_or_folder, const std::string& device,
                             const ModelOptions& options) {
  return impl_->load(name_or_folder, device, options).info;
}

void Session::selfTest(const std::string& name_or_folder, const std::string& device_name, const ModelOptions& options,
                       const SelfTestSink& sink) {
  const auto device = deviceFromName(device_name);
  const bool exact = options.precision.empty() || options.precision == "fp32";
  const auto on_cpu =
      device.is_cpu() ? LoadedModel{} : p2l::loadModel(modelPath(impl_->catalogue, name_or_folder), at::kCPU, options);
  auto check = [&](const ModelOptions& with) {
    const LoadedModel& loaded = impl_->load(name_or_folder, device_name, with);
    const auto stored = fs::path(resourceFolder()) / "selftest" / (loaded.info.name + ".safetensors");
    const bool embedded = options == ModelOptions{} && fs::exists(stored) &&
                          loaded.info.folder == fs::canonical(fs::path(resourceFolder()) / "models" / loaded.info.name);
    const bool graphs = with.cuda_graphs && !options.cuda_graphs;
    runSelfTest({*loaded.model, on_cpu.model.get(), device, embedded ? stored.string() : std::string(), exact, graphs},
                sink);
    return !loaded.info.isPixel() && deviceGraphs(device);
  };
  auto with_graphs = options;
  with_graphs.cuda_graphs = true;
  if (check(options) && !options.cuda_graphs) check(with_graphs);
}

Outcome Session::roundTrip(const RestoreRequest& request, const RunInputs& inputs) {
  const at::NoGradGuard no_grad;
  auto completed = impl_->catalogue.complete(request);
  impl_->fitToMemory(completed, inputs.photo);
  const LoadedModel& loaded = impl_->load(completed.model, completed.device, completed.model_options);
  const auto device = deviceFromName(completed.device);
  auto outcome = p2l::roundTrip(completed, inputs, *loaded.model, device);
  outcome.report.model = loaded.info;
  outcome.report.versions = versions(device);
  return outcome;
}

std::map<std::string, double> Session::networkSeconds(const std::string& name_or_folder, const std::string& device,
                                                      const ModelOptions& options, int size, int repeat) {
  const at::NoGradGuard no_grad;
  const LoadedModel& loaded = impl_->load(name_or_folder, device, options);
  return p2l::networkSeconds(*loaded.model, deviceFromName(device), size, repeat);
}

NetworkTimes Session::networkTimes(const std::string& name_or_folder, const std::string& device,
                                   const ModelOptions& options, std::int64_t width, std::int64_t height) {
  const at::NoGradGuard no_grad;
  impl_->load(name_or_folder, device, options);
  return impl_->networkTimesAt(deviceFromName(device), width, height);
}

TimeEstimate Session::estimateTime(const RestoreRequest& request, int width, int height) {
  auto completed = impl_->catalogue.complete(request);
  impl_->fitToMemory(completed, Image(width, height, 1));
  const auto [full_width, full_height] = fullSize(completed, width, height);
  const auto times = networkTimes(completed.model, completed.device, completed.model_options, full_width, full_height);
  return expectedTime(impl_->catalogue.solver(completed.solver), completed, impl_->loaded.info, full_width, full_height,
                      times);
}

std::vector<RoundTrip> Session::roundTrips(const RestoreRequest& request, const RunInputs& inputs, int trips, bool glue,
                                           RunControl& control) {
  const at::NoGradGuard no_grad;
  const auto completed = impl_->catalogue.complete(request);
  const LoadedModel& loaded = impl_->load(completed.model, completed.device, completed.model_options);
  return p2l::roundTrips(completed, inputs, trips, glue, *loaded.model, deviceFromName(completed.device), control);
}

Outcome Session::run(const RestoreRequest& request, const RunInputs& inputs, RunObserver& observer, RunControl& control,
                     std::uint64_t run_id) {
  const at::NoGradGuard no_grad;
  auto completed = impl_->catalogue.complete(request);
  const auto device = deviceFromName(completed.device);
  const auto [width, height] = fullSize(completed, inputs.photo->width, inputs.photo->height);
  const auto planner = impl_->planner(completed);
  const auto chosen = impl_->fitToMemory(completed, inputs.photo);
  Outcome outcome;
  try {
    const LoadedModel& loaded = impl_->load(completed.model, completed.device, completed.model_options);
    impl_->catalogue.requireFit(completed, loaded.info);
    auto encoder = solverEntry(completed.solver).info.uses_image_encoder ? impl_->imageEncoder(device) : nullptr;
    outcome = carryOut(completed, inputs, loaded, std::move(encoder), device, run_id, observer, control);
    outcome.report.request.model_options.lora_digest = digestsOf(loaded.info);
    impl_->tellDepartures(outcome.report);
    outcome.report.estimated_memory_mb = planner.estimate(width, height, completed.model_options).total() / kMiB;
    if (!chosen.empty()) outcome.report.remarks.push_back(chosen);
    return outcome;
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    outcome.status = isOutOfMemory(error) ? Outcome::Status::OutOfMemory : Outcome::Status::Failed;
    outcome.message = isOutOfMemory(error)
                          ? "There was not enough memory. " + planner.advice(width, height, completed.model_options)
                          : "The run failed: " + firstLine(error);
  }
  outcome.report.request = completed;
  return outcome;
}

Frame Session::pictureOf(const Latent& latent) {
  const at::NoGradGuard no_grad;
  require(impl_->loaded.model != nullptr, "No model is loaded that could decode the latent");
  const auto& model = *impl_->loaded.model;
  const auto factor = model.pixelsPerLatent();
  require(latent.channels == model.latentChannels() && latent.height * factor >= latent.picture_height &&
              latent.width * factor >= latent.picture_width &&
              latent.halves.size() == std::size_t(latent.channels) * latent.height * latent.width,
          "The latent of ", latent.channels, " x ", latent.height, " x ", latent.width, " is not of the model ",
          impl_->loaded.info.name);
  const auto z = at::from_blob(const_cast<std::uint16_t*>(latent.halves.data()),
                               {1, latent.channels, latent.height, latent.width}, at::kHalf)
                     .to(deviceFromName(impl_->loaded_device), at::kFloat);
  return frameFromTensor(cropTo(model.decode(z), latent.picture_height, latent.picture_width));
}

int Session::sample(const SampleRequest& request, const SampleSink& sink, RunControl& control,
                    std::vector<std::string>* remarks) {
  const at::NoGradGuard no_grad;
  const auto values = completeValues(impl_->catalogue.sampler, request.sampler_values, "sampler");
  const LoadedModel& loaded = impl_->load(request.model, request.device, request.model_options);
  if (remarks) *remarks = loaded.remarks;
  return samplePictures(request, values, loaded, deviceFromName(request.device), sink, control, remarks);
}

void setThreadCount(int n) {
  require(n >= 1 && n <= 1024, "The count of threads is ", n, "; 1 to 1024 was expected");
  at::set_num_threads(n);
}

}  // namespace p2l
