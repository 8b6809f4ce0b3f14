// SPDX-License-Identifier: GPL-3.0-or-later
// AutoencoderKL of Stable Diffusion (Rombach et al. 2022), keys and structure as in diffusers.
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/silu.h>

#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/nn/autoencoder.h"
#include "core/nn/checkpoint.h"
#include "core/nn/layers.h"

namespace p2l {
namespace {

constexpr double kEps = 1e-6;

/// layer(x), without keeping its activations where that is asked for.
template <typename Layer>
at::Tensor apply(const Layer& layer, const at::Tensor& x, bool checkpointing) {
  if (!checkpointing) return layer(x);
  return checkpointed([&layer](const std::vector<at::Tensor>& inputs) { return layer(inputs[0]); }, {x});
}

struct MidBlock {
  MidBlock(const WeightScope& scope, std::int64_t channels, std::int64_t groups)
      : resnet0(scope / "resnets.0", channels, channels, 0, groups, kEps),
        attention(scope / "attentions.0", channels, /*heads=*/1, groups, kEps),
        resnet1(scope / "resnets.1", channels, channels, 0, groups, kEps) {}

  at::Tensor operator()(const at::Tensor& x) const { return resnet1(attention(resnet0(x))); }

  ResnetBlock2D resnet0;
  PixelAttention attention;
  ResnetBlock2D resnet1;
};

struct Block {
  std::vector<ResnetBlock2D> resnets;
  std::optional<Conv2d> sampler;
};

struct Encoder {
  Encoder(const WeightScope& scope, const std::vector<std::int64_t>& channels, std::int64_t layers, std::int64_t groups,
          std::int64_t out)
      : conv_in(scope / "conv_in", 3, channels.front(), 3, 1, 1),
        mid(scope / "mid_block", channels.back(), groups),
        norm_out(scope / "conv_norm_out", groups, channels.back(), kEps),
        conv_out(scope / "conv_out", channels.back(), out, 3, 1, 1) {
    auto current = channels.front();
    for (std::size_t i = 0; i < channels.size(); ++i) {
      const auto at = scope / "down_blocks" / i;
      Block& block = blocks.emplace_back();
      for (std::int64_t j = 0; j < layers; ++j) {
        block.resnets.emplace_back(at / "resnets" / j, current, channels[i], 0, groups, kEps);
        current = channels[i];
      }
      if (i + 1 < channels.size()) block.sampler.emplace(at / "downsamplers.0.conv", current, current, 3, 2, 0);
    }
  }

  at::Tensor operator()(const at::Tensor& x, bool checkpointing) const {
    auto h = conv_in(x);
    for (const Block& block : blocks) {
      for (const auto& resnet : block.resnets) h = apply(resnet, h, checkpointing);
      if (block.sampler) h = (*block.sampler)(at::constant_pad_nd(h, {0, 1, 0, 1}));  // right and bottom only
    }
    return conv_out(at::silu(norm_out(apply(mid, h, checkpointing))));
  }

  Conv2d conv_in;
  std::vector<Block> blocks;
  MidBlock mid;
  GroupNorm norm_out;
  Conv2d conv_out;
};

struct Decoder {
  Decoder(const WeightScope& scope, const std::vector<std::int64_t>& channels, std::int64_t layers, std::int64_t groups,
          std::int64_t latent_channels)
      : conv_in(scope / "conv_in", latent_channels, channels.back(), 3, 1, 1),
        mid(scope / "mid_block", channels.back(), groups),
        norm_out(scope / "conv_norm_out", groups, channels.front(), kEps),
        conv_out(scope / "conv_out", channels.front(), 3, 3, 1, 1) {
    auto current = channels.back();
    for (std::size_t i = 0; i < channels.size(); ++i) {
      const auto at = scope / "up_blocks" / i;
      const auto width = channels[channels.size() - 1 - i];
      Block& block = blocks.emplace_back();
      for (std::int64_t j = 0; j <= layers; ++j) {
        block.resnets.emplace_back(at / "resnets" / j, current, width, 0, groups, kEps);
        current = width;
      }
      if (i + 1 < channels.size()) block.sampler.emplace(at / "upsamplers.0.conv", current, current, 3, 1, 1);
    }
  }

