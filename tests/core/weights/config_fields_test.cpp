// SPDX-License-Identifier: GPL-3.0-or-later
// Every field that diffusers' configs may have is used, harmless or refused (tests/reference/config_fields.json).
#include "core/weights/config_fields.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/models/schedule_config.h"
#include "core/nn/autoencoder/autoencoder.h"
#include "core/nn/unet/unet.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using Json = nlohmann::json;
using test::expectParts;
using test::problemOf;

const Json& reference() {
  static const auto json = [] {
    std::ifstream in(test::referencePath("config_fields.json"));
    return Json::parse(in);
  }();
  return json;
}

std::string scheduleProblem(const Json& config) {
  return problemOf([&] { scheduleConfig(JsonConfig("scheduler_config.json", config.dump())); });
}

/// A value of the same kind as an accepted one, and another.
Json unacceptable(const ConfigField& field) {
  const auto accepted = Json::parse(field.accepted.substr(0, field.accepted.find('|')), nullptr, false);
  if (accepted.is_boolean()) return !accepted.get<bool>();
  if (accepted.is_number()) return 7;
  return "another";
}

struct Kind {
  const char* name;
  std::span<const ConfigField> fields;
  Json config;  ///< one that is accepted
  std::function<void(const JsonConfig&)> read;
};

std::vector<Kind> kinds() {
  const auto config_of = [](const char* part) {
    std::ifstream in(test::modelFolder("sd1-mini") + "/" + part + "/config.json");
    return Json::parse(in);
  };
  return {{"scheduler", schedulerFields(), Json::object(), [](const JsonConfig& json) { scheduleConfig(json); }},
          {"autoencoder_kl", autoencoderKlFields(), config_of("vae"),
           [](const JsonConfig& json) {
             const auto file =
                 SafetensorsFile::open(test::modelFolder("sd1-mini") + "/vae/diffusion_pytorch_model.safetensors");
             Weights weights(tensorsOf({file}), at::kCPU);
             makeAutoencoder(json, WeightScope(weights));
           }},
          {"unet_2d_condition", unet2dConditionFields(), config_of("unet"),
           [](const JsonConfig& json) { UNet2DConditionModel::Config::fromJson(json); }}};
}

TEST(ConfigFields, AllOfDiffusersAreDecided) {
  for (const auto& kind : kinds()) {
    ASSERT_GT(reference()[kind.name].size(), 10u);
    for (const auto& name : reference()[kind.name]) {
      const auto found = std::find_if(kind.fields.begin(), kind.fields.end(),
                                      [&](const auto& field) { return field.name == name.get<std::string>(); });
      EXPECT_NE(found, kind.fields.end()) << kind.name << " has a field that nobody has decided on: " << name;
    }
  }
}

TEST(ConfigFields, RefusedOnesNameFileFieldAndValue) {
  for (const auto& kind : kinds()) {
    const auto problem = [&](const std::string& field, const Json& value) {
      auto config = kind.config;
      config[field] = value;
      return problemOf([&] { kind.read(JsonConfig("a/config.json", config.dump())); });
    };
    int refused = 0;
    for (const auto& field : kind.fields) {
      const std::string name(field.name);
      if (field.use == FieldUse::Refused) {
        const auto bad = unacceptable(field);
        expectParts(problem(name, bad), {"a/config.json: `" + name + "` is " + bad.dump()});
        EXPECT_EQ(problem(name, nullptr), "") << name;
        if (!field.accepted.empty()) {
          EXPECT_EQ(problem(name, Json::parse(field.accepted.substr(0, field.accepted.find('|')))), "") << name;
        }
        ++refused;
      } else if (field.use == FieldUse::Harmless) {
        EXPECT_EQ(problem(name, "anything"), "") << name;
      }
    }
    EXPECT_GT(refused, 3) << kind.name;
  }
}

TEST(ConfigFields, SchedulersOfOtherNoiseAreRefusedByTheirClass) {
  for (const auto& name : reference()["other_schedulers"]) {
    expectParts(scheduleProblem({{"_class_name", name}}),
                {"scheduler_config.json: `_class_name` is " + name.dump(), "variance-preserving"});
  }
  expectParts(scheduleProblem({{"beta_schedule", "laplace"}}), {"`beta_schedule` is \"laplace\"", "squaredcos_cap_v2"});
  expectParts(scheduleProblem({{"timestep_spacing", "odd"}}), {"`timestep_spacing` is \"odd\"", "linspace"});
  expectParts(scheduleProblem({{"prediction_type", "flow_prediction"}}), {"`prediction_type`", "flow_prediction"});
  expectParts(scheduleProblem({{"trained_betas", {0.1, 0.2}}}), {"`trained_betas` is [0.1,0.2]", "1000"});
  expectParts(scheduleProblem({{"trained_betas", {0.1, 1.5}}, {"num_train_timesteps", 2}}), {"between 0 and 1"});
  expectParts(scheduleProblem({{"rescale_betas_zero_snr", true}}), {"`rescale_betas_zero_snr` is true", "epsilon"});
}

