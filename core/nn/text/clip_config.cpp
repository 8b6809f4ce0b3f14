// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/text/clip_config.h"

namespace p2l {

void ClipConfig::readLayers(const JsonConfig& json) {
  hidden_size = json.integerIn("hidden_size", hidden_size, 1, 16384);
  intermediate_size = json.integerIn("intermediate_size", intermediate_size, 1, 65536);
  layers = json.integerIn("num_hidden_layers", layers, 1, 256);
  heads = json.integerIn("num_attention_heads", heads, 1, 256);
  layer_norm_eps = json.number("layer_norm_eps", layer_norm_eps);
  if (hidden_size % heads != 0) json.refuse("num_attention_heads", "a divisor of hidden_size");
  const auto act = json.text("hidden_act", quick_gelu ? "quick_gelu" : "gelu");
  if (act != "quick_gelu" && act != "gelu") json.refuse("hidden_act", "\"quick_gelu\" or \"gelu\"");
  quick_gelu = act == "quick_gelu";
}

}  // namespace p2l
