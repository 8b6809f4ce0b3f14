// SPDX-License-Identifier: GPL-3.0-or-later
// The solvers: against a Gaussian prior whose posterior is known, and against an independent transcription of Alg. 1-3
// (tests/reference/solver_*.safetensors); properties over the registry.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/base/random.h"
#include "core/solvers/solver.h"
#include "tests/core/reference.h"
#include "tests/support/gaussian_prior.h"

namespace p2l {
namespace {

constexpr int kSide = 32;
constexpr double kMean = 0.2, kDeviation = 0.5, kNoise = 0.01;

std::unique_ptr<Degradation> makeDegradation(const std::string& id, ParamValues values = {}, at::Tensor mask = {}) {
  const auto& entry = degradationEntry(id);
  DegradationContext context;
  context.height = kSide;
  context.width = kSide;
  context.values = completeValues(entry.info.parameters, values, id);
  context.seed = 7;
  context.mask = mask;
  return entry.make(context);
}

struct SolverRun {
  at::Tensor x, truth, y;
  std::vector<StepView> steps;
};

SolverRun runSolver(const std::string& id, const ParamValues& values, const Degradation& A,
                    const test::GaussianPrior& prior, int steps, RunControl& control, std::uint64_t seed = 3,
                    double eta = 0.0) {
  const at::NoGradGuard no_grad;
  const auto& entry = solverEntry(id);
  auto truth_generator = makeGenerator(seed, RandomStream::Mask);
  const auto truth = kMean + kDeviation * randomNormal({1, 3, kSide, kSide}, truth_generator);
  auto noise_generator = makeGenerator(seed, RandomStream::MeasurementNoise);
  const auto y = addNoise(A, A.A(truth), kNoise, noise_generator);
  auto latent_generator = makeGenerator(seed, RandomStream::InitialLatent);
  const Problem problem{y,
                        A,
                        prior,
                        prior.embedPrompt(""),
                        randomNormal({1, 12, kSide / 2, kSide / 2}, latent_generator),
                        samplingPlan(prior.schedule(), steps, "leading"),
                        eta,
                        makeGenerator(seed, RandomStream::SamplerNoise)};
  SolverRun run;
  run.truth = truth;
  run.y = y;
  const auto solver = entry.make(completeValues(entry.info.parameters, values, id));
  const auto z = solver->solve(
      problem, [&](const StepView& view) { run.steps.push_back(view); }, control);
  run.x = prior.decode(z);
  return run;
}

// P2L on a mask: measured pixels must end at the posterior mean (which is y to within sigma^2 / s^2), missing ones must
// still be distributed as the prior, since independent pixels say nothing about each other.
TEST(GaussianPriorP2l, MaskPosterior) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const auto run =
      runSolver("p2l", {{"K", 0.0}, {"gamma", 1.0}, {"lambda", 1e-3}, {"rho", 0.3}}, *A, prior, 100, control);

  const auto measured = A->mask().expand({1, 3, kSide, kSide}) > 0.5;
  const double precision = 1 / (kDeviation * kDeviation) + 1 / (kNoise * kNoise);
  const auto posterior_mean = (kMean / (kDeviation * kDeviation) + run.y / (kNoise * kNoise)) / precision;
  const auto error = (run.x - posterior_mean).masked_select(measured);
  EXPECT_LT(error.square().mean().sqrt().item<double>(),
            0.05);  // a tenth of the prior's deviation; the last step is not projected exactly

  const auto missing = run.x.masked_select(measured.logical_not());
  // About 1,500 samples: standard errors 0.013 of the mean and 0.009 of the deviation; 100 steps of DDIM add a few per
  // cent.
  EXPECT_NEAR(missing.mean().item<double>(), kMean, 0.05);
  EXPECT_NEAR(missing.std().item<double>(), kDeviation, 0.05);
}

// Super-resolution: block means follow y, what A cannot see stays prior: deviation within blocks s sqrt(1 - 1/16).
TEST(GaussianPriorP2l, SuperResolutionPosterior) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr", {{"factor", 4.0}});
  const auto run =
      runSolver("p2l", {{"K", 0.0}, {"gamma", 1.0}, {"lambda", 1e-3}, {"rho", 0.3}}, *A, prior, 100, control);

