// SPDX-License-Identifier: GPL-3.0-or-later
// AutoencoderTiny (TAESD, github.com/madebyollin/taesd): residual blocks of three convolutions without normalisation.
// Its latents are Stable Diffusion's scaled ones, so its scaling factor is 1. Keys and structure as in diffusers.
#include <ATen/ops/conv2d.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/tanh.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "core/nn/autoencoder/autoencoder.h"
#include "core/nn/layers/layers.h"
#include "core/types/error.h"

namespace p2l {
namespace {

/// 3 x 3; those that change the size have no bias.
struct Conv3x3 {
  Conv3x3(const WeightScope& scope, std::int64_t in, std::int64_t out, std::int64_t stride, bool with_bias)
      : weight(scope.take("weight", {out, in, 3, 3})), stride(stride) {
    if (with_bias) bias = scope.take("bias", {out});
  }
  at::Tensor operator()(const at::Tensor& x) const { return at::conv2d(x, weight, bias, stride, 1); }
  at::Tensor weight, bias;
  std::int64_t stride;
};

struct Block {
  Block(const WeightScope& scope, std::int64_t width)
      : conv0(scope / "conv.0", width, width, 1, true),
        conv2(scope / "conv.2", width, width, 1, true),
        conv4(scope / "conv.4", width, width, 1, true) {}
  at::Tensor operator()(const at::Tensor& x) const { return at::relu(conv4(at::relu(conv2(at::relu(conv0(x))))) + x); }
  Conv3x3 conv0, conv2, conv4;
};

/// Blocks with a convolution before (encoder) or behind them (decoder).
struct Stage {
  std::optional<Conv3x3> conv;
  std::vector<Block> blocks;
};

/// What the config says of one half: blocks per stage, and the width, which is the same in all stages.
struct HalfConfig {
  HalfConfig(const JsonConfig& json, const std::string& half) {
    const auto counts = "num_" + half + "_blocks", widths = half + "_block_out_channels";
    blocks = json.integerList(counts);
    if (blocks.empty() || blocks.size() > 8) json.refuse(counts, "a list of 1 to 8 counts");
    for (const auto count : blocks) {
      if (count < 0 || count > 64) json.refuse(counts, "counts from 0 to 64");
    }
    const auto list = json.integerList(widths);
    if (list.size() != blocks.size()) json.refuse(widths, concat("a list of ", blocks.size(), ", as ", counts));
    width = list[0];
    for (const auto each : list) {
      if (each != width || each < 1 || each > 4096) json.refuse(widths, "equal widths from 1 to 4096");
    }
  }
  std::vector<std::int64_t> blocks;
  std::int64_t width = 0;
};

class AutoencoderTiny : public Autoencoder {
 public:
  AutoencoderTiny(const JsonConfig& json, const WeightScope& scope)
      : channels_(json.integerIn("latent_channels", 4, 1, 64)), scaling_(json.number("scaling_factor", 1.0)) {
    json.expectText("act_fn", "relu");
    json.expectText("upsample_fn", "nearest");
    if (json.integer("upsampling_scaling_factor", 2) != 2) json.refuse("upsampling_scaling_factor", "2");
    if (json.integer("in_channels", 3) != 3 || json.integer("out_channels", 3) != 3) json.refuse("in_channels", "3");
    if (json.number("shift_factor", 0.0) != 0.0) json.refuse("shift_factor", "0");
    if (!(scaling_ > 0.0)) json.refuse("scaling_factor", "a positive number");
    makeEncoder(scope / "encoder.layers", HalfConfig(json, "encoder"));
    makeDecoder(scope / "decoder.layers", HalfConfig(json, "decoder"));
    if (encoder_.size() != decoder_.size()) json.refuse("num_decoder_blocks", "as many stages as num_encoder_blocks");
  }

  at::Tensor encode(const at::Tensor& x) const override {
    auto h = (x + 1.0) / 2.0;  // it sees pictures in [0, 1]
    for (const Stage& stage : encoder_) {
      h = (*stage.conv)(h);
      for (const Block& block : stage.blocks) h = block(h);
    }
    return (*encoder_out_)(h)*scaling_;
  }
  at::Tensor decode(const at::Tensor& z) const override {
    auto h = at::relu((*decoder_in_)(at::tanh(z / scaling_ / 3.0) * 3.0));
    for (std::size_t i = 0; i < decoder_.size(); ++i) {
      for (const Block& block : decoder_[i].blocks) h = block(h);
      if (i + 1 < decoder_.size()) h = upsampleNearest2x(h);
      h = (*decoder_[i].conv)(h);
    }
    return h * 2.0 - 1.0;
  }
  std::int64_t latentChannels() const override { return channels_; }
  std::int64_t factor() const override { return std::int64_t{1} << (encoder_.size() - 1); }
  Reach reach() const override {
    // 3 x 3 convolutions in latents: three in every block and one per stage; stages double (decoder) or halve the
    // resolution.
    double decode = 1.0, encode = 1.0, width = 1.0;
    for (std::size_t i = 0; i < decoder_.size(); ++i, width /= 2.0) {
      const auto last = decoder_.size() - 1;
      decode += width * (3.0 * static_cast<double>(decoder_[i].blocks.size()) + (i < last ? 0.5 : 1.0));
      encode += width * (3.0 * static_cast<double>(encoder_[last - i].blocks.size()) + 1.0);
    }
    return {static_cast<std::int64_t>(std::ceil(decode)), static_cast<std::int64_t>(std::ceil(encode))};
  }

 private:
  void makeEncoder(const WeightScope& scope, const HalfConfig& config) {
    const auto width = config.width;
    std::size_t layer = 0;
    for (std::size_t i = 0; i < config.blocks.size(); ++i) {
      Stage& stage = encoder_.emplace_back();
      stage.conv.emplace(scope / layer++, i == 0 ? 3 : width, width, i == 0 ? 1 : 2, i == 0);
      for (std::int64_t j = 0; j < config.blocks[i]; ++j) stage.blocks.emplace_back(scope / layer++, width);
    }
    encoder_out_.emplace(scope / layer, width, channels_, 1, true);
  }
  void makeDecoder(const WeightScope& scope, const HalfConfig& config) {
    const auto width = config.width;
    decoder_in_.emplace(scope / "0", channels_, width, 1, true);
    std::size_t layer = 2;  // 1 is a ReLU
    for (std::size_t i = 0; i < config.blocks.size(); ++i) {
      const bool last = i + 1 == config.blocks.size();
      Stage& stage = decoder_.emplace_back();
      for (std::int64_t j = 0; j < config.blocks[i]; ++j) stage.blocks.emplace_back(scope / layer++, width);
      if (!last) ++layer;  // the enlargement
      stage.conv.emplace(scope / layer++, width, last ? 3 : width, 1, last);
    }
  }

  std::int64_t channels_;
  double scaling_;
  std::vector<Stage> encoder_, decoder_;
  std::optional<Conv3x3> encoder_out_, decoder_in_;
};

}  // namespace

std::unique_ptr<Autoencoder> makeAutoencoderTiny(const JsonConfig& json, const WeightScope& scope) {
  return std::make_unique<AutoencoderTiny>(json, scope);
}

}  // namespace p2l
