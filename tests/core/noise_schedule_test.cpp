// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/error.h"
#include "core/diffusion/noise_schedule.h"

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
  EXPECT_EQ(plan.front().timestep, 981);
  EXPECT_EQ(plan.back().timestep, 1);
  EXPECT_EQ(plan.front().paper_t, 50);
  EXPECT_EQ(plan.back().paper_t, 1);
  for (std::size_t i = 0; i + 1 < plan.size(); ++i) EXPECT_EQ(plan[i].alpha_bar_prev, plan[i + 1].alpha_bar);
  EXPECT_EQ(plan.back().alpha_bar_prev, schedule.alphaBar(0));
}

TEST(SamplingPlan, TrailingBeginsAtTheEnd) {
  const NoiseSchedule schedule{NoiseSchedule::Config{}};
  const auto plan = samplingPlan(schedule, 50, "trailing");
  EXPECT_EQ(plan.front().timestep, 999);
  EXPECT_EQ(plan.back().timestep, 19);
  EXPECT_EQ(plan.back().alpha_bar_prev, schedule.finalAlphaBar());
}

TEST(SamplingPlan, TheModelsOwnSpacing) {
  NoiseSchedule::Config config;
  config.timestep_spacing = "trailing";
  EXPECT_EQ(samplingPlan(NoiseSchedule(config), 50, "model").front().timestep, 999);
  config.timestep_spacing = "linspace";
  EXPECT_THROW(samplingPlan(NoiseSchedule(config), 50, "model"), Error);
}

TEST(SamplingPlan, AnyCountOfSteps) {
  const NoiseSchedule schedule{NoiseSchedule::Config{}};
  for (const char* spacing : {"leading", "trailing"}) {
    for (const int steps : {1, 2, 3, 7, 13, 37, 100, 333, 512, 999, 1000}) {
      const auto plan = samplingPlan(schedule, steps, spacing);
      ASSERT_EQ(plan.size(), static_cast<std::size_t>(steps));
      for (std::size_t i = 0; i < plan.size(); ++i) {
        EXPECT_GE(plan[i].timestep, 0);
        EXPECT_LT(plan[i].timestep, 1000);
        // At 1000 leading steps the offset makes t = 999 stand twice, as in diffusers.
        EXPECT_GE(plan[i].alpha_bar_prev, plan[i].alpha_bar);
        if (i > 0) {
          EXPECT_LE(plan[i].timestep, plan[i - 1].timestep);
        }
      }
    }
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
  const double ab = step.alpha_bar, ab_prev = step.alpha_bar_prev, alpha = ab / ab_prev, beta = 1 - alpha;
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
  const auto z0 = at::randn({1, 4, 4, 4}, at::kDouble);
  const auto eps = at::randn({1, 4, 4, 4}, at::kDouble);
  const auto z_t = std::sqrt(ab) * z0 + std::sqrt(1 - ab) * eps;
  const auto v = std::sqrt(ab) * eps - std::sqrt(1 - ab) * z0;
  EXPECT_TRUE(at::allclose(noiseFromPrediction(v, z_t, ab, PredictionType::VPrediction), eps, 1e-10, 1e-12));
  EXPECT_TRUE(at::allclose(noiseFromPrediction(z0, z_t, ab, PredictionType::Sample), eps, 1e-10, 1e-12));
  EXPECT_TRUE(at::allclose(tweedie(z_t, eps, ab), z0, 1e-10, 1e-12));
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
