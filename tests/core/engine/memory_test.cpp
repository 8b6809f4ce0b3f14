// SPDX-License-Identifier: GPL-3.0-or-later
// The memory planner: its arithmetic, its choices, and its prediction against what autograd really keeps.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/api/session.h"
#include "core/engine/memory_planner.h"
#include "core/models/footprint.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using test::expectParts;
using test::modelFolder;
using test::problemOf;

constexpr double kMiB = 1024.0 * 1024.0;

TEST(MemoryText, IsReadAndWritten) {
  EXPECT_EQ(bytesFromText("8G"), 8192.0 * kMiB);
  EXPECT_EQ(bytesFromText("7.5 GiB"), 7680.0 * kMiB);
  EXPECT_EQ(bytesFromText("900m"), 900.0 * kMiB);
  for (const char* wrong : {"", "8", "G", "-1G", "8T", "8G8", "nanG", "1e999G"})
    expectParts(problemOf([&] { bytesFromText(wrong); }), {"8G", wrong});
  EXPECT_EQ(textFromBytes(446.4 * kMiB), "446 MiB");
  EXPECT_EQ(textFromBytes(3.84 * 1024.0 * kMiB), "3.8 GiB");
}

TEST(MemoryChoices, GoFromTheLeastLossToTheGreatestAndKeepWhatWasAskedFor) {
  const auto texts = [](const ModelOptions& asked, bool exact, bool on_cpu) {
    std::vector<std::string> found;
    for (const auto& each : memoryChoices(asked, exact, on_cpu)) found.push_back(describeMemoryOptions(each));
    return found;
  };
  const auto all = texts({}, false, true);
  ASSERT_EQ(all.size(), 8u);
  EXPECT_EQ(all[0], "float32");
  EXPECT_EQ(all[1], "checkpointing");
  EXPECT_EQ(all.back(), "bf16, checkpointing and VAE tiling");
  EXPECT_EQ(texts({}, false, false)[1], "bf16") << "which a GPU computes faster than float32";
  ModelOptions asked;
  asked.precision = "fp32";
  asked.checkpointing = true;
  EXPECT_EQ(texts(asked, false, true), (std::vector<std::string>{"checkpointing", "checkpointing and VAE tiling"}));
  asked.vae_tiling = true;
  asked.precision = "fp16";
  EXPECT_EQ(texts(asked, false, true), std::vector<std::string>{"fp16, checkpointing and VAE tiling"});
}

class Planner : public testing::Test {
 protected:
  RestoreRequest request(const std::string& model) const {
    RestoreRequest request;
    request.model = modelFolder(model);
    return session_.catalogue().complete(request);
  }
  MemoryPlanner planner(const RestoreRequest& request) const {
    return MemoryPlanner(findModelFiles(request.model, request.model_options),
                         session_.catalogue().solver(request.solver), request, true);
  }
  Session session_;
};

TEST_F(Planner, EveryOptionSavesWhatItIsFor) {
  const auto asked = request("p2l-tiny");
  const auto needed = planner(asked);
  const auto with = [&](bool checkpointing, bool tiling, const char* precision) {
    ModelOptions options;
    options.checkpointing = checkpointing;
    options.vae_tiling = tiling;
    options.precision = precision;
    return needed.estimate(1024, 1024, options);
  };
  EXPECT_LT(with(true, false, "").activations, 0.6 * with(false, false, "").activations);
  EXPECT_LT(with(false, true, "").activations, with(false, false, "").activations);
  EXPECT_LT(with(false, false, "bf16").activations, 0.7 * with(false, false, "").activations);
  EXPECT_LT(with(false, false, "bf16").weights, with(false, false, "").weights);
  ModelOptions tiled;
  tiled.vae_tiling = true;
  EXPECT_EQ(needed.estimate(256, 256, tiled).total(), needed.estimate(256, 256, {}).total()) << "one tile";
}

TEST_F(Planner, GrowsWithThePictureAndWithWhatTheSolverDifferentiates) {
  auto asked = request("p2l-tiny");
  const auto p2l = planner(asked).estimate(512, 512, {}).activations;
  EXPECT_NEAR(planner(asked).estimate(1024, 512, {}).activations / p2l, 2.0, 0.1);
  const auto with = [&](const char* solver) {
    RestoreRequest other;
    other.model = asked.model;
    other.solver = solver;
    return planner(session_.catalogue().complete(other)).estimate(512, 512, {}).activations;
  };
  EXPECT_EQ(with("ldps"), p2l);
  EXPECT_LT(with("treg"), 0.5 * p2l) << "no gradient crosses the networks";
  EXPECT_GT(with("psld"), p2l) << "the encoder is differentiated too";
  EXPECT_EQ(with("resample"), p2l);
  EXPECT_LT(with("latent_daps"), p2l) << "no gradient crosses the noise network";
  EXPECT_GT(with("latent_daps"), with("latino")) << "the decoder is differentiated";
}

