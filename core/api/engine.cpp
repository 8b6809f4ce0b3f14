// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/engine.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <torch/version.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <new>

#include "core/api/models.h"
#include "core/api/presets.h"
#include "core/base/device.h"
#include "core/base/random.h"
#include "core/base/system.h"
#include "core/engine/analysis.h"
#include "core/engine/measurement.h"
#include "core/engine/memory_planner.h"
#include "core/engine/sampler.h"
#include "core/engine/self_test.h"
#include "core/engine/snapshot_tap.h"
#include "core/engine/timings.h"
#include "core/io/resources.h"
#include "core/metrics/psnr_ssim.h"
#include "core/metrics/telea.h"
#include "core/models/model_folder.h"
#include "core/nn/text/clip_vision.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"
#include "core/types/transparency.h"
#include "core/weights/safetensors.h"

namespace p2l {
namespace fs = std::filesystem;
namespace {

constexpr double kMiB = 1024.0 * 1024.0;

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

std::map<std::string, std::string> versions(at::Device device) {
  return {{"p2l", P2L_VERSION},
          {"torch", TORCH_VERSION},
          {"device", device.str()},
          {"threads", std::to_string(at::get_num_threads())}};
}

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

}  // namespace

struct Engine::Impl {
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
    if (times.pixels == 0.0) times = p2l::networkTimes(*loaded.model, device, size.second, size.first);
    return times;
  }

