// SPDX-License-Identifier: GPL-3.0-or-later
// The solvers: against a Gaussian prior whose posterior is known, and against an independent transcription of Alg. 1-3
// (tests/reference/solver_*.safetensors); properties over the registry.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <thread>
#include <utility>

#include "core/api/catalogue.h"
#include "core/base/random.h"
#include "core/engine/sampler.h"
#include "core/noise/noise.h"
#include "core/solvers/solver.h"
#include "core/types/error.h"
#include "tests/support/gaussian_prior.h"
#include "tests/support/reference.h"

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

/// z_T of pictures of kSide.
std::vector<std::int64_t> latentShape(const DiffusionModel& prior) {
  return {1, prior.latentChannels(), kSide / prior.pixelsPerLatent(), kSide / prior.pixelsPerLatent()};
}

/// Whether the prior that the solver is tested on is one of pixels.
bool ofPixels(const std::string& solver) {
  return solverEntry(solver).info.model_kind == ModelKind::Pixel;
}

struct SolverRun {
  at::Tensor x, truth, y;
  std::vector<StepView> steps;
};

SolverRun runSolver(const std::string& id, const ParamValues& values, const Degradation& A,
                    const test::GaussianPrior& prior, int steps, RunControl& control, std::uint64_t seed = 3,
                    double eta = 0.0, double stated_noise = kNoise) {
  const at::NoGradGuard no_grad;
  const auto& entry = solverEntry(id);
  auto truth_generator = makeGenerator(seed, RandomStream::Mask);
  const auto truth = kMean + kDeviation * randomNormal({1, 3, kSide, kSide}, truth_generator);
  auto noise_generator = makeGenerator(seed, RandomStream::MeasurementNoise);
  const auto y = addNoise(A, A.A(truth), kNoise, noise_generator);
  auto latent_generator = makeGenerator(seed, RandomStream::InitialLatent);
  Problem problem{y,
                  A,
                  prior,
                  prior.embedPrompt("").prompt,
                  randomNormal(latentShape(prior), latent_generator),
                  prior.plan(steps, "leading"),
                  eta,
                  makeGenerator(seed, RandomStream::SamplerNoise)};
  problem.noise = stated_noise;
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

// The autoencoder of the prior loses nothing, E(D(z)) = z: GML-DPS has nothing to draw at, and is LDPS to the last bit.
TEST(GaussianPriorGmlDps, IsLdpsWhereTheAutoencoderIsLossless) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const auto gml = runSolver("gml_dps", {{"rho", 1.0}, {"gamma", 5.0}}, *A, prior, 20, control);
  const auto ldps = runSolver("ldps", {{"rho", 1.0}}, *A, prior, 20, control);
  EXPECT_TRUE(at::equal(gml.x, ldps.x));
}

/// An encoder that halves the last six channels: the fixed points of E(D(.)) are the latents that have nothing there.
class LossyPrior : public test::GaussianPrior {
 public:
  using GaussianPrior::GaussianPrior;
  at::Tensor encode(const at::Tensor& x) const override {
    const auto z = GaussianPrior::encode(x);
    return at::cat({z.narrow(1, 0, 6), 0.5 * z.narrow(1, 6, 6)}, 1);
  }
};

TEST(GaussianPriorGmlDps, DrawsTowardsTheFixedPointsOfTheAutoencoder) {
  RunControl control;
  const LossyPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  auto gap = [&](double gamma) {
    const auto run = runSolver("gml_dps", {{"rho", 1.0}, {"gamma", gamma}}, *A, prior, 50, control);
    const auto z0_hat = run.steps.back().z0_hat;
    return at::linalg_vector_norm(z0_hat - prior.encode(prior.decode(z0_hat))).item<double>();
  };
  const double without = gap(0.0), with = gap(1.0), with_more = gap(3.0);
  EXPECT_LT(with, 0.9 * without);
  EXPECT_LT(with_more, 0.9 * with);
}

// On a lossless autoencoder z0 - E(A^T y + (I - A^T A) D(z0)) is A^T (A D(z0) - y), whose norm is the residual's times
// the square root of A A^T: 1 for masks and 1 / s for super-resolution by s. PSLD is LDPS with a longer step.
TEST(GaussianPriorPsld, IsLdpsWithALongerStepWhereTheAutoencoderIsLossless) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const double rho = 0.7, gamma = 0.4;
  const std::pair<std::unique_ptr<Degradation>, double> cases[] = {
      {makeDegradation("random-drop", {{"drop", 0.5}}), 1.0}, {makeDegradation("sr", {{"factor", 4.0}}), 0.25}};
  for (const auto& [A, root] : cases) {
    const auto psld = runSolver("psld", {{"rho", rho}, {"gamma", gamma}}, *A, prior, 20, control);
    const auto ldps = runSolver("ldps", {{"rho", rho * (1.0 + gamma * root)}}, *A, prior, 20, control);
    EXPECT_LT((psld.x - ldps.x).abs().max().item<double>(), 2e-4) << root;  // float32 over 20 steps
    const auto other = runSolver("ldps", {{"rho", rho}}, *A, prior, 20, control);
    EXPECT_GT((psld.x - other.x).abs().max().item<double>(), 2e-3) << root;
  }
}

// Masks: all three only approximate the posterior, as LDPS does (a step of fixed length). The measured part follows y,
// the missing part stays prior.
TEST(GaussianPrior, GuidedSolversFollowTheMeasurementAndLeaveTheRestToThePrior) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const auto measured = A->mask().expand({1, 3, kSide, kSide}) > 0.5;
  const std::pair<const char*, ParamValues> cases[] = {
      {"gml_dps", {{"rho", 1.0}}}, {"psld", {{"rho", 1.0}}}, {"ldir", {{"rho", 0.02}}}};
  for (const auto& [id, values] : cases) {
    const auto run = runSolver(id, values, *A, prior, 200, control);
    const double left = (run.x - run.truth).masked_select(measured).square().mean().sqrt().item<double>();
    EXPECT_LT(left, 0.15 * kDeviation * std::sqrt(2.0))
        << id;  // two independent draws of the prior differ by s sqrt(2)
    const auto missing = run.x.masked_select(measured.logical_not());
    EXPECT_NEAR(missing.mean().item<double>(), kMean, 0.05) << id;
    EXPECT_NEAR(missing.std().item<double>(), kDeviation, 0.05) << id;
  }
}

