// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/weights/json_config.h"
#include "core/weights/weights.h"

namespace p2l {

/// True when the tensors are those of a UNet with openai/guided-diffusion's names.
bool isAdmUnet(const SafetensorsFile& file);

/// The config of AdmUNet: sizes from the tensors' shapes. What shapes do not tell is as in the published models of 256
/// pixels (heads of 64 channels, head after head, linear schedule, 1000 steps), or as the flags of
/// guided-diffusion in a JSON file of the same name beside the weights say: num_heads, num_head_channels,
/// use_new_attention_order, image_size, noise_schedule, diffusion_steps.
/// Classes are counted by label_emb. @throws Error when a tensor that tells a size is missing, or a flag cannot be.
std::shared_ptr<const JsonConfig> admConfig(const std::string& path, const TensorMap& tensors);

/// The same for the schedule, in the form of diffusers' scheduler_config.json; the estimate is clipped, as
/// guided-diffusion's samplers do.
std::shared_ptr<const JsonConfig> admScheduler(const std::string& path);

}  // namespace p2l
