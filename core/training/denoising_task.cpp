// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/denoising_task.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/full.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randn_like.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <algorithm>

#include "core/base/random.h"
#include "core/models/schedule_config.h"
#include "core/tensor/image_tensor.h"
#include "core/training/captions.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr std::uint64_t kMeasureSeed = 1;
constexpr double kMeasuredLevels[] = {0.05, 0.2, 0.4, 0.7};  // t / T
constexpr double kShownLevel = 0.4;
constexpr double kLowLevels = 0.35;  // of T
constexpr int kSamples = 6;
constexpr int kLargestSampleSide = 128;
constexpr std::int64_t kSampleSteps = 20;

at::Tensor noised(const at::Tensor& z, const at::Tensor& eps, const at::Tensor& alpha_bar) {
  return at::sqrt(alpha_bar) * z + at::sqrt(1.0 - alpha_bar) * eps;
}

}  // namespace

NoiseSchedule DenoisingTask::scheduleOfNoisePrediction(const JsonConfig& scheduler) {
  scheduler.expectText("prediction_type", "epsilon");
  return NoiseSchedule(scheduleConfig(scheduler));
}

std::string DenoisingTask::caption(const at::Tensor& picture) const {
  return request_.captions == TrainingRequest::Captions::Regions ? regionCaptionOf(picture) : captionOf(picture);
}

at::Tensor DenoisingTask::alphaBars(const at::Tensor& timesteps) const {
  std::vector<float> values;
  for (std::int64_t i = 0; i < timesteps.size(0); ++i)
    values.push_back(static_cast<float>(schedule_.alphaBar(timesteps[i].item<std::int64_t>())));
  return at::tensor(values, at::kFloat).view({-1, 1, 1, 1}).to(device_);
}

at::Tensor DenoisingTask::drawTimesteps(std::int64_t count, at::Generator& generator) const {
  auto timesteps = at::randint(0, schedule_.config().num_train_timesteps, {count}, generator, at::kLong);
  if (request_.low_levels == 0.0) return timesteps;
  auto* t = timesteps.data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < count; ++i) {
    if (randomUniform(generator) < request_.low_levels)
      t[i] = static_cast<std::int64_t>(kLowLevels * static_cast<double>(t[i]));
  }
  return timesteps;
}

at::Tensor DenoisingTask::loss(const at::Tensor& crops, at::Generator& generator, TrainingNumbers& numbers) const {
  at::Tensor z_t, eps, timesteps, weight;
  std::vector<std::string> captions;
  {
    const at::NoGradGuard no_grad;
    const auto z = encode(crops).to(at::kFloat);
    timesteps = drawTimesteps(crops.size(0), generator);
    eps = randomNormal(z.sizes(), generator).to(device_);
    const auto alpha_bar = alphaBars(timesteps);
    z_t = noised(z, eps, alpha_bar);
    const auto snr = alpha_bar / (1.0 - alpha_bar);
    weight = snr.clamp_max(request_.min_snr) / snr;
    const auto seen = crops.to(at::kCPU);  // a caption is many small sums
    const bool by_regions = request_.captions == TrainingRequest::Captions::Regions;
    for (std::int64_t i = 0; i < crops.size(0); ++i) {
      const bool none = randomUniform(generator) < request_.null_prompts;
      captions.push_back(none ? "" : by_regions ? shortenedRegionCaptionOf(seen[i], generator) : captionOf(seen[i]));
    }
  }
  const auto squared = (predict(z_t, timesteps, captions) - eps).square();
  numbers["eps"] = squared.mean().item<double>();
  return (weight * squared).mean();
}

/// By DDIM without fresh noise, as the solvers go. The second half begins at the noise of the first, so that what a
/// prompt does can be seen.
void DenoisingTask::addSamples(const std::vector<std::string>& captions, std::vector<TrainingPicture>& pictures) const {
  const bool has_prompts = request_.part == TrainingRequest::Part::Latent;
  std::vector<std::string> prompts(kSamples);
  for (int i = kSamples / 2; has_prompts && i < kSamples; ++i)
    prompts[i] = captions[static_cast<std::size_t>(i - kSamples / 2) % captions.size()];
  const auto side = std::min(kLargestSampleSide, 2 * request_.crop);  // few, small samples: they cost time
  const auto shape = encode(at::zeros({1, 3, side, side}, device_)).sizes().vec();
  auto generator = makeGenerator(kMeasureSeed, RandomStream::InitialLatent);
  auto z = randomNormal({kSamples, shape[1], shape[2], shape[3]}, generator).to(device_);
  if (has_prompts) z.narrow(0, kSamples / 2, kSamples / 2).copy_(z.narrow(0, 0, kSamples / 2));
  const auto steps = std::min(kSampleSteps, schedule_.config().num_train_timesteps);
  for (const auto& step : samplingPlan(schedule_, static_cast<int>(steps), "model")) {
    const auto eps = predict(z, at::full({kSamples}, static_cast<std::int64_t>(step.level.t), at::kLong), prompts);
    z = ddimStep(tweedie(z, eps, step.level), eps, step);
  }
  const auto x = decode(z);
  for (int i = 0; i < kSamples; ++i)
    pictures.push_back({imageFromTensor(x.narrow(0, i, 1)), concat("sample, ", steps, " steps\n", prompts[i])});
}

TrainingNumbers DenoisingTask::measure(const std::vector<at::Tensor>& photos,
                                       std::vector<TrainingPicture>& pictures) const {
  auto show = [&](const at::Tensor& z, const std::string& caption) {
    pictures.push_back({imageFromTensor(decode(z)), caption});
  };
  TrainingNumbers numbers;
  std::vector<std::string> captions;
  for (const auto& photo : photos) captions.push_back(caption(photo[0].to(at::kCPU)));
  addSamples(captions, pictures);
  const auto total = static_cast<double>(schedule_.config().num_train_timesteps);
  for (std::size_t i = 0; i < photos.size(); ++i) {
    const auto z = encode(photos[i]);
    auto generator = makeGenerator(kMeasureSeed, RandomStream::Training);
    const auto eps = randomNormal(z.sizes(), generator).to(device_);
    for (const double level : kMeasuredLevels) {
      const auto timesteps = at::full({1}, static_cast<std::int64_t>(level * total), at::kLong);
      const auto alpha_bar = alphaBars(timesteps);
      const auto z_t = noised(z, eps, alpha_bar);
      const auto prediction = predict(z_t, timesteps, {captions[i]});
      numbers[concat("eps at ", level, " T")] +=
          (prediction - eps).square().mean().item<double>() / static_cast<double>(photos.size());
      if (level != kShownLevel) continue;
      const auto z0_hat = tweedie(z_t, prediction, Level::variancePreserving(0.0, alpha_bar.item<double>()));
      show(z, "clean");
      show(z_t, concat("noised, t = ", level, " T"));
      show(z0_hat, "denoised in one step");
    }
  }
  return numbers;
}

}  // namespace p2l
