// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ops/full.h>
#include <ATen/ops/silu.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "core/nn/layers/layers.h"
#include "core/nn/unet/unet_config.h"
#include "core/types/error.h"

namespace p2l {

/// @param what "The latent", "The picture" @param sample [B, C, h, w] @throws Error unless h and w are multiples
inline void requireMultiples(const char* what, const at::Tensor& sample, std::int64_t multiple) {
  require(sample.size(2) % multiple == 0 && sample.size(3) % multiple == 0, what, " is ", sample.size(3), " x ",
          sample.size(2), "; the UNet needs multiples of ", multiple);
}

/// One timestep for all samples, [1].
inline at::Tensor oneTimestep(const at::Tensor& sample, double timestep) {
  return at::full({1}, timestep, sample.options().dtype(at::kFloat).requires_grad(false));
}

/// What diffusers' UNets differ in, apart from their attention.
struct UNetShape {
  std::int64_t in_channels, out_channels;
  std::vector<std::int64_t> widths;                ///< block_out_channels
  std::vector<std::int64_t> layers;                ///< layers_per_block, one for each block
  std::vector<bool> down_attention, up_attention;  ///< by block
  bool mid_attention;
  std::int64_t groups;
  double eps;
  std::int64_t downsample_padding;
};

/// Residual blocks of one resolution, an attention after each or none, and the convolution that changes the resolution.
template <class Attention>
struct UNetBlock {
  std::vector<ResnetBlock2D> resnets;
  std::vector<Attention> attentions;  ///< empty, or one per resnet; of the middle at most one
  std::optional<Conv2d> sampler;
};

/// The layers that diffusers' UNets have in common, under the names that checkpoints have for them.
template <class Attention>
struct UNetParts {
  /// @param attention (place, width, level from the finest on) -> Attention
  template <class MakeAttention>
  UNetParts(const UNetShape& shape, const WeightScope& scope, const MakeAttention& attention)
      : time1(scope / "time_embedding.linear_1", shape.widths[0], 4 * shape.widths[0]),
        time2(scope / "time_embedding.linear_2", 4 * shape.widths[0], 4 * shape.widths[0]),
        conv_in(scope / "conv_in", shape.in_channels, shape.widths[0], 3, 1, 1),
        conv_norm_out(scope / "conv_norm_out", shape.groups, shape.widths[0], shape.eps),
        conv_out(scope / "conv_out", shape.widths[0], shape.out_channels, 3, 1, 1) {
    const auto blocks = shape.widths.size();
    auto resnet = [&](const WeightScope& at, std::int64_t in, std::int64_t out) {
      return ResnetBlock2D(at, in, out, 4 * shape.widths[0], shape.groups, shape.eps);
    };

    std::vector<std::int64_t> skips{shape.widths[0]};  // channels of what the up path will concatenate
    auto current = shape.widths[0];
    for (std::size_t i = 0; i < blocks; ++i) {
      const auto at = scope / "down_blocks" / i;
      auto& block = down.emplace_back();
      for (std::int64_t j = 0; j < shape.layers[i]; ++j) {
        block.resnets.push_back(resnet(at / "resnets" / j, current, shape.widths[i]));
        current = shape.widths[i];
        if (shape.down_attention[i]) block.attentions.push_back(attention(at / "attentions" / j, current, i));
        skips.push_back(current);
      }
      if (i + 1 < blocks) {
        block.sampler.emplace(at / "downsamplers.0.conv", current, current, 3, 2, shape.downsample_padding);
        skips.push_back(current);
      }
    }

    const auto at_mid = scope / "mid_block";
    mid.resnets.push_back(resnet(at_mid / "resnets.0", current, current));
    if (shape.mid_attention) mid.attentions.push_back(attention(at_mid / "attentions.0", current, blocks - 1));
    mid.resnets.push_back(resnet(at_mid / "resnets.1", current, current));

    for (std::size_t i = 0; i < blocks; ++i) {
      const auto at = scope / "up_blocks" / i;
      const auto mirrored = blocks - 1 - i;
      auto& block = up.emplace_back();
      for (std::int64_t j = 0; j <= shape.layers[mirrored]; ++j) {
        block.resnets.push_back(resnet(at / "resnets" / j, current + skips.back(), shape.widths[mirrored]));
        skips.pop_back();
        current = shape.widths[mirrored];
        if (shape.up_attention[i]) block.attentions.push_back(attention(at / "attentions" / j, current, mirrored));
      }
      if (i + 1 < blocks) block.sampler.emplace(at / "upsamplers.0.conv", current, current, 3, 1, 1);
    }
  }

  /// SiLU of the time embedding, [B or 1, 4 c0]. @param timesteps [B] or [1]
  at::Tensor timeOf(const at::Tensor& timesteps, const at::Tensor& sample, const UNetConfig& config) const {
    const auto embedding = timestepEmbedding(timesteps.to(sample.device(), at::kFloat), config.block_out_channels[0],
                                             config.flip_sin_to_cos, config.freq_shift)
                               .to(sample.scalar_type());
    return at::silu(time2(at::silu(time1(embedding))));
  }

  Linear time1, time2;
  Conv2d conv_in;
  std::vector<UNetBlock<Attention>> down;
  UNetBlock<Attention> mid;
  std::vector<UNetBlock<Attention>> up;
  GroupNorm conv_norm_out;
  Conv2d conv_out;
};

}  // namespace p2l