  at::Tensor operator()(const at::Tensor& z, bool checkpointing) const {
    auto h = apply(mid, conv_in(z), checkpointing);
    for (const Block& block : blocks) {
      for (const auto& resnet : block.resnets) h = apply(resnet, h, checkpointing);
      if (block.sampler) h = (*block.sampler)(upsampleNearest2x(h));
    }
    return conv_out(at::silu(norm_out(h)));
  }

  Conv2d conv_in;
  MidBlock mid;
  std::vector<Block> blocks;
  GroupNorm norm_out;
  Conv2d conv_out;
};

class AutoencoderKL : public Autoencoder {
 public:
  AutoencoderKL(const JsonConfig& json, const WeightScope& scope, bool checkpointing)
      : checkpointing_(checkpointing),
        channels_(json.integerIn("latent_channels", 4, 1, 64)),
        scaling_(json.number("scaling_factor", 0.18215)),
        widths_(checkedWidths(json)),
        encoder_(scope / "encoder", widths_, layers(json), groups(json), 2 * channels_),
        decoder_(scope / "decoder", widths_, layers(json), groups(json), channels_) {
    if (json.flag("use_quant_conv", true)) quant_conv_.emplace(scope / "quant_conv", 2 * channels_, 2 * channels_, 1);
    if (json.flag("use_post_quant_conv", true))
      post_quant_conv_.emplace(scope / "post_quant_conv", channels_, channels_, 1);
    json.expectText("act_fn", "silu");
    json.expectAbsent("shift_factor");
    if (!(scaling_ > 0.0)) json.refuse("scaling_factor", "a positive number");
  }

  at::Tensor encode(const at::Tensor& x) const override {
    auto moments = encoder_(x, checkpointing_);  // [B, 2c, h, w]: mean, log variance
    if (quant_conv_) moments = (*quant_conv_)(moments);
    return moments.narrow(1, 0, channels_) * scaling_;
  }
  at::Tensor decode(const at::Tensor& z) const override {
    const auto unscaled = z / scaling_;
    return decoder_(post_quant_conv_ ? (*post_quant_conv_)(unscaled) : unscaled, checkpointing_);
  }
  std::int64_t latentChannels() const override { return channels_; }
  std::int64_t factor() const override { return std::int64_t{1} << (widths_.size() - 1); }
  std::string className() const override { return "AutoencoderKL"; }

 private:
  static std::int64_t layers(const JsonConfig& json) { return json.integerIn("layers_per_block", 2, 1, 16); }
  static std::int64_t groups(const JsonConfig& json) { return json.integerIn("norm_num_groups", 32, 1, 1024); }
  static std::vector<std::int64_t> checkedWidths(const JsonConfig& json) {
    auto widths = json.integerList("block_out_channels");
    if (widths.empty() || widths.size() > 8) json.refuse("block_out_channels", "a list of 1 to 8 widths");
    for (const auto width : widths) {
      if (width < 1 || width > 16384 || width % groups(json) != 0) {
        json.refuse("block_out_channels", concat("multiples of norm_num_groups (", groups(json), ")"));
      }
    }
    return widths;
  }

  bool checkpointing_;
  std::int64_t channels_;
  double scaling_;
  std::vector<std::int64_t> widths_;
  Encoder encoder_;
  Decoder decoder_;
  std::optional<Conv2d> quant_conv_, post_quant_conv_;
};

}  // namespace

std::unique_ptr<Autoencoder> makeAutoencoderKL(const JsonConfig& json, const WeightScope& scope, bool checkpointing) {
  return std::make_unique<AutoencoderKL>(json, scope, checkpointing);
}

}  // namespace p2l
