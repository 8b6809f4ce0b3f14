// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ops/gelu.h>

#include <vector>

#include "core/nn/layers/layers.h"
#include "core/nn/text/clip_config.h"

namespace p2l {

/// A layer of CLIP's transformers (Radford et al. 2021), text and vision alike: pre-norm attention and a two-layer
/// perceptron, each with its shortcut.
struct ClipLayer {
  ClipLayer(const WeightScope& scope, const ClipConfig& config)
      : norm1(scope / "layer_norm1", config.hidden_size, config.layer_norm_eps),
        attention(scope / "self_attn", config.hidden_size, config.hidden_size, config.heads, /*qkv_bias=*/true,
                  {"q_proj", "k_proj", "v_proj", "out_proj"}),
        norm2(scope / "layer_norm2", config.hidden_size, config.layer_norm_eps),
        fc1(scope / "mlp.fc1", config.hidden_size, config.intermediate_size),
        fc2(scope / "mlp.fc2", config.intermediate_size, config.hidden_size),
        quick_gelu(config.quick_gelu) {}

  at::Tensor operator()(at::Tensor h, bool causal) const {  // [B, L, hidden_size]
    h = h + attention(norm1(h), {}, causal);
    const auto inner = fc1(norm2(h));
    return h + fc2(quick_gelu ? quickGelu(inner) : at::gelu(inner));
  }

  LayerNorm norm1;
  Attention attention;
  LayerNorm norm2;
  Linear fc1, fc2;
  bool quick_gelu;
};

/// All layers, under `scope / 0`, `scope / 1`, ...
inline std::vector<ClipLayer> clipLayers(const WeightScope& scope, const ClipConfig& config) {
  std::vector<ClipLayer> layers;
  for (std::int64_t i = 0; i < config.layers; ++i) layers.emplace_back(scope / i, config);
  return layers;
}

}  // namespace p2l
