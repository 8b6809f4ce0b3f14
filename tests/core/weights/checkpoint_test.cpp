// SPDX-License-Identifier: GPL-3.0-or-later
// Single-file checkpoints with the original key names, and other autoencoders. The names come from diffusers
// (tests/parity/make_checkpoint_reference.py); the weights are drawn here and written in both layouts.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/gradient.h"
#include "core/base/random.h"
#include "core/nn/autoencoder/autoencoder.h"
#include "core/weights/checkpoint_keys.h"
#include "core/weights/model_files.h"
#include "core/weights/weight_hash.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Tensors = std::map<std::string, at::Tensor>;
using test::expectParts;
using test::problemOf;
using test::referencePath;
using test::relativeDifference;
using test::tensorsIn;

constexpr double kRounding = 1e-5;

const Json& keyReference() {
  static const Json json = [] {
    std::ifstream in(referencePath("checkpoint_keys.json"));
    return Json::parse(in);
  }();
  return json;
}

class Checkpoints : public test::TemporaryFolder, public testing::WithParamInterface<int> {
 protected:
  static std::string version() { return "sd" + std::to_string(GetParam()); }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  std::string diffusersFolder() const { return at("model"); }
  std::string checkpoint() const { return at("model.safetensors"); }

  /// The same random weights as a folder in diffusers layout and as a checkpoint, with the tokenizer beside it.
  void writeMiniature() const {
    const auto& mini = keyReference()[version()]["mini"];
    std::map<std::string, Tensors> parts;
    Tensors original;
    std::uint64_t seed = 0;
    for (const auto& row : mini["tensors"]) {
      const auto part = row[0].get<std::string>(), key = row[1].get<std::string>();
      const auto old = row[3].get<std::string>(), form = row[4].get<std::string>();
      const auto t = parts[part][key] = weight(row[2].get<std::vector<std::int64_t>>(), ++seed);
      if (form == "conv") {
        original[old] = t.unsqueeze(-1).unsqueeze(-1);
      } else if (form == "same") {
        original[old] = t;
      } else {  // q, k, v one after the other
        auto& fused = original[old];
        if (!fused.defined()) {
          auto sides = t.sizes().vec();
          sides[0] *= 3;
          fused = at::empty(sides);
        }
        fused.narrow(0, static_cast<std::int64_t>(std::string("qkv").find(form)) * t.size(0), t.size(0)).copy_(t);
      }
    }
    for (const auto& row : mini["leftovers"]) {
      original[row[0].get<std::string>()] = weight(row[1].get<std::vector<std::int64_t>>(), ++seed);
    }
    writeSafetensors(checkpoint(), original);
    for (const auto& [part, tensors] : parts) {
      write("model/" + part + "/config.json", mini["configs"][part].dump());
      const auto* stem = part == "text_encoder" ? "/model" : "/diffusion_pytorch_model";
      writeSafetensors(at("model/" + part + stem + ".safetensors"), tensors);
    }
    copyWritable(fs::path(test::modelFolder("sd1-mini")) / "scheduler", folder_ / "model/scheduler");
    if (GetParam() == 2) {
      const auto path = at("model/scheduler/scheduler_config.json");
      std::ifstream in(path);
      auto json = Json::parse(in);
      json["prediction_type"] = "v_prediction";
      write("model/scheduler/scheduler_config.json", json.dump());
    }
    copyWritable(fs::path(test::modelFolder("sd1-mini")) / "tokenizer", folder_ / "tokenizer");
    copyWritable(folder_ / "tokenizer", folder_ / "model/tokenizer");
    if (GetParam() == 2) {  // the folder of Stable Diffusion 2 pads with "!"; the checkpoint must know that by itself
      for (const char* name : {"model/tokenizer/tokenizer_config.json", "model/tokenizer/special_tokens_map.json"}) {
        std::ifstream in(folder_ / name);
        auto json = Json::parse(in);
        in.close();
        json["pad_token"] = "!";
        write(name, json.dump());
      }
    }
  }

  static at::Tensor weight(const std::vector<std::int64_t>& shape, std::uint64_t seed) {
    auto generator = makeGenerator(seed, RandomStream::InitialLatent);
    const auto noise = randomNormal(shape, generator);
    if (shape.size() < 2) return 1.0 + 0.1 * noise;
    std::int64_t inputs = 1;
    for (std::size_t i = 1; i < shape.size(); ++i) inputs *= shape[i];
    return noise / std::sqrt(static_cast<double>(inputs));
  }

