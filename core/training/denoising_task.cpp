// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/denoising_task.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/full.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randn_like.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/tensor.h>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/tensor/image_tensor.h"
#include "core/training/captions.h"
#include "core/training/training_files.h"

namespace p2l {
namespace {

constexpr std::uint64_t kMeasureSeed = 1;
constexpr double kMeasuredLevels[] = {0.05, 0.2, 0.4, 0.7};  // t / T
constexpr double kShownLevel = 0.4;

at::Tensor noised(const at::Tensor& z, const at::Tensor& eps, const at::Tensor& alpha_bar) {
  return at::sqrt(alpha_bar) * z + at::sqrt(1.0 - alpha_bar) * eps;
}

}  // namespace

at::Tensor DenoisingTask::alphaBars(const at::Tensor& timesteps) const {
  std::vector<float> values;
  for (std::int64_t i = 0; i < timesteps.size(0); ++i)
    values.push_back(static_cast<float>(schedule_.alphaBar(timesteps[i].item<std::int64_t>())));
  return at::tensor(values, at::kFloat).view({-1, 1, 1, 1});
}

at::Tensor DenoisingTask::loss(const at::Tensor& crops, at::Generator& generator, TrainingNumbers& numbers) const {
  at::Tensor z_t, eps, timesteps, weight;
  std::vector<std::string> captions;
  {
    const at::NoGradGuard no_grad;
    const auto z = encode(crops);
    timesteps = at::randint(0, schedule_.config().num_train_timesteps, {crops.size(0)}, generator, at::kLong);
    eps = randomNormal(z.sizes(), generator);
    const auto alpha_bar = alphaBars(timesteps);
    z_t = noised(z, eps, alpha_bar);
    const auto snr = alpha_bar / (1.0 - alpha_bar);
    weight = snr.clamp_max(request_.min_snr) / snr;
    for (std::int64_t i = 0; i < crops.size(0); ++i)
      captions.push_back(randomUniform(generator) < request_.null_prompts ? "" : captionOf(crops[i]));
  }
  const auto squared = (predict(z_t, timesteps, captions) - eps).square();
  numbers["eps"] = squared.mean().item<double>();
  return (weight * squared).mean();
}

TrainingNumbers DenoisingTask::measure(const std::vector<at::Tensor>& photos,
                                       std::vector<TrainingPicture>& pictures) const {
  TrainingNumbers numbers;
  const auto total = static_cast<double>(schedule_.config().num_train_timesteps);
  for (const auto& photo : photos) {
    const auto z = encode(photo);
    auto generator = makeGenerator(kMeasureSeed, RandomStream::Training);
    const auto eps = randomNormal(z.sizes(), generator);
    for (const double level : kMeasuredLevels) {
      const auto timesteps = at::full({1}, static_cast<std::int64_t>(level * total), at::kLong);
      const auto alpha_bar = alphaBars(timesteps);
      const auto z_t = noised(z, eps, alpha_bar);
      const auto prediction = predict(z_t, timesteps, {captionOf(photo[0])});
      numbers[concat("eps at ", level, " T")] +=
          (prediction - eps).square().mean().item<double>() / static_cast<double>(photos.size());
      if (level != kShownLevel) continue;
      const auto z0_hat = tweedie(z_t, prediction, alpha_bar.item<double>());
      pictures.push_back({imageFromTensor(decode(z)), "clean"});
      pictures.push_back({imageFromTensor(decode(z_t)), concat("noised, t = ", level, " T")});
      pictures.push_back({imageFromTensor(decode(z0_hat)), "denoised in one step"});
    }
  }
  return numbers;
}

}  // namespace p2l