  const LoadedModel& load(const std::string& name_or_folder, const std::string& device_name,
                          const ModelOptions& options) {
    const auto folder = modelPath(catalogue, name_or_folder);
    const auto device = deviceFromName(device_name);
    setDeviceMath(device, options.precision == "tf32");
    if (!loaded.model || loaded_folder != folder || loaded_device != device.str() || loaded_options != options) {
      network_times.clear();
      loaded = {};  // first, so that two models never lie in memory
      image_encoder.reset();
      loaded = p2l::loadModel(folder, device, options);
      loaded_folder = folder;
      loaded_options = options;
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

  /// What a person stated beside the preset goes before it, and is said.
  void tellDepartures(RunReport& report) const {
    const auto changed = catalogue.departures(report.request);
    if (!changed.empty()) report.remarks.insert(report.remarks.begin(), changed);
  }

  /// The image encoder of the loaded model, or null: read when it is first wanted.
  std::shared_ptr<const ClipVisionModel> imageEncoder(at::Device device) {
    if (!image_encoder) image_encoder = loadImageEncoder(loaded_folder, device);
    return image_encoder;
  }
};

namespace {

/// Thrown out of a run whose numbers are no longer finite; Run turns it into Outcome::Diverged. A std::exception, as
/// StopRequested is.
struct Diverged : std::exception {
  const char* what() const noexcept override { return "the run diverged"; }
};

/// A run from the prepared problem to the outcome: the part of Engine::run that may be stopped.
class Run {
 public:
  /// @param image_encoder null where the model has none, or the solver does not use it
  Run(const RestoreRequest& request, const RunInputs& inputs, const LoadedModel& loaded,
      std::shared_ptr<const ClipVisionModel> image_encoder, at::Device device, std::uint64_t run_id)
      : request_(request),
        inputs_(inputs),
        loaded_(loaded),
        image_encoder_(std::move(image_encoder)),
        device_(device),
        run_id_(run_id) {}

  Outcome operator()(RunObserver& observer, RunControl& control) {
    model_ = modelForSampler(loaded_.model, request_.sampler_values, control);
    prepare();
    announce(observer);
    SnapshotTap tap({run_id_, static_cast<int>(plan_.size()), measurement_.truth, measurement_.height,
                     measurement_.width, prompt_embedding_, model_.get(), !inputs_.dump_file.empty(),
                     /*overlap=*/!device_.is_cpu(), [this](const at::Tensor& x) { return residualOf(x); }},
                    observer, control);
    const auto begin = std::chrono::steady_clock::now();
    at::Tensor z, x;
    try {
      z = solve(tap, control);
      control.checkpoint();
      tap.finish();
      x = model_->decode(z);
      if (!at::isfinite(x).all().item<bool>()) throw Diverged();
      outcome_.status = Outcome::Status::Completed;
    } catch (const Diverged&) {
      tap.finish();
      z.reset();
      x = tap.lastFiniteEstimate();
      outcome_.status = Outcome::Status::Diverged;
      outcome_.message = divergence(tap);
    } catch (const StopRequested&) {
      tap.finish();
      x = tap.lastEstimate();
      outcome_.status = Outcome::Status::Cancelled;
      outcome_.message = concat("Stopped after ", tap.reports().size(), " of ", plan_.size(), " steps");
    }
    outcome_.report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    outcome_.report.picture_seconds = tap.pictureSeconds();
    outcome_.report.steps = tap.reports();
    if (x.defined()) {
      conclude(x);
      if (!inputs_.dump_file.empty()) tap.writeDump(inputs_.dump_file, z.defined() ? z : model_->encode(x), x);
    }
    outcome_.report.peak_memory_mb = peakMemoryMb();
    return std::move(outcome_);
  }

 private:
  void checkMask() const {
    if (inputs_.mask.empty()) return;
    const auto& given = inputs_.mask.pixels;
    const auto measured = request_.then.empty() ? measurement_.A->mask() : at::Tensor();  // as it was cut along
    const bool hides = measured.defined()
                           ? !measured.all().item<bool>()
                           : std::any_of(given.begin(), given.end(), [](float sample) { return sample > 0.5f; });
    require(hides, "The mask hides no pixel, so there is nothing to fill: white is missing, black is measured");
  }

  void prepare() {
    measurement_ = makeMeasurement(request_, inputs_, device_);
    checkMask();
    canvas_height_ = roundUp(measurement_.height, model_->sizeMultiple());
    canvas_width_ = roundUp(measurement_.width, model_->sizeMultiple());
    A_ = onCanvas(std::move(measurement_.A), canvas_height_, canvas_width_);
    plan_ = samplingPlan(model_->schedule(), integerOf(request_.sampler_values, "steps"),
                         choiceOf(request_.sampler_values, "spacing"));
    RunReport& report = outcome_.report;
    prompt_embedding_ =
        initialEmbedding(*model_, loaded_.info, request_.prompt, request_.embedding, device_, &report.remarks);
    initial_latent_ = initialLatent();
    report.remarks.insert(report.remarks.end(), loaded_.remarks.begin(), loaded_.remarks.end());
    report.request = request_;
    report.model = loaded_.info;
    report.versions = versions(device_);
    report.noise_level = measurement_.noise_level;
    const auto& solver = solverEntry(request_.solver);
    if (solver.remark) {
      auto remark = solver.remark(request_.solver_values, static_cast<int>(plan_.size()));
      if (!remark.empty()) report.remarks.push_back(std::move(remark));
    }
    if (loaded_.info.classes > 0 && request_.prompt.empty() && request_.embedding.empty()) {
      report.remarks.push_back(concat("The model ", loaded_.info.name, " knows ", loaded_.info.classes,
                                      " classes and was never trained without one: the mean of their embeddings stood "
                                      "in; give the number of a class as prompt, 0 to ",
                                      loaded_.info.classes - 1));
    }
    if (solver.info.uses_image_encoder && !image_encoder_) {
      report.remarks.push_back(concat("The model ", loaded_.info.name, " has no image encoder: ", request_.solver,
                                      " runs without its image term"));
    }
    if (request_.model_options.cuda_graphs && (device_.is_cpu() || loaded_.info.pixel)) {
      report.remarks.push_back(concat("cuda_graphs had no effect: they are for latent models on a GPU, and this is ",
                                      loaded_.info.pixel ? "a model of pixels" : "the CPU"));
    }
    remarkOnPatches(request_.sampler_values, initial_latent_, report.remarks);
    outcome_.baseline = imageFromTensor(measurement_.plain);
    if (measurement_.y.dim() == 4 && measurement_.y.size(1) == 3)
      outcome_.measurement = imageFromTensor(measurement_.y);
    if (!measurement_.truth.defined()) return;
    outcome_.truth = imageFromTensor(measurement_.truth);
    report.psnr_measurement = psnr(measurement_.plain, measurement_.truth);
    report.ssim_measurement = ssim(measurement_.plain, measurement_.truth);
    if (model_->isPixelModel()) return;  // no autoencoder, no bound
    const auto round_trip =
        model_->decode(model_->encode(padToCanvas(measurement_.truth, canvas_height_, canvas_width_)));
    report.psnr_autoencoder = psnr(cropTo(round_trip, measurement_.height, measurement_.width), measurement_.truth);
    report.residual_autoencoder = residualOf(round_trip).item<double>();
  }

  at::Tensor initialLatent() const {
    const std::vector<std::int64_t> shape{1, model_->latentChannels(), canvas_height_ / model_->pixelsPerLatent(),
                                          canvas_width_ / model_->pixelsPerLatent()};
    if (inputs_.initial_latent_file.empty()) {
      auto generator = makeGenerator(request_.seed, RandomStream::InitialLatent);
      return randomNormal(shape, generator).to(device_);
    }
    const auto z = SafetensorsFile::open(inputs_.initial_latent_file)->tensor("z");
    require(z.sizes() == at::IntArrayRef(shape), inputs_.initial_latent_file, ": z has shape ", z.sizes(),
            "; this run needs ", at::IntArrayRef(shape));
    return z.to(device_, at::kFloat, /*non_blocking=*/false, /*copy=*/true);
  }

  void announce(RunObserver& observer) const {
    RunStart start;
    start.run_id = run_id_;
    start.steps = static_cast<int>(plan_.size());
    start.noise_level = measurement_.noise_level;
    start.psnr_measurement = outcome_.report.psnr_measurement;
    start.psnr_autoencoder = outcome_.report.psnr_autoencoder;
    start.measurement = std::make_shared<const Frame>(frameFromTensor(measurement_.plain));
    if (measurement_.truth.defined()) start.truth = std::make_shared<const Frame>(frameFromTensor(measurement_.truth));
    observer.runStarted(start);
  }

  at::Tensor solve(SnapshotTap& tap, RunControl& control) {
    Problem problem{measurement_.y,
                    *A_,
                    *model_,
                    prompt_embedding_,
                    initial_latent_,
                    plan_,
                    numberOf(request_.sampler_values, "eta"),
                    makeGenerator(request_.seed, RandomStream::SamplerNoise)};
    problem.noise = request_.noise;
    if (image_encoder_) problem.image_feature = [this](const at::Tensor& x) { return (*image_encoder_)(x); };
    const auto solver = solverEntry(request_.solver).make(request_.solver_values);
    return solver->solve(
        problem,
        [&](const StepView& view) {
          tuned_embedding_ = view.prompt_embedding;
          tap.step(view);
          if (tap.diverged()) throw Diverged();
        },
        control);
  }

  /// ||y - A x||_2, a scalar on the device.
  at::Tensor residualOf(const at::Tensor& x) const { return at::linalg_vector_norm(measurement_.y - A_->A(x)); }

  void conclude(at::Tensor x) {
    if (flagOf(request_.sampler_values, "keep_measured")) {
      // Of two tasks in a row the mask does not say which pixels of the picture were measured.
      const bool kept = request_.then.empty() && A_->mask().defined();
      if (kept) x = A_->At(measurement_.y) + x - A_->AtA(x);
      outcome_.report.remarks.push_back(
          kept ? "The measured pixels were put back in the end: only the filled ones are restored"
               : "keep_measured had no effect: it is for a single task with a mask");
    }
    const auto picture = cropTo(x, measurement_.height, measurement_.width);
    outcome_.picture = likePhoto(imageFromTensor(picture), {workingPhoto(request_, inputs_.photo), filledPixels(),
                                                            flagOf(request_.sampler_values, "keep_measured")});
    outcome_.report.residual = residualOf(x).item<double>();
    remarkOnDivergence();
    outcome_.embedding = plainEmbedding(tuned_embedding_, loaded_.info, request_.prompt);
    if (!measurement_.truth.defined()) return;
    outcome_.report.psnr = psnr(picture, measurement_.truth);
    outcome_.report.ssim = ssim(picture, measurement_.truth);
  }

  /// Where the run has filled holes that a person gave, or that a measured photo has: grey, 1 there. A mask drawn on a
  /// good photo does not change what of it can be seen.
  Image filledPixels() const {
    const auto mask = A_->mask();
    const bool whole = mask.defined() && mask.size(-2) == measurement_.height && mask.size(-1) == measurement_.width;
    if (!whole || (inputs_.mask.empty() && request_.mode != Mode::Restore)) return {};
    Image filled(static_cast<int>(measurement_.width), static_cast<int>(measurement_.height), 1);
    const auto missing = (1.0 - mask).to(at::kCPU, at::kFloat).contiguous();
    std::copy_n(missing.const_data_ptr<float>(), filled.pixels.size(), filled.pixels.begin());
    return filled;
  }

  std::string divergence(const SnapshotTap& tap) const {
    const auto shown = tap.lastFiniteEstimate().defined()
                           ? concat("; the picture is the estimate of step ", tap.lastFiniteStep())
                           : "";
    return concat("The run diverged in step ", tap.reports().size(), " of ", plan_.size(),
                  ": the estimate holds NaN or infinite values", shown, ". Try ", remedy());
  }

  /// A latent that has run away may still give a picture: one that fits far worse than x = 0, which is grey.
  void remarkOnDivergence() {
    constexpr double kFarWorse = 3.0;
    const auto grey = at::linalg_vector_norm(measurement_.y).item<double>() + measurement_.noise_level;
    if (outcome_.status != Outcome::Status::Completed || outcome_.report.residual <= kFarWorse * grey) return;
    outcome_.report.remarks.push_back(
        concat("The run diverged: a grey picture would fit the measurement better; try ", remedy()));
  }

  /// What helps a run that diverges: "a smaller rho, a smaller lr, or more steps".
  std::string remedy() const {
    std::string text;
    for (const auto& remedy : solverEntry(request_.solver).remedies(request_.solver_values)) text += remedy + ", ";
    return text.empty() ? "more steps" : text + "or more steps";
  }

  const RestoreRequest& request_;
  const RunInputs& inputs_;
  const LoadedModel& loaded_;
  std::shared_ptr<const ClipVisionModel> image_encoder_;
  at::Device device_;
  std::uint64_t run_id_;

  std::shared_ptr<const LatentModel> model_;
  Measurement measurement_;
  std::unique_ptr<Degradation> A_;
  std::int64_t canvas_height_ = 0, canvas_width_ = 0;
  std::vector<SamplingStep> plan_;
  at::Tensor prompt_embedding_, initial_latent_, tuned_embedding_;
  Outcome outcome_;
};

}  // namespace

Engine::Engine() : impl_(std::make_unique<Impl>()) {
  keepFreedMemory();
  Catalogue& catalogue = impl_->catalogue;
  for (const auto& entry : degradationEntries()) catalogue.degradations.push_back(entry.info);
  for (const auto& entry : solverEntries()) catalogue.solvers.push_back(entry.info);
  catalogue.sampler = samplerParameters();
  catalogue.models = embeddedModels();
  catalogue.presets = readPresets(catalogue, &catalogue.warnings);
}

Engine::~Engine() = default;

const Catalogue& Engine::catalogue() const {
  return impl_->catalogue;
}

ModelInfo Engine::loadModel(const std::string& name_or_folder, const std::string& device, const ModelOptions& options) {
  return impl_->load(name_or_folder, device, options).info;
}

void Engine::selfTest(const std::string& name_or_folder, const std::string& device_name, const ModelOptions& options,
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
    return !loaded.info.pixel && !device.is_cpu();
  };
  auto with_graphs = options;
  with_graphs.cuda_graphs = true;
  if (check(options) && !options.cuda_graphs) check(with_graphs);
}

Outcome Engine::degrade(const RestoreRequest& request, const RunInputs& inputs, bool with_telea) {
  const at::NoGradGuard no_grad;
  const auto completed = impl_->catalogue.complete(request);
  const auto m = makeMeasurement(completed, inputs, at::kCPU);
  Outcome outcome;
  outcome.status = Outcome::Status::Completed;
  outcome.report.request = completed;
  impl_->tellDepartures(outcome.report);
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

Outcome Engine::plainBaseline(const RestoreRequest& request, const RunInputs& inputs) {
  const at::NoGradGuard no_grad;
  auto outcome = p2l::plainBaseline(impl_->catalogue.complete(request), inputs);
  outcome.report.versions = versions(at::kCPU);
  return outcome;
}

Outcome Engine::roundTrip(const RestoreRequest& request, const RunInputs& inputs) {
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

std::map<std::string, double> Engine::networkSeconds(const std::string& name_or_folder, const std::string& device,
                                                     const ModelOptions& options, int size, int repeat) {
  const at::NoGradGuard no_grad;
  const LoadedModel& loaded = impl_->load(name_or_folder, device, options);
  return p2l::networkSeconds(*loaded.model, deviceFromName(device), size, repeat);
}

NetworkTimes Engine::networkTimes(const std::string& name_or_folder, const std::string& device,
                                  const ModelOptions& options, std::int64_t width, std::int64_t height) {
  const at::NoGradGuard no_grad;
  impl_->load(name_or_folder, device, options);
  return impl_->networkTimesAt(deviceFromName(device), width, height);
}

TimeEstimate Engine::estimateTime(const RestoreRequest& request, int width, int height) {
  auto completed = impl_->catalogue.complete(request);
  impl_->fitToMemory(completed, Image(width, height, 1));
  const auto [full_width, full_height] = fullSize(completed, width, height);
  const auto times = networkTimes(completed.model, completed.device, completed.model_options, full_width, full_height);
  return expectedTime(impl_->catalogue.solver(completed.solver), completed, impl_->loaded.info, full_width, full_height,
                      times);
}

Outcome Engine::judge(const RestoreRequest& request, const RunInputs& inputs, const Image& picture) {
  const at::NoGradGuard no_grad;
  return p2l::judge(impl_->catalogue.complete(request), inputs, picture);
}

std::vector<RoundTrip> Engine::roundTrips(const RestoreRequest& request, const RunInputs& inputs, int trips, bool glue,
                                          RunControl& control) {
  const at::NoGradGuard no_grad;
  const auto completed = impl_->catalogue.complete(request);
  const LoadedModel& loaded = impl_->load(completed.model, completed.device, completed.model_options);
  return p2l::roundTrips(completed, inputs, trips, glue, *loaded.model, deviceFromName(completed.device), control);
}

Outcome Engine::run(const RestoreRequest& request, const RunInputs& inputs, RunObserver& observer, RunControl& control,
                    std::uint64_t run_id) {
  const at::NoGradGuard no_grad;
  auto completed = impl_->catalogue.complete(request);
  const auto device = deviceFromName(completed.device);
  const auto [width, height] = fullSize(completed, inputs.photo.width, inputs.photo.height);
  const auto planner = impl_->planner(completed);
  const auto chosen = impl_->fitToMemory(completed, inputs.photo);
  Outcome outcome;
  try {
    const LoadedModel& loaded = impl_->load(completed.model, completed.device, completed.model_options);
    impl_->catalogue.requireFit(completed, loaded.info);
    auto encoder = solverEntry(completed.solver).info.uses_image_encoder ? impl_->imageEncoder(device) : nullptr;
    outcome = Run(completed, inputs, loaded, std::move(encoder), device, run_id)(observer, control);
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

int Engine::sample(const SampleRequest& request, const SampleSink& sink, RunControl& control,
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
