// SPDX-License-Identifier: GPL-3.0-or-later
// Models of pixels: diffusers' UNet2DModel, and the folders that it comes in.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/base/gradient.h"
#include "core/base/random.h"
#include "core/models/model_folder.h"
#include "core/nn/unet/unet2d.h"
#include "core/training/trainable_weights.h"
#include "core/weights/json_config.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using test::expectParts;
using test::problemOf;
using test::relativeDifference;

nlohmann::json smallUnet() {
  return {{"_class_name", "UNet2DModel"},
          {"act_fn", "silu"},
          {"attention_head_dim", 8},
          {"block_out_channels", {8, 16}},
          {"down_block_types", {"DownBlock2D", "AttnDownBlock2D"}},
          {"up_block_types", {"AttnUpBlock2D", "UpBlock2D"}},
          {"in_channels", 3},
          {"out_channels", 3},
          {"layers_per_block", 1},
          {"norm_num_groups", 4},
          {"sample_size", 16}};
}

nlohmann::json ddpmScheduler() {
  return {{"_class_name", "DDPMScheduler"}, {"beta_start", 0.0001},        {"beta_end", 0.02},
          {"beta_schedule", "linear"},      {"num_train_timesteps", 1000}, {"clip_sample", true}};
}

UNet2DModel::Config configOf(const nlohmann::json& json) {
  return UNet2DModel::Config::fromJson(JsonConfig("config.json", json.dump()));
}

at::Generator generatorOf(std::uint64_t seed) {
  return makeGenerator(seed, RandomStream::InitialLatent);
}

at::Tensor drawn(at::IntArrayRef shape, std::uint64_t seed) {
  auto generator = generatorOf(seed);
  return randomNormal(shape, generator);
}

/// The tensors of a fresh network, to be written into a file.
NamedTensors freshTensors(const nlohmann::json& json) {
  TrainableWeights fresh(generatorOf(5));
  const UNet2DModel network(configOf(json), WeightScope(fresh));
  NamedTensors tensors;
  for (const auto& [name, tensor] : fresh.tensors()) tensors[name] = tensor.detach();
  return tensors;
}

class Unet2D : public testing::TestWithParam<nlohmann::json> {
 protected:
  nlohmann::json json() const {
    auto json = smallUnet();
    json.merge_patch(GetParam());
    if (GetParam().contains("attention_head_dim")) json["attention_head_dim"] = GetParam()["attention_head_dim"];
    return json;
  }
};

TEST_P(Unet2D, EverySampleHasItsOwnTimestep) {
  const at::NoGradGuard no_grad;
  TrainableWeights fresh(generatorOf(5));
  const UNet2DModel network(configOf(json()), WeightScope(fresh));
  const auto x = drawn({3, 3, 16, 24}, 1);
  const std::int64_t timesteps[] = {7, 481, 999};
  const auto together = network(x, at::tensor({7, 481, 999}, at::kLong));
  EXPECT_EQ(together.size(0), 3);
  for (int i = 0; i < 3; ++i) {
    const auto alone = network(x.narrow(0, i, 1), timesteps[i]);
    EXPECT_LT(relativeDifference(together.narrow(0, i, 1), alone), 1e-5);
  }
  EXPECT_GT((network(x, 7) - network(x, 999)).abs().max().item<double>(), 1e-4);
  EXPECT_LT(relativeDifference(network(x, 7), network(x, at::full({3}, 7))), 1e-5);
  EXPECT_THROW(network(x, at::tensor({1, 2}, at::kLong)), Error);
  EXPECT_THROW(network(drawn({1, 3, 15, 16}, 1), 7), Error);
}

