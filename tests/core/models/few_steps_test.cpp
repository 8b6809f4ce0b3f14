// SPDX-License-Identifier: GPL-3.0-or-later
// Sampling as a latent consistency model against diffusers' LCMScheduler (tests/reference/few_steps), and a small
// autoencoder in the steps with the model's own decoder at the end.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/api/session.h"
#include "core/engine/memory_planner.h"
#include "core/engine/sampler.h"
#include "core/engine/timings.h"
#include "core/models/consistency_model.h"
#include "core/models/model_folder.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using test::expectParts;
using test::modelFolder;
using test::problemOf;
using test::referencePath;
using test::relativeDifference;

std::shared_ptr<const SafetensorsFile> lcmReference() {
  return SafetensorsFile::open(referencePath("few_steps/lcm.safetensors"));
}

TEST(Lcm, TimestepsAreThoseOfDiffusers) {
  const auto reference = lcmReference();
  const NoiseSchedule schedule{NoiseSchedule::Config{}};
  for (const int steps : {1, 2, 4, 6, 8, 50}) {
    const auto expected = reference->tensor("timesteps_" + std::to_string(steps));
    const auto plan = samplingPlan(schedule, steps, "lcm");
    ASSERT_EQ(static_cast<std::int64_t>(plan.size()), expected.size(0));
    for (int i = 0; i < steps; ++i) EXPECT_EQ(plan[i].level.t, expected[i].item<double>()) << steps << " steps";
    EXPECT_EQ(plan.back().next.noise, 0.0);
  }
  expectParts(problemOf([&] { samplingPlan(schedule, 51, "lcm"); }), {"51", "1 to 50"});
}

class LcmParity : public test::TemporaryFolder, public testing::WithParamInterface<const char*> {
 protected:
  /// Four steps as `p2l sample` makes them, with the reference's noise.
  void expectRun(const DiffusionModel& model, const ParamValues& values, const std::string& run) const {
    const auto reference = lcmReference();
    const auto name = std::string(GetParam());
    const auto C = reference->tensor(name + ".C"), noise = reference->tensor(name + ".noise");
    const auto z = reference->tensor(run + ".z"), z0_hat = reference->tensor(run + ".z0_hat");
    const double eta = stochasticityOf(model, values);
    EXPECT_TRUE(std::isinf(eta));
    auto z_t = z.narrow(0, 0, 1);
    const auto plan = model.plan(4, "model");
    for (int i = 0; i < 4; ++i) {
      const auto eps = model.predictNoise(z_t, plan[i].level, C);
      const auto estimate = tweedie(z_t, eps, plan[i].level);
      EXPECT_LT(relativeDifference(estimate, z0_hat.narrow(0, i, 1)), 1e-4) << run << " step " << i;
      z_t = ddimStep(estimate, eps, plan[i], eta, noise.narrow(0, i, 1));
      EXPECT_LT(relativeDifference(z_t, z.narrow(0, i + 1, 1)), 1e-4) << run << " step " << i;
    }
  }
  at::NoGradGuard no_grad_;
  RunControl control_;
};

TEST_P(LcmParity, StepsAreThoseOfDiffusers) {
  const auto loaded = loadModel(modelFolder(GetParam()), at::kCPU);
  const auto values = completeValues(samplerParameters(), {{"lcm", std::string("on")}}, "sampler");
  expectRun(*modelForSampler(loaded.model, values, control_), values, GetParam());
}