// Eq. 41-43 from zero moments: m_hat = g and v_hat = g o g, so that the first step is rho g / sqrt(g o g + epsilon),
// nearly rho times the sign of g.
TEST(Ldir, TheFirstStepForgetsTheSizeOfTheGradient) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  auto firstStep = [&](const std::string& id, double rho) {
    return runSolver(id, {{"rho", rho}}, *A, prior, 5, control).steps[0].z_prev;
  };
  const auto still = firstStep("ldps", 0.0);
  const auto g = still - firstStep("ldps", 1.0);
  const auto expected = 0.25 * g / at::sqrt(g * g + 1e-8);
  // g, the difference of numbers of size 1, is known to 1e-7, which counts where |g| is not above epsilon's root, 1e-4.
  const auto clear = g.abs() > 1e-3;
  EXPECT_GT(clear.sum().item<double>(), 500);
  const auto error = (still - firstStep("ldir", 0.25) - expected).abs();
  EXPECT_LT(error.masked_select(clear).max().item<double>(), 1e-4);
  EXPECT_EQ(error.masked_select(g == 0).max().item<double>(), 0.0);
}

// TReg on a mask without fresh noise, data steps to the end: the measured pixels end at the posterior mean (y to within
// sigma^2 / s^2), the missing ones stay prior.
TEST(GaussianPriorTReg, MaskPosterior) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const auto run = runSolver("treg", {{"every", 1.0}, {"until", 1.0}, {"renoise", 0.0}}, *A, prior, 100, control);
  const auto measured = A->mask().expand({1, 3, kSide, kSide}) > 0.5;
  const double precision = 1 / (kDeviation * kDeviation) + 1 / (kNoise * kNoise);
  const auto posterior_mean = (kMean / (kDeviation * kDeviation) + run.y / (kNoise * kNoise)) / precision;
  const auto error = (run.x - posterior_mean).masked_select(measured);
  EXPECT_LT(error.square().mean().sqrt().item<double>(), 0.05);  // as for P2L above
  const auto missing = run.x.masked_select(measured.logical_not());
  EXPECT_NEAR(missing.mean().item<double>(), kMean, 0.05);
  EXPECT_NEAR(missing.std().item<double>(), kDeviation, 0.05);
}

// The published code's fresh noise and its end of the data steps are biases. The noise: most of eps is replaced around
// a shrunken estimate, and the missing pixels lose variance. The end: what the last data step leaves as noise cannot be
// told from a prior without structure, and stays in the measured pixels.
TEST(GaussianPriorTReg, FreshNoiseNarrowsWhatIsNotMeasuredAndAnEarlyEndLosesWhatIs) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const auto measured = A->mask().expand({1, 3, kSide, kSide}) > 0.5;
  auto run = [&](double until) { return runSolver("treg", {{"until", until}}, *A, prior, 200, control); };
  auto error = [&](const SolverRun& each) {
    return (each.x - each.truth).masked_select(measured).square().mean().sqrt().item<double>();
  };
  const auto to_the_end = run(1.0), published = run(0.85);
  EXPECT_LT(error(to_the_end), 0.15 * kDeviation * std::sqrt(2.0));
  EXPECT_GT(error(published), 2.0 * error(to_the_end));
  EXPECT_LT(error(published), kDeviation);
  const auto missing = to_the_end.x.masked_select(measured.logical_not());
  EXPECT_NEAR(missing.mean().item<double>(), kMean, 0.05);
  EXPECT_LT(missing.std().item<double>(), 0.9 * kDeviation);
}

TEST(TReg, DataStepsAreEveryMthInTheFirstPart) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  const auto run = runSolver("treg", {{"every", 3.0}, {"until", 0.85}}, *A, prior, 20, control);
  for (const auto& view : run.steps) EXPECT_EQ(view.projected, view.index % 3 == 0 && view.index < 17) << view.index;
  EXPECT_FALSE(run.steps.front().gradient_norm.defined());  // none was taken
}

/// How the pixels of a run end on a mask, against the posterior of independent Gaussian pixels.
struct MaskEnd {
  double error = 0.0;                  ///< of the measured pixels to their posterior mean, root mean square
  double mean = 0.0, deviation = 0.0;  ///< of the missing pixels, whose posterior is the prior
};
MaskEnd maskEnd(const std::string& solver, const ParamValues& values, int steps, double eta = 0.0) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation, ofPixels(solver));
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const auto run = runSolver(solver, values, *A, prior, steps, control, 3, eta);
  const auto measured = A->mask().expand({1, 3, kSide, kSide}) > 0.5;
  const double precision = 1 / (kDeviation * kDeviation) + 1 / (kNoise * kNoise);
  const auto posterior_mean = (kMean / (kDeviation * kDeviation) + run.y / (kNoise * kNoise)) / precision;
  const auto missing = run.x.masked_select(measured.logical_not());
  return {(run.x - posterior_mean).masked_select(measured).square().mean().sqrt().item<double>(),
          missing.mean().item<double>(), missing.std().item<double>()};
}

// ReSample: the last optimisation brings the measured pixels to y as far as its noise, and moves no other pixel. The
// draws are a bias: what is optimised has lost the noise that belongs to an estimate, and the missing pixels lose
// variance.
TEST(GaussianPriorReSample, MeasuredPixelsEndAtTheNoiseAndTheRestIsNarrow) {
  const auto end = maskEnd("resample", {{"every", 2.0}, {"lr", 0.02}}, 100);
  EXPECT_LT(end.error, 1.5 * kNoise);
  EXPECT_NEAR(end.mean, kMean, 0.05);
  EXPECT_GT(end.deviation, 0.5 * kDeviation);
  EXPECT_LT(end.deviation, 1.05 * kDeviation);
}

TEST(ReSample, ConsistencyIsEveryMthAfterTheFirstThirdAndAtTheEnd) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  const auto run = runSolver("resample", {{"every", 4.0}, {"iterations", 2.0}}, *A, prior, 20, control);
  for (const auto& view : run.steps)
    EXPECT_EQ(view.projected, (view.index >= 7 && view.index % 4 == 0) || view.index == 19) << view.index;
}

// Morozov: with iterations to spare the residual of the result is the noise level's, neither above nor far below.
TEST(ReSample, TheOptimisationEndsAtTheNoiseLevel) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  const auto run = runSolver("resample", {{"iterations", 500.0}, {"lr", 1e-3}}, *A, prior, 12, control);
  const double noise_level = kNoise * std::sqrt(static_cast<double>(run.y.numel()));
  const double residual = at::linalg_vector_norm(run.y - A->A(run.x)).item<double>();
  EXPECT_LE(residual, noise_level * 1.0001);
  EXPECT_GT(residual, 0.8 * noise_level);
}

