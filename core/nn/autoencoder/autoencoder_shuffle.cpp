// SPDX-License-Identifier: GPL-3.0-or-later
// AutoencoderShuffle, the embedded model's small autoencoder: pixel shuffling in place of strided convolutions, no
// normalisation, deterministic. resources/models/p2l-tiny/README.md describes it.
#include <ATen/ops/pixel_shuffle.h>
#include <ATen/ops/pixel_unshuffle.h>
#include <ATen/ops/silu.h>

#include <vector>

#include "core/nn/autoencoder/autoencoder.h"
#include "core/nn/layers/layers.h"

namespace p2l {
namespace {

struct Block {
  Block(const WeightScope& scope, std::int64_t width)
      : conv1(scope / "conv1", width, width, 3, 1, 1), conv2(scope / "conv2", width, width, 3, 1, 1) {}
  at::Tensor operator()(const at::Tensor& x) const { return x + conv2(at::silu(conv1(at::silu(x)))); }
  Conv2d conv1, conv2;
};

/// conv_in, residual blocks, SiLU, conv_out: both halves have this shape.
struct Half {
  Half(const WeightScope& scope, std::int64_t in, std::int64_t width, std::int64_t count, std::int64_t out)
      : conv_in(scope / "conv_in", in, width, 3, 1, 1), conv_out(scope / "conv_out", width, out, 3, 1, 1) {
    for (std::int64_t i = 0; i < count; ++i) blocks.emplace_back(scope / "blocks" / i, width);
  }
  at::Tensor operator()(const at::Tensor& x) const {
    auto h = conv_in(x);
    for (const Block& block : blocks) h = block(h);
    return conv_out(at::silu(h));
  }
  std::int64_t convolutions() const { return 2 * static_cast<std::int64_t>(blocks.size()) + 2; }  // one after another
  Conv2d conv_in;
  std::vector<Block> blocks;
  Conv2d conv_out;
};

class AutoencoderShuffle : public Autoencoder {
 public:
  AutoencoderShuffle(const JsonConfig& json, const WeightScope& scope)
      : factor_(json.integerIn("factor", 4, 1, 16)),
        channels_(json.integerIn("latent_channels", 4, 1, 64)),
        scaling_(json.number("scaling_factor", 1.0)),
        encoder_(scope / "encoder", 3 * factor_ * factor_, width(json), json.integerIn("encoder_blocks", 3, 0, 64),
                 channels_),
        decoder_(scope / "decoder", channels_, width(json), json.integerIn("decoder_blocks", 5, 0, 64),
                 3 * factor_ * factor_) {
    json.expectText("act_fn", "silu");
    if (!(scaling_ > 0.0)) json.refuse("scaling_factor", "a positive number");
  }

  at::Tensor encode(const at::Tensor& x) const override { return encoder_(at::pixel_unshuffle(x, factor_)) * scaling_; }
  at::Tensor decode(const at::Tensor& z) const override { return at::pixel_shuffle(decoder_(z / scaling_), factor_); }
  std::int64_t latentChannels() const override { return channels_; }
  std::int64_t factor() const override { return factor_; }
  /// A convolution reaches one latent.
  Reach reach() const override { return {decoder_.convolutions(), encoder_.convolutions()}; }

 private:
  static std::int64_t width(const JsonConfig& json) { return json.integerIn("width", 96, 1, 4096); }

  std::int64_t factor_, channels_;
  double scaling_;
  Half encoder_, decoder_;
};

}  // namespace

std::unique_ptr<Autoencoder> makeAutoencoderShuffle(const JsonConfig& json, const WeightScope& scope) {
  return std::make_unique<AutoencoderShuffle>(json, scope);
}

}  // namespace p2l
