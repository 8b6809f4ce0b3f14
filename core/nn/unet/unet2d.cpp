// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unet/unet2d.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/full.h>
#include <ATen/ops/silu.h>

#include <optional>

#include "core/nn/layers/checkpoint.h"
#include "core/nn/unet/unet_parts.h"
#include "core/types/error.h"

namespace p2l {
namespace {

using Block = UNetBlock<PixelAttention>;

at::Tensor layerOf(const Block& block, std::size_t i, const at::Tensor& h, const at::Tensor& time) {
  const auto out = block.resnets[i](h, time);
  return block.attentions.empty() ? out : block.attentions[i](out);
}

UNetShape shapeOf(const UNet2DModel::Config& config) {
  return {
      config.in_channels,        config.out_channels,
      config.block_out_channels, std::vector<std::int64_t>(config.block_out_channels.size(), config.layers_per_block),
      config.down_attention,     config.up_attention,
      config.add_attention,      config.norm_num_groups,
      config.norm_eps,           config.downsample_padding};
}

}  // namespace

struct UNet2DModel::Parts : UNetParts<PixelAttention> {
  Parts(const Config& config, const WeightScope& scope)
      : UNetParts(shapeOf(config), scope, [&](const WeightScope& at, std::int64_t width, std::size_t) {
          const auto heads = config.attention_head_dim == 0 ? 1 : width / config.attention_head_dim;
          return PixelAttention(at, width, heads, config.norm_num_groups, config.norm_eps);
        }) {}
};

UNet2DModel::UNet2DModel(const Config& config, const WeightScope& scope, bool checkpointing)
    : config_(config), checkpointing_(checkpointing), parts_(std::make_unique<const Parts>(config, scope)) {}

UNet2DModel::~UNet2DModel() = default;

at::Tensor UNet2DModel::operator()(const at::Tensor& sample, double timestep) const {
  return (*this)(sample, at::full({1}, timestep, sample.options().dtype(at::kFloat).requires_grad(false)));
}

at::Tensor UNet2DModel::operator()(const at::Tensor& sample, const at::Tensor& timesteps) const {
  const Parts& net = *parts_;
  require(sample.size(2) % sizeMultiple() == 0 && sample.size(3) % sizeMultiple() == 0, "The picture is ",
          sample.size(3), " x ", sample.size(2), "; the UNet needs multiples of ", sizeMultiple());
  require(timesteps.dim() == 1 && (timesteps.size(0) == 1 || timesteps.size(0) == sample.size(0)),
          "The UNet got timesteps of shape ", timesteps.sizes(), " for ", sample.size(0), " samples");
  const auto embedding = timestepEmbedding(timesteps.to(sample.device(), at::kFloat), config_.block_out_channels[0],
                                           config_.flip_sin_to_cos, config_.freq_shift)
                             .to(sample.scalar_type());
  const auto time = at::silu(net.time2(at::silu(net.time1(embedding))));  // [B or 1, 4 c0]

  auto h = net.conv_in(sample);
  std::vector<at::Tensor> skips{h};
  for (const Block& block : net.down) {
    for (std::size_t j = 0; j < block.resnets.size(); ++j) {
      h = checkpointedIf(checkpointing_, [&block, j, time](const auto& in) { return layerOf(block, j, in[0], time); },
                         {h});
      skips.push_back(h);
    }
    if (block.sampler) {
      h = (*block.sampler)(block.sampler->padding == 0 ? at::constant_pad_nd(h, {0, 1, 0, 1}) : h);
      skips.push_back(h);
    }
  }

  h = checkpointedIf(
      checkpointing_,
      [&net, time](const auto& in) { return net.mid.resnets[1](layerOf(net.mid, 0, in[0], time), time); }, {h});

  for (const Block& block : net.up) {
    for (std::size_t j = 0; j < block.resnets.size(); ++j) {
      h = checkpointedIf(checkpointing_,
                         [&block, j, time](const auto& in) {
                           return layerOf(block, j, at::cat({in[0], in[1]}, 1), time);
                         },
                         {h, skips.back()});
      skips.pop_back();
    }
    if (block.sampler) h = (*block.sampler)(upsampleNearest2x(h));
  }
  return net.conv_out(at::silu(net.conv_norm_out(h)));
}

namespace {

/// What this class does one way only.
void refuseOtherNetworks(const JsonConfig& json) {
  json.expectText("_class_name", "UNet2DModel");
  for (const char* field : {"class_embed_type", "num_class_embeds", "num_train_timesteps", "time_embedding_dim"})
    json.expectAbsent(field);
  json.expectText("act_fn", "silu");
  json.expectText("resnet_time_scale_shift", "default");
  json.expectText("time_embedding_type", "positional");
  json.expectText("mid_block_type", "UNetMidBlock2D");
  json.expectText("downsample_type", "conv");
  json.expectText("upsample_type", "conv");
  json.expectFlag("center_input_sample", false);
  if (json.number("mid_block_scale_factor", 1.0) != 1.0) json.refuse("mid_block_scale_factor", "1");
}

std::vector<bool> attentionFlags(const JsonConfig& json, const char* field, const std::string& with,
                                 const std::string& without, std::size_t blocks) {
  const auto types = json.textList(field);
  if (types.size() != blocks) json.refuse(field, concat("a list of ", blocks, ", as block_out_channels"));
  std::vector<bool> flags;
  for (const auto& type : types) {
    if (type != with && type != without) json.refuse(field, "only " + with + " and " + without);
    flags.push_back(type == with);
  }
  return flags;
}

}  // namespace

UNet2DModel::Config UNet2DModel::Config::fromJson(const JsonConfig& json) {
  refuseOtherNetworks(json);
  Config config;
  config.norm_num_groups = json.integerIn("norm_num_groups", 32, 1, 1024);
  if (json.integer("attn_norm_num_groups", config.norm_num_groups) != config.norm_num_groups)
    json.refuse("attn_norm_num_groups", concat("null or norm_num_groups (", config.norm_num_groups, ")"));
  config.block_out_channels = json.integerList("block_out_channels");
  const auto blocks = config.block_out_channels.size();
  if (blocks < 1 || blocks > 8) json.refuse("block_out_channels", "a list of 1 to 8 widths");
  for (const auto width : config.block_out_channels) {
    if (width < 2 || width > 16384 || width % config.norm_num_groups != 0 || width % 2 != 0) {
      json.refuse("block_out_channels",
                  concat("even widths that are multiples of norm_num_groups (", config.norm_num_groups, ")"));
    }
  }
  config.down_attention = attentionFlags(json, "down_block_types", "AttnDownBlock2D", "DownBlock2D", blocks);
  config.up_attention = attentionFlags(json, "up_block_types", "AttnUpBlock2D", "UpBlock2D", blocks);
  config.add_attention = json.flag("add_attention", true);
  // A field that says null asks for one head; one that is missing stands for diffusers' 8.
  config.attention_head_dim = json.isNull("attention_head_dim") ? 0 : json.integerIn("attention_head_dim", 8, 1, 16384);
  for (std::size_t i = 0; i < blocks && config.attention_head_dim > 0; ++i) {
    const bool attends =
        config.down_attention[i] || config.up_attention[blocks - 1 - i] || (config.add_attention && i + 1 == blocks);
    if (attends && config.block_out_channels[i] % config.attention_head_dim != 0)
      json.refuse("attention_head_dim", "channels per head that divide block_out_channels");
  }
  config.layers_per_block = json.integerIn("layers_per_block", 2, 1, 16);
  config.in_channels = json.integerIn("in_channels", 3, 1, 64);
  config.out_channels = json.integerIn("out_channels", 3, 1, 128);
  if (config.out_channels != config.in_channels && config.out_channels != 2 * config.in_channels) {
    json.refuse("out_channels", concat("in_channels (", config.in_channels,
                                       "), or twice as many where the network predicts a variance, too"));
  }
  config.downsample_padding = json.integerIn("downsample_padding", 1, 0, 1);
  config.norm_eps = json.number("norm_eps", 1e-5);
  config.flip_sin_to_cos = json.flag("flip_sin_to_cos", true);
  config.freq_shift = json.number("freq_shift", 0.0);
  config.sample_size = json.integers("sample_size", 2, 64)[0];
  if (config.sample_size < 1 || config.sample_size > 65536) json.refuse("sample_size", "1 to 65536");
  return config;
}

}  // namespace p2l