  // Posterior of a block mean: prior N(mean, s^2 / 16), measured with sigma.
  const double block_variance = kDeviation * kDeviation / 16;
  const double precision = 1 / block_variance + 1 / (kNoise * kNoise);
  const auto posterior_mean = (kMean / block_variance + run.y / (kNoise * kNoise)) / precision;
  EXPECT_LT((A->A(run.x) - posterior_mean).square().mean().sqrt().item<double>(), 0.03);

  const auto within = run.x - at::upsample_nearest2d(A->A(run.x), {kSide, kSide});
  EXPECT_NEAR(within.square().mean().sqrt().item<double>(), kDeviation * std::sqrt(1.0 - 1.0 / 16), 0.05);
}

// LDPS is only approximate: its step has a fixed length, so the residual hovers above the noise. What must hold: it
// moves the measured part most of the way from the prior to y, and leaves the rest to the prior.
TEST(GaussianPriorLdps, MaskFollowsTheMeasurement) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const auto run = runSolver("ldps", {{"rho", 1.0}}, *A, prior, 200, control);
  const auto measured = A->mask().expand({1, 3, kSide, kSide}) > 0.5;
  const double left = (run.x - run.truth).masked_select(measured).square().mean().sqrt().item<double>();
  EXPECT_LT(left, 0.15 * kDeviation * std::sqrt(2.0));  // two independent draws of the prior differ by s sqrt(2)
  const auto missing = run.x.masked_select(measured.logical_not());
  EXPECT_NEAR(missing.mean().item<double>(), kMean, 0.05);
  EXPECT_NEAR(missing.std().item<double>(), kDeviation, 0.05);
}

// The truth is drawn around a mean that the untuned prompt does not have: tuning must find the shift.
TEST(GaussianPriorP2l, PromptTuningFindsTheShift) {
  const at::NoGradGuard no_grad;
  RunControl control;
  const test::GaussianPrior shifted(kMean - 0.4, kDeviation);  // C = 0 believes in a mean that is 0.4 too low
  const auto A = makeDegradation("sr", {{"factor", 8.0}});
  const ParamValues off{{"K", 0.0}, {"projection", std::string("off")}, {"rho", 0.0}};
  const ParamValues on{{"K", 5.0}, {"lr", 1e-2}, {"projection", std::string("off")}, {"rho", 0.0}};
  const auto untuned = runSolver("p2l", off, *A, shifted, 50, control);
  const auto tuned = runSolver("p2l", on, *A, shifted, 50, control);
  const double drift = tuned.steps.back().prompt_embedding.mean().item<double>();
  EXPECT_GT(drift, 0.2);
  EXPECT_LT(drift, 0.6);
  auto residual = [&](const SolverRun& run) { return at::linalg_vector_norm(run.y - A->A(run.x)).item<double>(); };
  EXPECT_LT(residual(tuned), 0.7 * residual(untuned));
  EXPECT_EQ(untuned.steps.back().prompt_embedding.abs().max().item<double>(), 0.0);
}

// With the projection the estimate fits the data better (Alg. 1, l. 6 against Eq. 6).
TEST(GaussianPriorP2l, ProjectionLowersTheResidual) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("gaussian-blur", {{"sigma", 1.0}, {"kernel_size", 9.0}});
  const auto off = runSolver("p2l", {{"K", 0.0}, {"projection", std::string("off")}}, *A, prior, 50, control);
  for (const char* kind : {"proximal", "gluing"}) {
    const auto on = runSolver("p2l", {{"K", 0.0}, {"gamma", 3.0}, {"lambda", 0.01}, {"projection", std::string(kind)}},
                              *A, prior, 50, control);
    EXPECT_LT(on.steps.back().residual, off.steps.back().residual) << kind;
  }
}

