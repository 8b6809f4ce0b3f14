// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/diffusion/noise_schedule.h"
#include "core/types/error.h"

namespace p2l {
namespace {

TEST(NoiseSchedule, StableDiffusionsValues) {
  const NoiseSchedule schedule{NoiseSchedule::Config{}};
  // diffusers 0.42.1, DDIMScheduler(beta_schedule="scaled_linear", 0.00085, 0.012).alphas_cumprod in float64 arithmetic
  EXPECT_NEAR(schedule.alphaBar(0), 0.99915, 1e-12);
  double product = 1.0;
  for (int t = 0; t < 1000; ++t) {
    const double root = std::sqrt(0.00085) + (std::sqrt(0.012) - std::sqrt(0.00085)) * t / 999.0;
    product *= 1.0 - root * root;
    ASSERT_NEAR(schedule.alphaBar(t), product, 1e-14);
  }
  EXPECT_NEAR(schedule.alphaBar(999), 0.00466009, 1e-8);
  EXPECT_EQ(schedule.finalAlphaBar(), schedule.alphaBar(0));
}

TEST(SamplingPlan, LeadingIsStableDiffusions) {
  const NoiseSchedule schedule{NoiseSchedule::Config{}};
  const auto plan = samplingPlan(schedule, 50, "leading");
  ASSERT_EQ(plan.size(), 50u);
  EXPECT_EQ(plan.front().level.t, 981);
  EXPECT_EQ(plan.back().level.t, 1);
  EXPECT_EQ(plan.front().paper_t, 50);
  EXPECT_EQ(plan.back().paper_t, 1);
  for (std::size_t i = 0; i + 1 < plan.size(); ++i) EXPECT_EQ(plan[i].next.alphaBar(), plan[i + 1].level.alphaBar());
  EXPECT_DOUBLE_EQ(plan.back().next.alphaBar(), schedule.alphaBar(0));
}

TEST(SamplingPlan, TrailingBeginsAtTheEnd) {
  const NoiseSchedule schedule{NoiseSchedule::Config{}};
  const auto plan = samplingPlan(schedule, 50, "trailing");
  EXPECT_EQ(plan.front().level.t, 999);
  EXPECT_EQ(plan.back().level.t, 19);
  EXPECT_DOUBLE_EQ(plan.back().next.alphaBar(), schedule.finalAlphaBar());
}

TEST(SamplingPlan, TheModelsOwnSpacing) {
  NoiseSchedule::Config config;
  config.timestep_spacing = "trailing";
  EXPECT_EQ(samplingPlan(NoiseSchedule(config), 50, "model").front().level.t, 999);
  config.timestep_spacing = "linspace";
  const auto plan = samplingPlan(NoiseSchedule(config), 50, "model");
  // numpy: np.linspace(0, 999, 50).round()[::-1]
  EXPECT_EQ(plan[0].level.t, 999);
  EXPECT_EQ(plan[1].level.t, 979);
  EXPECT_EQ(plan[24].level.t, 510);
  EXPECT_EQ(plan[48].level.t, 20);
  EXPECT_EQ(plan[49].level.t, 0);
  EXPECT_EQ(samplingPlan(NoiseSchedule(config), 1, "model").front().level.t, 999);
  config.timestep_spacing = "sideways";
  EXPECT_THROW(samplingPlan(NoiseSchedule(config), 50, "model"), Error);
}

/// diffusers 0.42.1's DDIMScheduler: timesteps, and the point at which it steps from each, t - floor(T / N).
std::vector<SamplingStep> diffusersPlan(const NoiseSchedule& schedule, int steps, const std::string& spacing) {
  const auto train = schedule.config().num_train_timesteps;
  std::vector<SamplingStep> plan;
  for (int i = 0; i < steps; ++i) {
    const auto t = spacing == "leading"
                       ? (steps - 1 - i) * (train / steps) + schedule.config().steps_offset
                       : std::lrint(static_cast<double>(train) - i * static_cast<double>(train) / steps) - 1;
    const auto previous = t - train / steps;
    plan.push_back(
        {steps - i, schedule.levelAt(t),
         previous >= 0 ? schedule.levelAt(previous) : Level::variancePreserving(0.0, schedule.finalAlphaBar())});
  }
  return plan;
}

TEST(SamplingPlan, IsDiffusersWhereTheCountDividesTheSchedule) {
  const NoiseSchedule schedule{NoiseSchedule::Config{}};
  for (const char* spacing : {"leading", "trailing"}) {
    for (int steps = 1; steps < 1000; ++steps) {
      if (1000 % steps != 0) continue;
      const auto plan = samplingPlan(schedule, steps, spacing), expected = diffusersPlan(schedule, steps, spacing);
      for (int i = 0; i < steps; ++i) {
        ASSERT_EQ(plan[i].level.t, expected[i].level.t) << spacing << " " << steps << " " << i;
        ASSERT_EQ(plan[i].level.alphaBar(), expected[i].level.alphaBar());
        ASSERT_EQ(plan[i].next.alphaBar(), expected[i].next.alphaBar()) << spacing << " " << steps << " " << i;
      }
    }
  }
}

/// What a DDIM step from level `ab` to `ab_prev` makes of a deviation, with the exact denoiser of N(0, s^2).
double gaussianStep(double ab, double ab_prev, double s) {
  return (std::sqrt(ab * ab_prev) * s * s + std::sqrt((1 - ab) * (1 - ab_prev))) / (ab * s * s + 1 - ab);
}

/// The deviation after `plan`, of a unit one, by the sampler's own functions.
double sampledDeviation(const std::vector<SamplingStep>& plan, double s) {
  auto z = at::ones({1}, at::kDouble);
  for (const auto& step : plan) {
    const double ab = step.level.alphaBar();
    const auto eps = std::sqrt(1 - ab) / (ab * s * s + 1 - ab) * z;
    z = ddimStep(tweedie(z, eps, step.level), eps, step);
  }
  return z.item<double>();
}

TEST(SamplingPlan, AnyCountOfStepsFollowsItsOwnLevels) {
  const double s = 0.5;
  for (const std::int64_t offset : {0, 1}) {
    NoiseSchedule::Config config;
    config.steps_offset = offset;
    config.set_alpha_to_one = offset == 0;
    const NoiseSchedule schedule{config};
    for (const char* spacing : {"leading", "trailing", "linspace"}) {
      for (int steps = 1; steps <= 1000; ++steps) {
        const auto plan = samplingPlan(schedule, steps, spacing);
        ASSERT_EQ(plan.size(), static_cast<std::size_t>(steps));
        // The closed form goes from entry to entry of the plan, whatever each step says that its end is.
        double end = 1.0, product = 1.0;
        for (std::size_t i = 0; i < plan.size(); ++i) {
          const bool last = i + 1 == plan.size();
          end *= gaussianStep(plan[i].level.alphaBar(), plan[i].next.alphaBar(), s);
          product *=
              gaussianStep(plan[i].level.alphaBar(), last ? schedule.finalAlphaBar() : plan[i + 1].level.alphaBar(), s);
          ASSERT_DOUBLE_EQ(plan[i].level.alphaBar(), schedule.alphaBar(static_cast<std::int64_t>(plan[i].level.t)));
          // At 1000 leading steps the offset makes t = 999 stand twice.
          const bool repeated = i == 1 && steps == 1000 && offset == 1 && plan[1].level.t == 999;
          if (i > 0 && !repeated) {
            ASSERT_LT(plan[i].level.t, plan[i - 1].level.t) << spacing << " " << steps;
          }
        }
        if (steps % 37 == 0 || steps < 10) end = sampledDeviation(plan, s);
        ASSERT_NEAR(end, product, 1e-6) << spacing << " " << steps << " offset " << offset;
        ASSERT_GE(plan.front().level.t, 1000 - (1000 + steps - 1) / steps) << spacing << " " << steps;
      }
    }
  }
  const NoiseSchedule schedule{NoiseSchedule::Config{}};
  for (const char* spacing : {"leading", "trailing", "linspace"}) {
    EXPECT_THROW(samplingPlan(schedule, 0, spacing), Error);
    EXPECT_THROW(samplingPlan(schedule, 1001, spacing), Error);
  }
  EXPECT_THROW(samplingPlan(schedule, 10, "sideways"), Error);
}

TEST(DdimStep, EtaOneIsDdpmsPosterior) {
  // Song et al. 2021, Eq. 16: with eta 1 mean and variance are those of DDPM's q(z_{t-1} | z_t, z_0).
  const NoiseSchedule schedule{NoiseSchedule::Config{}};
  const auto plan = samplingPlan(schedule, 1000, "leading");
  const auto& step = plan[500];
  const double ab = step.level.alphaBar(), ab_prev = step.next.alphaBar(), alpha = ab / ab_prev, beta = 1 - alpha;
  const auto z0 = at::randn({1, 4, 8, 8}, at::kDouble);
  const auto z_t = at::randn({1, 4, 8, 8}, at::kDouble);
  const auto eps = (z_t - std::sqrt(ab) * z0) / std::sqrt(1 - ab);
  const auto mean = std::sqrt(ab_prev) * beta / (1 - ab) * z0 + std::sqrt(alpha) * (1 - ab_prev) / (1 - ab) * z_t;
  const auto zero = at::zeros_like(z0);
  EXPECT_LT((ddimStep(z0, eps, step, 1.0, zero) - mean).abs().max().item<double>(), 1e-12);
  const auto deviation = (ddimStep(z0, eps, step, 1.0, at::ones_like(z0)) - mean).mean().item<double>();
  EXPECT_NEAR(deviation * deviation, (1 - ab_prev) / (1 - ab) * beta, 1e-12);
}

TEST(Predictions, AgreeOnTheNoise) {
  const double ab = 0.3;
  const auto level = Level::variancePreserving(0.0, ab);
  const auto z0 = at::randn({1, 4, 4, 4}, at::kDouble);
  const auto eps = at::randn({1, 4, 4, 4}, at::kDouble);
  const auto z_t = std::sqrt(ab) * z0 + std::sqrt(1 - ab) * eps;
  const auto v = std::sqrt(ab) * eps - std::sqrt(1 - ab) * z0;
  EXPECT_TRUE(at::allclose(noiseFromPrediction(v, z_t, level, PredictionType::VPrediction), eps, 1e-10, 1e-12));
  EXPECT_TRUE(at::allclose(noiseFromPrediction(z0, z_t, level, PredictionType::Sample), eps, 1e-10, 1e-12));
  EXPECT_TRUE(at::allclose(tweedie(z_t, eps, level), z0, 1e-10, 1e-12));
}

TEST(NoiseSchedule, LevelsLieBetweenTimesteps) {
  const NoiseSchedule schedule{NoiseSchedule::Config{}};
  const auto level = schedule.levelAt(499.25);
  EXPECT_EQ(level.t, 499.25);
  EXPECT_NEAR(level.alphaBar(), 0.75 * schedule.alphaBar(499) + 0.25 * schedule.alphaBar(500), 1e-15);
  EXPECT_NEAR(level.signal * level.signal + level.noise * level.noise, 1.0, 1e-15);
  EXPECT_THROW(schedule.levelAt(-0.5), Error);
  EXPECT_THROW(schedule.levelAt(999.5), Error);
}

TEST(NoiseSchedule, RefusesNonsense) {
  NoiseSchedule::Config config;
  config.beta_schedule = "cubic";
  EXPECT_THROW(NoiseSchedule{config}, Error);
  config = {};
  config.beta_end = 1.5;
  EXPECT_THROW(NoiseSchedule{config}, Error);
  config = {};
  config.num_train_timesteps = 0;
  EXPECT_THROW(NoiseSchedule{config}, Error);
}

}  // namespace
}  // namespace p2l
