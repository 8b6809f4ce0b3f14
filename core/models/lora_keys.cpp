// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/lora_keys.h"

#include <optional>
#include <string_view>

#include "core/types/error.h"

namespace p2l {
namespace {

using Part = LoraKey::Part;
using Role = LoraKey::Role;

/// Kinds of adapters that are no products of two matrices, by what their tensors are called.
struct OtherKind {
  std::string_view mark, name;
};
constexpr OtherKind kOtherKinds[] = {
    {"dora_scale", "a DoRA, which scales the merged weights' columns"},
    {"lora_magnitude_vector", "a DoRA, which scales the merged weights' columns"},
    {"hada_w", "a LoHa"},
    {"lokr_w", "a LoKr"},
    {"oft_", "an OFT adapter"},
    {"lora_mid", "a LoRA of three factors (CP decomposition)"},
    {"lora_B.bias", "a LoRA with biases"},
    {"on_input", "an (IA)³ adapter"},
    {".diff", "a difference of whole weights"},
};

/// Models that are not of this family, by how their tensors' names begin.
constexpr OtherKind kOtherModels[] = {
    {"lora_te1_", "Stable Diffusion XL"},
    {"lora_te2_", "Stable Diffusion XL"},
    {"text_encoder_2.", "Stable Diffusion XL"},
    {"transformer.", "a diffusion transformer (Stable Diffusion 3, Flux)"},
    {"lora_transformer_", "a diffusion transformer (Stable Diffusion 3, Flux)"},
    {"lora_unet_input_blocks_", "Stable Diffusion XL"},
    {"lora_unet_output_blocks_", "Stable Diffusion XL"},
    {"lora_prior_", "another model"},
};

struct Ending {
  std::string_view text;
  Role role;
};
constexpr Ending kEndings[] = {
    {".lora_A.weight", Role::Down},
    {".lora_B.weight", Role::Up},
    {".lora_A.default.weight", Role::Down},
    {".lora_B.default.weight", Role::Up},
    {".lora_A.default_0.weight", Role::Down},  // diffusers' own name of an adapter
    {".lora_B.default_0.weight", Role::Up},
    {".lora_down.weight", Role::Down},
    {".lora_up.weight", Role::Up},
    {".lora.down.weight", Role::Down},
    {".lora.up.weight", Role::Up},
    {".lora_linear_layer.down.weight", Role::Down},
    {".lora_linear_layer.up.weight", Role::Up},
    {"_lora.down.weight", Role::Down},  // of attention processors
    {"_lora.up.weight", Role::Up},
    {".alpha", Role::Alpha},
};

bool drop(std::string& name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return false;
  name.erase(0, prefix.size());
  return true;
}

/// Takes the ending off.
std::optional<Role> roleOf(std::string& name) {
  for (const auto& [text, role] : kEndings) {
    if (!name.ends_with(text)) continue;
    name.resize(name.size() - text.size());
    return role;
  }
  return std::nullopt;
}

/// The attention's layer that a processor's tensor is of: `attn1.processor.to_out` -> `attn1.to_out.0`, and in text
/// encoders `self_attn.to_q` -> `self_attn.q_proj`.
std::string layerOfProcessor(std::string layer, Part part) {
  constexpr std::string_view kProcessor = ".processor.";
  if (const auto at = layer.find(kProcessor); at != std::string::npos) layer.replace(at, kProcessor.size(), ".");
  const auto dot = layer.rfind(".to_");
  if (dot == std::string::npos) return layer;
  if (part == Part::TextEncoder) return layer.substr(0, dot + 1) + layer.substr(dot + 4) + "_proj";
  return layer.ends_with(".to_out") ? layer + ".0" : layer;
}

/// Takes diffusers' beginning off. Files of attention processors alone have none.
std::optional<Part> partOf(std::string& name) {
  drop(name, "base_model.model.");  // PEFT's own files
  if (drop(name, "unet.")) {
    drop(name, "base_model.model.");
    return Part::UNet;
  }
  if (drop(name, "text_encoder.")) {
    drop(name, "base_model.model.");
    drop(name, "text_model.");
    return Part::TextEncoder;
  }
  if (drop(name, "text_model.")) return Part::TextEncoder;
  for (const char* first : {"down_blocks.", "mid_block.", "up_blocks.", "conv_", "time_embedding."}) {
    if (name.starts_with(first)) return Part::UNet;
  }
  return std::nullopt;
}

}  // namespace

LoraKey loraKeyFrom(const std::string& name, const std::string& file) {
  for (const auto& [mark, kind] : kOtherKinds) {
    require(name.find(mark) == std::string::npos, file, ": is ", kind, " (tensor ", name,
            "), which is not supported; a LoRA of two factors was expected");
  }
  for (const auto& [prefix, model] : kOtherModels) {
    require(!name.starts_with(prefix), file, ": was made for ", model, " (tensor ", name,
            "); a LoRA of Stable Diffusion 1 or 2 was expected");
  }
  LoraKey key;
  auto rest = name;
  const auto role = roleOf(rest);
  std::optional<Part> part;
  if (drop(rest, "lora_unet_")) {
    part = Part::UNet;
    key.joined = true;
  } else if (drop(rest, "lora_te_")) {
    drop(rest, "text_model_");
    part = Part::TextEncoder;
    key.joined = true;
  } else {
    part = partOf(rest);
  }
  require(role && part, file, ": the tensor ", name,
          " is not known in a LoRA; names as diffusers (unet.X.lora_A.weight) or kohya (lora_unet_X.lora_down.weight) "
          "write them were expected");
  key.part = *part;
  key.role = *role;
  key.layer = key.joined ? rest : layerOfProcessor(rest, *part);
  return key;
}

}  // namespace p2l