// The draw between the optimised estimate and DDIM's step: the middle of both for s^2 = 1 - ab', with the variance of
// the two together.
TEST(ReSample, TheDrawLiesBetweenTheOptimumAndDdim) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const ParamValues values{{"every", 1.0}, {"rho", 0.0}, {"lr", 0.05}, {"iterations", 200.0}};
  for (const double gamma : {0.3, 40.0}) {
    auto with = values;
    with["gamma"] = gamma;
    const auto run = runSolver("resample", with, *A, prior, 9, control);
    const auto& view = run.steps.at(7);  // of the last third, and not the last
    const double ab = view.step.level.alphaBar(), ab_prev = view.step.next.alphaBar();
    const auto eps = (view.z_t - std::sqrt(ab) * view.z0_hat) / std::sqrt(1.0 - ab);
    const auto ddim = std::sqrt(ab_prev) * view.z0_hat + std::sqrt(1.0 - ab_prev) * eps;
    const double s2 = gamma * (1.0 - ab_prev) / (1.0 - ab) * (1.0 - ab / ab_prev);
    // Missing pixels are not moved by the optimisation: there both terms of the mean are known.
    const auto missing = prior.encode(1.0 - A->mask().to(at::kFloat).expand({1, 3, kSide, kSide})) > 0.5;
    const auto mean = (s2 * std::sqrt(ab_prev) * view.z0_hat + (1.0 - ab_prev) * ddim) / (s2 + 1.0 - ab_prev);
    const auto noise = (view.z_prev - mean).masked_select(missing);
    const double deviation = std::sqrt(s2 * (1.0 - ab_prev) / (s2 + 1.0 - ab_prev));
    // About 1,500 samples: standard errors 0.026 and 0.018 deviations.
    EXPECT_NEAR(noise.mean().item<double>(), 0.0, 0.1 * deviation) << gamma;
    EXPECT_NEAR(noise.std().item<double>(), deviation, 0.08 * deviation) << gamma;
  }
}

// LatentDAPS with enough Euler steps: measured pixels at the posterior, missing ones prior. Two steps, the default, are
// a bias: the flow's estimate is narrower than the prior, and so are the missing pixels.
TEST(GaussianPriorLatentDaps, MaskPosterior) {
  const auto many = maskEnd("latent_daps", {{"ode_steps", 10.0}, {"iterations", 50.0}}, 100);
  const auto two = maskEnd("latent_daps", {{"iterations", 50.0}}, 100);
  for (const auto& end : {many, two}) {
    EXPECT_LT(end.error, 0.05);
    EXPECT_NEAR(end.mean, kMean, 0.05);
  }
  EXPECT_NEAR(many.deviation, kDeviation, 0.05);
  EXPECT_LT(two.deviation, 0.9 * kDeviation);
}

// What Langevin dynamics draw from is known here: on measured pixels a Gaussian of precision 1 / tau^2 + 1 / s_t^2.
TEST(LatentDaps, LangevinDrawsFromTheProductOfBoth) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const double tau = 0.3;
  for (const double momentum : {0.0, 0.8}) {
    const auto run =
        runSolver("latent_daps", {{"iterations", 400.0}, {"lr", 1e-4}, {"tau", tau}, {"momentum", momentum}}, *A, prior,
                  4, control);
    const auto& view = run.steps.back();  // z_prev is z0_y itself
    const double prior_precision = view.step.level.alphaBar() / (1.0 - view.step.level.alphaBar());
    const double precision = 1.0 / (tau * tau) + prior_precision;
    const auto measured = prior.encode(A->mask().to(at::kFloat).expand({1, 3, kSide, kSide})) > 0.5;
    const auto mean = (prior.encode(run.y) / (tau * tau) + prior_precision * view.z0_hat) / precision;
    const auto deviation = (view.z_prev - mean).masked_select(measured);
    EXPECT_NEAR(deviation.mean().item<double>(), 0.0, 0.1 / std::sqrt(precision)) << momentum;
    EXPECT_NEAR(deviation.std().item<double>(), 1.0 / std::sqrt(precision), 0.08 / std::sqrt(precision)) << momentum;
  }
}

// The probability flow of a Gaussian maps quantiles to quantiles: z0_hat has the prior's distribution once the steps
// are many, and Tweedie's one step is narrower.
TEST(LatentDaps, TheFlowKeepsTheDistributionThatTweedieNarrows) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  auto deviationOf = [&](double n) {
    return runSolver("latent_daps", {{"ode_steps", n}, {"iterations", 0.0}}, *A, prior, 2, control)
        .steps.front()
        .z0_hat.std()
        .item<double>();
  };
  EXPECT_LT(deviationOf(1.0), 0.75 * kDeviation);
  EXPECT_NEAR(deviationOf(20.0), kDeviation, 0.05);
}

// LATINO's fresh noise is a bias, as DiffPIR's is: the measured pixels end at the posterior mean, the missing ones lose
// variance, and nearly all of it in a few steps.
TEST(GaussianPriorLatino, MeasuredPixelsEndAtThePosteriorAndTheRestIsNarrow) {
  const auto many = maskEnd("latino", {}, 100), few = maskEnd("latino", {}, 8);
  for (const auto& end : {many, few}) {
    EXPECT_LT(end.error, 0.01);
    EXPECT_NEAR(end.mean, kMean, 0.05);
  }
  EXPECT_LT(many.deviation, 0.9 * kDeviation);
  EXPECT_LT(few.deviation, many.deviation);
}

// lambda is that of sigma 0.01: the same to the bit there, and 4^1.5 = 8 times as large at 0.04.
TEST(P2l, LambdaGrowsWithTheNoiseWhereItIsAskedTo) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr", {{"factor", 2.0}});
  const auto result = [&](double lambda, double scaled, double noise) {
    const ParamValues values = {{"K", 0.0},   {"gamma", 1.0},     {"projection", std::string("proximal")},
                                {"rho", 0.0}, {"lambda", lambda}, {"scale_lambda", scaled}};
    return runSolver("p2l", values, *A, prior, 3, control, 3, 0.0, noise).x;
  };
  EXPECT_TRUE(result(0.01, 1.0, kNoise).equal(result(0.01, 0.0, kNoise)));
  EXPECT_LT((result(0.01, 1.0, 0.04) - result(0.08, 0.0, 0.04)).abs().max().item<double>(), 1e-5);
  EXPECT_GT((result(0.01, 1.0, 0.04) - result(0.01, 0.0, 0.04)).abs().max().item<double>(), 1e-3);
  EXPECT_TRUE(result(0.01, 1.0, 0.0).equal(result(0.01, 1.0, 0.0025)));  // no further below, and none above
  EXPECT_TRUE(result(0.01, 1.0, 0.5).equal(result(0.01, 1.0, 0.2)));
}

// One step on a mask, spelled out.
TEST(Latino, OneStepIsNoiseEstimateAndProximalStep) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const auto run = runSolver("latino", {{"delta", 0.02}}, *A, prior, 3, control);
  const auto& view = run.steps.back();
  const double lambda = kNoise * kNoise / (0.02 * (1.0 - view.step.level.alphaBar()));
  const auto M = A->mask().to(at::kFloat);
  const auto x = (run.y + lambda * view.x0_hat) / (M + lambda);
  EXPECT_LT((view.z_prev - prior.encode(x)).abs().max().item<double>(), 1e-5);
  EXPECT_TRUE(view.projected);
}

