// SPDX-License-Identifier: GPL-3.0-or-later
// A flow model, z_t = (1 - t) z_0 + t eps with t from 1 to 0, that no solver knows of: levels are all that they read.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"
#include "core/solvers/solver.h"
#include "tests/support/degradation_support.h"
#include "tests/support/gaussian_prior.h"

namespace p2l {
namespace {

constexpr double kMean = 0.2, kDeviation = 0.4;

class FlowPrior : public test::GaussianPrior {
 public:
  explicit FlowPrior(bool pixel = false) : GaussianPrior(kMean, kDeviation, pixel) {}

  std::vector<SamplingStep> plan(int steps, const std::string&) const override {
    std::vector<SamplingStep> plan;
    for (int i = 0; i < steps; ++i) {
      const auto share = [&](int left) { return kFirst * left / steps; };
      plan.push_back({steps - i, levelAt(share(steps - i)), levelAt(share(steps - i - 1))});
    }
    return plan;
  }
  Level levelAt(double t) const override { return {t, 1.0 - t, t}; }

 private:
  static constexpr double kFirst = 0.999;  // signal 0 has no Tweedie estimate
};

/// The probability flow of an exact denoiser carries N(0, 1) to the prior: the deviation of each number follows.
TEST(FlowModel, TheSamplersOwnStepsReachThePrior) {
  const at::NoGradGuard no_grad;
  const FlowPrior prior;
  auto generator = makeGenerator(1, RandomStream::InitialLatent);
  auto z = randomNormal({1, 12, 64, 64}, generator);
  for (const auto& step : prior.plan(400, "model")) {
    const auto eps = prior.predictNoise(z, step.level, prior.embedPrompt(""));
    z = ddimStep(tweedie(z, eps, step.level), eps, step);
  }
  EXPECT_NEAR(z.mean().item<double>(), kMean, 0.01);
  EXPECT_NEAR(z.std().item<double>(), kDeviation, 0.01);
}

/// With eta 1 the steps are those of the reverse process, whose end is the prior, too.
TEST(FlowModel, FreshNoiseReachesThePrior) {
  const at::NoGradGuard no_grad;
  const FlowPrior prior;
  auto generator = makeGenerator(2, RandomStream::InitialLatent);
  auto z = randomNormal({1, 12, 64, 64}, generator);
  for (const auto& step : prior.plan(400, "model")) {
    const auto eps = prior.predictNoise(z, step.level, prior.embedPrompt(""));
    z = ddimStep(tweedie(z, eps, step.level), eps, step, 1.0, randomNormal(z.sizes(), generator));
  }
  EXPECT_NEAR(z.mean().item<double>(), kMean, 0.01);
  EXPECT_NEAR(z.std().item<double>(), kDeviation, 0.01);
}

/// Every solver, unchanged, brings a flow model's sample nearer to the data than an unguided one is.
class SolverOnFlow : public testing::TestWithParam<std::string> {};

TEST_P(SolverOnFlow, ComesNearerToTheData) {
  const at::NoGradGuard no_grad;
  constexpr std::int64_t kSide = 16;
  const auto& entry = solverEntry(GetParam());
  const FlowPrior prior(entry.info.model_kind == ModelKind::Pixel);
  const auto A = test::makeDegradation("sr", kSide, kSide, {{"factor", 2.0}}, 7);
  auto generator = makeGenerator(3, RandomStream::InitialLatent);
  const auto side = kSide / prior.pixelsPerLatent();
  const auto truth =
      prior.decode(kMean + kDeviation * randomNormal({1, prior.latentChannels(), side, side}, generator));
  const auto z_T = randomNormal({1, prior.latentChannels(), side, side}, generator);
  Problem problem{A->A(truth), *A, prior, prior.embedPrompt(""), z_T, prior.plan(20, "model"), 0.0, generator};
  problem.noise = 0.05;
  auto z = z_T;
  for (const auto& step : problem.plan) {
    const auto eps = prior.predictNoise(z, step.level, problem.C);
    z = ddimStep(tweedie(z, eps, step.level), eps, step);
  }
  const auto residual = [&](const at::Tensor& latent) {
    return at::linalg_vector_norm(problem.y - A->A(prior.decode(latent))).item<double>();
  };
  RunControl control;
  const auto values = completeValues(entry.info.parameters, {}, GetParam());
  const auto solved = entry.make(values)->solve(
      problem, [](const StepView&) {}, control);
  EXPECT_TRUE(at::isfinite(solved).all().item<bool>());
  EXPECT_LT(residual(solved), residual(z));
}

INSTANTIATE_TEST_SUITE_P(Solvers, SolverOnFlow, testing::ValuesIn([] {
                           std::vector<std::string> ids;
                           for (const auto& entry : solverEntries()) ids.push_back(entry.info.id);
                           return ids;
                         }()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace p2l
