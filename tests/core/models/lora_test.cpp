// SPDX-License-Identifier: GPL-3.0-or-later
// LoRAs merged into random models against diffusers' load_lora_weights and fuse_lora (tests/reference/few_steps).
#include "core/models/lora.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "core/api/models.h"
#include "core/api/session.h"
#include "core/base/sha256.h"
#include "core/models/lora_keys.h"
#include "core/models/model_folder.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using test::expectParts;
using test::modelFolder;
using test::problemOf;
using test::referencePath;
using test::relativeDifference;

constexpr const char* kPrompt = "a photo of a dark gray smooth flat scene";
constexpr const char* kUnetLayer = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q";

std::string loraOf(const std::string& style, const std::string& model) {
  return referencePath("few_steps/" + style + "_" + model + ".safetensors");
}

ModelOptions merging(const std::string& lora, double scale = 1.0) {
  ModelOptions options;
  options.lora = lora;
  options.lora_scale = scale;
  return options;
}

struct Merged {
  const char *style, *model;
  double scale;
};

class LoraParity : public testing::TestWithParam<Merged> {};

TEST_P(LoraParity, NetworksAreThoseOfDiffusers) {
  const at::NoGradGuard no_grad;
  const auto& [style, model, scale] = GetParam();
  const auto reference =
      SafetensorsFile::open(referencePath(std::string("few_steps/merged_") + model + ".safetensors"));
  const auto expected = [&](const char* key) { return reference->tensor(std::string(style) + "." + key); };
  const auto loaded = loadModel(modelFolder(model), at::kCPU, merging(loraOf(style, model), scale));
  EXPECT_LT(relativeDifference(loaded.model->embedPrompt(kPrompt).prompt, expected("embedding")), 1e-4);
  const auto z = reference->tensor("z");
  const auto level = loaded.model->levelAt(481);
  auto out = loaded.model->predictNoise(z, level, expected("embedding"));
  if (loaded.info.prediction_type == "v_prediction") out = (out - level.noise * z) / level.signal;
  EXPECT_LT(relativeDifference(out, expected("out")), 1e-4);
  ASSERT_EQ(loaded.info.loras.size(), 1u);
  EXPECT_GT(loaded.info.loras[0].tensors, 20);
  EXPECT_EQ(loaded.info.loras[0].scale, scale);
}

INSTANTIATE_TEST_SUITE_P(Styles, LoraParity,
                         testing::Values(Merged{"kohya", "sd1-mini", 0.8}, Merged{"peft", "sd1-mini", 1.0},
                                         Merged{"processors", "sd1-mini", 1.0}, Merged{"kohya", "sd2-mini", 0.8},
                                         Merged{"peft", "sd2-mini", 1.0}),
                         [](const auto& info) {
                           return std::string(info.param.style) + std::string(info.param.model).substr(0, 3);
                         });

class Lora : public test::TemporaryFolder {
 protected:
  /// One layer of sd1-mini's UNet in kohya's names.
  std::map<std::string, at::Tensor> oneLayer(std::int64_t rank = 2) const {
    const std::string key = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q";
    return {{key + ".lora_down.weight", at::full({rank, 16}, 0.1)},
            {key + ".lora_up.weight", at::full({16, rank}, 0.2)},
            {key + ".alpha", at::full({}, 1.0)}};
  }
  std::string save(const std::map<std::string, at::Tensor>& tensors, const std::string& name = "l.safetensors") const {
    const auto path = (folder_ / name).string();
    writeSafetensors(path, tensors);
    return path;
  }
  std::string problem(const std::map<std::string, at::Tensor>& tensors) const {
    const auto options = merging(save(tensors));
    return problemOf([&] { inspectModel(modelFolder("sd1-mini"), options); });
  }
  static at::Tensor noise(const ModelOptions& options, const std::string& folder = modelFolder("sd1-mini")) {
    const at::NoGradGuard no_grad;
    const auto model = loadModel(folder, at::kCPU, options).model;
    const auto z = at::linspace(-1.0, 1.0, 4 * 8 * 8).view({1, 4, 8, 8});
    return model->predictNoise(z, model->levelAt(300), model->embedPrompt(""));
  }
};

