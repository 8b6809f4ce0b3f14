// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace p2l {

/// What a tensor of a LoRA's file is.
struct LoraKey {
  enum class Part { UNet, TextEncoder };
  enum class Role { Down, Up, Alpha };

  Part part = Part::UNet;
  Role role = Role::Down;
  std::string layer;    ///< the network's name of the layer, without `text_model.`; where `joined` with _ in place of .
  bool joined = false;  ///< kohya's names
};

/// Reads a tensor's name as diffusers writes it (PEFT's `unet.X.lora_A.weight`, the older `unet.X.lora.down.weight` and
/// `unet.Y.processor.to_q_lora.down.weight`) or kohya (`lora_unet_X.lora_down.weight`). @param file for the message
/// @throws Error saying what else it is: DoRA, LoHa, LoKr and others by their names, another model's, or unknown
LoraKey loraKeyFrom(const std::string& name, const std::string& file);

}  // namespace p2l
