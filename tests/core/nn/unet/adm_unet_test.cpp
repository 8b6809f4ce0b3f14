// SPDX-License-Identifier: GPL-3.0-or-later
// guided-diffusion's UNet: against an independent transcription on weights made from a seed, its config from the
// tensors' shapes, and files of it as models.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/api/catalogue.h"
#include "core/base/gradient.h"
#include "core/base/random.h"
#include "core/models/model_folder.h"
#include "core/nn/unet/adm_unet.h"
#include "core/solvers/solver.h"
#include "core/weights/adm_config.h"
#include "core/weights/weights.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using test::expectParts;
using test::problemOf;
using test::relativeDifference;

/// Two networks in miniature: the published ones' options, and the others.
nlohmann::json updown() {
  return {{"model_channels", 32},    {"level_channels", {32, 64}},   {"level_attends", {0, 1}}, {"num_res_blocks", 1},
          {"resblock_updown", true}, {"use_scale_shift_norm", true}, {"num_head_channels", 32}, {"out_channels", 6}};
}
nlohmann::json convolutions() {
  return {{"model_channels", 32},    {"level_channels", {32, 32, 64}},  {"level_attends", {0, 1, 0}},
          {"num_res_blocks", 2},     {"resblock_updown", false},        {"use_scale_shift_norm", false},
          {"num_head_channels", 16}, {"use_new_attention_order", true}, {"out_channels", 3}};
}
nlohmann::json withClasses() {
  auto json = updown();
  json["classes"] = 5;
  return json;
}
/// guided-diffusion's flags for them, as they lie beside the weights.
const nlohmann::json kUpdownFlags{{"num_head_channels", 32}};
const nlohmann::json kConvolutionFlags{
    {"num_head_channels", -1}, {"num_heads", 2}, {"use_new_attention_order", true}, {"noise_schedule", "cosine"}};

AdmUNet::Config configOf(const nlohmann::json& json) {
  return AdmUNet::Config::fromJson(JsonConfig("config", json.dump()));
}

/// Notes the shapes that a network asks for.
class Shapes : public WeightSource {
 public:
  bool has(const std::string&) const override { return false; }
  at::Tensor take(const std::string& name, at::IntArrayRef shape) override {
    seen[name] = shape.vec();
    return at::zeros(shape);
  }
  std::map<std::string, std::vector<std::int64_t>> seen;
};

/// The weights of the transcription (tests/parity/adm_reference.py), by its rule.
std::map<std::string, at::Tensor> seededWeights(const nlohmann::json& json, std::uint64_t seed) {
  Shapes shapes;
  const AdmUNet network(configOf(json), WeightScope(shapes));
  auto generator = makeGenerator(seed, RandomStream::InitialLatent);
  std::map<std::string, at::Tensor> tensors;
  for (const auto& [name, shape] : shapes.seen) {
    auto value = randomNormal(shape, generator);
    if (shape.size() > 1) {
      value = value / std::sqrt(static_cast<double>(value.numel() / shape[0]));
    } else {
      value = 0.1 * value + (name.ends_with("weight") ? 1.0 : 0.0);
    }
    tensors[name] = value;
  }
  return tensors;
}

class Adm : public test::TemporaryFolder {
 protected:
  std::string writeModel(const nlohmann::json& json, const nlohmann::json& flags, std::uint64_t seed = 81) const {
    const auto path = (folder_ / "adm.safetensors").string();
    writeSafetensors(path, seededWeights(json, seed));
    write("adm.json", flags.dump());
    return path;
  }
  /// The network as it is read from the file, its config from the shapes.
  static std::shared_ptr<const AdmUNet> read(const std::string& path, bool checkpointing = false) {
    const auto tensors = tensorsOf({SafetensorsFile::open(path)});
    Weights weights(tensors, at::kCPU);
    auto network = std::make_shared<const AdmUNet>(AdmUNet::Config::fromJson(*admConfig(path, tensors)),
                                                   WeightScope(weights), checkpointing);
    weights.finish();
    return network;
  }
  void expectReference(const std::string& name, const AdmUNet& network, const at::Tensor& label = {}) const {
    const at::NoGradGuard no_grad;
    const auto file = SafetensorsFile::open(test::referencePath("networks_" + name + ".safetensors"));
    const auto x = file->tensor("x").clone(), w = file->tensor("w").clone();
    const auto timesteps = file->tensor("timesteps");
    for (int i = 0; i < 3; ++i) {
      const auto t = static_cast<std::int64_t>(timesteps[i].item<double>());
      EXPECT_LT(relativeDifference(network(x, t, label), file->tensor("out").narrow(0, i, 1)), 1e-4)
          << name << " t " << t;
    }
    const auto by_x = gradient([&](const at::Tensor& at) { return (network(at, 481, label) * w).sum(); }, x).gradient;
    EXPECT_LT(relativeDifference(by_x, file->tensor("grad")), 1e-3) << name;
  }
};

