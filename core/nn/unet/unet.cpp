// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unet/unet.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/silu.h>

#include <algorithm>
#include <optional>

#include "core/nn/layers/checkpoint.h"
#include "core/nn/unet/unet_parts.h"
#include "core/types/error.h"
#include "core/weights/config_fields.h"

namespace p2l {
namespace {

constexpr Attention::Names kNames{"to_q", "to_k", "to_v", "to_out.0"};
constexpr double kTransformerNormEps = 1e-6;  // Transformer2DModel's own, whatever the config says

/// BasicTransformerBlock: self-attention, cross-attention to the prompt, gated feed-forward.
struct TransformerBlock {
  TransformerBlock(const WeightScope& scope, std::int64_t channels, std::int64_t heads, std::int64_t context_channels)
      : norm1(scope / "norm1", channels),
        attn1(scope / "attn1", channels, channels, heads, /*qkv_bias=*/false, kNames),
        norm2(scope / "norm2", channels),
        attn2(scope / "attn2", channels, context_channels, heads, /*qkv_bias=*/false, kNames),
        norm3(scope / "norm3", channels),
        ff_in(scope / "ff.net.0.proj", channels, 8 * channels),
        ff_out(scope / "ff.net.2", 4 * channels, channels) {}

  at::Tensor attendToSelf(const at::Tensor& h) const { return h + attn1(norm1(h)); }  // [B, n, C]
  at::Tensor attendToPrompt(at::Tensor h, const at::Tensor& context) const {
    h = h + attn2(norm2(h), context);
    const auto halves = ff_in(norm3(h)).chunk(2, -1);  // GEGLU: value, gate
    return h + ff_out(halves[0] * at::gelu(halves[1]));
  }

  LayerNorm norm1;
  Attention attn1;
  LayerNorm norm2;
  Attention attn2;
  LayerNorm norm3;
  Linear ff_in, ff_out;
};

/// Transformer2DModel with one block: pixels as tokens.
struct Transformer2D {
  Transformer2D(const WeightScope& scope, std::int64_t channels, std::int64_t heads,
                const UNet2DConditionModel::Config& config)
      : norm(scope / "norm", config.norm_num_groups, channels, kTransformerNormEps),
        block(scope / "transformer_blocks.0", channels, heads, config.cross_attention_dim) {
    if (config.use_linear_projection) {
      linear_in.emplace(scope / "proj_in", channels, channels);
      linear_out.emplace(scope / "proj_out", channels, channels);
    } else {
      conv_in.emplace(scope / "proj_in", channels, channels, 1);
      conv_out.emplace(scope / "proj_out", channels, channels, 1);
    }
  }

  /// The part that does not see the prompt. x [B, C, h, w] -> [B, h w, C]
  at::Tensor beforePrompt(const at::Tensor& x) const {
    auto tokens = [](const at::Tensor& t) { return t.flatten(2).transpose(1, 2); };
    const auto h = norm(x);
    return block.attendToSelf(linear_in ? (*linear_in)(tokens(h)) : tokens((*conv_in)(h)));
  }
  /// The rest. -> [B, C, h, w]
  at::Tensor withPrompt(const at::Tensor& x, const at::Tensor& tokens, const at::Tensor& context) const {
    auto pixels = [&](const at::Tensor& t) { return t.transpose(1, 2).unflatten(2, {x.size(2), x.size(3)}); };
    const auto h = block.attendToPrompt(tokens, context);
    return (linear_out ? pixels((*linear_out)(h)) : (*conv_out)(pixels(h))) + x;
  }