TEST(P2l, ProjectsWhereThePapersTimeIsAMultipleOfGamma) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  const auto run = runSolver("p2l", {{"K", 0.0}, {"gamma", 4.0}}, *A, prior, 10, control);
  for (const auto& view : run.steps) EXPECT_EQ(view.projected, view.step.paper_t % 4 == 0) << view.step.paper_t;
  EXPECT_EQ(run.steps.front().step.paper_t, 10);
}

// Properties over the registry.
class EverySolver : public testing::TestWithParam<std::string> {};

TEST_P(EverySolver, SameSeedSameBitsOtherSeedOtherBits) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  const auto a = runSolver(GetParam(), {}, *A, prior, 6, control, 3, 0.5);
  const auto b = runSolver(GetParam(), {}, *A, prior, 6, control, 3, 0.5);
  const auto c = runSolver(GetParam(), {}, *A, prior, 6, control, 4, 0.5);
  EXPECT_TRUE(at::equal(a.x, b.x));
  EXPECT_FALSE(at::equal(a.x, c.x));
}

TEST_P(EverySolver, StopsWithinTheStepItIsIn) {
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  const at::NoGradGuard no_grad;
  RunControl control;
  const auto& entry = solverEntry(GetParam());
  const Problem problem{at::zeros({1, 3, kSide / 4, kSide / 4}),
                        *A,
                        prior,
                        prior.embedPrompt(""),
                        at::zeros({1, 12, kSide / 2, kSide / 2}),
                        samplingPlan(prior.schedule(), 100, "leading"),
                        0.0,
                        makeGenerator(0, RandomStream::SamplerNoise)};
  int seen = 0;
  const auto solver = entry.make(completeValues(entry.info.parameters, {}, GetParam()));
  EXPECT_THROW(solver->solve(
                   problem,
                   [&](const StepView&) {
                     if (++seen == 3) control.requestStop();
                   },
                   control),
               StopRequested);
  EXPECT_EQ(seen, 3);
}

// Against the same sampler with no data at all: how far it gets in 50 steps depends on the task, that it gets nearer
// must not.
TEST_P(EverySolver, EndsNearerToTheDataThanAnUnguidedSample) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  for (const auto& entry : degradationEntries()) {
    const auto A = makeDegradation(entry.info.id);
    auto residual = [&](const SolverRun& run) { return at::linalg_vector_norm(run.y - A->A(run.x)).item<double>(); };
    const auto unguided = runSolver("ldps", {{"rho", 0.0}}, *A, prior, 50, control);
    const auto run = runSolver(GetParam(), {}, *A, prior, 50, control);
    EXPECT_LT(residual(run), 0.9 * residual(unguided)) << entry.info.id;
  }
}

TEST_P(EverySolver, LeavesNoGraphBehind) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  const auto run = runSolver(GetParam(), {}, *A, prior, 3, control);
  EXPECT_FALSE(run.x.requires_grad());
  for (const auto& view : run.steps) {
    for (const auto& tensor : {view.z_t, view.z0_hat, view.x0_hat, view.z_prev, view.prompt_embedding})
      EXPECT_FALSE(tensor.requires_grad());
  }
}

TEST_P(EverySolver, DeclaresDefaultsInRangeAndHelp) {
  const auto& info = solverEntry(GetParam()).info;
  EXPECT_FALSE(info.label.empty() || info.help.empty() || info.reference.empty());
  for (const auto& spec : info.parameters) {
    EXPECT_NO_THROW(checkValue(spec, defaultValue(spec), info.id)) << spec.key;
    EXPECT_FALSE(spec.help.empty() || spec.label.empty()) << spec.key;
  }
}

std::vector<std::string> solverIds() {
  std::vector<std::string> ids;
  for (const auto& entry : solverEntries()) ids.push_back(entry.info.id);
  return ids;
}

INSTANTIATE_TEST_SUITE_P(Registry, EverySolver, testing::ValuesIn(solverIds()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace p2l