/// The mean of the Gaussian prior is shifted by the text; guidance by w shifts it w times as far.
class TextShiftsTheMean : public test::GaussianPrior {
 public:
  using GaussianPrior::GaussianPrior;
  Conditioning embedPrompt(const std::string& prompt) const override {
    return at::full({1, 4, 8}, prompt.empty() ? 0.0 : 0.1);
  }
};

TEST(TReg, GuidanceExaggeratesTheText) {
  const at::NoGradGuard no_grad;
  RunControl control;
  const TextShiftsTheMean prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  const auto generator = makeGenerator(0, RandomStream::SamplerNoise);
  const auto z_T = at::zeros({1, 12, kSide / 2, kSide / 2});
  auto meanOf = [&](double w) {
    const Problem problem{A->A(at::zeros({1, 3, kSide, kSide})),
                          *A,
                          prior,
                          prior.embedPrompt("bright").prompt,
                          z_T,
                          prior.plan(20, "leading"),
                          0.0,
                          generator};
    const auto& entry = solverEntry("treg");
    const auto solver = entry.make(completeValues(entry.info.parameters, {{"w", w}, {"until", 0.0}}, "treg"));
    return prior
        .decode(solver->solve(
            problem, [](const StepView&) {}, control))
        .mean()
        .item<double>();
  };
  // Linear in the shift: the estimates with w 0, 1 and 5 lie on a line.
  const double null = meanOf(0.0), text = meanOf(1.0), strong = meanOf(5.0);
  EXPECT_GT(text - null, 0.05);
  EXPECT_NEAR(strong - null, 5.0 * (text - null), 1e-3);
}

// Eq. 49's gradient is f / (L |f|) for every token, whatever the null text is. Adam's steps on a constant gradient are
// lr against its sign each: after K of them every token has moved by K lr.
TEST(TReg, TheNullTextMovesAwayFromTheImageFeature) {
  const at::NoGradGuard no_grad;
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  auto z0HatOfTheSecondStep = [&](const at::Tensor& feature, double K) {
    Problem problem{A->A(at::zeros({1, 3, kSide, kSide})),
                    *A,
                    prior,
                    prior.embedPrompt("").prompt + 0.1,
                    at::zeros({1, 12, kSide / 2, kSide / 2}),
                    prior.plan(2, "leading"),
                    0.0,
                    makeGenerator(0, RandomStream::SamplerNoise)};
    if (feature.defined()) problem.image_feature = [=](const at::Tensor&) { return feature; };
    const auto& entry = solverEntry("treg");
    const ParamValues values{{"w", 3.0}, {"every", 1.0}, {"until", 1.0}, {"K", K}, {"lr", 0.01}};
    at::Tensor z0_hat;
    entry.make(completeValues(entry.info.parameters, values, "treg"))
        ->solve(
            problem, [&](const StepView& view) { z0_hat = view.z0_hat; }, control);
    return z0_hat;
  };
  const auto none = z0HatOfTheSecondStep({}, 10);
  EXPECT_TRUE(at::equal(none, z0HatOfTheSecondStep(at::ones({1, 8}), 0)));
  // All entries of the feature are positive: the null text's mean falls by 10 x 0.01, its weight in the guidance is
  // 1 - w = -2, and z0_hat moves with the mean by the prior's own shrinkage.
  const auto moved = z0HatOfTheSecondStep(at::ones({1, 8}), 10);
  const double ab = prior.plan(2, "leading")[1].level.alphaBar(), s2 = kDeviation * kDeviation;
  const double of_mean = 1.0 - s2 * ab / (ab * s2 + 1.0 - ab);
  EXPECT_NEAR((moved - none).mean().item<double>(), 0.2 * of_mean, 1e-4);
  EXPECT_THROW(z0HatOfTheSecondStep(at::ones({1, 7}), 10), Error);  // a width that the text encoder does not have
}

// DPS and LDPS are one algorithm where D is the identity: the same bits.
TEST(GaussianPriorDps, IsLdpsOnPixels) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation, /*pixel=*/true);
  const auto A = makeDegradation("gaussian-blur", {{"sigma", 1.0}, {"kernel_size", 9.0}});
  const auto dps = runSolver("dps", {{"rho", 0.7}}, *A, prior, 20, control, 3, 1.0);
  EXPECT_TRUE(at::equal(dps.x, runSolver("ldps", {{"rho", 0.7}}, *A, prior, 20, control, 3, 1.0).x));
}

// DPS is only approximate, as LDPS is: its step has a fixed length. The measured part goes most of the way to y.
TEST(GaussianPriorDps, MaskFollowsTheMeasurement) {
  for (const double eta : {0.0, 1.0}) {
    const auto end = maskEnd("dps", {{"rho", 1.0}}, 200, eta);
    EXPECT_LT(end.error, 0.15 * kDeviation * std::sqrt(2.0)) << eta;
    EXPECT_NEAR(end.mean, kMean, 0.05) << eta;
    EXPECT_NEAR(end.deviation, kDeviation, 0.05) << eta;
  }
}

// The three others end at the posterior: what is left is the noise of the schedule's last step, 0.03 (as for P2L
// above).
TEST(GaussianPrior, PixelSolversEndAtTheMasksPosterior) {
  struct Case {
    const char* solver;
    ParamValues values;
    double eta;
  };
  const Case cases[] = {{"pigdm", {{"deviation", kDeviation}}, 0.0},
                        {"pigdm", {{"deviation", kDeviation}}, 1.0},
                        {"pigdm", {}, 1.0},
                        {"dds", {}, 0.0},
                        {"dds", {}, 1.0},
                        {"diffpir", {{"zeta", 0.0}, {"lambda", 1.0}}, 0.0},
                        {"diffpir", {{"zeta", 0.0}, {"noise", std::string("estimate")}}, 0.0}};
  for (const auto& [solver, values, eta] : cases) {
    const auto end = maskEnd(solver, values, 100, eta);
    EXPECT_LT(end.error, 0.05) << solver << " " << eta;
    EXPECT_NEAR(end.mean, kMean, 0.05) << solver << " " << eta;
    EXPECT_NEAR(end.deviation, kDeviation, 0.05) << solver << " " << eta;
  }
}

// DiffPIR's fresh noise is a bias: it replaces more than DDPM would around an estimate that is narrower than the prior,
// and the missing pixels lose variance, the more the larger zeta.
TEST(GaussianPriorDiffPir, FreshNoiseNarrowsWhatIsNotMeasured) {
  const auto some = maskEnd("diffpir", {{"zeta", 0.3}}, 100, 0.0);
  const auto all = maskEnd("diffpir", {{"zeta", 1.0}}, 100, 0.0);
  EXPECT_LT(some.error, 0.05);
  EXPECT_LT(all.error, 0.05);
  EXPECT_LT(some.deviation, 0.97 * kDeviation);
  EXPECT_LT(all.deviation, some.deviation);
}

