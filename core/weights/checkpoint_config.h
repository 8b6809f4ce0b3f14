// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/weights/json_config.h"
#include "core/weights/weights.h"

namespace p2l {

/// Configs in diffusers' form for networks that come without one: sizes from the tensors' shapes, and what shapes do
/// not tell (counts of heads, groups, activations, schedule) as CompVis' v1-inference.yaml and Stability's
/// v2-inference.yaml have it. `tensors` are under diffusers' names; `path` names the source in messages. `sample_size`:
/// of the training pictures, in latents.
/// @throws Error when a tensor that tells a size is missing or has another rank.
std::shared_ptr<const JsonConfig> unetConfig(const std::string& path, const TensorMap& tensors,
                                             std::int64_t sample_size);
std::shared_ptr<const JsonConfig> autoencoderConfig(const std::string& path, const TensorMap& tensors);
std::shared_ptr<const JsonConfig> tinyAutoencoderConfig(const std::string& path, const TensorMap& tensors);
std::shared_ptr<const JsonConfig> textEncoderConfig(const std::string& path, const TensorMap& tensors, bool open_clip);
std::shared_ptr<const JsonConfig> schedulerConfig(const std::string& path, const std::string& prediction_type);

}  // namespace p2l
