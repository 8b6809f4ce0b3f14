// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unet/unet2d.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/constant_pad_nd.h>
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
  return (*this)(sample, oneTimestep(sample, timestep));
}

at::Tensor UNet2DModel::operator()(const at::Tensor& sample, const at::Tensor& timesteps) const {
  const Parts& net = *parts_;
  requireMultiples("The picture", sample, sizeMultiple());
  require(timesteps.dim() == 1 && (timesteps.size(0) == 1 || timesteps.size(0) == sample.size(0)),
          "The UNet got timesteps of shape ", timesteps.sizes(), " for ", sample.size(0), " samples");
  const auto time = net.timeOf(timesteps, sample, config_);  // [B or 1, 4 c0]

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

}  // namespace

UNet2DModel::Config UNet2DModel::Config::fromJson(const JsonConfig& json) {
  refuseOtherNetworks(json);
  Config config;
  config.readBlocks(json, "Attn");
  if (json.integer("attn_norm_num_groups", config.norm_num_groups) != config.norm_num_groups)
    json.refuse("attn_norm_num_groups", concat("null or norm_num_groups (", config.norm_num_groups, ")"));
  const auto blocks = config.block_out_channels.size();
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
  config.sample_size = json.integers("sample_size", 2, 64)[0];
  if (config.sample_size < 1 || config.sample_size > 65536) json.refuse("sample_size", "1 to 65536");
  return config;
}

}  // namespace p2l
