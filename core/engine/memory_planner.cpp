// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/memory_planner.h"

#include <algorithm>

#include "core/base/device.h"
#include "core/engine/measurement.h"
#include "core/models/footprint.h"
#include "core/models/model_folder.h"
#include "core/models/pixel_model.h"
#include "core/request/crop.h"
#include "core/types/error.h"

namespace p2l {
namespace {

// Measured on the CPU (tests/app/cli/commands/memory_test.cpp and tests/memory check them).
constexpr double kProgram = 214.0 * 1024 * 1024;   // a process that has loaded the libraries and run a network
constexpr double kOnDevice = 500.0 * 1024 * 1024;  // CUDA's context and workspaces
// In float32: y, truth, intermediates of A and of the data step; more where a gradient goes through them, and where the
// model's own variables are pictures.
constexpr double kPictures = 24.0, kPicturesOfPixelModel = 72.0, kPicturesWithGradient = 60.0, kPicturesInUNet = 30.0;

double numbersOf(const TensorMap& tensors) {
  double numbers = 0.0;
  for (const auto& [name, tensor] : tensors) {
    double product = 1.0;
    for (const auto side : tensor.shape()) product *= static_cast<double>(side);
    numbers += product;
  }
  return numbers;
}

bool isFloat32(const TensorMap& tensors) {
  return std::all_of(tensors.begin(), tensors.end(), [](const auto& each) {
    return each.second.file->entries().at(each.second.key).type == at::kFloat;
  });
}

bool isHalf(const ModelOptions& options) {
  return options.precision == "bf16" || options.precision == "fp16";
}

}  // namespace

MemoryPlanner::MemoryPlanner(const ModelFiles& files, const SolverInfo& solver, const RestoreRequest& request,
                             bool on_cpu)
    : request_(request),
      autoencoder_(files.isPixel()                 ? nullptr
                   : files.fast_autoencoder.config ? files.fast_autoencoder.config
                                                   : files.autoencoder.config),
      last_autoencoder_(files.fast_autoencoder.config ? files.autoencoder.config : nullptr),
      name_(files.name),
      on_cpu_(on_cpu) {
  if (files.isPixel()) {
    unet_ = pixelUnetFootprint(files);
    multiple_ = pixelModelSizes(files).size_multiple;
  } else {
    const auto config = UNet2DConditionModel::Config::fromJson(*files.unet.config);
    unet_ = [config](std::int64_t h, std::int64_t w, const FootprintOptions& how) {
      return unetFootprint(config, h, w, how);
    };
    factor_ = pixelsPerLatent(*autoencoder_);
    multiple_ = factor_ << (config.block_out_channels.size() - 1);
  }
  const auto work = solver.work(request.solver_values, integerOf(request.sampler_values, "steps"));
  gradient_ = work.network_gradient > 0.0;
  gradient_of_encoder_ = work.encode_gradient > 0.0;
  gradient_of_decoder_ = work.decode_gradient > 0.0;
  if (choiceOf(request.sampler_values, "patches") != "none") patch_ = integerOf(request.sampler_values, "patch_size");
  const auto guidance = request.sampler_values.find("guidance");
  guided_twice_ = guidance != request.sampler_values.end() && std::get<double>(guidance->second) != 1.0;
  numbers_.networks = numbersOf(files.unet.tensors());
  if (files.isPixel()) return;
  numbers_.networks += numbersOf(files.autoencoder.tensors());
  if (last_autoencoder_) numbers_.networks += numbersOf(files.fast_autoencoder.tensors());
  const auto text = files.text_encoder.tensors();
  if (on_cpu && !isFloat32(text)) numbers_.text_copies = numbersOf(text);
}

MemoryEstimate MemoryPlanner::estimate(std::int64_t width, std::int64_t height, const ModelOptions& options) const {
  const double bytes = isHalf(options) ? 2.0 : 4.0;
  const auto h = roundUp(height, multiple_) / factor_, w = roundUp(width, multiple_) / factor_;
  const FootprintOptions how{options.checkpointing, options.vae_tiling, on_cpu_ && !isHalf(options),
                             on_cpu_ && isHalf(options)};
  const bool patched = patch_ > 0 && std::max(h, w) > patch_;
  auto unet = unet_(patched ? std::min(h, patch_) : h, patched ? std::min(w, patch_) : w, how);
  if (patched) unet.kept = 0.0;  // patches forget their activations
  if (guided_twice_) {           // eps of the null text and eps of C are both differentiated
    unet.peak += unet.kept;
    unet.kept *= 2.0;
  }
  const auto vae = autoencoder_ ? autoencoderFootprint(*autoencoder_, h, w, how) : AutoencoderFootprint();

  const double picture = 3.0 * 4.0 * static_cast<double>(factor_ * factor_ * h * w);
  double numbers = std::max({unet.plain, vae.decode.plain, vae.encode.plain});
  if (last_autoencoder_) numbers = std::max(numbers, autoencoderFootprint(*last_autoencoder_, h, w, how).decode.plain);
  if (gradient_of_decoder_) numbers = std::max(numbers, vae.decode.peak);
  if (gradient_) {
    // The decoder's pictures are gone when the gradient goes on through a UNet of latents.
    const double gone = autoencoder_ ? (kPicturesWithGradient - kPicturesInUNet) * picture / bytes : 0.0;
    numbers = std::max({numbers, unet.peak - gone, unet.kept + vae.decode.peak});
    const double refined = options.encoder_refinements * (vae.decode.kept + vae.encode.kept);
    if (gradient_of_encoder_) numbers = std::max(numbers, unet.kept + vae.decode.kept + refined + vae.encode.peak);
  }
  MemoryEstimate estimate;
  estimate.program = on_cpu_ ? kProgram : kOnDevice;
  estimate.weights = numbers_.networks * bytes + numbers_.text_copies * 4.0;
  estimate.activations = numbers * bytes;
  estimate.pictures = picture * (gradient_ ? kPicturesWithGradient : autoencoder_ ? kPictures : kPicturesOfPixelModel);
  return estimate;
}

bool MemoryPlanner::tilingHelps(std::int64_t width, std::int64_t height) const {
  if (!autoencoder_) return false;
  ModelOptions tiled = request_.model_options, whole = tiled;
  tiled.vae_tiling = true;
  whole.vae_tiling = false;
  return estimate(width, height, tiled).total() < estimate(width, height, whole).total();
}

std::int64_t MemoryPlanner::largestSquare(double budget, const ModelOptions& options) const {
  std::int64_t side = 0;
  while (side < 16384 && estimate(side + multiple_, side + multiple_, options).total() <= budget) side += multiple_;
  return side;
}

std::vector<ModelOptions> MemoryPlanner::choices(const ModelOptions& asked) const {
  const bool exact =
      autoencoder_ && tilesAreExact(*autoencoder_) && (!last_autoencoder_ || tilesAreExact(*last_autoencoder_));
  return memoryChoices(asked, exact, on_cpu_);
}

MemoryPlan MemoryPlanner::plan(std::int64_t width, std::int64_t height, double budget) const {
  const auto choices = this->choices(request_.model_options);
  const auto asked = estimate(width, height, choices.front()).total();
  const bool may_tile = request_.model_options.vae_tiling || tilingHelps(width, height);
  MemoryPlan smallest{choices.front(), estimate(width, height, choices.front()), {}};
  for (const auto& options : choices) {
    if (options.vae_tiling && !may_tile) continue;
    MemoryPlan plan{options, estimate(width, height, options), {}};
    if (plan.estimate.total() < smallest.estimate.total()) smallest = plan;
    if (plan.estimate.total() > budget) continue;
    plan.remark = concat("Within ", textFromBytes(budget), ": ", describeMemoryOptions(options), ", about ",
                         textFromBytes(plan.estimate.total()));
    if (options != choices.front())
      plan.remark +=
          concat(" (", describeMemoryOptions(choices.front()), " would need about ", textFromBytes(asked), ")");
    return plan;
  }
  const auto side = largestSquare(budget, smallest.options);
  throw Error(concat(name_, " needs about ", textFromBytes(smallest.estimate.total()), " for ", width, " x ", height,
                     " pixels even with ", describeMemoryOptions(smallest.options), ", more than the ",
                     textFromBytes(budget), " allowed; ",
                     side > 0 ? concat("with these, ", side, " x ", side, " pixels would fit")
                              : concat("the networks alone take ", textFromBytes(smallest.estimate.weights))));
}

std::string MemoryPlanner::advice(std::int64_t width, std::int64_t height, const ModelOptions& options_now) const {
  const auto needed = estimate(width, height, options_now).total();
  auto text = concat("The run needs about ", textFromBytes(needed), " for ", width, " x ", height, " pixels");
  const bool may_tile = options_now.vae_tiling || tilingHelps(width, height);
  MemoryPlan smallest{options_now, estimate(width, height, options_now), {}};
  for (const auto& options : choices(options_now)) {
    if (options.vae_tiling && !may_tile) continue;
    const auto each = estimate(width, height, options);
    if (each.total() < 0.95 * smallest.estimate.total()) smallest = {options, each, {}};
  }
  if (smallest.options == options_now) return text + "; a smaller picture needs less";
  return text + concat("; with ", describeMemoryOptions(smallest.options), " about ",
                       textFromBytes(smallest.estimate.total()), ", and a smaller picture needs less");
}

MemoryPlanner memoryPlanner(const std::string& model_path, const SolverInfo& solver, const RestoreRequest& completed) {
  const auto files = findModelFiles(model_path, completed.model_options);
  return MemoryPlanner(files, solver, completed, deviceFromName(completed.device).is_cpu());
}

std::pair<std::int64_t, std::int64_t> fullSize(const RestoreRequest& completed, std::int64_t width,
                                               std::int64_t height) {
  const auto [w, h] = workingSize(completed, static_cast<int>(width), static_cast<int>(height));
  return {pictureSide(completed, w), pictureSide(completed, h)};
}

}  // namespace p2l
