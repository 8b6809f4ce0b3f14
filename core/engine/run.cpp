// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <torch/version.h>

#include <algorithm>
#include <cmath>

#include "core/base/device.h"
#include "core/base/random.h"
#include "core/base/system.h"
#include "core/diffusion/noise_schedule.h"
#include "core/engine/colour_correction.h"
#include "core/engine/measurement.h"
#include "core/engine/sampler.h"
#include "core/engine/snapshot_tap.h"
#include "core/metrics/metric.h"
#include "core/metrics/psnr_ssim.h"
#include "core/metrics/telea.h"
#include "core/models/model_folder.h"
#include "core/nn/text/clip_vision.h"
#include "core/request/crop.h"
#include "core/solvers/solver.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"
#include "core/types/transparency.h"
#include "core/types/version.h"
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
                     measurement_.width, conditioning_.prompt, model_.get(), !inputs_.dump_file.empty(),
                     /*overlap=*/!device_.is_cpu(), [this](const at::Tensor& x) { return residualOf(x); }},
                    observer, control);
    const double begin = control.secondsAtWork();
    at::Tensor z, x;
    DetailEnds ends;
    try {
      z = solve(tap, control);
      control.checkpoint();
      tap.finish();
      x = pictureAtTheEnd(loaded_, request_.sampler_values, z, observer.wantsDetailEnds() ? &ends : nullptr);
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
      if (loaded_.decode_at_the_end && last_z0_hat_.defined()) x = lastDecoding(loaded_, last_z0_hat_);
      outcome_.status = Outcome::Status::Cancelled;
      outcome_.message = concat("Stopped after ", tap.reports().size(), " of ", plan_.size(), " steps",
                                x.defined() ? "" : ": there is no picture yet");
    }
    if (x.defined()) {
      x = onTheData(x);
      remarkOnCorrections();
    }
    outcome_.report.seconds = control.secondsAtWork() - begin;
    outcome_.report.picture_seconds = tap.pictureSeconds();
    outcome_.report.steps = tap.reports();
    if (x.defined()) {
      conclude(x);
      if (ends.sharp.defined()) {
        outcome_.faithful = pictureLikePhoto(corrected(onTheData(ends.faithful)));
        outcome_.sharp = pictureLikePhoto(corrected(onTheData(ends.sharp)));
      }
      if (!inputs_.dump_file.empty()) dump(tap, z.defined() ? z : model_->encode(x), x);
    }
    outcome_.report.peak_memory_mb = peakMemoryMb();
    outcome_.report.peak_device_memory_mb = peakDeviceMemoryMb(device_);
    return std::move(outcome_);
  }

 private:
  /// A dump that cannot be written does not take the picture with it.
  void dump(const SnapshotTap& tap, const at::Tensor& z, const at::Tensor& x) {
    try {
      tap.writeDump(inputs_.dump_file, z, x);
    } catch (const Error& error) {
      std::string sentence = error.what();
      if (sentence.ends_with('.')) sentence.pop_back();
      outcome_.report.remarks.push_back(concat("There is no dump: ", sentence));
    }
  }

  void checkMask() const {
    // As it was cut along; of a chain as it was given.
    const auto measured = request_.degradations.size() == 1 ? measurement_.A->mask() : at::Tensor();
    for (const auto& [mask, kernel] : inputs_.degradations) {
      if (mask.empty()) continue;
      const auto& given = mask->pixels;
      const bool hides = measured.defined()
                             ? !measured.all().item<bool>()
                             : std::any_of(given.begin(), given.end(), [](float sample) { return sample > 0.5f; });
      require(hides, "The mask hides no pixel, so there is nothing to fill: white is missing, black is measured");
    }
  }

  bool givenMask() const {
    return std::any_of(inputs_.degradations.begin(), inputs_.degradations.end(),
                       [](const auto& pictures) { return !pictures.mask.empty(); });
  }

  void prepare() {
    measurement_ = makeMeasurement(request_, inputs_, device_);
    checkMask();
    canvas_height_ = roundUp(measurement_.height, model_->sizeMultiple());
    canvas_width_ = roundUp(measurement_.width, model_->sizeMultiple());
    holes_ = measurement_.pictureMask();
    A_ = onCanvas(std::move(measurement_.A), canvas_height_, canvas_width_);
    plan_ = planOfRun();
    RunReport& report = outcome_.report;
    conditioning_ =
        initialEmbedding(*model_, loaded_.info, request_.prompt, request_.embedding, device_, &report.remarks);
    initial_latent_ = initialLatent();
    report.remarks.insert(report.remarks.end(), loaded_.remarks.begin(), loaded_.remarks.end());
    report.metrics = unknownMetrics();
    report.request = request_;
    report.model = loaded_.info;
    report.versions = versions(device_);
    report.noise_level = measurement_.noise_level;
    remarkOnSettings();
    boundTheResult();
  }

  /// What the settings ask for and this model or device has not.
  void remarkOnSettings() {
    auto& remarks = outcome_.report.remarks;
    const auto& solver = solverEntry(request_.solver);
    if (solver.remark) {
      auto remark = solver.remark(request_.solver_values, static_cast<int>(plan_.size()));
      if (!remark.empty()) remarks.push_back(std::move(remark));
    }
    if (loaded_.info.classes > 0 && request_.prompt.empty() && request_.embedding.empty()) {
      remarks.push_back(concat("The model ", loaded_.info.name, " knows ", loaded_.info.classes,
                               " classes and was never trained without one: the mean of their embeddings stood "
                               "in; give the number of a class as prompt, 0 to ",
                               loaded_.info.classes - 1));
    }
    if (solver.info.uses_image_encoder && !image_encoder_) {
      remarks.push_back(concat("The model ", loaded_.info.name, " has no image encoder: ", request_.solver,
                               " runs without its image term"));
    }
    if (request_.model_options.cuda_graphs && (device_.is_cpu() || loaded_.info.isPixel())) {
      remarks.push_back(concat("cuda_graphs had no effect: they are for latent models on a GPU, and this is ",
                               loaded_.info.isPixel() ? "a model of pixels" : "the CPU"));
    }
    remarkOnPatches(request_.sampler_values, initial_latent_, remarks);
    remarkOnLcm(request_.sampler_values, loaded_, remarks);
    if (numberOf(request_.sampler_values, "detail") > 0.0 && !loaded_.decode_in_detail) {
      remarks.push_back(concat("detail had no effect: the model ", loaded_.info.name, " has no second decoder"));
    }
  }

  /// What there is without a solver: the plain picture, and what the autoencoder leaves of the truth.
  void boundTheResult() {
    RunReport& report = outcome_.report;
    outcome_.baseline = imageFromTensor(measurement_.plain);
    if (measurement_.y.dim() == 4 && measurement_.y.size(1) == 3)
      outcome_.measurement = imageFromTensor(measurement_.y);
    if (!measurement_.truth.defined()) return;
    outcome_.truth = imageFromTensor(measurement_.truth);
    report.psnr_measurement = psnr(measurement_.plain, measurement_.truth);
    report.ssim_measurement = ssim(measurement_.plain, measurement_.truth);
    if (holes_.defined()) {
      report.psnr_telea = psnr(filled(), measurement_.truth);
      report.ssim_telea = ssim(filled(), measurement_.truth);
    }
    if (model_->kind() == ModelKind::Pixel) return;  // no autoencoder, no bound
    const auto round_trip =
        lastDecoding(loaded_, model_->encode(padToCanvas(measurement_.truth, canvas_height_, canvas_width_)));
    report.psnr_autoencoder = psnr(cropTo(round_trip, measurement_.height, measurement_.width), measurement_.truth);
    report.residual_autoencoder = residualOf(round_trip).item<double>();
  }

  /// With the sampler's `start` below 1 the end of a plan that is so much longer.
  std::vector<SamplingStep> planOfRun() {
    constexpr long kMostSteps = 1000;
    const int steps = integerOf(request_.sampler_values, "steps");
    const double start = numberOf(request_.sampler_values, "start");
    const long whole = std::max<long>(steps, std::lround(steps / start));
    require(whole <= kMostSteps, "start ", start, " with ", steps, " steps is the end of a run of ", whole, ", and ",
            kMostSteps, " is the most: take fewer steps or a larger start");
    return planOfSteps(*model_, request_.sampler_values, static_cast<int>(whole), &outcome_.report.remarks);
  }

  /// The plain picture with its holes filled.
  const at::Tensor& filled() {
    if (!filled_.defined()) filled_ = teleaFill(measurement_.plain, holes_).to(device_);
    return filled_;
  }

  /// Where a run with a `start` begins. Grey in the holes would still be seen in its result.
  at::Tensor firstPicture() {
    if (!holes_.defined()) return A_->plainPicture(measurement_.y);
    return padToCanvas(filled(), canvas_height_, canvas_width_);
  }

  at::Tensor initialLatent() {
    const std::vector<std::int64_t> shape{1, model_->latentChannels(), canvas_height_ / model_->pixelsPerLatent(),
                                          canvas_width_ / model_->pixelsPerLatent()};
    if (inputs_.initial_latent_file.empty()) {
      auto generator = makeGenerator(request_.seed, RandomStream::InitialLatent);
      const auto noise = randomNormal(shape, generator).to(device_);
      if (numberOf(request_.sampler_values, "start") == 1.0 || solverEntry(request_.solver).info.own_start)
        return noise;
      return noised(model_->encode(firstPicture()), noise, plan_.front().level);
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
    start.psnr_telea = outcome_.report.psnr_telea;
    start.psnr_autoencoder = outcome_.report.psnr_autoencoder;
    start.measurement = std::make_shared<const Frame>(frameFromTensor(measurement_.plain));
    if (measurement_.truth.defined()) start.truth = std::make_shared<const Frame>(frameFromTensor(measurement_.truth));
    observer.runStarted(start);
  }

  at::Tensor solve(SnapshotTap& tap, RunControl& control) {
    Problem problem{measurement_.y,
                    *A_,
                    *model_,
                    conditioning_,
                    initial_latent_,
                    plan_,
                    stochasticityOf(*model_, request_.sampler_values),
                    makeGenerator(request_.seed, RandomStream::SamplerNoise)};
    problem.noise = measurement_.noise;
    if (image_encoder_) problem.image_feature = [this](const at::Tensor& x) { return (*image_encoder_)(x); };
    const auto solver = solverEntry(request_.solver).make(request_.solver_values);
    return solver->solve(
        problem,
        [&](const StepView& view) {
          tuned_ = view.C;
          if (loaded_.decode_at_the_end) last_z0_hat_ = view.z0_hat;
          tap.step(view);
          if (tap.diverged()) throw Diverged();
        },
        control);
  }

  /// ||y - A x||_2, a scalar on the device.
  at::Tensor residualOf(const at::Tensor& x) const { return at::linalg_vector_norm(measurement_.y - A_->A(x)); }

  bool linear() const {
    return std::all_of(request_.degradations.begin(), request_.degradations.end(),
                       [](const auto& each) { return degradationEntry(each.id).info.linear; });
  }

  /// The sampler's `end_on_data`: argmin ||y - A x'||^2 + (sigma / kappa)^2 ||x' - x||^2, which no autoencoder follows.
  at::Tensor onTheData(const at::Tensor& x) const {
    constexpr double kRoundingNoise = 2.0 / 255.0 / 3.46;  // of photos with 8 bits; no measurement is better by much
    constexpr int kIterations = 50;                        // of blurs: lambda bounds the condition
    const double kappa = numberOf(request_.sampler_values, "end_on_data");
    if (kappa == 0.0 || !linear()) return x;
    const double ratio = std::max(measurement_.noise, kRoundingNoise) / kappa;
    if (A_->hasClosedForm()) return A_->proximalClosedForm(measurement_.y, x, ratio * ratio);
    return proximalByConjugateGradients(*A_, measurement_.y, x, ratio * ratio, kIterations, {});
  }

  /// The measured pixels can be put back. Of tasks in a row the mask does not say which pixels of the picture they are.
  bool measuredAreKnown() const { return request_.degradations.size() == 1 && A_->mask().defined(); }

  /// What the sampler's flags put right of the last picture.
  at::Tensor corrected(at::Tensor x) const {
    // A line of measured pixels has no low-pass: blurs need two of them.
    const bool has_low_pass = std::min(measurement_.y.size(-2), measurement_.y.size(-1)) > 1;
    if (flagOf(request_.sampler_values, "keep_colour") && linear() && has_low_pass)
      x = withColoursOf(*A_, measurement_.y, x, measurement_.noise);
    if (flagOf(request_.sampler_values, "keep_measured") && measuredAreKnown())
      x = A_->At(measurement_.y) + x - A_->AtA(x);
    return x;
  }

  void remarkOnCorrections() {
    auto& remarks = outcome_.report.remarks;
    const auto& values = request_.sampler_values;
    if (numberOf(values, "end_on_data") > 0.0 && !linear())
      remarks.push_back("end_on_data had no effect: it is for linear tasks");
    if (flagOf(values, "keep_colour") && !linear())
      remarks.push_back("keep_colour had no effect: it is for linear tasks");
    if (flagOf(values, "keep_measured")) {
      remarks.push_back(measuredAreKnown() ? kOnlyUnderMask
                                           : "keep_measured had no effect: it is for a single task with a mask");
    }
  }

  Image pictureLikePhoto(const at::Tensor& x) const {
    const auto picture = cropTo(x, measurement_.height, measurement_.width);
    return likePhoto(imageFromTensor(picture), {workingPhoto(request_, inputs_.photo), filledPixels(),
                                                flagOf(request_.sampler_values, "keep_measured")});
  }

  void conclude(at::Tensor x) {
    x = corrected(x);
    outcome_.picture = pictureLikePhoto(x);
    outcome_.report.residual = residualOf(x).item<double>();
    remarkOnDivergence();
    outcome_.embedding = plainEmbedding(tuned_, loaded_.info, request_.prompt);
    if (!measurement_.truth.defined()) return;
    const auto picture = cropTo(x, measurement_.height, measurement_.width);
    outcome_.report.metrics = metricsOfRun(picture, measurement_.truth);
  }

  /// Where the run has filled holes that a person gave, or that a measured photo has: grey, 1 there. A mask drawn on a
  /// good photo does not change what of it can be seen.
  Image filledPixels() const {
    const auto mask = A_->mask();
    const bool whole = mask.defined() && mask.size(-2) == measurement_.height && mask.size(-1) == measurement_.width;
    if (!whole || (!givenMask() && request_.mode != Mode::Restore)) return {};
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

  std::shared_ptr<const DiffusionModel> model_;
  Measurement measurement_;
  std::unique_ptr<Degradation> A_;
  std::int64_t canvas_height_ = 0, canvas_width_ = 0;
  std::vector<SamplingStep> plan_;
  Conditioning conditioning_, tuned_;
  at::Tensor last_z0_hat_;  ///< of the last step, where another decoder than the steps' makes the last picture
  at::Tensor initial_latent_;
  at::Tensor holes_;   ///< of the picture, see Measurement::pictureMask
  at::Tensor filled_;  ///< filled(), once it was asked for
  Outcome outcome_;
};

}  // namespace

std::map<std::string, std::string> versions(at::Device device) {
  return {{"p2l", version()},
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