/// The scheduler says it; and with its small timestep_scaling the boundary condition counts at every step.
TEST_P(LcmParity, BoundaryConditionOfALcmSchedulerIsThatOfDiffusers) {
  const auto folder = folder_ / "model";
  copyWritable(modelFolder(GetParam()), folder);
  const auto config = folder / "scheduler" / "scheduler_config.json";
  std::ifstream in(config);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto name = text.find("DDIMScheduler");
  ASSERT_NE(name, std::string::npos);
  text.replace(name, 13, "LCMScheduler");
  text.insert(text.find('{') + 1, "\"timestep_scaling\": 0.003, ");
  std::ofstream(config) << text;
  const auto loaded = loadModel(folder.string(), at::kCPU);
  const auto values = completeValues(samplerParameters(), {}, "sampler");
  expectRun(*modelForSampler(loaded.model, values, control_), values, std::string(GetParam()) + "_bounded");

  const auto off = completeValues(samplerParameters(), {{"lcm", std::string("off")}}, "sampler");
  EXPECT_EQ(stochasticityOf(*loaded.model, off), 0.0);
  EXPECT_EQ(modelForSampler(loaded.model, off, control_), loaded.model);
}

INSTANTIATE_TEST_SUITE_P(Models, LcmParity, testing::Values("sd1-mini", "sd2-mini"),
                         [](const auto& info) { return std::string(info.param).substr(0, 3); });

TEST(Lcm, WhatDoesNotGoTogetherIsSaid) {
  const auto remarks = [](const LoadedModel& loaded, const char* lcm) {
    std::vector<std::string> found;
    remarkOnLcm(completeValues(samplerParameters(), {{"lcm", std::string(lcm)}}, "sampler"), loaded, found);
    return found.empty() ? std::string() : found.front();
  };
  auto loaded = loadModel(modelFolder("sd1-mini"), at::kCPU);
  EXPECT_EQ(remarks(loaded, "model"), "");
  expectParts(remarks(loaded, "on"), {"sd1-mini", "LCM-LoRA"});
  loaded.info.loras = {{"/loras/LCM-lora-sdv1-5.safetensors", "", 1.0, 1}};
  EXPECT_EQ(remarks(loaded, "on"), "");
  expectParts(remarks(loaded, "model"), {"LCM-lora-sdv1-5.safetensors", "lcm=on"});
}

class FastAutoencoder : public test::TemporaryFolder {
 protected:
  static ModelOptions fast(const std::string& precision = {}) {
    ModelOptions options;
    options.fast_autoencoder = modelFolder("taesd-mini");
    options.precision = precision;
    return options;
  }
  static ModelOptions instead() {
    ModelOptions options;
    options.vae = modelFolder("taesd-mini");
    return options;
  }
  static RestoreRequest request(const ModelOptions& options) {
    RestoreRequest request;
    request.model = modelFolder("sd2-mini");
    request.device = "cpu";
    request.model_options = options;
    request.solver = "latino";
    request.sampler_values = {{"steps", 2.0}};
    return request;
  }
  static RunInputs photo() {
    RunInputs inputs;
    Image image(64, 64, 3);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = 0.5f + 0.4f * std::sin(0.05f * i);
    inputs.photo = image;
    return inputs;
  }
  at::NoGradGuard no_grad_;
};

TEST_F(FastAutoencoder, ServesTheStepsAndTheModelsDecoderEndsThem) {
  const auto own = loadModel(modelFolder("sd2-mini"), at::kCPU),
             with = loadModel(modelFolder("sd2-mini"), at::kCPU, fast());
  const auto taesd = loadModel(modelFolder("sd2-mini"), at::kCPU, instead());
  const auto z = at::linspace(-1.0, 1.0, 4 * 8 * 8).view({1, 4, 8, 8});
  const auto x = at::linspace(-1.0, 1.0, 3 * 64 * 64).view({1, 3, 64, 64});
  EXPECT_TRUE(with.model->decode(z).equal(taesd.model->decode(z)));
  EXPECT_TRUE(with.model->encode(x).equal(taesd.model->encode(x)));
  EXPECT_TRUE(lastDecoding(with, z).equal(own.model->decode(z)));
  EXPECT_TRUE(lastDecoding(own, z).equal(own.model->decode(z)));
  EXPECT_NE(with.info.sha256, own.info.sha256);
  EXPECT_NE(with.info.sha256, taesd.info.sha256);
  EXPECT_GT(with.info.parameters, own.info.parameters);
  EXPECT_GT(networkTimes(with, at::kCPU, 64, 64).last_decode, 0.0);
  EXPECT_EQ(networkTimes(own, at::kCPU, 64, 64).last_decode, 0.0);
}

