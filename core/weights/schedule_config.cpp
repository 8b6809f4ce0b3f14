// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/schedule_config.h"

namespace p2l {

NoiseSchedule::Config scheduleConfig(const JsonConfig& json, const std::string& prediction) {
  NoiseSchedule::Config config;
  config.num_train_timesteps = json.integerIn("num_train_timesteps", 1000, 1, 100000);
  config.beta_start = json.number("beta_start", 0.0001);
  config.beta_end = json.number("beta_end", 0.02);
  config.beta_schedule = json.text("beta_schedule", "linear");
  config.set_alpha_to_one = json.flag("set_alpha_to_one", true);
  config.steps_offset = json.integerIn("steps_offset", 0, 0, 100000);
  config.timestep_spacing = json.text("timestep_spacing", "leading");
  const auto type = prediction.empty() ? json.text("prediction_type", "epsilon") : prediction;
  if (type == "epsilon") {
    config.prediction_type = PredictionType::Epsilon;
  } else if (type == "v_prediction") {
    config.prediction_type = PredictionType::VPrediction;
  } else if (type == "sample") {
    config.prediction_type = PredictionType::Sample;
  } else {
    json.refuse("prediction_type", "\"epsilon\", \"v_prediction\" or \"sample\"");
  }
  return config;
}

}  // namespace p2l
