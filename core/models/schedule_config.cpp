// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/schedule_config.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <vector>

#include "core/types/error.h"
#include "core/weights/config_fields.h"

namespace p2l {
namespace {

/// What diffusers' schedulers of variance-preserving noise take where their config does not say.
struct SchedulerClass {
  std::string_view name;
  double beta_start = 0.0001, beta_end = 0.02;
  std::string_view beta_schedule = "linear";
  std::string_view spacing = "leading";
  bool alpha_to_one = true;
};
constexpr SchedulerClass kClasses[] = {
    {""},  // no _class_name
    {"DDIMScheduler"},
    {"DDIMInverseScheduler"},
    {"DDIMParallelScheduler"},
    {"DDPMScheduler"},
    {"DDPMParallelScheduler"},
    {"RePaintScheduler"},
    {"PNDMScheduler", 0.0001, 0.02, "linear", "leading", false},
    {"LCMScheduler", 0.00085, 0.012, "scaled_linear"},
    {"TCDScheduler", 0.00085, 0.012, "scaled_linear"},
    {"DEISMultistepScheduler", 0.0001, 0.02, "linear", "linspace"},
    {"DPMSolverMultistepScheduler", 0.0001, 0.02, "linear", "linspace"},
    {"DPMSolverMultistepInverseScheduler", 0.0001, 0.02, "linear", "linspace"},
    {"DPMSolverSinglestepScheduler", 0.0001, 0.02, "linear", "linspace"},
    {"EulerDiscreteScheduler", 0.0001, 0.02, "linear", "linspace"},
    {"EulerAncestralDiscreteScheduler", 0.0001, 0.02, "linear", "linspace"},
    {"LMSDiscreteScheduler", 0.0001, 0.02, "linear", "linspace"},
    {"SASolverScheduler", 0.0001, 0.02, "linear", "linspace"},
    {"UniPCMultistepScheduler", 0.0001, 0.02, "linear", "linspace"},
    {"DPMSolverSDEScheduler", 0.00085, 0.012, "linear", "linspace"},
    {"HeunDiscreteScheduler", 0.00085, 0.012, "linear", "linspace"},
    {"KDPM2DiscreteScheduler", 0.00085, 0.012, "linear", "linspace"},
    {"KDPM2AncestralDiscreteScheduler", 0.00085, 0.012, "linear", "linspace"},
};

const SchedulerClass& classOf(const JsonConfig& json) {
  const auto name = json.text("_class_name", "");
  const auto* found =
      std::find_if(std::begin(kClasses), std::end(kClasses), [&](const auto& each) { return each.name == name; });
  if (found == std::end(kClasses)) {
    json.refuse("_class_name",
                "a scheduler of variance-preserving noise, such as DDIMScheduler, PNDMScheduler or "
                "EulerDiscreteScheduler; flow matching, EDM and others noise in another way");
  }
  return *found;
}

std::string oneOf(const JsonConfig& json, const std::string& field, std::string_view fallback,
                  std::initializer_list<const char*> known) {
  auto value = json.text(field, std::string(fallback));
  if (std::find(known.begin(), known.end(), value) != known.end()) return value;
  std::string names;
  for (const auto* each : known) names += (names.empty() ? "\"" : ", \"") + std::string(each) + "\"";
  json.refuse(field, "one of " + names);
}

std::vector<double> trainedBetas(const JsonConfig& json, std::int64_t count) {
  if (!json.has("trained_betas")) return {};
  auto betas = json.numberList("trained_betas");
  const bool sound = static_cast<std::int64_t>(betas.size()) == count &&
                     std::all_of(betas.begin(), betas.end(), [](double beta) { return beta > 0.0 && beta < 1.0; });
  if (!sound) json.refuse("trained_betas", concat("null or num_train_timesteps (", count, ") numbers between 0 and 1"));
  return betas;
}

PredictionType predictionType(const JsonConfig& json, const std::string& given) {
  const auto type = given.empty() ? json.text("prediction_type", "epsilon") : given;
  if (type == "epsilon") return PredictionType::Epsilon;
  if (type == "v_prediction") return PredictionType::VPrediction;
  if (type == "sample") return PredictionType::Sample;
  json.refuse("prediction_type", "\"epsilon\", \"v_prediction\" or \"sample\"");
}

}  // namespace

NoiseSchedule::Config scheduleConfig(const JsonConfig& json, const std::string& prediction) {
  const auto& defaults = classOf(json);
  refuseFields(json, schedulerFields());
  NoiseSchedule::Config config;
  config.num_train_timesteps = json.integerIn("num_train_timesteps", 1000, 1, 100000);
  config.beta_start = json.number("beta_start", defaults.beta_start);
  config.beta_end = json.number("beta_end", defaults.beta_end);
  config.beta_schedule =
      oneOf(json, "beta_schedule", defaults.beta_schedule, {"linear", "scaled_linear", "squaredcos_cap_v2", "sigmoid"});
  config.trained_betas = trainedBetas(json, config.num_train_timesteps);
  config.rescale_betas_zero_snr = json.flag("rescale_betas_zero_snr", false);
  const bool last_sigma_is_zero = oneOf(json, "final_sigmas_type", "zero", {"zero", "sigma_min"}) == "zero";
  config.set_alpha_to_one = json.flag("set_alpha_to_one", defaults.alpha_to_one && last_sigma_is_zero);
  config.steps_offset = json.integerIn("steps_offset", 0, 0, 100000);
  config.timestep_spacing = oneOf(json, "timestep_spacing", defaults.spacing, {"leading", "trailing", "linspace"});
  config.prediction_type = predictionType(json, prediction);
  config.consistency.distilled = json.text("_class_name", "") == "LCMScheduler";
  config.consistency.original_steps = json.integerIn("original_inference_steps", 50, 1, 100000);
  config.consistency.timestep_scaling = json.number("timestep_scaling", 10.0);
  // eps says nothing of z0 where z_t is noise alone (Lin et al. 2024, 3.2).
  if (config.rescale_betas_zero_snr && config.prediction_type == PredictionType::Epsilon)
    json.refuse("rescale_betas_zero_snr", "false for a network that predicts epsilon");
  return config;
}

}  // namespace p2l