/// The slope along the gradient of every tensor: nothing is left out of the graph.
TEST_P(Unet2D, GradientsOfTheWeights) {
  TrainableWeights fresh(generatorOf(5));
  const UNet2DModel network(configOf(json()), WeightScope(fresh));
  const auto x = drawn({2, 3, 16, 16}, 1), w = drawn({2, network.config().out_channels, 16, 16}, 2);
  const auto timesteps = at::tensor({30, 700}, at::kLong);
  (network(x, timesteps) * w).sum().backward();
  auto value = [&] {
    const at::NoGradGuard no_grad;
    return (network(x, timesteps) * w).to(at::kDouble).sum().item<double>();
  };
  std::size_t moved = 0;
  for (const auto& [name, tensor] : fresh.tensors()) {
    ASSERT_TRUE(tensor.grad().defined()) << name;
    const double norm = tensor.grad().norm().item<double>();
    // A key's bias adds the same number to all scores of a query, which softmax does not see.
    if (name.ends_with("to_k.bias")) continue;
    ++moved;
    const auto step = tensor.grad() * (0.03 / norm);
    tensor.data().add_(step);
    const double up = value();
    tensor.data().sub_(2.0 * step);
    const double down = value();
    tensor.data().add_(step);
    EXPECT_NEAR((up - down) / 0.06, norm, 0.03 * norm + 2e-3) << name;
  }
  EXPECT_GT(moved, 30u);
}

TEST_P(Unet2D, CheckpointingChangesNothing) {
  const auto tensors = freshTensors(json());
  const auto path = (fs::temp_directory_path() / ("p2l-unet2d-" + std::to_string(getpid()) + ".safetensors")).string();
  writeSafetensors(path, tensors);
  Weights weights(tensorsOf({SafetensorsFile::open(path)}), at::kCPU);
  const UNet2DModel plain(configOf(json()), WeightScope(weights));
  const UNet2DModel frugal(configOf(json()), WeightScope(weights), /*checkpointing=*/true);
  auto gradientOf = [&](const UNet2DModel& network) {
    auto x = drawn({1, 3, 16, 16}, 1).requires_grad_(true);
    network(x, 100).square().sum().backward();
    return x.grad();
  };
  EXPECT_LT(relativeDifference(gradientOf(frugal), gradientOf(plain)), 1e-5);
  fs::remove(path);
}

INSTANTIATE_TEST_SUITE_P(Configs, Unet2D,
                         testing::Values(nlohmann::json::object(),
                                         nlohmann::json{{"attention_head_dim", nullptr},
                                                        {"downsample_padding", 0},
                                                        {"flip_sin_to_cos", false},
                                                        {"freq_shift", 1},
                                                        {"out_channels", 6}},
                                         nlohmann::json{
                                             {"add_attention", false},
                                             {"block_out_channels", {8, 16, 24}},
                                             {"down_block_types", {"DownBlock2D", "AttnDownBlock2D", "DownBlock2D"}},
                                             {"up_block_types", {"UpBlock2D", "AttnUpBlock2D", "UpBlock2D"}},
                                             {"layers_per_block", 2}}));

/// diffusers' own UNet2DModel on random weights: output with a timestep per sample, and the gradient by the picture.
TEST(Unet2DReference, EqualsDiffusers) {
  for (const std::string name : {"ddpm-mini", "unet2d-mini"}) {
    const auto folder = test::modelFolder(name) + "/unet";
    Weights weights(tensorsOf({SafetensorsFile::open(folder + "/diffusion_pytorch_model.safetensors")}), at::kCPU);
    const JsonConfig json(folder + "/config.json");
    const UNet2DModel network(UNet2DModel::Config::fromJson(json), WeightScope(weights));
    weights.finish();
    const auto file = SafetensorsFile::open(test::referencePath("networks_" + name + ".safetensors"));
    const auto x = file->tensor("x").clone(), w = file->tensor("w").clone();
    const auto timesteps = file->tensor("timesteps").clone();
    const at::NoGradGuard no_grad;
    EXPECT_LT(relativeDifference(network(x, timesteps), file->tensor("out")), 1e-4) << name;
    const auto by_x = gradient([&](const at::Tensor& at) { return (network(at, timesteps) * w).sum(); }, x).gradient;
    EXPECT_LT(relativeDifference(by_x, file->tensor("grad")), 1e-3) << name;
  }
}

