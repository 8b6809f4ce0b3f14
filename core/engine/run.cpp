// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <torch/version.h>

#include <chrono>

#include "core/base/random.h"
#include "core/base/system.h"
#include "core/engine/measurement.h"
#include "core/engine/sampler.h"
#include "core/engine/snapshot_tap.h"
#include "core/metrics/psnr_ssim.h"
#include "core/models/model_folder.h"
#include "core/nn/text/clip_vision.h"
#include "core/solvers/solver.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"
#include "core/types/transparency.h"
#include "core/weights/safetensors.h"

namespace p2l {
namespace {

/// Thrown out of a run whose numbers are no longer finite; Run turns it into Outcome::Diverged. A std::exception, as
/// StopRequested is.
struct Diverged : std::exception {
  const char* what() const noexcept override { return "the run diverged"; }
};

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
      x = pictureAtTheEnd(loaded_, request_.sampler_values, z);
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
    if (numberOf(request_.sampler_values, "detail") > 0.0 && !loaded_.decode_in_detail) {
      report.remarks.push_back(concat("detail had no effect: the model ", loaded_.info.name, " has no second decoder"));
    }
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
          kept ? "The measured pixels were put back at the end: only the filled ones are restored"
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

std::map<std::string, std::string> versions(at::Device device) {
  return {{"p2l", P2L_VERSION},
          {"torch", TORCH_VERSION},
          {"device", device.str()},
          {"threads", std::to_string(at::get_num_threads())}};
}

Outcome carryOut(const RestoreRequest& request, const RunInputs& inputs, const LoadedModel& loaded,
                 std::shared_ptr<const ClipVisionModel> image_encoder, at::Device device, std::uint64_t run_id,
                 RunObserver& observer, RunControl& control) {
  return Run(request, inputs, loaded, std::move(image_encoder), device, run_id)(observer, control);
}

}  // namespace p2l