TEST(ConfigFields, MissingOnesAreThoseOfTheClass) {
  for (const auto& [name, defaults] : reference()["scheduler_defaults"].items()) {
    const auto config = scheduleConfig(JsonConfig("s", Json{{"_class_name", name}}.dump()));
    EXPECT_EQ(config.beta_start, defaults["beta_start"].get<double>()) << name;
    EXPECT_EQ(config.beta_end, defaults["beta_end"].get<double>()) << name;
    EXPECT_EQ(config.beta_schedule, defaults["beta_schedule"].get<std::string>()) << name;
    if (defaults.contains("timestep_spacing")) {
      EXPECT_EQ(config.timestep_spacing, defaults["timestep_spacing"].get<std::string>()) << name;
    }
    EXPECT_EQ(config.set_alpha_to_one, defaults.value("set_alpha_to_one", true)) << name;
  }
}

TEST(ConfigFields, SchedulesAreThoseOfDiffusers) {
  ASSERT_GE(reference()["schedules"].size(), 4u);
  for (const auto& each : reference()["schedules"]) {
    auto json = each["config"];
    json["prediction_type"] = "v_prediction";
    const NoiseSchedule schedule(scheduleConfig(JsonConfig("s", json.dump())));
    for (const auto& [t, alpha_bar] : each["alpha_bars"].items()) {
      // diffusers adds up in float32.
      EXPECT_NEAR(schedule.alphaBar(std::stoi(t)), alpha_bar.get<double>(), 1e-6 + 1e-3 * alpha_bar.get<double>())
          << json.value("beta_schedule", "") << " t " << t;
    }
    if (json.contains("rescale_betas_zero_snr")) {
      EXPECT_EQ(schedule.alphaBar(999), std::ldexp(1.0, -24));
    }
  }
}

/// The latent of noise alone: Tweedie's estimate from v stays what the network says, and is finite.
TEST(ConfigFields, ZeroSnrGivesTheNetworksPicture) {
  NoiseSchedule::Config config;
  config.rescale_betas_zero_snr = true;
  const NoiseSchedule schedule(config);
  const auto level = schedule.levelAt(999);
  const auto z = at::linspace(-3.0, 3.0, 64), v = at::linspace(2.0, -1.0, 64);
  const auto eps = noiseFromPrediction(v, z, level, PredictionType::VPrediction);
  EXPECT_LT((tweedie(z, eps, level) + v).abs().max().item<double>(), 5e-3);
}

class LatentScale : public test::ModelFolder {
 protected:
  LoadedModel with(const std::string& fields) {
    std::ifstream in(folder_ / "vae/config.json");
    auto json = Json::parse(in);
    in.close();
    json.update(Json::parse(fields));
    write("vae/config.json", json.dump());
    return loadModel(folder_.string(), at::kCPU);
  }
};

/// diffusers' StableDiffusionXLPipeline: latents * std / scaling_factor + mean, and back in the image-to-image one.
TEST_F(LatentScale, MeanAndDeviationOfEachChannel) {
  const at::NoGradGuard no_grad;
  const double scaling = 0.18215;
  const auto plain = loadModel(folder_.string(), at::kCPU);
  const auto scaled = with(R"({"latents_mean": [0.5, -1, 2, 0], "latents_std": [2, 1, 0.5, 4]})");
  const auto mean = at::tensor({0.5, -1.0, 2.0, 0.0}).view({1, 4, 1, 1}).to(at::kFloat);
  const auto deviation = at::tensor({2.0, 1.0, 0.5, 4.0}).view({1, 4, 1, 1}).to(at::kFloat);
  const auto x = at::linspace(-1.0, 1.0, 3 * 64 * 64).view({1, 3, 64, 64});
  const auto z = plain.model->encode(x);
  const auto expected = (z / scaling - mean) * scaling / deviation;
  EXPECT_LT((scaled.model->encode(x) - expected).abs().max().item<double>(), 1e-5);
  EXPECT_LT((scaled.model->decode(expected) - plain.model->decode(z)).abs().max().item<double>(), 1e-4);
}

TEST_F(LatentScale, ShiftFactor) {
  const at::NoGradGuard no_grad;
  const auto plain = loadModel(folder_.string(), at::kCPU);
  const auto shifted = with(R"({"shift_factor": 0.25})");
  const auto x = at::linspace(-1.0, 1.0, 3 * 64 * 64).view({1, 3, 64, 64});
  const auto expected = plain.model->encode(x) - 0.25 * 0.18215;
  EXPECT_LT((shifted.model->encode(x) - expected).abs().max().item<double>(), 1e-5);
}

TEST_F(LatentScale, HalfOfItIsRefused) {
  expectParts(problemOf([&] { with(R"({"latents_mean": [0, 0, 0, 0]})"); }), {"`latents_std` is", "list of numbers"});
  expectParts(problemOf([&] { with(R"({"latents_mean": [0, 0], "latents_std": [1, 1, 1, 1]})"); }),
              {"vae/config.json: `latents_mean` is [0,0]", "4"});
  expectParts(problemOf([&] { with(R"({"latents_mean": [0, 0, 0, 0], "latents_std": [1, 1, 0, 1]})"); }),
              {"`latents_std`", "positive"});
}

}  // namespace
}  // namespace p2l
