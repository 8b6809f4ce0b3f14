// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/pixel_model.h"

#include <ATen/ops/full.h>

#include <cmath>
#include <type_traits>

#include "core/nn/unet/adm_unet.h"
#include "core/nn/unet/unet2d.h"
#include "core/types/catalogue_rows.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr std::int64_t kChannels = 3;

bool isAdm(const ModelFiles& files) {
  return files.unet.config->text("_class_name", "") == "AdmUNet";
}

UNet2DModel::Config unetConfigOf(const JsonConfig& json) {
  auto config = UNet2DModel::Config::fromJson(json);
  if (config.in_channels != kChannels) json.refuse("in_channels", "3 (red, green, blue)");
  return config;
}

/// The network by its config, and what of it a model needs.
template <class Unet>
PixelModel::Parts partsOf(const typename Unet::Config& config, Weights& weights, bool checkpointing) {
  const auto unet = std::make_shared<const Unet>(config, WeightScope(weights), checkpointing);
  PixelModel::Parts parts;
  parts.skipped = weights.finish();
  parts.size_multiple = unet->sizeMultiple();
  parts.parameters = weights.taken();
  if constexpr (std::is_same_v<Unet, AdmUNet>) {
    parts.classes = static_cast<int>(config.classes);
    parts.network = [unet](const at::Tensor& x_t, double t, const at::Tensor& label) { return (*unet)(x_t, t, label); };
  } else {
    parts.network = [unet](const at::Tensor& x_t, double t, const at::Tensor&) { return (*unet)(x_t, t); };
  }
  return parts;
}

/// The bound that the scheduler puts on the estimate; 0: none. diffusers clips where the config does not say.
double clipOf(const JsonConfig& scheduler) {
  if (!scheduler.flag("clip_sample", true)) return 0.0;
  const double range = scheduler.number("clip_sample_range", 1.0);
  if (!(range > 0.0) || range > 100.0) scheduler.refuse("clip_sample_range", "a positive number up to 100");
  return range;
}

}  // namespace

PixelModel::PixelModel(Parts parts, const NoiseSchedule& schedule, double clip, at::ScalarType type, at::Device device)
    : parts_(std::move(parts)), schedule_(schedule), clip_(clip), type_(type), device_(device) {}

at::Tensor PixelModel::predictNoise(const at::Tensor& x_t, const Level& level, const Conditioning& C) const {
  const auto prediction =
      parts_.network(x_t.to(type_), level.t, C.prompt.flatten().narrow(0, 0, 1)).narrow(1, 0, kChannels).to(at::kFloat);
  const auto eps = noiseFromPrediction(prediction, x_t, level, schedule_.config().prediction_type);
  if (clip_ == 0.0) return eps;
  return (x_t - level.signal * tweedie(x_t, eps, level).clamp(-clip_, clip_)) / level.noise;
}

Conditioning PixelModel::embedPrompt(const std::string& prompt) const {
  const double label = parts_.classes > 0 ? classOfPrompt(prompt, parts_.classes) : 0;
  return at::full({1, 1, 1}, label, at::TensorOptions(device_).dtype(at::kFloat));
}

PixelModelSizes pixelModelSizes(const ModelFiles& files) {
  auto multiple = [](const auto& widths) { return std::int64_t{1} << (widths.size() - 1); };
  if (isAdm(files)) {
    const auto config = AdmUNet::Config::fromJson(*files.unet.config);
    return {multiple(config.level_channels), config.image_size, "AdmUNet", static_cast<int>(config.classes)};
  }
  const auto config = unetConfigOf(*files.unet.config);
  return {multiple(config.block_out_channels), config.sample_size, "UNet2DModel"};
}

std::function<Footprint(std::int64_t height, std::int64_t width, const FootprintOptions&)> pixelUnetFootprint(
    const ModelFiles& files) {
  const auto of = [](const auto& config) {
    return [config](std::int64_t h, std::int64_t w, const FootprintOptions& how) {
      return unetFootprint(config, h, w, how);
    };
  };
  if (isAdm(files)) return of(AdmUNet::Config::fromJson(*files.unet.config));
  return of(unetConfigOf(*files.unet.config));
}

std::shared_ptr<const PixelModel> loadPixelModel(const ModelFiles& files, const NoiseSchedule& schedule,
                                                 at::ScalarType type, bool checkpointing, at::Device device) {
  Weights weights(files.unet.tensors(), device, type);
  const auto& json = *files.unet.config;
  auto parts = isAdm(files) ? partsOf<AdmUNet>(AdmUNet::Config::fromJson(json), weights, checkpointing)
                            : partsOf<UNet2DModel>(unetConfigOf(json), weights, checkpointing);
  return std::make_shared<const PixelModel>(std::move(parts), schedule, clipOf(*files.scheduler), type, device);
}

}  // namespace p2l