TEST(Unet2DConfig, RefusesWhatItDoesNot) {
  const std::pair<nlohmann::json, const char*> cases[] = {
      {{{"_class_name", "UNet2DConditionModel"}}, "_class_name"},
      {{{"num_class_embeds", 1000}}, "num_class_embeds"},
      {{{"resnet_time_scale_shift", "scale_shift"}}, "resnet_time_scale_shift"},
      {{{"time_embedding_type", "fourier"}}, "time_embedding_type"},
      {{{"down_block_types", {"SkipDownBlock2D", "DownBlock2D"}}}, "down_block_types"},
      {{{"up_block_types", {"UpBlock2D"}}}, "up_block_types"},
      {{{"block_out_channels", {6, 16}}}, "block_out_channels"},
      {{{"block_out_channels", nlohmann::json::array()}}, "block_out_channels"},
      {{{"attention_head_dim", 5}}, "attention_head_dim"},
      {{{"attn_norm_num_groups", 8}}, "attn_norm_num_groups"},
      {{{"center_input_sample", true}}, "center_input_sample"},
      {{{"mid_block_scale_factor", 1.5}}, "mid_block_scale_factor"},
      {{{"downsample_type", "resnet"}}, "downsample_type"},
      {{{"downsample_padding", 2}}, "downsample_padding"},
      {{{"out_channels", 4}}, "out_channels"},
      {{{"layers_per_block", 0}}, "layers_per_block"},
      {{{"sample_size", 0}}, "sample_size"}};
  for (const auto& [change, field] : cases) {
    auto json = smallUnet();
    json.update(change);
    expectParts(problemOf([&] { configOf(json); }), {"config.json: `", field, "expected"});
  }
}

class PixelFolder : public test::TemporaryFolder {
 protected:
  static constexpr const char* kWeights = "diffusion_pytorch_model.safetensors";

  /// @param unet "unet/" and "scheduler/": a pipeline's folder; "": everything in one
  void writeModel(const std::string& unet, const std::string& scheduler) const {
    write(unet + "config.json", smallUnet().dump());
    write(scheduler + "scheduler_config.json", ddpmScheduler().dump());
    writeSafetensors((folder_ / (unet + kWeights)).string(), freshTensors(smallUnet()));
  }
  LoadedModel load() const { return loadModel(folder_.string(), at::kCPU); }
  std::string problem(const ModelOptions& options = {}) const {
    return problemOf([&] { loadModel(folder_.string(), at::kCPU, options); });
  }
};

TEST_F(PixelFolder, OfAPipeline) {
  write("model_index.json", R"({"_class_name": "DDPMPipeline"})");
  writeModel("unet/", "scheduler/");
  const auto loaded = load();
  EXPECT_TRUE(loaded.info.isPixel());
  EXPECT_TRUE(inspectModel(folder_.string()).isPixel());
  EXPECT_EQ(loaded.info.pixels_per_latent, 1);
  EXPECT_EQ(loaded.info.latent_channels, 3);
  EXPECT_EQ(loaded.info.size_multiple, 2);
  EXPECT_EQ(loaded.info.training_size, 16);
  EXPECT_EQ(loaded.info.prediction_type, "epsilon");
  expectParts(loaded.info.kind, {"pixel diffusion", "UNet2DModel"});
  const auto& model = *loaded.model;
  EXPECT_TRUE(model.kind() == ModelKind::Pixel);
  EXPECT_EQ(model.sizeMultiple(), 2);
  EXPECT_EQ(model.pixelsPerLatent(), 1);
  const auto x = drawn({1, 3, 16, 16}, 3);
  EXPECT_TRUE(at::equal(model.decode(x), x));
  EXPECT_TRUE(at::equal(model.encode(x), x));
  EXPECT_EQ(model.plan(10, "leading").back().next.alphaBar(), 1.0);
}

