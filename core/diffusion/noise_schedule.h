// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/diffusion/level.h"

namespace p2l {

/// What a diffusion network predicts.
enum class PredictionType { Epsilon, VPrediction, Sample };

/// How latent consistency models (Luo et al. 2023) are sampled, as diffusers' LCMScheduler states it.
struct Consistency {
  bool distilled = false;            ///< the model is one: its scheduler is an LCMScheduler
  std::int64_t original_steps = 50;  ///< DDIM steps that it was distilled on; its timesteps are some of theirs
  double timestep_scaling = 10.0;    ///< s of the boundary condition
};

/// The variance-preserving noise schedule: z_t = sqrt(abar_t) z_0 + sqrt(1 - abar_t) eps. Kept in float64.
class NoiseSchedule {
 public:
  /// As diffusers' scheduler_config.json states it.
  struct Config {
    std::int64_t num_train_timesteps = 1000;
    double beta_start = 0.00085;
    double beta_end = 0.012;
    std::string beta_schedule = "scaled_linear";  ///< linear, scaled_linear, squaredcos_cap_v2, sigmoid
    std::vector<double> trained_betas;            ///< num_train_timesteps of them, in place of the formula; or none
    bool rescale_betas_zero_snr = false;          ///< the last timestep is noise alone
    bool set_alpha_to_one = false;                ///< abar_prev of the last step: 1, or abar of timestep 0
    std::int64_t steps_offset = 1;                ///< added by "leading" spacing
    PredictionType prediction_type = PredictionType::Epsilon;
    std::string timestep_spacing = "leading";
    Consistency consistency;
  };

  explicit NoiseSchedule(const Config& config);

  const Config& config() const { return config_; }
  /// abar_t, t in [0, num_train_timesteps).
  double alphaBar(std::int64_t timestep) const;
  /// abar of the point that the last step goes to.
  double finalAlphaBar() const;
  /// Between two timesteps interpolated; t in [0, num_train_timesteps - 1].
  Level levelAt(double t) const;

 private:
  Config config_;
  std::vector<double> alpha_bars_;
};

/// One step of the sampler's plan.
struct SamplingStep {
  int paper_t = 0;  ///< the paper's t: N, N - 1, ..., 1
  Level level;      ///< of z_t
  Level next;       ///< of z_{t-1}
};

/// The plan of N steps, in the order they are run.
/// @param spacing "leading": floor(i T / N) + steps_offset, at most T - 1; "trailing": round(T - i T / N) - 1;
/// "linspace": round(i (T - 1) / (N - 1)), and T - 1 for a single step (diffusers' names). "lcm": N of the
/// Consistency::original_steps timesteps, as LCMScheduler takes them; z_{t-1} of the last step is clean. "model": the
/// one of the schedule's config. abar_prev is that of the plan's next timestep, after the last one finalAlphaBar().
/// Where N divides T, leading and trailing are diffusers' plans; docs/solvers.md says how others differ.
/// @throws Error unless 1 <= steps <= num_train_timesteps.
std::vector<SamplingStep> samplingPlan(const NoiseSchedule& schedule, int steps, const std::string& spacing);

/// Tweedie (Eq. 14): z0_hat = (z_t - noise eps) / signal.
at::Tensor tweedie(const at::Tensor& z_t, const at::Tensor& eps, const Level& level);

/// The DDIM step from z0 and eps (Eq. 15; Song et al. 2021, Eq. 12 for eta > 0), with ' for the next level:
/// signal' z0 + sqrt(noise'^2 - s^2) eps + s n, s = eta (noise' / noise) sqrt(noise^2 - (signal / signal')^2 noise'^2),
/// which is eta times the posterior's deviation. An infinite eta makes all noise fresh, as LCM has it: s = noise'.
/// n, `noise`, may be undefined for eta 0.
at::Tensor ddimStep(const at::Tensor& z0, const at::Tensor& eps, const SamplingStep& step, double eta = 0.0,
                    const at::Tensor& noise = {});

/// z0 at a level: signal z0 + noise eps.
at::Tensor noised(const at::Tensor& z0, const at::Tensor& eps, const Level& level);

/// The network's output as a noise prediction.
at::Tensor noiseFromPrediction(const at::Tensor& prediction, const at::Tensor& z_t, const Level& level,
                               PredictionType type);

}  // namespace p2l
