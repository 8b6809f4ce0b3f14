// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/checkpoint_config.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "core/types/error.h"

namespace p2l {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kHeads = 8;       // of every block in Stable Diffusion 1
constexpr std::int64_t kHeadWidth = 64;  // in Stable Diffusion 2 and in both text encoders
constexpr std::int64_t kGroups = 32;

class Shapes {
 public:
  Shapes(const std::string& path, const TensorMap& tensors) : path_(path), tensors_(tensors) {}

  bool has(const std::string& name) const { return tensors_.count(name) != 0; }
  std::int64_t rank(const std::string& name) const { return static_cast<std::int64_t>(shape(name).size()); }
  std::int64_t side(const std::string& name, std::size_t axis) const {
    const auto sides = shape(name);
    require(axis < sides.size(), path_, ": tensor ", tensors_.at(name).key, " has ", sides.size(),
            " sides; more were expected");
    return sides[axis];
  }
  /// How many of `before`0`after`, `before`1`after`, ... there are.
  std::int64_t count(const std::string& before, const std::string& after) const {
    std::int64_t n = 0;
    while (has(before + std::to_string(n) + after)) ++n;
    return n;
  }

 private:
  std::vector<std::int64_t> shape(const std::string& name) const {
    const auto found = tensors_.find(name);
    require(found != tensors_.end(), path_, ": has no ", name, "; it is no complete Stable Diffusion checkpoint");
    return found->second.shape();
  }

  const std::string& path_;
  const TensorMap& tensors_;
};

std::shared_ptr<const JsonConfig> config(const std::string& path, const char* part, const Json& json) {
  return std::make_shared<const JsonConfig>(concat(path, " (", part, ")"), json.dump());
}

}  // namespace

std::shared_ptr<const JsonConfig> unetConfig(const std::string& path, const TensorMap& tensors,
                                             std::int64_t sample_size) {
  const Shapes shapes(path, tensors);
  const auto attention = std::string("mid_block.attentions.0.");
  const bool linear = shapes.rank(attention + "proj_in.weight") == 2;
  std::vector<std::int64_t> widths, layers, heads;
  std::vector<std::string> down, up;
  for (std::int64_t i = 0; i < shapes.count("down_blocks.", ".resnets.0.conv2.weight"); ++i) {
    const auto block = concat("down_blocks.", i, ".");
    widths.push_back(shapes.side(block + "resnets.0.conv2.weight", 0));
    layers.push_back(shapes.count(block + "resnets.", ".conv2.weight"));
    heads.push_back(linear ? widths.back() / kHeadWidth : kHeads);
    down.push_back(shapes.has(block + "attentions.0.proj_in.weight") ? "CrossAttnDownBlock2D" : "DownBlock2D");
    up.push_back(shapes.has(concat("up_blocks.", i, ".attentions.0.proj_in.weight")) ? "CrossAttnUpBlock2D"
                                                                                     : "UpBlock2D");
  }
  return config(path, "UNet",
                {{"_class_name", "UNet2DConditionModel"},
                 {"in_channels", shapes.side("conv_in.weight", 1)},
                 {"out_channels", shapes.side("conv_out.weight", 0)},
                 {"block_out_channels", widths},
                 {"down_block_types", down},
                 {"up_block_types", up},
                 {"layers_per_block", layers},
                 {"transformer_layers_per_block", shapes.count(attention + "transformer_blocks.", ".norm1.weight")},
                 {"attention_head_dim", heads},
                 {"cross_attention_dim", shapes.side(attention + "transformer_blocks.0.attn2.to_k.weight", 1)},
                 {"norm_num_groups", kGroups},
                 {"use_linear_projection", linear},
                 {"sample_size", sample_size}});
}

