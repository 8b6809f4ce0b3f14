// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise_schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/types/error.h"

namespace p2l {
namespace {

std::vector<double> betas(const NoiseSchedule::Config& config) {
  const auto count = config.num_train_timesteps;
  if (!config.trained_betas.empty()) return config.trained_betas;
  std::vector<double> beta(count);
  if (config.beta_schedule == "sigmoid") {  // Xu et al., "GeoDiff", 2022, as in diffusers
    for (std::int64_t t = 0; t < count; ++t) {
      const double x = count == 1 ? -6.0 : -6.0 + 12.0 * static_cast<double>(t) / static_cast<double>(count - 1);
      beta[t] = config.beta_start + (config.beta_end - config.beta_start) / (1.0 + std::exp(-x));
    }
    return beta;
  }
  if (config.beta_schedule == "squaredcos_cap_v2") {  // Nichol & Dhariwal 2021
    auto alpha_bar = [](double s) { return std::pow(std::cos((s + 0.008) / 1.008 * std::numbers::pi / 2), 2); };
    for (std::int64_t t = 0; t < count; ++t) {
      beta[t] = std::min(1.0 - alpha_bar((t + 1.0) / count) / alpha_bar(static_cast<double>(t) / count), 0.999);
    }
    return beta;
  }
  const bool scaled = config.beta_schedule == "scaled_linear";  // linear in sqrt(beta), Rombach et al. 2022
  require(scaled || config.beta_schedule == "linear", "The noise schedule `", config.beta_schedule,
          "` is not known; linear, scaled_linear, squaredcos_cap_v2 and sigmoid are");
  const double from = scaled ? std::sqrt(config.beta_start) : config.beta_start;
  const double to = scaled ? std::sqrt(config.beta_end) : config.beta_end;
  for (std::int64_t t = 0; t < count; ++t) {
    const double value =
        count == 1 ? from : from + (to - from) * static_cast<double>(t) / static_cast<double>(count - 1);
    beta[t] = scaled ? value * value : value;
  }
  return beta;
}

/// Lin et al., "Common Diffusion Noise Schedules and Sample Steps are Flawed", 2024, Alg. 1: sqrt(abar) is shifted so
/// that the last one is 0 and stretched so that the first one stays. As in diffusers' EulerDiscreteScheduler the last
/// abar is 2^-24, so that nothing is divided by 0.
void rescaleToZeroSnr(std::vector<double>& alpha_bars) {
  const double first = std::sqrt(alpha_bars.front()), last = std::sqrt(alpha_bars.back());
  require(first > last, "The noise schedule cannot be rescaled to zero SNR: it has one level only");
  for (double& ab : alpha_bars) ab = std::pow((std::sqrt(ab) - last) * first / (first - last), 2);
  alpha_bars.back() = std::ldexp(1.0, -24);
}

}  // namespace

NoiseSchedule::NoiseSchedule(const Config& config) : config_(config) {
  require(config.num_train_timesteps >= 1 && config.num_train_timesteps <= 100000, "The noise schedule has ",
          config.num_train_timesteps, " timesteps; 1 to 100000 were expected");
  require(config.beta_start > 0.0 && config.beta_end < 1.0 && config.beta_start <= config.beta_end,
          "The noise schedule runs from beta ", config.beta_start, " to ", config.beta_end,
          "; 0 < start <= end < 1 was expected");
  require(config.trained_betas.empty() ||
              static_cast<std::int64_t>(config.trained_betas.size()) == config.num_train_timesteps,
          "The noise schedule has ", config.trained_betas.size(), " trained betas for ", config.num_train_timesteps,
          " timesteps");
  double product = 1.0;
  for (const double beta : betas(config)) alpha_bars_.push_back(product *= 1.0 - beta);
  if (config.rescale_betas_zero_snr) rescaleToZeroSnr(alpha_bars_);
}

double NoiseSchedule::alphaBar(std::int64_t timestep) const {
  return alpha_bars_.at(static_cast<std::size_t>(timestep));
}

double NoiseSchedule::finalAlphaBar() const {
  return config_.set_alpha_to_one ? 1.0 : alpha_bars_.front();
}

Level NoiseSchedule::levelAt(double t) const {
  const auto last = static_cast<double>(alpha_bars_.size() - 1);
  require(t >= 0.0 && t <= last, "The timestep ", t, " is not between 0 and ", last);
  const auto below = static_cast<std::size_t>(t);
  const double share = t - static_cast<double>(below);
  if (share == 0.0) return Level::variancePreserving(t, alpha_bars_[below]);
  return Level::variancePreserving(t, (1.0 - share) * alpha_bars_[below] + share * alpha_bars_[below + 1]);
}

namespace {

/// The training timesteps of `steps` steps, largest first.
std::vector<std::int64_t> planTimesteps(const NoiseSchedule::Config& config, std::int64_t steps,
                                        const std::string& spacing) {
  const auto train = config.num_train_timesteps;
  std::vector<std::int64_t> timesteps;
  for (std::int64_t i = 0; i < steps; ++i) {
    const auto left = steps - 1 - i;
    if (spacing == "leading") {
      // Not left * (T / N): that stride is rounded down, and the plan would begin far below T where N does not divide
      // T.
      timesteps.push_back(std::min(left * train / steps + config.steps_offset, train - 1));
    } else if (spacing == "trailing") {
      // numpy's and Python's round half to even, as diffusers has it.
      const double position = static_cast<double>(train) - i * (static_cast<double>(train) / steps);
      timesteps.push_back(static_cast<std::int64_t>(std::nearbyint(position)) - 1);
    } else {
      const double share = steps == 1 ? 1.0 : static_cast<double>(left) / (steps - 1);
      timesteps.push_back(static_cast<std::int64_t>(std::nearbyint(share * (train - 1))));
    }
  }
  return timesteps;
}

}  // namespace

namespace {

/// Of LCM's plan: `steps` of the timesteps of DDIM's steps that the model was distilled on, largest first.
std::vector<std::int64_t> consistencyTimesteps(const NoiseSchedule::Config& config, std::int64_t steps) {
  const auto origin = config.consistency.original_steps;
  require(origin >= 1 && origin <= config.num_train_timesteps, "LCM was distilled on ", origin, " steps of ",
          config.num_train_timesteps, " timesteps; fewer steps than timesteps were expected");
  require(steps <= origin, "LCM was asked for ", steps, " steps; 1 to ", origin,
          " are possible, of which 4 to 8 are usual: take fewer steps, a larger start, or lcm=off");
  const auto stride = config.num_train_timesteps / origin;
  const double skip = static_cast<double>(origin) / static_cast<double>(steps);
  std::vector<std::int64_t> timesteps;
  for (std::int64_t i = 0; i < steps; ++i)
    timesteps.push_back((origin - static_cast<std::int64_t>(static_cast<double>(i) * skip)) * stride - 1);
  return timesteps;
}

}  // namespace

std::vector<SamplingStep> samplingPlan(const NoiseSchedule& schedule, int steps, const std::string& chosen) {
  const auto& spacing = chosen == "model" ? schedule.config().timestep_spacing : chosen;
  const bool lcm = spacing == "lcm";
  const auto train = schedule.config().num_train_timesteps;
  require(steps >= 1 && steps <= train, "The sampler was asked for ", steps, " steps; 1 to ", train, " are possible");
  require(lcm || spacing == "leading" || spacing == "trailing" || spacing == "linspace", "The timestep spacing `",
          spacing, "` is not known; leading, trailing, linspace and lcm are: choose one of them");
  const auto timesteps =
      lcm ? consistencyTimesteps(schedule.config(), steps) : planTimesteps(schedule.config(), steps, spacing);
  const double last = lcm ? 1.0 : schedule.finalAlphaBar();
  std::vector<SamplingStep> plan;
  for (int i = 0; i < steps; ++i) {
    const auto levelOf = [&](int step) { return schedule.levelAt(static_cast<double>(timesteps[step])); };
    plan.push_back({steps - i, levelOf(i), i + 1 < steps ? levelOf(i + 1) : Level::variancePreserving(0.0, last)});
  }
  return plan;
}

at::Tensor tweedie(const at::Tensor& z_t, const at::Tensor& eps, const Level& level) {
  return (z_t - level.noise * eps) / level.signal;
}

at::Tensor ddimStep(const at::Tensor& z0, const at::Tensor& eps, const SamplingStep& step, double eta,
                    const at::Tensor& noise) {
  const auto& [t, signal, sigma] = step.level;
  const auto& [next_t, next_signal, next_sigma] = step.next;
  if (std::isinf(eta)) return noised(z0, noise, step.next);
  const double kept = signal / next_signal * next_sigma;
  const double fresh =
      eta == 0.0 ? 0.0 : eta * next_sigma / sigma * std::sqrt(std::max(0.0, sigma * sigma - kept * kept));
  const double old = fresh == 0.0 ? next_sigma : std::sqrt(std::max(0.0, next_sigma * next_sigma - fresh * fresh));
  auto z_prev = next_signal * z0 + old * eps;
  return fresh > 0.0 ? z_prev + fresh * noise : z_prev;
}

at::Tensor noised(const at::Tensor& z0, const at::Tensor& eps, const Level& level) {
  return level.signal * z0 + level.noise * eps;
}

at::Tensor noiseFromPrediction(const at::Tensor& prediction, const at::Tensor& z_t, const Level& level,
                               PredictionType type) {
  switch (type) {
    case PredictionType::Epsilon:
      return prediction;
    case PredictionType::VPrediction:  // v = sqrt(abar) eps - sqrt(1 - abar) z0 (Salimans & Ho 2022)
      return level.signal * prediction + level.noise * z_t;
    case PredictionType::Sample:
      return (z_t - level.signal * prediction) / level.noise;
  }
  return prediction;
}

}  // namespace p2l