TEST_F(Adm, UpdownEqualsTheTranscription) {
  const auto path = writeModel(updown(), kUpdownFlags, 81);
  const auto network = read(path);
  EXPECT_EQ(network->config().level_channels, (std::vector<std::int64_t>{32, 64}));
  EXPECT_EQ(network->config().level_attends, (std::vector<bool>{false, true}));
  EXPECT_TRUE(network->config().resblock_updown && network->config().use_scale_shift_norm);
  expectReference("adm-updown", *network);
  expectReference("adm-updown", *read(path, /*checkpointing=*/true));
}

TEST_F(Adm, ConvolutionsEqualTheTranscription) {
  auto flags = kConvolutionFlags;
  flags["num_head_channels"] = 16;
  const auto network = read(writeModel(convolutions(), flags, 82));
  EXPECT_EQ(network->config().num_res_blocks, 2);
  EXPECT_FALSE(network->config().resblock_updown || network->config().use_scale_shift_norm);
  EXPECT_TRUE(network->config().use_new_attention_order);
  expectReference("adm-conv", *network);
}

TEST_F(Adm, AFileIsAModelOfPixels) {
  const at::NoGradGuard no_grad;
  const auto loaded = loadModel(writeModel(updown(), kUpdownFlags), at::kCPU);
  EXPECT_TRUE(loaded.info.isPixel());
  expectParts(loaded.info.kind, {"pixel diffusion: AdmUNet", "guided-diffusion"});
  EXPECT_EQ(loaded.info.size_multiple, 2);
  EXPECT_EQ(loaded.info.training_size, 16);
  NoiseSchedule::Config schedule;
  schedule.beta_schedule = "linear";
  schedule.beta_start = 1e-4;
  schedule.beta_end = 0.02;
  EXPECT_DOUBLE_EQ(loaded.model->levelAt(500).alphaBar(), NoiseSchedule(schedule).alphaBar(500));
  auto generator = makeGenerator(1, RandomStream::InitialLatent);
  const auto x = randomNormal({1, 3, 16, 16}, generator);
  const auto eps = loaded.model->predictNoise(x, loaded.model->levelAt(500), loaded.model->embedPrompt("").prompt);
  EXPECT_EQ(eps.sizes(), x.sizes());  // the variance is left out
  EXPECT_LE(tweedie(x, eps, loaded.model->levelAt(500)).abs().max().item<double>(), 1.0 + 1e-5);

  const auto other = loadModel(writeModel(convolutions(), kConvolutionFlags), at::kCPU);
  schedule.beta_schedule = "squaredcos_cap_v2";
  EXPECT_DOUBLE_EQ(other.model->levelAt(500).alphaBar(), NoiseSchedule(schedule).alphaBar(500));
  EXPECT_EQ(other.info.size_multiple, 4);
}

TEST_F(Adm, ClassesEqualTheTranscription) {
  const auto network = read(writeModel(withClasses(), kUpdownFlags, 83));
  EXPECT_EQ(network->config().classes, 5);
  const auto label = at::full({1}, 3.0);
  expectReference("adm-classes", *network, label);
  const at::NoGradGuard no_grad;
  const auto file = SafetensorsFile::open(test::referencePath("networks_adm-classes.safetensors"));
  const auto x = file->tensor("x").clone();
  for (const auto& none : {at::Tensor(), at::full({1}, -1.0)})
    EXPECT_LT(relativeDifference((*network)(x, 481, none), file->tensor("out_without_class")), 1e-4);
}