// Super-resolution: block means at their posterior, what A cannot see stays prior.
TEST(GaussianPrior, PixelSolversEndAtThePosteriorOfSuperResolution) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation, /*pixel=*/true);
  const auto A = makeDegradation("sr", {{"factor", 4.0}});
  const double block_variance = kDeviation * kDeviation / 16;
  const double precision = 1 / block_variance + 1 / (kNoise * kNoise);
  const std::pair<const char*, ParamValues> cases[] = {{"pigdm", {{"deviation", kDeviation}}},
                                                       {"dds", {{"gamma", 0.01}}},
                                                       {"diffpir", {{"zeta", 0.0}, {"lambda", 1.0}}}};
  for (const auto& [solver, values] : cases) {
    const auto run = runSolver(solver, values, *A, prior, 100, control);
    const auto posterior_mean = (kMean / block_variance + run.y / (kNoise * kNoise)) / precision;
    EXPECT_LT((A->A(run.x) - posterior_mean).square().mean().sqrt().item<double>(), 0.03) << solver;
    const auto within = run.x - at::upsample_nearest2d(A->A(run.x), {kSide, kSide});
    EXPECT_NEAR(within.square().mean().sqrt().item<double>(), kDeviation * std::sqrt(1.0 - 1.0 / 16), 0.05) << solver;
  }
}

/// The first step of a run on a mask, with what its formula is made of.
struct FirstStep {
  StepView view;
  at::Tensor y, M;
  double ab, ab_prev, of_x;  ///< of_x: dx0_hat / dx_t of the prior's denoiser, a number
};
FirstStep firstStep(const std::string& solver, const ParamValues& values) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation, /*pixel=*/true);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const auto run = runSolver(solver, values, *A, prior, 3, control);
  const auto& view = run.steps.at(1);  // the second: abar of the first is nearly 0
  const double ab = view.step.level.alphaBar(), s2 = kDeviation * kDeviation;
  return {view,
          run.y,
          A->mask().to(at::kFloat).expand({1, 3, kSide, kSide}),
          ab,
          view.step.next.alphaBar(),
          s2 * std::sqrt(ab) / (ab * s2 + 1.0 - ab)};
}
at::Tensor ddimOf(const FirstStep& step, const at::Tensor& x0, const at::Tensor& eps) {
  return std::sqrt(step.ab_prev) * x0 + std::sqrt(1.0 - step.ab_prev) * eps;
}
at::Tensor noiseIn(const FirstStep& step, const at::Tensor& x0) {
  return (step.view.z_t - std::sqrt(step.ab) * x0) / std::sqrt(1.0 - step.ab);
}
double largest(const at::Tensor& difference) {
  return difference.abs().max().item<double>();
}

// Eq. 52 on a mask, where A A^T is 1 for measured pixels: (r^2 A A^T + sigma^2)^-1 = 1 / (r^2 + sigma^2).
TEST(PiGdm, OneStepIsEq52) {
  for (const double s : {1.0, 0.3}) {
    const auto step = firstStep("pigdm", {{"rho", 0.8}, {"deviation", s}});
    const auto& x0 = step.view.z0_hat;
    const double r2 = s * s * (1.0 - step.ab) / (step.ab * s * s + 1.0 - step.ab);
    const auto g = step.of_x * step.M * (step.y - x0) / (r2 + kNoise * kNoise);
    const auto expected = ddimOf(step, x0, noiseIn(step, x0)) + 0.8 * r2 * std::sqrt(step.ab * step.ab_prev) * g;
    EXPECT_LT(largest(step.view.z_prev - expected), 1e-4) << s;
    const double norm = at::linalg_vector_norm(g).item<double>();
    EXPECT_NEAR(step.view.gradient_norm.item<double>(), norm, 1e-3 * norm);
  }
}

// Eq. 53 on a mask has the closed form (M y + gamma x0_hat) / (M + gamma), which CG reaches in two iterations.
TEST(Dds, OneStepIsEq53And54) {
  const auto step = firstStep("dds", {{"gamma", 0.5}});
  const auto& x0_hat = step.view.z0_hat;
  const auto x0 = (step.M * step.y + 0.5 * x0_hat) / (step.M + 0.5);
  EXPECT_LT(largest(step.view.z_prev - ddimOf(step, x0, noiseIn(step, x0_hat))), 1e-4);
  EXPECT_TRUE(step.view.projected);
}

TEST(DiffPir, OneStepIsEq55And56) {
  for (const bool of_estimate : {false, true}) {
    const auto step = firstStep(
        "diffpir", {{"zeta", 0.0}, {"lambda", 700.0}, {"noise", std::string(of_estimate ? "estimate" : "network")}});
    const auto& x0_hat = step.view.z0_hat;
    const double weight = 700.0 * kNoise * kNoise * step.ab / (1.0 - step.ab);
    const auto x0 = (step.M * step.y + weight * x0_hat) / (step.M + weight);
    const auto eps = noiseIn(step, of_estimate ? x0 : x0_hat);
    EXPECT_LT(largest(step.view.z_prev - ddimOf(step, x0, eps)), 1e-4) << of_estimate;
  }
}

// What is not x0' in Eq. 56 has unit variance, and zeta of it is independent of the network's noise.
TEST(DiffPir, FreshNoiseHasTheStatedPart) {
  for (const double zeta : {0.0, 0.36, 1.0}) {
    const auto step = firstStep("diffpir", {{"zeta", zeta}, {"lambda", 7.0}});
    const double weight = 7.0 * kNoise * kNoise * step.ab / (1.0 - step.ab);
    const auto x0 = (step.M * step.y + weight * step.view.z0_hat) / (step.M + weight);
    const auto noise = (step.view.z_prev - std::sqrt(step.ab_prev) * x0) / std::sqrt(1.0 - step.ab_prev);
    const auto kept = noiseIn(step, step.view.z0_hat);
    // 3,072 samples: standard errors 0.02.
    EXPECT_NEAR((noise * kept).mean().item<double>(), std::sqrt(1.0 - zeta) * kept.square().mean().item<double>(),
                0.08);
    EXPECT_NEAR((noise - std::sqrt(1.0 - zeta) * kept).std().item<double>(), std::sqrt(zeta), 0.06);
  }
}