TEST_F(PixelFolder, InOnePiece) {
  writeModel("", "");
  EXPECT_TRUE(load().info.isPixel());
  fs::remove(folder_ / "scheduler_config.json");
  expectParts(problem(), {"scheduler_config.json", "missing"});
}

/// diffusers before 0.18 wrote the attention's tensors under other names.
TEST_F(PixelFolder, OldNamesOfAttention) {
  const at::NoGradGuard no_grad;
  writeModel("unet/", "scheduler/");
  const auto x = drawn({1, 3, 16, 16}, 3);
  auto prediction = [&] {
    const auto model = load().model;
    return model->predictNoise(x, model->levelAt(300), model->embedPrompt("").prompt);
  };
  const auto expected = prediction();
  auto tensors = freshTensors(smallUnet());
  NamedTensors renamed;
  const std::pair<std::string, std::string> names[] = {
      {".to_q.", ".query."}, {".to_k.", ".key."}, {".to_v.", ".value."}, {".to_out.0.", ".proj_attn."}};
  std::size_t changed = 0;
  for (const auto& [name, tensor] : tensors) {
    auto old = name;
    for (const auto& [from, to] : names) {
      if (const auto at = old.find(from); at != std::string::npos) {
        old.replace(at, from.size(), to);
        ++changed;
      }
    }
    renamed[old] = tensor;
  }
  EXPECT_EQ(changed, 8u * 4u);  // one attention down, one in the middle, two up, with eight tensors each
  writeSafetensors((folder_ / "unet" / kWeights).string(), renamed);
  EXPECT_TRUE(at::equal(prediction(), expected));
}

/// The Tweedie estimate lies within the bound that the scheduler's config states, and is the network's own without one.
TEST_F(PixelFolder, ClipsTheEstimateAsTheSchedulerSays) {
  const at::NoGradGuard no_grad;
  writeModel("", "");
  const auto x = drawn({1, 3, 16, 16}, 3);
  auto estimate = [&](const nlohmann::json& change) {
    auto scheduler = ddpmScheduler();
    scheduler.update(change);
    write("scheduler_config.json", scheduler.dump());
    const auto model = load().model;
    return tweedie(x, model->predictNoise(x, model->levelAt(500), model->embedPrompt("").prompt), model->levelAt(500));
  };
  const auto free = estimate({{"clip_sample", false}});
  EXPECT_GT(free.abs().max().item<double>(), 2.0);
  EXPECT_LT((estimate({{"clip_sample", true}}) - free.clamp(-1.0, 1.0)).abs().max().item<double>(), 1e-5);
  EXPECT_LT((estimate({{"clip_sample_range", 0.5}}) - free.clamp(-0.5, 0.5)).abs().max().item<double>(), 1e-5);
}

TEST_F(PixelFolder, WhatDoesNotFitIsRefused) {
  writeModel("unet/", "scheduler/");
  ModelOptions options;
  options.vae = "somewhere";
  expectParts(problem(options), {"model of pixels", "--vae"});
  options = {};
  options.tokenizer = "somewhere";
  expectParts(problem(options), {"model of pixels", "--tokenizer"});
  auto unet = smallUnet();
  unet["in_channels"] = unet["out_channels"] = 1;
  write("unet/config.json", unet.dump());
  expectParts(problem(), {"unet/config.json: `in_channels`", "expected 3"});
  write("unet/config.json", smallUnet().dump());
  auto scheduler = ddpmScheduler();
  scheduler["thresholding"] = true;
  write("scheduler/scheduler_config.json", scheduler.dump());
  expectParts(problem(), {"scheduler_config.json: `thresholding`"});
  scheduler = ddpmScheduler();
  scheduler["trained_betas"] = {0.1, 0.2};
  write("scheduler/scheduler_config.json", scheduler.dump());
  expectParts(problem(), {"scheduler_config.json: `trained_betas`"});
  write("scheduler/scheduler_config.json", ddpmScheduler().dump());
  write("vqvae/config.json", "{}");
  expectParts(problem(), {"vqvae", "latent diffusion model without a prompt"});
}

}  // namespace
}  // namespace p2l