std::shared_ptr<const JsonConfig> autoencoderConfig(const std::string& path, const TensorMap& tensors) {
  const Shapes shapes(path, tensors);
  std::vector<std::int64_t> widths;
  for (std::int64_t i = 0; i < shapes.count("encoder.down_blocks.", ".resnets.0.conv2.weight"); ++i) {
    widths.push_back(shapes.side(concat("encoder.down_blocks.", i, ".resnets.0.conv2.weight"), 0));
  }
  return config(path, "autoencoder",
                {{"_class_name", "AutoencoderKL"},
                 {"latent_channels", shapes.side("decoder.conv_in.weight", 1)},
                 {"block_out_channels", widths},
                 {"layers_per_block", shapes.count("encoder.down_blocks.0.resnets.", ".conv2.weight")},
                 {"norm_num_groups", kGroups},
                 {"scaling_factor", 0.18215},
                 {"use_quant_conv", shapes.has("quant_conv.weight")},
                 {"use_post_quant_conv", shapes.has("post_quant_conv.weight")}});
}

std::shared_ptr<const JsonConfig> tinyAutoencoderConfig(const std::string& path, const TensorMap& tensors) {
  const Shapes shapes(path, tensors);
  // A stage ends where the layer after a block is a convolution; the decoder's enlargement is a layer without weights.
  const auto blocks = [&](const std::string& half, std::int64_t first, std::int64_t between) {
    std::vector<std::int64_t> counts;
    for (auto layer = first; shapes.has(concat(half, layer, ".conv.0.weight")); layer += between) {
      counts.push_back(0);
      for (; shapes.has(concat(half, layer, ".conv.0.weight")); ++layer) ++counts.back();
    }
    return counts;
  };
  const auto encoder = blocks("encoder.layers.", 1, 1);
  const auto decoder = blocks("decoder.layers.", 2, 2);
  const auto width = shapes.side("encoder.layers.0.weight", 0);
  return config(path, "autoencoder",
                {{"_class_name", "AutoencoderTiny"},
                 {"latent_channels", shapes.side("decoder.layers.0.weight", 1)},
                 {"num_encoder_blocks", encoder},
                 {"num_decoder_blocks", decoder},
                 {"encoder_block_out_channels", std::vector<std::int64_t>(encoder.size(), width)},
                 {"decoder_block_out_channels",
                  std::vector<std::int64_t>(decoder.size(), shapes.side("decoder.layers.0.weight", 0))}});
}

std::shared_ptr<const JsonConfig> textEncoderConfig(const std::string& path, const TensorMap& tensors, bool open_clip) {
  const Shapes shapes(path, tensors);
  const std::string prefix = shapes.has("text_model.final_layer_norm.weight") ? "text_model." : "";
  const auto width = shapes.side(prefix + "embeddings.token_embedding.weight", 1);
  return config(path, "text encoder",
                {{"model_type", "clip_text_model"},
                 {"vocab_size", shapes.side(prefix + "embeddings.token_embedding.weight", 0)},
                 {"hidden_size", width},
                 {"intermediate_size", shapes.side(prefix + "encoder.layers.0.mlp.fc1.weight", 0)},
                 {"num_hidden_layers", shapes.count(prefix + "encoder.layers.", ".mlp.fc1.weight")},
                 {"num_attention_heads", width / kHeadWidth},
                 {"max_position_embeddings", shapes.side(prefix + "embeddings.position_embedding.weight", 0)},
                 {"hidden_act", open_clip ? "gelu" : "quick_gelu"}});
}

std::shared_ptr<const JsonConfig> schedulerConfig(const std::string& path, const std::string& prediction_type) {
  return config(path, "schedule",
                {{"num_train_timesteps", 1000},
                 {"beta_start", 0.00085},
                 {"beta_end", 0.012},
                 {"beta_schedule", "scaled_linear"},
                 {"set_alpha_to_one", false},
                 {"steps_offset", 1},
                 {"timestep_spacing", "leading"},
                 {"prediction_type", prediction_type}});
}

}  // namespace p2l