TEST(P2l, WithoutProjectionAndTuningIsLdps) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("gaussian-blur", {{"sigma", 1.0}, {"kernel_size", 9.0}});
  const auto p2l =
      runSolver("p2l", {{"K", 0.0}, {"projection", std::string("off")}, {"rho", 0.7}}, *A, prior, 10, control);
  const auto ldps = runSolver("ldps", {{"rho", 0.7}}, *A, prior, 10, control);
  EXPECT_TRUE(at::equal(p2l.x, ldps.x));
  const auto adam = runSolver(
      "p2l", {{"K", 0.0}, {"projection", std::string("off")}, {"rho", 0.1}, {"z_update", std::string("adam")}}, *A,
      prior, 10, control);
  EXPECT_TRUE(at::equal(adam.x, runSolver("ldir", {{"rho", 0.1}}, *A, prior, 10, control).x));
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
  const double drift = tuned.steps.back().C.prompt.mean().item<double>();
  EXPECT_GT(drift, 0.2);
  EXPECT_LT(drift, 0.6);
  auto residual = [&](const SolverRun& run) { return at::linalg_vector_norm(run.y - A->A(run.x)).item<double>(); };
  EXPECT_LT(residual(tuned), 0.7 * residual(untuned));
  EXPECT_EQ(untuned.steps.back().C.prompt.abs().max().item<double>(), 0.0);
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
    EXPECT_LT(on.steps.back().residual.item<double>(), off.steps.back().residual.item<double>()) << kind;
  }
}

// Fresh noise has the stated part after a projection, and does not touch the steps between.
TEST(P2l, RenoiseExchangesThatPartOfTheNoise) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const ParamValues values{{"K", 0.0}, {"rho", 0.0}, {"gamma", 2.0}, {"lambda", 0.1}};
  for (const double nu : {0.36, 1.0}) {
    auto with = values;
    with["renoise"] = nu;
    const auto run = runSolver("p2l", with, *A, prior, 4, control);
    const auto ddim = runSolver("p2l", values, *A, prior, 4, control);
    EXPECT_FALSE(at::equal(run.steps[0].z_prev, ddim.steps[0].z_prev));  // t = 4: projected
    const auto& view = run.steps[2];                                     // t = 2: projected
    const double ab = view.step.level.alphaBar(), ab_prev = view.step.next.alphaBar();
    const auto eps = (view.z_t - std::sqrt(ab) * view.z0_hat) / std::sqrt(1.0 - ab);
    const auto M = A->mask().to(at::kFloat);
    const auto z0_tilde = prior.encode((run.y + 0.1 * view.x0_hat) / (M + 0.1));
    const auto noise = (view.z_prev - std::sqrt(ab_prev) * z0_tilde) / std::sqrt(1.0 - ab_prev);
    // 3,072 samples: standard error 0.02.
    EXPECT_NEAR((noise - std::sqrt(1.0 - nu) * eps).std().item<double>(), std::sqrt(nu), 0.06) << nu;
    const auto& between = run.steps[1];  // t = 3
    const double between_ab = between.step.level.alphaBar();
    const auto between_eps = (between.z_t - std::sqrt(between_ab) * between.z0_hat) / std::sqrt(1.0 - between_ab);
    const auto expected = std::sqrt(between.step.next.alphaBar()) * between.z0_hat +
                          std::sqrt(1.0 - between.step.next.alphaBar()) * between_eps;
    EXPECT_LT((between.z_prev - expected).abs().max().item<double>(), 1e-4);
  }
}

// LATINO is P2L's projection with fresh noise alone: the same rule from the second step on, where lambda is the same.
TEST(P2l, WithFreshNoiseAndNothingElseIsLatinosStep) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("random-drop", {{"drop", 0.5}});
  const auto latino = runSolver("latino", {{"delta", 0.5}}, *A, prior, 6, control);
  const auto& view = latino.steps.front();
  const double lambda = kNoise * kNoise / (0.5 * (1.0 - view.step.level.alphaBar()));
  Problem problem{latino.y, *A,
                  prior,    prior.embedPrompt("").prompt,
                  view.z_t, prior.plan(6, "leading"),
                  0.0,      makeGenerator(3, RandomStream::SamplerNoise)};
  const auto& entry = solverEntry("p2l");
  const ParamValues values{{"K", 0.0}, {"rho", 0.0}, {"gamma", 1.0}, {"lambda", lambda}, {"renoise", 1.0}};
  at::Tensor first;
  entry.make(completeValues(entry.info.parameters, values, "p2l"))
      ->solve(
          problem,
          [&](const StepView& step) {
            if (step.index == 0) first = step.z_prev;
          },
          control);
  EXPECT_LT((first - view.z_prev).abs().max().item<double>(), 1e-6);
}

TEST(P2l, ProjectsWhereThePapersTimeIsAMultipleOfGamma) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  const auto run = runSolver("p2l", {{"K", 0.0}, {"gamma", 4.0}}, *A, prior, 10, control);
  for (const auto& view : run.steps) EXPECT_EQ(view.projected, view.step.paper_t % 4 == 0) << view.step.paper_t;
  EXPECT_EQ(run.steps.front().step.paper_t, 10);
}

TEST(Remarks, SayWhatARunOfSoFewStepsLeavesUndone) {
  auto remark = [](const std::string& id, const ParamValues& values, int steps) {
    const auto& entry = solverEntry(id);
    return entry.remark(completeValues(entry.info.parameters, values, id), steps);
  };
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  const std::vector<std::pair<std::string, std::vector<ParamValues>>> cases = {
      {"p2l", {{{"K", 0.0}, {"gamma", 4.0}}, {{"K", 0.0}, {"gamma", 2.0}}}},
      {"treg", {{{"until", 0.85}}, {{"until", 0.05}}}},
      {"resample", {{{"every", 2.0}, {"iterations", 1.0}}, {{"every", 10.0}, {"iterations", 1.0}}}}};
  for (const auto& [id, all] : cases) {
    for (const auto& values : all) {
      for (const int steps : {1, 3, 4, 5, 12}) {
        const auto run = runSolver(id, values, *A, prior, steps, control);
        // ReSample's last step is made consistent in any case.
        const auto end = run.steps.end() - (id == "resample" ? 1 : 0);
        const bool any = std::any_of(run.steps.begin(), end, [](const StepView& view) { return view.projected; });
        EXPECT_EQ(remark(id, values, steps).empty(), any) << id << " " << steps << " " << remark(id, values, steps);
      }
    }
  }
  EXPECT_EQ(remark("p2l", {{"gamma", 4.0}, {"projection", std::string("off")}}, 2), "");
  EXPECT_NE(remark("p2l", {{"gamma", 4.0}}, 2).find("gamma 4"), std::string::npos);
}