TEST_F(Adm, ThePromptOfAModelWithClassesIsAClassesNumber) {
  const at::NoGradGuard no_grad;
  const auto loaded = loadModel(writeModel(withClasses(), kUpdownFlags, 83), at::kCPU);
  EXPECT_EQ(loaded.info.classes, 5);
  ASSERT_FALSE(loaded.info.notes.empty());
  expectParts(loaded.info.notes.back(), {"5 classes", "0 to 4", "never trained without"});
  auto generator = makeGenerator(1, RandomStream::InitialLatent);
  const auto x = randomNormal({1, 3, 16, 16}, generator);
  auto noise = [&](const std::string& prompt) {
    return loaded.model->predictNoise(x, loaded.model->levelAt(500), loaded.model->embedPrompt(prompt).prompt);
  };
  EXPECT_TRUE(at::equal(noise("3"), noise("3")));
  EXPECT_GT(relativeDifference(noise("3"), noise("4")), 1e-3);
  EXPECT_GT(relativeDifference(noise("3"), noise("")), 1e-3);
  for (const char* wrong : {"5", "-1", "cat", "3 ", "99999999999"})
    expectParts(problemOf([&] { loaded.model->embedPrompt(wrong); }), {"from 0 to 4", wrong});

  Catalogue catalogue;
  catalogue.solvers.push_back(solverEntry("dps").info);
  RestoreRequest request;
  request.solver = "dps";
  auto problem = [&](const std::string& prompt) {
    request.prompt = prompt;
    return problemOf([&] { catalogue.requireFit(request, loaded.info); });
  };
  EXPECT_EQ(problem("2"), "");
  EXPECT_EQ(problem(""), "");
  expectParts(problem("a photo of a cat"), {"from 0 to 4", "a photo of a cat"});
}

TEST_F(Adm, WhatDoesNotFitIsRefused) {
  const auto path = writeModel(updown(), kUpdownFlags);
  auto problem = [&] { return problemOf([&] { loadModel(path, at::kCPU); }); };
  EXPECT_EQ(problem(), "");
  for (const auto& [flags, part] : std::vector<std::pair<nlohmann::json, std::string>>{
           {{{"num_head_channels", 48}}, "num_head_channels"},
           {{{"num_head_channels", "many"}}, "adm.json: `num_head_channels`"},
           {{{"num_head_channels", 32}, {"noise_schedule", "sigmoid"}}, "adm.json: `noise_schedule`"},
           {{{"num_head_channels", 32}, {"diffusion_steps", 0}}, "adm.json: `diffusion_steps`"}}) {
    write("adm.json", flags.dump());
    expectParts(problem(), {part, "expected"});
  }
  write("adm.json", kUpdownFlags.dump());
  ModelOptions options;
  options.vae = "somewhere";
  expectParts(problemOf([&] { loadModel(path, at::kCPU, options); }), {"model of pixels", "--vae"});

  auto tensors = seededWeights(updown(), 81);
  auto with = [&](const std::string& name, const at::Tensor& tensor) {
    auto changed = tensors;
    changed[name] = tensor;
    writeSafetensors(path, changed);
    return problem();
  };
  expectParts(with("label_emb.weight", at::zeros({10, 64})), {"label_emb.weight"});
  expectParts(with("input_blocks.0.0.weight", at::zeros({32, 6, 3, 3})), {"in_channels", "upsampler"});
  expectParts(with("another", at::zeros({2})), {"another"});
  tensors.erase("middle_block.1.qkv.bias");
  writeSafetensors(path, tensors);
  expectParts(problem(), {"middle_block.1.qkv.bias"});
  tensors.erase("output_blocks.0.0.in_layers.0.weight");
  writeSafetensors(path, tensors);
  expectParts(problem(), {"output_blocks", "no complete UNet"});
}

}  // namespace
}  // namespace p2l
