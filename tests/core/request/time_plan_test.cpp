// SPDX-License-Identifier: GPL-3.0-or-later
// What a run is expected to take: the evaluations that are counted are those that the solvers make.
#include "core/request/time_plan.h"

#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include "core/api/models.h"
#include "core/api/session.h"
#include "core/base/random.h"
#include "core/solvers/solver.h"
#include "tests/support/degradation_support.h"
#include "tests/support/gaussian_prior.h"

namespace p2l {
namespace {

class CountingPrior : public test::GaussianPrior {
 public:
  explicit CountingPrior(bool pixel) : GaussianPrior(0.2, 0.5, pixel) {}

  at::Tensor predictNoise(const at::Tensor& z_t, const Level& level, const Conditioning& C) const override {
    count(counts_.network, counts_.network_gradient, z_t.requires_grad() || C.prompt.requires_grad());
    return GaussianPrior::predictNoise(z_t, level, C);
  }
  at::Tensor decode(const at::Tensor& z) const override {
    count(counts_.decode, counts_.decode_gradient, z.requires_grad());
    return GaussianPrior::decode(z);
  }
  at::Tensor encode(const at::Tensor& x) const override {
    count(counts_.encode, counts_.encode_gradient, x.requires_grad());
    return GaussianPrior::encode(x);
  }
  Conditioning embedPrompt(const std::string& prompt) const override {
    return at::full({1, 4, 8}, prompt.empty() ? 0.0 : 0.1);
  }
  const RunWork& counts() const { return counts_; }