  /// The weights to the bit; what comes out to rounding, because the processor sums in an order that depends on where
  /// in memory a file's tensor happens to lie.
  void expectSameNetworks(const std::string& path, const ModelOptions& options = {}) const {
    const at::NoGradGuard no_grad;
    const auto here = findModelFiles(diffusersFolder(), {}), there = findModelFiles(path, options);
    for (const auto part : {&ModelFiles::text_encoder, &ModelFiles::unet, &ModelFiles::autoencoder}) {
      const auto expected = (here.*part).tensors(), found = (there.*part).tensors();
      ASSERT_EQ(found.size(), expected.size());
      for (const auto& [name, tensor] : expected) {
        const auto other = found.find(found.count(name) ? name : "text_model." + name);
        ASSERT_NE(other, found.end()) << name;
        EXPECT_TRUE(at::equal(other->second.values(), tensor.values())) << name;
      }
    }
    const auto a = loadModel(diffusersFolder(), at::kCPU).model, b = loadModel(path, at::kCPU, options).model;
    const auto C = a->embedPrompt("a photo of a cat!").prompt;
    EXPECT_GT((C - a->embedPrompt("a photo of a dog").prompt).abs().max().item<double>(), 0.0);
    EXPECT_LT(relativeDifference(b->embedPrompt("a photo of a cat!").prompt, C), kRounding);
    auto generator = makeGenerator(5, RandomStream::InitialLatent);
    const auto z = randomNormal({1, 4, 8, 12}, generator);
    EXPECT_LT(relativeDifference(b->predictNoise(z, b->levelAt(481), C), a->predictNoise(z, a->levelAt(481), C)),
              kRounding);
    const auto x = a->decode(z);
    EXPECT_LT(relativeDifference(b->decode(z), x), kRounding);
    EXPECT_LT(relativeDifference(b->encode(x), a->encode(x)), kRounding);
  }
};

TEST_P(Checkpoints, EveryKeyOfThePublishedModelGetsDiffusersName) {
  Tensors tensors;
  std::map<std::string, std::map<std::string, std::pair<std::string, std::string>>> expected;  // part, name, key, form
  const auto addRows = [&](const Json& rows, bool text) {
    for (const auto& row : rows) {
      const auto part = row[0].get<std::string>(), old = row[2].get<std::string>(), form = row[3].get<std::string>();
      if (text != (part == "text_encoder")) continue;
      expected[part][row[1].get<std::string>()] = {old, form};
      tensors[old] = form == "conv" ? at::zeros({1, 1, 1, 1}) : form == "same" ? at::zeros({1}) : at::zeros({3});
    }
  };
  addRows(keyReference()["sd1"]["keys"], false);  // both versions' UNets and autoencoders have the same keys
  addRows(keyReference()[version()]["keys"], true);
  for (const auto& row : keyReference()[version()]["mini"]["leftovers"]) {
    auto key = row[0].get<std::string>();
    if (const auto layer = key.find("resblocks.2."); layer != std::string::npos)
      key.replace(layer, 12, "resblocks.23.");
    tensors[key] = at::zeros({3});
  }
  writeSafetensors(checkpoint(), tensors);

  const auto found = tensorsOfCheckpoint(SafetensorsFile::open(checkpoint()));
  EXPECT_EQ(found.open_clip, GetParam() == 2);
  const auto formName = [](StoredTensor::Form form) {
    constexpr const char* names[] = {"same", "conv", "q", "k", "v"};
    return std::string(names[static_cast<int>(form)]);
  };
  const std::pair<const char*, const TensorMap*> parts[] = {
      {"text_encoder", &found.text_encoder}, {"unet", &found.unet}, {"vae", &found.autoencoder}};
  for (const auto& [part, map] : parts) {
    ASSERT_GT(expected[part].size(), 100u) << part;
    std::map<std::string, std::pair<std::string, std::string>> plain;
    for (const auto& [name, tensor] : *map) {
      const bool prefixed = name.starts_with("text_model.");
      plain[prefixed ? name.substr(11) : name] = {tensor.key, formName(tensor.form)};
    }
    for (const auto& [name, stored] : expected[part]) {
      const auto key = name.starts_with("text_model.") ? name.substr(11) : name;
      ASSERT_EQ(plain.count(key), 1u) << key;
      EXPECT_EQ(plain[key].first, stored.first) << key;
      const bool bias = key.ends_with(".bias") && stored.second == "same";  // which is the same in either form
      EXPECT_EQ(bias ? "same" : plain[key].second, stored.second) << key;
    }
    EXPECT_EQ(plain.size(), expected[part].size()) << part;
  }
}

