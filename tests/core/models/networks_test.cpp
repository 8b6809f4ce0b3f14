// SPDX-License-Identifier: GPL-3.0-or-later
// The networks, the tokenizer and the DDIM loop against diffusers and transformers (tests/reference), on the embedded
// weights and on random weights of two other configurations.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/gradient.h"
#include "core/models/guided_model.h"
#include "core/models/model_folder.h"
#include "core/nn/autoencoder/autoencoder.h"
#include "core/nn/text/clip_text.h"
#include "core/nn/unet/unet.h"
#include "core/tokenizer/clip_tokenizer.h"
#include "core/weights/json_config.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

using test::modelFolder;
using test::referencePath;
using test::relativeDifference;

constexpr double kForward = 1e-4;
constexpr double kBackward = 1e-3;

class Networks : public testing::TestWithParam<const char*> {
 protected:
  Networks() : file_(SafetensorsFile::open(referencePath(std::string("networks_") + GetParam() + ".safetensors"))) {}

  at::Tensor reference(const std::string& key) const { return file_->tensor(key); }
  /// The UNet's raw output, undone to what the reference stores.
  at::Tensor rawOutput(const DiffusionModel& model, const at::Tensor& z, std::int64_t timestep,
                       const at::Tensor& C) const {
    const auto eps = model.predictNoise(z, model.levelAt(timestep), C);
    if (loaded_.info.prediction_type == "epsilon") return eps;
    const auto level = model.levelAt(timestep);
    return (eps - level.noise * z) / level.signal;
  }

  at::NoGradGuard no_grad_;
  std::shared_ptr<const SafetensorsFile> file_;
  LoadedModel loaded_ = loadModel(modelFolder(GetParam()), at::kCPU);
};

TEST_P(Networks, TextEncoder) {
  const auto expected = reference("text.embedding");
  const char* prompts[] = {"", "a photo of a dark gray smooth flat scene", "It's 3 cafés & a 🐕!"};
  for (int i = 0; i < 3; ++i) {
    EXPECT_LT(relativeDifference(loaded_.model->embedPrompt(prompts[i]).prompt, expected.narrow(0, i, 1)), kForward)
        << prompts[i];
  }
}

TEST_P(Networks, UNet) {
  const auto C = reference("text.embedding").narrow(0, 1, 1);
  const auto timesteps = reference("unet.timesteps");
  for (const char* size : {"16x16", "16x24"}) {
    const auto z = reference(std::string("unet.z_") + size);
    const auto expected = reference(std::string("unet.out_") + size);
    for (int i = 0; i < 3; ++i) {
      const auto t = timesteps[i].item<double>();
      EXPECT_LT(
          relativeDifference(rawOutput(*loaded_.model, z, static_cast<std::int64_t>(t), C), expected.narrow(0, i, 1)),
          kForward)
          << size << " t " << t;
    }
  }
}

TEST_P(Networks, Autoencoder) {
  EXPECT_LT(relativeDifference(loaded_.model->encode(reference("vae.x")), reference("vae.encoded")), kForward);
  EXPECT_LT(relativeDifference(loaded_.model->decode(reference("vae.z")), reference("vae.decoded")), kForward);
}

TEST_P(Networks, GradientsEqualAutogradOfTheReference) {
  const auto C = reference("text.embedding").narrow(0, 1, 1);
  const auto z = reference("unet.z_16x16");
  const auto w = reference("grad.w");
  // The reference differentiates the raw output; raw = (eps - sqrt(1 - ab) z) / sqrt(ab) for a v prediction.
  const auto by_z =
      gradient([&](const at::Tensor& at) { return (rawOutput(*loaded_.model, at, 481, C) * w).sum(); }, z);
  EXPECT_LT(relativeDifference(by_z.gradient, reference("grad.z")), kBackward);
  const auto by_C =
      gradient([&](const at::Tensor& at) { return (rawOutput(*loaded_.model, z, 481, at) * w).sum(); }, C);
  EXPECT_LT(relativeDifference(by_C.gradient, reference("grad.C")), kBackward);
  const auto by_latent =
      gradient([&](const at::Tensor& at) { return (loaded_.model->decode(at) * reference("grad.decoder_w")).sum(); },
               reference("vae.z"));
  EXPECT_LT(relativeDifference(by_latent.gradient, reference("grad.decoder_z")), kBackward);
}

TEST_P(Networks, FiftyStepsOfDdim) {
  const auto C = reference("text.embedding").narrow(0, 1, 1);
  const auto guided = withGuidance(loaded_.model, 3.0);
  for (const auto& [model, key] : {std::pair{loaded_.model, "ddim.z_0"}, std::pair{guided, "ddim.z_0_cfg3"}}) {
    auto z = reference("ddim.z_T");
    for (const auto& step : model->plan(50, "leading")) {
      const auto eps = model->predictNoise(z, step.level, C);
      z = ddimStep(tweedie(z, eps, step.level), eps, step);
    }
    EXPECT_LT(relativeDifference(z, reference(key)), kForward) << key;
  }
}

INSTANTIATE_TEST_SUITE_P(Models, Networks, testing::Values("p2l-tiny", "sd1-mini", "sd2-mini"),
                         [](const auto& info) { return std::string(info.param).substr(0, 3); });

TEST(Tokenizer, SameIdsAsTransformers) {
  const std::pair<const char*, const char*> cases[] = {{"p2l-tiny", "tokenizer_prompts.json"},
                                                       {"sd1-mini", "tokenizer_prompts_77.json"},
                                                       {"tokenizer-json", "tokenizer_prompts_json.json"}};
  for (const auto& [model, file] : cases) {
    const auto folder = modelFolder(model);
    const bool is_whole = std::filesystem::exists(folder + "/tokenizer.json");
    const auto tokenizer = ClipTokenizer::fromFolder(is_whole ? folder : folder + "/tokenizer");
    std::ifstream in(referencePath(file));
    const auto prompts = nlohmann::json::parse(in);
    ASSERT_GE(prompts.size(), 30u) << file;
    for (const auto& row : prompts) {
      const auto prompt = row["prompt"].get<std::string>();
      EXPECT_EQ(tokenizer.encode(prompt), row["ids"].get<std::vector<std::int64_t>>())
          << model << ": " << row["prompt"];
    }
  }
}

/// Merging by looking at all pairs anew each time would take a quarter of an hour for this word.
TEST(Tokenizer, LongWordTakesNoLonger) {
  const auto tokenizer = ClipTokenizer::fromFolder(modelFolder("sd1-mini") + "/tokenizer");
  std::string word;
  while (word.size() < 100'000) word += "start";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_GT(tokenizer.tokenCount(word), 10'000);
  EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), 20.0);
  // The same word repeats itself, so the tokens do.
  const auto ids = tokenizer.encode(word);
  const auto shorter = tokenizer.encode(word.substr(0, 500));
  EXPECT_TRUE(std::equal(ids.begin(), ids.begin() + 60, shorter.begin()));
}

}  // namespace
}  // namespace p2l