 private:
  static void count(double& without, double& with, bool requires_grad) {
    (requires_grad && at::GradMode::is_enabled() ? with : without) += 1.0;
  }
  mutable RunWork counts_;
};

struct Case {
  std::string solver;
  ParamValues values;
  std::string prompt;
};

RunWork counted(const Catalogue& catalogue, const Case& each, int steps) {
  constexpr std::int64_t kSide = 16;
  const auto& entry = solverEntry(each.solver);
  const bool pixel = entry.info.model_kind == ModelKind::Pixel;
  const CountingPrior prior(pixel);
  const auto A = test::makeDegradation("sr", kSide, kSide, {{"factor", 4.0}}, 7);
  auto generator = makeGenerator(1, RandomStream::InitialLatent);
  const auto side = kSide / prior.pixelsPerLatent();
  Problem problem{at::full({1, 3, 4, 4}, 0.1),
                  *A,
                  prior,
                  prior.embedPrompt(each.prompt).prompt,
                  randomNormal({1, prior.latentChannels(), side, side}, generator),
                  prior.plan(steps, "leading"),
                  0.0,
                  makeGenerator(0, RandomStream::SamplerNoise)};
  RunControl control;
  const at::NoGradGuard no_grad;
  entry.make(completeValues(catalogue.solver(each.solver).parameters, each.values, each.solver))
      ->solve(
          problem, [](const StepView&) {}, control);
  return prior.counts();
}

TEST(TimePlan, CountsTheEvaluationsThatTheSolversMake) {
  const Session session;
  const auto& catalogue = session.catalogue();
  std::vector<Case> cases = {
      {"p2l", {{"K", 0.0}, {"gamma", 3.0}}, ""},
      {"p2l", {{"K", 3.0}, {"gamma", 4.0}}, ""},
      {"p2l", {{"K", 2.0}, {"prompt_every", 3.0}, {"rho", 0.0}}, ""},
      {"p2l", {{"K", 1.0}, {"projection", std::string("off")}}, ""},
      {"treg", {{"w", 7.5}}, ""},
      {"treg", {{"w", 7.5}, {"every", 2.0}}, "a cat"},
      {"treg", {{"w", 1.0}, {"rho", 0.5}}, ""},
      {"resample", {{"iterations", 3.0}, {"every", 2.0}}, ""},
      {"resample", {{"iterations", 4.0}, {"every", 3.0}, {"rho", 0.0}}, ""},
      {"latent_daps", {{"iterations", 4.0}, {"ode_steps", 2.0}}, ""},
  };
  for (const auto& solver : catalogue.solvers) cases.push_back({solver.id, {}, ""});
  for (auto& each : cases) {
    if (each.solver == "resample" && each.values.empty()) each.values = {{"iterations", 2.0}};
    for (const int steps : {1, 10, 23}) {
      SCOPED_TRACE(each.solver + " " + std::to_string(steps));
      const auto& solver = catalogue.solver(each.solver);
      auto planned = solver.work(completeValues(solver.parameters, each.values, each.solver), steps);
      if (!each.prompt.empty()) planned.network += planned.network_of_text;
      const auto made = counted(catalogue, each, steps);
      // The flow of the last levels may have fewer steps than asked for.
      EXPECT_NEAR(planned.network, made.network, each.solver == "latent_daps" ? 1.0 : 0.0);
      EXPECT_EQ(planned.network_gradient, made.network_gradient);
      if (solver.model_kind == ModelKind::Pixel) continue;  // D and E cost nothing
      EXPECT_EQ(planned.decode, made.decode);
      EXPECT_EQ(planned.decode_gradient, made.decode_gradient);
      EXPECT_EQ(planned.encode, made.encode);
      EXPECT_EQ(planned.encode_gradient, made.encode_gradient);
    }
  }
}

TEST(TimePlan, TimeFollowsFromTheCounts) {
  const Session session;
  const auto& catalogue = session.catalogue();
  ModelInfo model;
  model.pixels_per_latent = 8;
  const NetworkTimes times{512.0 * 512.0, 1.0, 4.0, 2.0};
  RestoreRequest request;
  request.mode = Mode::Restore;
  request.model = "sd";
  request.degradation().id = "inpaint";
  request.measurement_seed = 0;  // a random mask is meant
  request.solver = "latino";
  request.sampler_values = {{"steps", 10.0}};
  // Ten rounds of network, decoder and encoder, the encoder once before and the decoder once after.
  EXPECT_DOUBLE_EQ(estimateTime(catalogue, request, model, 512, 512, times).seconds, 10.0 * 7.0 + 2.0 + 4.0);
  EXPECT_DOUBLE_EQ(estimateTime(catalogue, request, model, 1024, 512, times).seconds, 2.0 * (10.0 * 7.0 + 6.0));
  request.sampler_values["guidance"] = 3.0;
  EXPECT_DOUBLE_EQ(estimateTime(catalogue, request, model, 512, 512, times).seconds, 10.0 * 8.0 + 6.0);
  request.sampler_values["guidance"] = 1.0;
  request.sampler_values["patches"] = std::string("mixture");  // of 64 with stride 32: 3 x 1 of the half on 128 x 64
  EXPECT_DOUBLE_EQ(estimateTime(catalogue, request, model, 1024, 512, times).seconds, 2.0 * (10.0 * (1.5 + 6.0) + 6.0));

  // Four times the pixels where the task enlarges; a gradient, and one with checkpointing, cost more.
  request.sampler_values = {{"steps", 10.0}};
  request.degradation().id = "sr";
  request.degradation().values = {{"factor", 2.0}};
  EXPECT_DOUBLE_EQ(estimateTime(catalogue, request, model, 512, 512, times).seconds, 4.0 * (10.0 * 7.0 + 6.0));
  request.solver = "ldps";
  const auto plain = estimateTime(catalogue, request, model, 512, 512, times).seconds;
  EXPECT_GT(plain, 4.0 * 10.0 * 2.0 * 5.0);
  request.model_options.checkpointing = true;
  EXPECT_GT(estimateTime(catalogue, request, model, 512, 512, times).seconds, 1.2 * plain);
}

TEST(TimePlan, IsSaidInRoundNumbers) {
  EXPECT_EQ(textFromTime({1.0}), "a few seconds");
  EXPECT_EQ(textFromTime({42.4}), "about 42 s");
  EXPECT_EQ(textFromTime({1500.0}), "about 25 min");
  EXPECT_EQ(textFromTime({140.0}), "about 2.3 min");
  EXPECT_EQ(textFromTime({3.0 * 3600.0, true}), "at most about 3 h");
  EXPECT_EQ(textFromTime({4.0 * 86400.0}), "about 4 days");
}

TEST(TimePlan, TheEngineMeasuresTheNetworks) {
  Session session;
  const auto times = session.networkTimes("p2l-tiny", "cpu", {}, 100, 4000);
  EXPECT_GT(times.unet, 0.0);
  EXPECT_GT(times.decode, 0.0);
  EXPECT_GT(times.encode, 0.0);
  const auto side = session.loadModel("p2l-tiny", "cpu").training_size;
  EXPECT_EQ(times.pixels, 112.0 * side);  // a multiple of 16, and no more than the model was trained on
  RestoreRequest request;
  request.device = "cpu";
  request.degradation().id = "inpaint";
  request.sampler_values = {{"steps", 10.0}};
  const auto few = session.estimateTime(request, 64, 64).seconds;
  request.sampler_values["steps"] = 100.0;
  EXPECT_GT(few, 0.0);
  EXPECT_NEAR(session.estimateTime(request, 64, 64).seconds / few, 10.0, 2.0);  // the networks are measured once
}

class WithoutPictures : public RunObserver {
 public:
  Pictures wantedPictures() const override { return Pictures::None; }
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Predicted over measured seconds: medians of rounds that take turns, so that a busy machine slows both alike.
double ratioOf(const RestoreRequest& request, const RunInputs& inputs) {
  constexpr int kRounds = 3;
  std::vector<double> predicted, measured;
  for (int round = 0; round < kRounds; ++round) {
    Session session;
    predicted.push_back(session.estimateTime(request, inputs.photo->width, inputs.photo->height).seconds);
    WithoutPictures observer;
    RunControl control;
    const auto outcome = session.run(request, inputs, observer, control);
    EXPECT_EQ(outcome.status, Outcome::Status::Completed) << outcome.message;
    measured.push_back(outcome.report.seconds);
  }
  return median(predicted) / median(measured);
}

TEST(TimePlan, PredictsTheRunsOfThisMachineWithinAFifth) {
  constexpr int kTries = 3;  // something else may run beside the test
  RunInputs inputs;
  inputs.photo = Image(128, 128, 3, 0.5f);
  RestoreRequest request;
  request.device = "cpu";
  request.degradation().id = "sr";
  for (const auto& [solver, values, steps] :
       {std::tuple<const char*, ParamValues, double>{"ldps", {}, 3.0}, {"p2l", {{"K", 3.0}}, 1.0}}) {
    request.solver = solver;
    request.solver_values = values;
    request.sampler_values["steps"] = steps;
    double ratio = 0.0;
    for (int i = 0; i < kTries && std::abs(ratio - 1.0) > 0.2; ++i) ratio = ratioOf(request, inputs);
    EXPECT_NEAR(ratio, 1.0, 0.2) << solver;
  }
}

}  // namespace
}  // namespace p2l
