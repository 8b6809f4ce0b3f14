// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "core/weights/json_config.h"

namespace p2l {

/// What becomes of a field of a config file. Fields of no list are a person's own, and are not looked at.
enum class FieldUse {
  Used,      ///< read by the part that the config describes
  Harmless,  ///< changes nothing here: a choice of the sampler's that a run makes by itself, of training, of precision
  Refused    ///< would change the results in a way that is not supported: refused unless null or one of `accepted`
};

struct ConfigField {
  std::string_view name;
  FieldUse use = FieldUse::Used;
  std::string_view accepted = {};  ///< JSON texts, with | between them
};

/// Every field that diffusers 0.42 knows for schedulers, AutoencoderKL and UNet2DConditionModel.
std::span<const ConfigField> schedulerFields();
std::span<const ConfigField> autoencoderKlFields();
std::span<const ConfigField> unet2dConditionFields();

/// @throws Error naming the file, the field and its value, where a refused one says what is not accepted
void refuseFields(const JsonConfig& json, std::span<const ConfigField> fields);

}  // namespace p2l