TEST_F(Lora, SeveralAreAddedEachWithItsFactor) {
  const auto a = save(oneLayer(), "a.safetensors");
  auto twice = oneLayer();
  for (auto& [name, tensor] : twice) {
    if (name.ends_with("up.weight")) tensor = 0.75 * tensor;
  }
  const auto b = save(twice, "b;=1.safetensors");  // a name with the separators' signs
  EXPECT_GT(relativeDifference(noise(merging(a)), noise({})), 1e-3);
  EXPECT_TRUE(noise(merging(a, 0.0)).equal(noise({})));
  EXPECT_LT(relativeDifference(noise(merging(b)), noise(merging(a, 0.75))), 1e-5);
  EXPECT_LT(relativeDifference(noise(merging(a + "=0.25; " + a + " = 0.5")), noise(merging(b))), 1e-5);
  EXPECT_LT(relativeDifference(noise(merging(a + ";" + a, 0.5)), noise(merging(a))), 1e-5);
  expectParts(problemOf([&] { noise(merging("x.safetensors=much")); }), {"x.safetensors=much", "FILE=FACTOR"});
  EXPECT_EQ(pathsOf(merging(a + "=0.5")), std::vector<std::string>{a});
}

TEST_F(Lora, IsMergedBeforeTheWeightsAreCast) {
  auto merged = merging(save(oneLayer()));
  merged.precision = "bf16";
  const auto folder = folder_ / "model";
  copyWritable(modelFolder("sd1-mini"), folder);
  const auto unet = (folder / "unet" / "diffusion_pytorch_model.safetensors").string();
  auto tensors = test::tensorsIn(unet);
  auto& weight = tensors.at(std::string(kUnetLayer) + ".weight");
  weight = weight.to(at::kFloat) + 0.5 * at::mm(at::full({16, 2}, 0.2), at::full({2, 16}, 0.1));
  writeSafetensors(unet, tensors);
  ModelOptions plain;
  plain.precision = "bf16";
  EXPECT_TRUE(noise(merged).equal(noise(plain, folder.string())));
  EXPECT_FALSE(noise(merged).equal(noise(plain)));
}

TEST_F(Lora, FolderOfDiffusersIsTaken) {
  const auto file = save(oneLayer(), "pytorch_lora_weights.safetensors");
  EXPECT_TRUE(noise(merging(folder_.string())).equal(noise(merging(file))));
  std::filesystem::create_directories(folder_ / "empty");
  expectParts(problemOf([&] { noise(merging((folder_ / "empty").string())); }), {"pytorch_lora_weights.safetensors"});
}

TEST_F(Lora, WhatDoesNotFitIsNamed) {
  const std::string q = std::string("unet.") + kUnetLayer;
  expectParts(problem({{q + ".lora_A.weight", at::ones({2, 24})}, {q + ".lora_B.weight", at::ones({16, 2})}}),
              {"l.safetensors", q + ".lora_A.weight", "[2, 24]", "[16, 16]"});
  expectParts(problem({{q + ".lora_A.weight", at::ones({2, 16})}, {q + ".lora_B.weight", at::ones({16, 3})}}),
              {q + ".lora_B.weight", "[16, 3]", "[16, 2]"});
  expectParts(problem({{q + ".lora_A.weight", at::ones({2, 16})}}), {q + ".lora_A.weight", "not both factors"});
  expectParts(problem({{"unet.down_blocks.7.x.lora_A.weight", at::ones({2, 16})}}),
              {"unet.down_blocks.7.x.lora_A.weight", "UNet does not have"});
  expectParts(problem({{"some.weight", at::ones({2})}}), {"some.weight", "lora_unet_"});
  expectParts(problem({}), {"l.safetensors", "no tensor"});
  expectParts(problemOf([&] {
                auto bad = oneLayer();
                for (auto& [name, tensor] : bad) tensor = tensor / 0.0;
                bad.begin()->second.fill_(1.0);
                noise(merging(save(bad)));
              }),
              {"l.safetensors", "NaN or infinite"});
  auto cross = std::string("unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k");
  expectParts(problem({{cross + ".lora_A.weight", at::ones({2, 1024})}, {cross + ".lora_B.weight", at::ones({16, 2})}}),
              {"another model", "1024"});
}