TEST_P(Checkpoints, CheckpointGivesTheNetworksOfTheFolder) {
  writeMiniature();
  const auto folder = loadModel(diffusersFolder(), at::kCPU);
  const auto file = loadModel(checkpoint(), at::kCPU);
  expectSameNetworks(checkpoint());
  EXPECT_EQ(file.info.parameters, folder.info.parameters);
  EXPECT_EQ(file.info.training_size, folder.info.training_size);
  EXPECT_EQ(file.info.prediction_type, GetParam() == 1 ? "epsilon" : "v_prediction");
  EXPECT_EQ(file.info.prediction_type, folder.info.prediction_type);
  EXPECT_EQ(file.info.name, "model.safetensors");
  expectParts(file.info.kind, {GetParam() == 1 ? "Stable Diffusion 1.x" : "Stable Diffusion 2.x"});
  EXPECT_EQ(file.info.notes.empty(), GetParam() == 1);
}

TEST_P(Checkpoints, PredictionTypeFollowsTheStepThePersonAndTheVersion) {
  writeMiniature();
  auto tensors = tensorsIn(checkpoint());
  tensors["global_step"] = at::scalar_tensor(875000, at::kLong);
  writeSafetensors(checkpoint(), tensors);
  EXPECT_EQ(inspectModel(checkpoint()).prediction_type, "epsilon");
  ModelOptions options;
  options.prediction = "v_prediction";
  EXPECT_EQ(inspectModel(checkpoint(), options).prediction_type, "v_prediction");
  EXPECT_EQ(loadModel(checkpoint(), at::kCPU, options).info.prediction_type, "v_prediction");
}

TEST_P(Checkpoints, TokenizerIsBesideTheFileOrNamed) {
  writeMiniature();
  fs::rename(at("tokenizer"), at("elsewhere"));
  expectParts(problemOf([&] { loadModel(checkpoint(), at::kCPU); }),
              {"model.safetensors", "vocab.json", "--tokenizer", "beside"});
  ModelOptions options;
  options.tokenizer = at("elsewhere");
  EXPECT_EQ(problemOf([&] { loadModel(checkpoint(), at::kCPU, options); }), "");
  options.tokenizer = diffusersFolder();  // whose own folder `tokenizer` is meant
  EXPECT_EQ(problemOf([&] { loadModel(checkpoint(), at::kCPU, options); }), "");
  options.tokenizer = at("model/unet");
  expectParts(problemOf([&] { loadModel(checkpoint(), at::kCPU, options); }), {"model/unet", "no tokenizer"});
}

TEST_P(Checkpoints, MissingAndForeignTensorsAreNamed) {
  writeMiniature();
  const auto all = tensorsIn(checkpoint());
  const auto problemWithout = [&](const std::string& prefix) {
    Tensors some;
    for (const auto& [key, t] : all) {
      if (!key.starts_with(prefix)) some[key] = t;
    }
    writeSafetensors(checkpoint(), some);
    return problemOf([&] { loadModel(checkpoint(), at::kCPU); });
  };
  expectParts(problemWithout("model.diffusion_model."), {"model.safetensors", "--vae", "1.5"});
  expectParts(problemWithout("cond_stage_model."), {"model.safetensors", "no text encoder"});
  expectParts(problemWithout("first_stage_model."), {"model.safetensors", "no autoencoder", "--vae"});
  expectParts(problemWithout("model.diffusion_model.out.2."), {"model.safetensors", "conv_out.weight"});
  expectParts(problemWithout("model.diffusion_model.input_blocks.1.0.in_layers.2."),
              {"resnets.0.conv1.weight", "missing"});
  auto more = all;
  for (const char* prefix : {"model.diffusion_model.", "first_stage_model.", "cond_stage_model."}) {
    more = all;
    more[prefix + std::string("something.else")] = at::ones({2});
    writeSafetensors(checkpoint(), more);
    expectParts(problemOf([&] { loadModel(checkpoint(), at::kCPU); }), {"something.else", "belongs to no part"});
  }
}

/// One tensor that belongs to nothing does not spoil a checkpoint: it is named and left out.
TEST_P(Checkpoints, WhatTrainingLeftIsNamedAndLeftOut) {
  writeMiniature();
  const auto whole = loadModel(checkpoint(), at::kCPU);
  EXPECT_TRUE(whole.remarks.empty()) << whole.remarks[0];
  auto tensors = tensorsIn(checkpoint());
  tensors["something.else"] = at::ones({2});
  tensors["optimizer_states.0.exp_avg"] = at::ones({2});
  tensors["first_stage_model.loss.logvar"] = at::ones({1});
  tensors["model.diffusion_model.ema.decay"] = at::ones({1});
  tensors["model_ema.decay"] = at::ones({1});  // known: not worth a word
  writeSafetensors(checkpoint(), tensors);
  const auto loaded = loadModel(checkpoint(), at::kCPU);
  ASSERT_EQ(loaded.remarks.size(), 1u);
  expectParts(loaded.remarks[0], {"model.safetensors", "3 tensors", "left out", "something.else",
                                  "optimizer_states.0.exp_avg", "model.diffusion_model.ema.decay"});
  EXPECT_EQ(loaded.info.notes.back(), loaded.remarks[0] + ".");
  EXPECT_EQ(loaded.info.parameters, whole.info.parameters);
}