/// What the sampler and the solver are set to counts: each of these settings changes what is kept for the gradient.
TEST_F(Planner, ReadsTheSettings) {
  const auto with = [&](const ParamValues& solver, const ParamValues& sampler) {
    RestoreRequest asked;
    asked.model = modelFolder("p2l-tiny");
    asked.solver_values = solver;
    asked.sampler_values = sampler;
    return planner(session_.catalogue().complete(asked)).estimate(1024, 1024, {}).activations;
  };
  const auto plain = with({}, {});
  EXPECT_GT(with({}, {{"guidance", 2.0}}), 1.3 * plain) << "two noise predictions are differentiated";
  EXPECT_LT(with({}, {{"patches", std::string("multidiffusion")}, {"patch_size", 32.0}, {"patch_stride", 16.0}}),
            0.8 * plain)
      << "a patch forgets its activations";
  EXPECT_LT(with({{"rho", 0.0}, {"K", 0.0}}, {}), 0.5 * plain) << "no gradient is taken";
  EXPECT_EQ(with({{"rho", 0.0}, {"K", 1.0}}, {}), plain) << "that of the prompt is";
}

TEST_F(Planner, TakesTheLeastLossThatFitsAndSaysSo) {
  const auto asked = request("p2l-tiny");
  const auto needed = planner(asked);
  const auto as_asked = needed.estimate(768, 768, {}).total();
  expectParts(needed.plan(768, 768, 1.01 * as_asked).remark, {"Within ", ": float32, about "});
  const auto smaller = needed.plan(768, 768, 0.9 * as_asked);
  EXPECT_TRUE(smaller.options.checkpointing);
  EXPECT_EQ(smaller.options.precision, "");
  expectParts(smaller.remark, {"checkpointing, about ", "(float32 would need about ", textFromBytes(as_asked)});
  EXPECT_LE(smaller.estimate.total(), 0.9 * as_asked);
  expectParts(problemOf([&] { needed.plan(4096, 4096, 500 * kMiB); }),
              {"p2l-tiny needs about ", "4096 x 4096", "even with bf16, checkpointing and VAE tiling",
               "500 MiB allowed", "pixels would fit"});
  expectParts(problemOf([&] { needed.plan(64, 64, 10 * kMiB); }), {"the networks alone take "});
}

TEST_F(Planner, TheLargestPictureItNamesFits) {
  const auto needed = planner(request("p2l-tiny"));
  const auto problem = problemOf([&] { needed.plan(4096, 4096, 600 * kMiB); });
  const auto at = problem.find("with these, ");
  ASSERT_NE(at, std::string::npos) << problem;
  const auto side = std::stoi(problem.substr(at + 12));
  EXPECT_GE(side, 64);
  EXPECT_NO_THROW(needed.plan(side, side, 600 * kMiB));
  EXPECT_THROW(needed.plan(side + 16, side + 16, 600 * kMiB), Error);
}

TEST_F(Planner, ARunThatDoesNotFitIsRefusedAndOneThatDoesSaysWhatWasChosen) {
  auto asked = request("p2l-tiny");
  asked.size = 64;
  asked.sampler_values["steps"] = 1.0;
  asked.memory = "20M";
  RunInputs inputs;
  inputs.photo = Image(64, 64, 3);
  RunObserver nobody;
  RunControl control;
  expectParts(problemOf([&] { session_.run(asked, inputs, nobody, control); }), {"needs about", "20 MiB allowed"});
  asked.memory = "4G";
  const auto outcome = session_.run(asked, inputs, nobody, control);
  ASSERT_FALSE(outcome.report.remarks.empty());
  expectParts(outcome.report.remarks.back(), {"Within 4.0 GiB: float32, about "});
  EXPECT_EQ(outcome.report.request.memory, "4G");
}

TEST(Footprint, OfTiledDecodersIsThatOfOneTile) {
  const auto config = findAutoencoder(modelFolder("sd1-mini")).config;
  FootprintOptions tiled;
  tiled.tiling = true;
  const auto whole = autoencoderFootprint(*config, 256, 256, {});
  const auto in_tiles = autoencoderFootprint(*config, 256, 256, tiled);
  const auto one = autoencoderFootprint(*config, 64, 64, {});
  EXPECT_LT(in_tiles.decode.peak, 0.3 * whole.decode.peak);
  EXPECT_GE(in_tiles.decode.peak, 0.9 * one.decode.peak);
  EXPECT_LT(in_tiles.decode.kept, 0.1 * whole.decode.kept);
}

}  // namespace
}  // namespace p2l
