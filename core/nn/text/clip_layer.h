// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ops/gelu.h>

#include "core/nn/layers/layers.h"

namespace p2l {

/// A layer of CLIP's transformers (Radford et al. 2021), text and vision alike: pre-norm attention and a two-layer
/// perceptron, each with its shortcut.
struct ClipLayer {
  ClipLayer(const WeightScope& scope, std::int64_t hidden_size, std::int64_t intermediate_size, std::int64_t heads,
            double layer_norm_eps, bool quick_gelu)
      : norm1(scope / "layer_norm1", hidden_size, layer_norm_eps),
        attention(scope / "self_attn", hidden_size, hidden_size, heads, /*qkv_bias=*/true,
                  {"q_proj", "k_proj", "v_proj", "out_proj"}),
        norm2(scope / "layer_norm2", hidden_size, layer_norm_eps),
        fc1(scope / "mlp.fc1", hidden_size, intermediate_size),
        fc2(scope / "mlp.fc2", intermediate_size, hidden_size),
        quick_gelu(quick_gelu) {}

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

}  // namespace p2l