TEST_P(Checkpoints, AutoencoderOfACheckpointForAnotherModel) {
  writeMiniature();
  // The autoencoder alone, as it is handed on: without the prefix, in float16.
  Tensors alone;
  for (const auto& [key, t] : tensorsIn(checkpoint())) {
    if (key.starts_with("first_stage_model.")) alone[key.substr(18)] = t;
  }
  writeSafetensors(at("vae.safetensors"), alone);
  for (const auto& vae : {checkpoint(), at("vae.safetensors"), at("model"), at("model/vae"),
                          at("model/vae/diffusion_pytorch_model.safetensors")}) {
    ModelOptions options;
    options.vae = vae;
    const auto other = inspectModel(diffusersFolder(), options);
    expectSameNetworks(diffusersFolder(), options);
    ASSERT_EQ(other.notes.size(), 1u);
    expectParts(other.notes[0], {vae});
  }
}

TEST_P(Checkpoints, TinyAutoencoderForAModel) {
  writeMiniature();
  ModelOptions options;
  options.vae = test::modelFolder("taesd-mini");
  const auto loaded = loadModel(diffusersFolder(), at::kCPU, options);
  EXPECT_EQ(loaded.info.pixels_per_latent, 8);
  EXPECT_EQ(loaded.model->pixelsPerLatent(), 8);
  expectParts(loaded.info.kind, {"AutoencoderTiny"});
  const auto reference = SafetensorsFile::open(referencePath("networks_taesd-mini.safetensors"));
  const at::NoGradGuard no_grad;
  EXPECT_LT(relativeDifference(loaded.model->decode(reference->tensor("z")), reference->tensor("decoded")), 1e-4);
}

INSTANTIATE_TEST_SUITE_P(StableDiffusion, Checkpoints, testing::Values(1, 2),
                         [](const auto& info) { return "v" + std::to_string(info.param); });

class Taesd : public test::TemporaryFolder {
 protected:
  static std::unique_ptr<Autoencoder> load(const std::string& path) {
    const auto part = findAutoencoder(path);
    Weights weights(part.tensors(), at::kCPU);
    auto autoencoder = makeAutoencoder(*part.config, WeightScope(weights));
    weights.finish();
    return autoencoder;
  }
};

TEST_F(Taesd, EqualsDiffusersInEveryLayout) {
  const auto stored = fs::path(test::modelFolder("taesd-mini"));
  const auto reference = SafetensorsFile::open(referencePath("networks_taesd-mini.safetensors"));
  fs::copy(stored / "diffusion_pytorch_model.safetensors", folder_ / "taesd.safetensors");
  fs::create_directories(folder_ / "original");
  for (const char* name : {"taesd_encoder.safetensors", "taesd_decoder.safetensors"})
    fs::copy(stored / name, folder_ / "original" / name);
  for (const auto& path : {stored, folder_ / "taesd.safetensors", folder_ / "original",
                           folder_ / "original/taesd_decoder.safetensors", stored / "taesd_encoder.safetensors"}) {
    const auto autoencoder = load(path.string());
    EXPECT_EQ(autoencoder->factor(), 8);
    EXPECT_EQ(autoencoder->latentChannels(), 4);
    {
      const at::NoGradGuard no_grad;
      EXPECT_LT(relativeDifference(autoencoder->encode(reference->tensor("x")), reference->tensor("encoded")), 1e-4);
      EXPECT_LT(relativeDifference(autoencoder->decode(reference->tensor("z")), reference->tensor("decoded")), 1e-4);
    }
    const auto by_z =
        gradient([&](const at::Tensor& z) { return (autoencoder->decode(z) * reference->tensor("grad.w")).sum(); },
                 reference->tensor("z"));
    EXPECT_LT(relativeDifference(by_z.gradient, reference->tensor("grad.z")), 1e-3) << path;
  }
}

TEST_F(Taesd, HalfAloneIsNamed) {
  fs::copy(fs::path(test::modelFolder("taesd-mini")) / "taesd_encoder.safetensors",
           folder_ / "taesd_encoder.safetensors");
  expectParts(problemOf([&] { load((folder_ / "taesd_encoder.safetensors").string()); }),
              {"taesd_decoder.safetensors", "missing"});
  expectParts(problemOf([&] { load(folder_.string()); }), {"taesd_decoder.safetensors", "missing"});
  fs::rename(folder_ / "taesd_encoder.safetensors", folder_ / "half.safetensors");
  expectParts(problemOf([&] { load((folder_ / "half.safetensors").string()); }), {"half.safetensors", "`encoder`"});
}

}  // namespace
}  // namespace p2l