  GroupNorm norm;
  std::optional<Linear> linear_in, linear_out;
  std::optional<Conv2d> conv_in, conv_out;
  TransformerBlock block;
};

using Block = UNetBlock<Transformer2D>;

at::Tensor layerOf(const Block& block, std::size_t i, const at::Tensor& h, const at::Tensor& time,
                   const at::Tensor& context) {
  const auto out = block.resnets[i](h, time);
  if (block.attentions.empty()) return out;
  return block.attentions[i].withPrompt(out, block.attentions[i].beforePrompt(out), context);
}

UNetShape shapeOf(const UNet2DConditionModel::Config& config) {
  return {config.in_channels,      config.out_channels,    config.block_out_channels,
          config.layers_per_block, config.down_attention,  config.up_attention,
          /*mid_attention=*/true,  config.norm_num_groups, config.norm_eps,
          /*downsample_padding=*/1};
}

}  // namespace

struct UNet2DConditionModel::Parts : UNetParts<Transformer2D> {
  Parts(const Config& config, const WeightScope& scope)
      : UNetParts(shapeOf(config), scope, [&](const WeightScope& at, std::int64_t width, std::size_t level) {
          return Transformer2D(at, width, config.heads[level], config);
        }) {}
};

UNet2DConditionModel::UNet2DConditionModel(const Config& config, const WeightScope& scope, bool checkpointing)
    : config_(config), checkpointing_(checkpointing), parts_(std::make_unique<const Parts>(config, scope)) {}

UNet2DConditionModel::~UNet2DConditionModel() = default;

UNet2DConditionModel::Trunk UNet2DConditionModel::trunk(const at::Tensor& sample, double timestep) const {
  return trunk(sample, oneTimestep(sample, timestep));
}

UNet2DConditionModel::Trunk UNet2DConditionModel::trunk(const at::Tensor& sample, const at::Tensor& timesteps) const {
  const Parts& net = *parts_;
  requireMultiples("The latent", sample, sizeMultiple());
  Trunk trunk;
  trunk.time = net.timeOf(timesteps, sample, config_);  // [B or 1, 4 c0]
  auto h = net.conv_in(sample);
  trunk.skips.push_back(h);
  trunk.down_block = firstAttention();
  for (std::size_t i = 0; i < trunk.down_block; ++i) {
    const Block& block = net.down[i];
    for (const auto& resnet : block.resnets) {
      h = checkpointedIf(checkpointing_, [&resnet, time = trunk.time](const auto& in) { return resnet(in[0], time); },
                         {h});
      trunk.skips.push_back(h);
    }
    if (block.sampler) {
      h = (*block.sampler)(h);
      trunk.skips.push_back(h);
    }
  }
  const Block& first = trunk.down_block < net.down.size() ? net.down[trunk.down_block] : net.mid;
  trunk.h = checkpointedIf(checkpointing_,
                           [&first, time = trunk.time](const auto& in) { return first.resnets[0](in[0], time); }, {h});
  trunk.tokens = checkpointedIf(
      checkpointing_, [&first](const auto& in) { return first.attentions[0].beforePrompt(in[0]); }, {trunk.h});
  return trunk;
}

std::size_t UNet2DConditionModel::firstAttention() const {
  const auto& with = config_.down_attention;
  return static_cast<std::size_t>(std::find(with.begin(), with.end(), true) - with.begin());
}

std::vector<at::Tensor> UNet2DConditionModel::Trunk::tensors() const {
  std::vector<at::Tensor> all{time, h, tokens};
  all.insert(all.end(), skips.begin(), skips.end());
  return all;
}

UNet2DConditionModel::Trunk UNet2DConditionModel::Trunk::fromTensors(const std::vector<at::Tensor>& tensors,
                                                                     std::size_t down_block) {
  return {tensors[0], {tensors.begin() + 3, tensors.end()}, tensors[1], tensors[2], down_block};
}

at::Tensor UNet2DConditionModel::operator()(const Trunk& trunk, const at::Tensor& context) const {
  const Parts& net = *parts_;
  const auto& time = trunk.time;
  auto layer = [&](const Block& block, std::size_t j, const at::Tensor& x) {
    return checkpointedIf(checkpointing_,
                          [&block, j, time](const auto& in) { return layerOf(block, j, in[0], time, in[1]); },
                          {x, context});
  };
  auto afterTrunk = [&](const Block& block, const at::Tensor& x) {
    return checkpointedIf(checkpointing_,
                          [&block](const auto& in) { return block.attentions[0].withPrompt(in[0], in[1], in[2]); },
                          {x, trunk.tokens, context});
  };
  auto skips = trunk.skips;
  auto h = trunk.h;
  for (std::size_t i = trunk.down_block; i < net.down.size(); ++i) {
    const Block& block = net.down[i];
    for (std::size_t j = 0; j < block.resnets.size(); ++j) {
      const bool begun = i == trunk.down_block && j == 0;
      h = begun ? afterTrunk(block, h) : layer(block, j, h);
      skips.push_back(h);
    }
    if (block.sampler) {
      h = (*block.sampler)(h);
      skips.push_back(h);
    }
  }

  const bool begun = trunk.down_block == net.down.size();
  h = begun ? afterTrunk(net.mid, h) : layer(net.mid, 0, h);
  h = net.mid.resnets[1](h, time);

  for (const Block& block : net.up) {
    for (std::size_t j = 0; j < block.resnets.size(); ++j) {
      h = checkpointedIf(checkpointing_,
                         [&block, j, time](const auto& in) {
                           return layerOf(block, j, at::cat({in[0], in[1]}, 1), time, in[2]);
                         },
                         {h, skips.back(), context});
      skips.pop_back();
    }
    if (block.sampler) h = (*block.sampler)(upsampleNearest2x(h));
  }
  return net.conv_out(at::silu(net.conv_norm_out(h)));
}

UNet2DConditionModel::Config UNet2DConditionModel::Config::fromJson(const JsonConfig& json) {
  json.expectText("_class_name", "UNet2DConditionModel");
  refuseFields(json, unet2dConditionFields());

  Config config;
  config.readBlocks(json, "CrossAttn");
  const auto blocks = config.block_out_channels.size();
  config.layers_per_block = json.integers("layers_per_block", blocks, 2);
  for (const auto layers : config.layers_per_block) {
    if (layers < 1 || layers > 16) json.refuse("layers_per_block", "1 to 16");
  }
  for (const auto depth : json.integers("transformer_layers_per_block", blocks, 1)) {
    if (depth != 1) json.refuse("transformer_layers_per_block", "1 (more is SDXL, which is not supported)");
  }
  config.heads = json.integers("attention_head_dim", blocks, 8);
  for (std::size_t i = 0; i < blocks; ++i) {
    if (config.heads[i] < 1 || config.block_out_channels[i] % config.heads[i] != 0) {
      json.refuse("attention_head_dim", "counts of heads that divide block_out_channels");
    }
  }
  if (json.has("only_cross_attention") && json.flag("only_cross_attention", false))
    json.refuse("only_cross_attention", "false");
  config.in_channels = json.integerIn("in_channels", 4, 1, 64);
  config.out_channels = json.integerIn("out_channels", 4, 1, 64);
  if (config.in_channels != config.out_channels) {
    json.refuse("in_channels",
                concat("out_channels (", config.out_channels,
                       "): a UNet with more inputs is an inpainting or depth model; use the plain text-to-image one"));
  }
  config.cross_attention_dim = json.integerIn("cross_attention_dim", 1280, 1, 16384);
  config.use_linear_projection = json.flag("use_linear_projection", false);
  config.sample_size = json.integerIn("sample_size", 64, 1, 65536);
  return config;
}

}  // namespace p2l