TEST(RhoSide, RhoGrowsWithTheSideThatItIsNotStatedFor) {
  RunControl control;
  const auto A = makeDegradation("sr");
  std::vector<std::string> with;
  for (const auto& entry : solverEntries()) {
    const auto& specs = entry.info.parameters;
    if (std::none_of(specs.begin(), specs.end(), [](const auto& spec) { return spec.key == "rho_side"; })) continue;
    with.push_back(entry.info.id);
    const test::GaussianPrior prior(kMean, kDeviation, ofPixels(entry.info.id));
    auto x = [&](double rho, double side) {
      return runSolver(entry.info.id, {{"rho", rho}, {"rho_side", side}}, *A, prior, 4, control).x;
    };
    EXPECT_TRUE(at::equal(x(0.5, kSide / 2), x(1.0, 0.0))) << entry.info.id;
    EXPECT_TRUE(at::equal(x(0.5, kSide), x(0.5, 0.0))) << entry.info.id;
    EXPECT_FALSE(at::equal(x(0.5, kSide), x(1.0, 0.0))) << entry.info.id;
  }
  EXPECT_EQ(with, (std::vector<std::string>{"p2l", "ldps", "gml_dps", "psld", "resample", "dps"}));
}

// Properties over the registry.
class EverySolver : public testing::TestWithParam<std::string> {};

TEST_P(EverySolver, SameSeedSameBitsOtherSeedOtherBits) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation, ofPixels(GetParam()));
  const auto A = makeDegradation("sr");
  const auto a = runSolver(GetParam(), {}, *A, prior, 6, control, 3, 0.5);
  const auto b = runSolver(GetParam(), {}, *A, prior, 6, control, 3, 0.5);
  const auto c = runSolver(GetParam(), {}, *A, prior, 6, control, 4, 0.5);
  EXPECT_TRUE(at::equal(a.x, b.x));
  EXPECT_FALSE(at::equal(a.x, c.x));
}

TEST_P(EverySolver, StopsWithinTheStepItIsIn) {
  const test::GaussianPrior prior(kMean, kDeviation, ofPixels(GetParam()));
  const auto A = makeDegradation("sr");
  const at::NoGradGuard no_grad;
  RunControl control;
  const auto& entry = solverEntry(GetParam());
  const Problem problem{at::zeros({1, 3, kSide / 4, kSide / 4}),
                        *A,
                        prior,
                        prior.embedPrompt("").prompt,
                        at::zeros(latentShape(prior)),
                        prior.plan(100, "leading"),
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
  const test::GaussianPrior prior(kMean, kDeviation, ofPixels(GetParam()));
  for (const auto& entry : degradationEntries()) {
    if (!entry.info.linear && solverEntry(GetParam()).info.needs_linear) continue;
    const auto A = makeDegradation(entry.info.id);
    auto residual = [&](const SolverRun& run) { return at::linalg_vector_norm(run.y - A->A(run.x)).item<double>(); };
    const auto unguided = runSolver("ldps", {{"rho", 0.0}}, *A, prior, 50, control);
    const auto run = runSolver(GetParam(), {}, *A, prior, 50, control);
    EXPECT_LT(residual(run), 0.9 * residual(unguided)) << entry.info.id;
  }
}

/// A catalogue of this solver and one model of each kind.
TEST_P(EverySolver, AModelOfTheOtherKindIsRefused) {
  Catalogue catalogue;
  catalogue.solvers = {solverEntry(GetParam()).info};
  catalogue.degradations = {degradationEntry("sr").info};
  catalogue.noises = {noiseEntry("gaussian").info};
  catalogue.sampler = {realParam("guidance", "w", "Guidance", 0.0, 30.0, 1.0, "")};
  catalogue.models.resize(2);
  catalogue.models[0].name = "of-latents";
  catalogue.models[1].name = "of-pixels";
  catalogue.models[1].model_kind = ModelKind::Pixel;
  RestoreRequest request;
  request.solver = GetParam();
  for (const auto& model : catalogue.models) {
    request.model = model.name;
    if (model.isPixel() == ofPixels(GetParam())) {
      EXPECT_NO_THROW(catalogue.complete(request));
      continue;
    }
    try {
      catalogue.complete(request);
      FAIL() << model.name;
    } catch (const Error& error) {
      const std::string text = error.what();
      for (const auto& part : {GetParam(), model.name, catalogue.models[model.isPixel() ? 0 : 1].name})
        EXPECT_NE(text.find(part), std::string::npos) << text;
    }
  }
}

TEST_P(EverySolver, LeavesNoGraphBehind) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation, ofPixels(GetParam()));
  const auto A = makeDegradation("sr");
  const auto run = runSolver(GetParam(), {}, *A, prior, 3, control);
  EXPECT_FALSE(run.x.requires_grad());
  for (const auto& view : run.steps) {
    for (const auto& tensor : {view.z_t, view.z0_hat, view.x0_hat, view.z_prev, view.C.prompt})
      EXPECT_FALSE(tensor.requires_grad());
  }
}

// What a projecting step shows is what it went on with: E of the picture, where a picture was moved.
TEST_P(EverySolver, ShowsItsProjectionsWhereItDeclaresThem) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation, ofPixels(GetParam()));
  const auto A = makeDegradation("sr");
  const auto run = runSolver(GetParam(), {}, *A, prior, 12, control);
  const auto residual = [&](const at::Tensor& x) { return at::linalg_vector_norm(run.y - A->A(x)).item<double>(); };
  int projections = 0;
  for (const auto& view : run.steps) {
    const auto& [x, z0] = view.projection;
    EXPECT_EQ(view.projected, z0.defined()) << view.index;
    if (!view.projected) continue;
    ++projections;
    EXPECT_TRUE(!x.defined() || at::equal(z0, prior.encode(x))) << view.index;
    EXPECT_LE(residual(prior.decode(z0)), residual(view.x0_hat)) << view.index;
  }
  const auto& info = solverEntry(GetParam()).info;
  EXPECT_EQ(projections > 0, info.projects && info.projects(completeValues(info.parameters, {}, info.id), 12));
}

TEST(P2l, ShowsThePictureOfEachKindOfProjection) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  const auto stepsOf = [&](const std::string& kind) {
    return runSolver("p2l", {{"K", 0.0}, {"gamma", 1.0}, {"projection", kind}}, *A, prior, 3, control);
  };
  for (const auto& view : stepsOf("off").steps) EXPECT_FALSE(view.projected);
  for (const auto& view : stepsOf("range").steps) EXPECT_TRUE(at::equal(view.projection.x, view.x0_hat));
  const auto glued = stepsOf("gluing");
  for (const auto& view : glued.steps)
    EXPECT_TRUE(at::allclose(view.projection.x, view.x0_hat + A->At(glued.y - A->A(view.x0_hat))));
}

/// What is left of the measurement's residual after a projection, at x8.
double leftByGluing(const Degradation& A, const ParamValues& values) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  auto with = values;
  with.insert({{"K", 0.0}, {"gamma", 1.0}, {"rho", 0.0}, {"projection", std::string("gluing")}});
  const auto run = runSolver("p2l", with, A, prior, 2, control);
  const auto& view = run.steps.front();
  return (at::linalg_vector_norm(run.y - A.A(view.projection.x)) / view.residual).item<double>();
}

