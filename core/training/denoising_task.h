// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/device.h"
#include "core/diffusion/noise_schedule.h"
#include "core/training/training_task.h"
#include "core/weights/json_config.h"

namespace p2l {

/// Training of a noise prediction network, in latents or in pixels.
///
///   z_t = sqrt(abar_t) z + sqrt(1 - abar_t) eps,  t uniform, eps ~ N(0, I)
///   loss = mean min(SNR_t, gamma) / SNR_t ||eps - eps_theta(z_t, t, c)||^2,  SNR_t = abar_t / (1 - abar_t)
///
/// The weights are those of Hang et al. 2023 (min-SNR) for noise prediction.
class DenoisingTask : public TrainingTask {
 public:
  at::Tensor loss(const at::Tensor& crops, at::Generator& generator, TrainingNumbers& numbers) const override;
  /// The mean squared error of the noise at four noise levels. The pictures: six samples from fixed noise, half of them
  /// of the photos' captions where the network has prompts; then what the network makes of each photo at the third.
  TrainingNumbers measure(const std::vector<at::Tensor>& photos, std::vector<TrainingPicture>& pictures) const override;

 protected:
  DenoisingTask(const TrainingRequest& request, const NoiseSchedule& schedule)
      : request_(request), device_(deviceFromName(request.device)), schedule_(schedule) {}

  /// What is noised, of pictures [B, 3, H, W] and the way back. Without gradients.
  virtual at::Tensor encode(const at::Tensor& x) const = 0;
  virtual at::Tensor decode(const at::Tensor& z) const = 0;
  /// eps_theta. @param timesteps [B], of the CPU @param captions one for each, of networks that have prompts
  virtual at::Tensor predict(const at::Tensor& z_t, const at::Tensor& timesteps,
                             const std::vector<std::string>& captions) const = 0;

  TrainingRequest request_;
  at::Device device_;

  /// The schedule that a config states. @throws Error unless the network predicts the noise
  static NoiseSchedule scheduleOfNoisePrediction(const JsonConfig& scheduler);

 private:
  std::string caption(const at::Tensor& picture) const;
  void addSamples(const std::vector<std::string>& captions, std::vector<TrainingPicture>& pictures) const;
  at::Tensor drawTimesteps(std::int64_t count, at::Generator& generator) const;  // [count]
  at::Tensor alphaBars(const at::Tensor& timesteps) const;                       // [B, 1, 1, 1]

  NoiseSchedule schedule_;
};

}  // namespace p2l
