// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/diffusion/noise_schedule.h"
#include "core/weights/json_config.h"

namespace p2l {

/// What a scheduler_config.json says. @param prediction epsilon or v_prediction, in place of what the config says;
/// empty: as it says. @throws Error naming the field
NoiseSchedule::Config scheduleConfig(const JsonConfig& json, const std::string& prediction = {});

}  // namespace p2l