/// The latents of the run are those of TAESD in the autoencoder's place, its picture is the model's own decoder's.
TEST_F(FastAutoencoder, ARunEndsWithTheModelsDecoder) {
  const auto run = [&](const ModelOptions& options, const std::string& dump) {
    Session session;
    auto inputs = photo();
    inputs.dump_file = (folder_ / dump).string();
    RunObserver observer;
    RunControl control;
    const auto outcome = session.run(request(options), inputs, observer, control);
    EXPECT_EQ(outcome.status, Outcome::Status::Completed) << outcome.message;
    return SafetensorsFile::open(inputs.dump_file);
  };
  const auto with = run(fast(), "with"), taesd = run(instead(), "taesd");
  EXPECT_TRUE(with->tensor("z").equal(taesd->tensor("z")));
  EXPECT_TRUE(with->tensor("z0_hat").equal(taesd->tensor("z0_hat")));
  const auto own = loadModel(modelFolder("sd2-mini"), at::kCPU);
  EXPECT_LT(relativeDifference(with->tensor("x"), own.model->decode(with->tensor("z"))), 1e-5);
  EXPECT_GT(relativeDifference(with->tensor("x"), taesd->tensor("x")), 0.1);
}

TEST_F(FastAutoencoder, AStoppedRunEndsWithItToo) {
  struct Stopper : RunObserver {
    explicit Stopper(RunControl& to_stop) : control(to_stop) {}
    void stepFinished(std::uint64_t, const StepReport&) override { control.requestStop(); }
    RunControl& control;
  };
  const auto run = [&](const ModelOptions& options) {
    Session session;
    RunControl control;
    Stopper stopper(control);
    return session.run(request(options), photo(), stopper, control);
  };
  const auto with = run(fast()), taesd = run(instead());
  ASSERT_EQ(with.status, Outcome::Status::Cancelled);
  EXPECT_NE(with.picture.pixels, taesd.picture.pixels);
}

TEST_F(FastAutoencoder, OfOtherLatentsIsRefused) {
  expectParts(problemOf([] { inspectModel(modelFolder("sd1-mini"), fast()); }),
              {"taesd-mini", "one per 8", "one per 4", "same latents"});
  expectParts(problemOf([] { inspectModel(modelFolder("ddpm-mini"), fast()); }), {"--fast-autoencoder"});
}

TEST_F(FastAutoencoder, PlannersKnowIt) {
  Session session;
  const auto estimate = [&](const ModelOptions& options, const std::string& solver) {
    auto asked = request(options);
    asked.solver = solver;
    const auto completed = session.catalogue().complete(asked);
    return memoryPlanner(completed.model, session.catalogue().solver(solver), completed).estimate(512, 512, options);
  };
  EXPECT_GT(estimate(fast(), "latino").weights, estimate({}, "latino").weights);
  EXPECT_LE(estimate(fast(), "latino").activations, estimate({}, "latino").activations);
  EXPECT_GE(estimate(fast(), "latino").activations, estimate(instead(), "latino").activations) << "the last decoding";
  EXPECT_LT(estimate(fast(), "p2l").activations, estimate({}, "p2l").activations)
      << "no gradient crosses the large one";

  NetworkTimes times{512.0 * 512.0, 1.0, 1.0, 1.0};
  const auto& solver = session.catalogue().solver("latino");
  const auto completed = session.catalogue().complete(request({}));
  const ModelInfo info = inspectModel(modelFolder("sd2-mini"));
  const auto without = expectedTime(solver, completed, info, 512, 512, times).seconds;
  times.last_decode = 11.0;
  EXPECT_NEAR(expectedTime(solver, completed, info, 512, 512, times).seconds, without + 20.0, 1e-9)
      << "the truth's round trip and the result";
}

}  // namespace
}  // namespace p2l
