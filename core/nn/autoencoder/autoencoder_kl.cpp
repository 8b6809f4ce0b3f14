// SPDX-License-Identifier: GPL-3.0-or-later
// AutoencoderKL of Stable Diffusion (Rombach et al. 2022), keys and structure as in diffusers.
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/tensor.h>

#include <cmath>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/nn/autoencoder/autoencoder.h"
#include "core/nn/layers/checkpoint.h"
#include "core/nn/layers/layers.h"
#include "core/types/error.h"
#include "core/weights/config_fields.h"

namespace p2l {
namespace {

constexpr double kEps = 1e-6;

/// How a picture, or a tile of one, goes through encoder or decoder.
struct Pass {
  bool checkpointing;
  NormStatistics* statistics;  ///< null: no tile
};

/// layer(x), without keeping its activations where that is asked for.
template <typename Layer>
at::Tensor apply(const Layer& layer, const at::Tensor& x, const Pass& pass) {
  const auto run = [&layer, statistics = pass.statistics](const at::Tensor& in) {
    if constexpr (std::is_same_v<Layer, ResnetBlock2D>) {
      return layer(in, {}, statistics);
    } else {
      return layer(in);  // the middle, which sees the whole picture
    }
  };
  if (!pass.checkpointing) return run(x);
  return checkpointed([run](const std::vector<at::Tensor>& inputs) { return run(inputs[0]); }, {x});
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

  /// Down to the latent's size.
  at::Tensor down(const at::Tensor& x, const Pass& pass) const {
    auto h = conv_in(x);
    for (const Block& block : blocks) {
      for (const auto& resnet : block.resnets) h = apply(resnet, h, pass);
      if (block.sampler) h = (*block.sampler)(at::constant_pad_nd(h, {0, 1, 0, 1}));  // right and bottom only
    }
    return h;
  }
  /// The middle, at the latent's size.
  at::Tensor finish(const at::Tensor& h, const Pass& pass) const {
    return conv_out(at::silu(norm_out(apply(mid, h, pass))));
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

  /// The middle, at the latent's size.
  at::Tensor begin(const at::Tensor& z, const Pass& pass) const { return apply(mid, conv_in(z), pass); }
  /// Up to the picture's size.
  at::Tensor up(at::Tensor h, const Pass& pass) const {
    for (const Block& block : blocks) {
      for (const auto& resnet : block.resnets) h = apply(resnet, h, pass);
      if (block.sampler) h = (*block.sampler)(upsampleNearest2x(h));
    }
    return conv_out(at::silu(norm_out(h, pass.statistics)));
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
        layers_(layers(json)),
        widths_(checked(json)),
        encoder_(scope / "encoder", widths_, layers(json), groups(json), 2 * channels_),
        decoder_(scope / "decoder", widths_, layers(json), groups(json), channels_) {
    if (json.flag("use_quant_conv", true)) quant_conv_.emplace(scope / "quant_conv", 2 * channels_, 2 * channels_, 1);
    if (json.flag("use_post_quant_conv", true))
      post_quant_conv_.emplace(scope / "post_quant_conv", channels_, channels_, 1);
    if (!(scaling_ > 0.0)) json.refuse("scaling_factor", "a positive number");
    readLatentScale(json);
  }

  at::Tensor encode(const at::Tensor& x) const override { return encodeWhole(encodeTile(x, nullptr)); }
  at::Tensor decode(const at::Tensor& z) const override { return decodeTile(decodeWhole(z), nullptr); }
  at::Tensor encodeTile(const at::Tensor& x, NormStatistics* statistics) const override {
    return encoder_.down(x, {checkpointing_, statistics});
  }
  at::Tensor encodeWhole(const at::Tensor& features) const override {
    auto moments = encoder_.finish(features, {checkpointing_, nullptr});  // [B, 2c, h, w]: mean, log variance
    if (quant_conv_) moments = (*quant_conv_)(moments);
    const auto mean = moments.narrow(1, 0, channels_);
    return offset_.defined() ? (mean - offset_) * scale_ : mean * scaling_;
  }
  at::Tensor decodeWhole(const at::Tensor& z) const override {
    const auto unscaled = offset_.defined() ? z / scale_ + offset_ : z / scaling_;
    return decoder_.begin(post_quant_conv_ ? (*post_quant_conv_)(unscaled) : unscaled, {checkpointing_, nullptr});
  }
  at::Tensor decodeTile(const at::Tensor& features, NormStatistics* statistics) const override {
    return decoder_.up(features, {checkpointing_, statistics});
  }
  std::int64_t latentChannels() const override { return channels_; }
  std::int64_t factor() const override { return std::int64_t{1} << (widths_.size() - 1); }
  bool normalises() const override { return true; }
  Reach reach() const override {
    // 3 x 3 convolutions in latents: two in every residual block, one between the stages, each of which is half as wide
    // as the one before, and one at full resolution.
    double decode = 0.0, encode = 0.0, width = 1.0;
    for (std::size_t i = 0; i < widths_.size(); ++i, width /= 2.0) {
      decode += width * 2.0 * static_cast<double>(layers_ + 1) + (i + 1 < widths_.size() ? width / 2.0 : width);
      encode += width * 2.0 * static_cast<double>(layers_) + width;
    }
    return {static_cast<std::int64_t>(std::ceil(decode)), static_cast<std::int64_t>(std::ceil(encode))};
  }

 private:
  static std::int64_t layers(const JsonConfig& json) { return json.integerIn("layers_per_block", 2, 1, 16); }
  static std::int64_t groups(const JsonConfig& json) { return json.integerIn("norm_num_groups", 32, 1, 1024); }
  /// The widths of a config that is supported. @throws Error
  static std::vector<std::int64_t> checked(const JsonConfig& json) {
    refuseFields(json, autoencoderKlFields());
    for (const auto& [field, type] :
         {std::pair("down_block_types", "DownEncoderBlock2D"), std::pair("up_block_types", "UpDecoderBlock2D")}) {
      if (!json.has(field)) continue;
      for (const auto& each : json.textList(field)) {
        if (each != type) json.refuse(field, concat("only ", type));
      }
    }
    auto widths = json.integerList("block_out_channels");
    if (widths.empty() || widths.size() > 8) json.refuse("block_out_channels", "a list of 1 to 8 widths");
    for (const auto width : widths) {
      if (width < 1 || width > 16384 || width % groups(json) != 0) {
        json.refuse("block_out_channels", concat("multiples of norm_num_groups (", groups(json), ")"));
      }
    }
    return widths;
  }

  /// Offset and scale of each channel: shift_factor, or latents_mean and latents_std, as diffusers' pipelines apply
  /// them.
  void readLatentScale(const JsonConfig& json) {
    const bool moments = json.has("latents_mean") || json.has("latents_std");
    if (json.has("shift_factor") && moments) json.refuse("shift_factor", "null beside latents_mean and latents_std");
    if (!moments && json.number("shift_factor", 0.0) == 0.0) return;
    const auto count = static_cast<std::size_t>(channels_);
    std::vector<double> mean(count, json.number("shift_factor", 0.0)), deviation(count, 1.0);
    const auto read = [&](const char* field, std::vector<double>& values) {
      if (!moments) return;
      values = json.numberList(field);
      if (values.size() != count) json.refuse(field, concat("a list of ", count, " numbers, one a latent channel"));
    };
    read("latents_mean", mean);
    read("latents_std", deviation);
    for (double& each : deviation) {
      if (!(each > 0.0)) json.refuse("latents_std", "positive numbers");
      each = scaling_ / each;
    }
    const auto like_weights = decoder_.conv_in.weight.options();
    offset_ = at::tensor(mean, at::kDouble).view({1, channels_, 1, 1}).to(like_weights);
    scale_ = at::tensor(deviation, at::kDouble).view({1, channels_, 1, 1}).to(like_weights);
  }

  bool checkpointing_;
  std::int64_t channels_;
  double scaling_;
  std::int64_t layers_;
  std::vector<std::int64_t> widths_;
  at::Tensor offset_, scale_;  ///< [1, c, 1, 1]; undefined: none but scaling_
  Encoder encoder_;
  Decoder decoder_;
  std::optional<Conv2d> quant_conv_, post_quant_conv_;
};

}  // namespace

std::unique_ptr<Autoencoder> makeAutoencoderKL(const JsonConfig& json, const WeightScope& scope, bool checkpointing) {
  return std::make_unique<AutoencoderKL>(json, scope, checkpointing);
}

}  // namespace p2l