TEST_F(Lora, OtherAdaptersAreRefusedByTheirNames) {
  const std::pair<const char*, const char*> cases[] = {
      {"lora_unet_mid_block_attentions_0_proj_in.dora_scale", "DoRA"},
      {"unet.mid_block.attentions.0.proj_in.lora_magnitude_vector", "DoRA"},
      {"lora_unet_mid_block_attentions_0_proj_in.hada_w1_a", "LoHa"},
      {"lora_unet_mid_block_attentions_0_proj_in.lokr_w1", "LoKr"},
      {"lora_unet_mid_block_attentions_0_proj_in.oft_blocks", "OFT"},
      {"lora_unet_mid_block_attentions_0_proj_in.lora_mid.weight", "three factors"},
      {"lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight", "Stable Diffusion XL"},
      {"transformer.blocks.0.attn.to_q.lora_A.weight", "diffusion transformer"},
  };
  for (const auto& [tensor, name] : cases) expectParts(problem({{tensor, at::ones({2, 2})}}), {name, tensor});
  expectParts(problemOf([&] { inspectModel(modelFolder("ddpm-mini"), merging(save(oneLayer()))); }), {"pixels"});
  expectParts(problemOf([&] { inspectModel(modelFolder("sd1-mini"), merging("x.pt")); }), {"x.pt", "pickle"});
}

/// diffusers' names with and without `text_model.`, of attention processors, and PEFT's own.
TEST_F(Lora, NamesOfOneLayer) {
  const auto expect = [](const std::string& name, LoraKey::Part part, LoraKey::Role role, const std::string& layer) {
    const auto key = loraKeyFrom(name, "f");
    EXPECT_TRUE(key.part == part && key.role == role) << name;
    EXPECT_EQ(key.layer, layer) << name;
  };
  using Part = LoraKey::Part;
  using Role = LoraKey::Role;
  const std::string layer = kUnetLayer, block = layer.substr(0, layer.size() - 5);
  expect("unet." + layer + ".lora_A.weight", Part::UNet, Role::Down, layer);
  expect("unet." + layer + ".lora.up.weight", Part::UNet, Role::Up, layer);
  expect(block + ".processor.to_q_lora.down.weight", Part::UNet, Role::Down, layer);
  expect(block + ".processor.to_out_lora.up.weight", Part::UNet, Role::Up, block + ".to_out.0");
  expect("base_model.model." + layer + ".lora_B.default.weight", Part::UNet, Role::Up, layer);
  const std::string text = "encoder.layers.0.self_attn.";
  expect("text_encoder.text_model." + text + "q_proj.lora_linear_layer.up.weight", Part::TextEncoder, Role::Up,
         text + "q_proj");
  expect("text_encoder.text_model." + text + "to_out_lora.down.weight", Part::TextEncoder, Role::Down,
         text + "out_proj");
  expect("text_encoder." + text + "v_proj.lora_A.weight", Part::TextEncoder, Role::Down, text + "v_proj");
  expect("lora_te_text_model_encoder_layers_0_mlp_fc1.alpha", Part::TextEncoder, Role::Alpha,
         "encoder_layers_0_mlp_fc1");
}

TEST_F(Lora, CountsInTheModelsDigestAndInTheReport) {
  Catalogue catalogue;
  const auto path = save(oneLayer());
  const auto hash = [&](const ModelOptions& options) { return modelHash(catalogue, modelFolder("sd1-mini"), options); };
  EXPECT_NE(hash(merging(path)), hash({}));
  EXPECT_NE(hash(merging(path)), hash(merging(path, 0.5)));

  Session session;
  RestoreRequest request;
  request.model = modelFolder("sd1-mini");
  request.device = "cpu";
  request.model_options = merging(path, 0.5);
  request.solver_values = {{"K", 0.0}};
  request.sampler_values = {{"steps", 2.0}};
  RunInputs inputs;
  inputs.photo = Image(32, 32, 3);
  RunObserver observer;
  RunControl control;
  const auto outcome = session.run(request, inputs, observer, control);
  ASSERT_EQ(outcome.status, Outcome::Status::Completed) << outcome.message;
  const auto& report = outcome.report;
  EXPECT_EQ(report.model.sha256, hash(request.model_options));
  expectParts(jsonFromReport(report), {sha256OfFile(path), "\"scale\": 0.5", path});
  EXPECT_EQ(report.request.model_options.lora_digest, sha256OfFile(path));

  // A recall of it, first with the same file, then with another of that name.
  EXPECT_EQ(session.run(report.request, inputs, observer, control).picture.pixels, outcome.picture.pixels);
  save(oneLayer(3));
  Session another;
  expectParts(problemOf([&] { another.run(report.request, inputs, observer, control); }),
              {path, "is another LoRA", report.request.model_options.lora_digest, "lora_digest"});
}

}  // namespace
}  // namespace p2l