// The transpose of the mean over windows goes 1 / s^2 of the way, the pseudo-inverse all of it.
TEST(Gluing, ByThePseudoInverseReachesTheMeasurement) {
  const auto A = makeDegradation("sr", {{"factor", 8.0}});
  EXPECT_NEAR(leftByGluing(*A, {}), 1.0 - 1.0 / 64, 1e-4) << "a request without the choice is run as ever";
  EXPECT_NEAR(leftByGluing(*A, {{"gluing_by", std::string("transpose")}}), 1.0 - 1.0 / 64, 1e-4);
  EXPECT_LT(leftByGluing(*A, {{"gluing_by", std::string("pseudo-inverse")}}), 1e-4);
  const auto blur = makeDegradation("gaussian-blur", {{"sigma", 1.0}, {"kernel_size", 9.0}});
  const ParamValues by{{"gluing_by", std::string("pseudo-inverse")}, {"pinv_steps", 40.0}};
  auto fewer = by;
  fewer["pinv_steps"] = 1.0;
  EXPECT_LT(leftByGluing(*blur, by), 0.5 * leftByGluing(*blur, fewer));
}

// On this prior the autoencoder loses nothing, and PSLD's second norm is that of B (y - A D(z0_hat)) alone.
TEST(Gluing, ByThePseudoInversePsldLeavesGmlDps) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr", {{"factor", 8.0}});
  auto firstGradient = [&](const std::string& solver, const ParamValues& values) {
    return runSolver(solver, values, *A, prior, 2, control).steps.front().gradient_norm.item<double>();
  };
  // ||A^T r|| = ||r|| / s and ||A^+ r|| = s ||r||, whose gradients have the residual's direction.
  const double gamma = 0.1, alone = firstGradient("gml_dps", {{"gamma", gamma}});
  EXPECT_NEAR(firstGradient("psld", {{"gamma", gamma}}), (1.0 + gamma / 8) * alone, 1e-4 * alone);
  EXPECT_NEAR(firstGradient("psld", {{"gamma", gamma}, {"gluing_by", std::string("pseudo-inverse")}}),
              (1.0 + gamma * 8) * alone, 1e-4 * alone);
}

TEST(P2l, TunesThePromptInEveryNthStepAlone) {
  RunControl control;
  const test::GaussianPrior prior(kMean, kDeviation);
  const auto A = makeDegradation("sr");
  for (const int every : {1, 3, 4}) {
    const auto run =
        runSolver("p2l", {{"K", 1.0}, {"lr", 1e-2}, {"prompt_every", double(every)}}, *A, prior, 8, control);
    auto before = prior.embedPrompt("").prompt;
    for (const auto& view : run.steps) {
      EXPECT_EQ(at::equal(view.C.prompt, before), view.index % every != 0) << every << " " << view.index;
      before = view.C.prompt;
    }
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

/// Averages 4 x 4 pixels, and has no adjoint that could be asked for.
class WithoutAdjoint : public Degradation {
 public:
  at::Tensor A(const at::Tensor& x) const override { return at::avg_pool2d(x, {4, 4}); }
  at::Tensor At(const at::Tensor&) const override { throw Error("the adjoint was used"); }
  std::vector<std::int64_t> pictureShape() const override { return {3, kSide, kSide}; }
  std::vector<std::int64_t> measurementShape() const override { return {3, kSide / 4, kSide / 4}; }
  at::Tensor plainPicture(const at::Tensor& y) const override { return at::upsample_nearest2d(y, {kSide, kSide}); }
};

/// Counts how often the network was evaluated for a gradient.
class CountsGradients : public test::GaussianPrior {
 public:
  using GaussianPrior::GaussianPrior;
  at::Tensor predictNoise(const at::Tensor& z_t, const Level& level, const Conditioning& C) const override {
    gradients += z_t.requires_grad() || C.prompt.requires_grad();
    return GaussianPrior::predictNoise(z_t, level, C);
  }
  mutable int gradients = 0;
};

TEST_P(EverySolver, NeedsWhatItDeclares) {
  RunControl control;
  const auto& info = solverEntry(GetParam()).info;
  const test::GaussianPrior prior(kMean, kDeviation, ofPixels(GetParam()));
  const WithoutAdjoint A;
  auto run = [&] { runSolver(GetParam(), {}, A, prior, 8, control); };
  if (info.needs_linear) {
    EXPECT_THROW(run(), Error);
  } else {
    EXPECT_NO_THROW(run());
  }
  const CountsGradients counting(kMean, kDeviation, ofPixels(GetParam()));
  runSolver(GetParam(), {}, *makeDegradation("sr"), counting, 3, control);
  EXPECT_EQ(counting.gradients > 0, info.needs_gradient);
}

// They stand in one panel, and name the runs of a sweep.
TEST_P(EverySolver, HasSymbolsThatTheSamplerHasNot) {
  const auto& info = solverEntry(GetParam()).info;
  std::map<std::string, std::string> keys;  // by symbol
  for (const auto& specs : {info.parameters, samplerParameters()}) {
    for (const auto& spec : specs) {
      // Where the solver guides by itself its own scale takes the place of the sampler's.
      if (spec.symbol.empty() || (info.own_guidance && spec.key == "guidance")) continue;
      const auto [former, is_new] = keys.emplace(spec.symbol, spec.key);
      EXPECT_TRUE(is_new) << former->second << " and " << spec.key << " are both called " << spec.symbol;
    }
  }
}

TEST_P(EverySolver, NamesRemediesThatItHas) {
  const auto& entry = solverEntry(GetParam());
  for (const auto& remedy : entry.remedies(completeValues(entry.info.parameters, {}, GetParam()))) {
    const auto key = remedy.substr(remedy.rfind(' ') + 1);
    EXPECT_TRUE(std::any_of(entry.info.parameters.begin(), entry.info.parameters.end(), [&](const auto& spec) {
      return spec.key == key;
    })) << remedy;
  }
}

TEST_P(EverySolver, ANonlinearTaskIsRefusedWhereALinearOneIsNeeded) {
  Catalogue catalogue;
  catalogue.solvers = {solverEntry(GetParam()).info};
  catalogue.degradations = {degradationEntry("sr").info};
  catalogue.noises = {noiseEntry("gaussian").info};
  catalogue.degradations[0].linear = false;
  catalogue.sampler = {realParam("guidance", "w", "Guidance", 0.0, 30.0, 1.0, "")};
  RestoreRequest request;
  request.solver = GetParam();
  if (catalogue.solvers[0].needs_linear) {
    EXPECT_THROW(catalogue.complete(request), Error);
  } else {
    EXPECT_NO_THROW(catalogue.complete(request));
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
