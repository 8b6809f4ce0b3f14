// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/footprint.h"

#include <algorithm>
#include <vector>

#include "core/nn/autoencoder/tiled_autoencoder.h"

namespace p2l {
namespace {

/// The layers of a network in the order of evaluation; the gradient goes through them backwards.
class Tape {
 public:
  /// Numbers that a layer takes. `saved`: for the gradient, its input included where it is. `back` and `plain`: what
  /// passes beside that in the backward pass, and in an evaluation without a gradient.
  struct Layer {
    double input = 0.0, saved = 0.0, back = 0.0, plain = 0.0;
  };

  explicit Tape(bool checkpointing) : checkpointing_(checkpointing) {}

  /// A layer that checkpointing evaluates again.
  void segment(const Layer& layer) {
    if (!checkpointing_) return fixed(layer);
    footprint_.kept += layer.input;
    seen(layer.saved - layer.input + layer.back, layer.plain);
  }
  /// One whose activations are kept in any case.
  void fixed(const Layer& layer) {
    footprint_.kept += layer.saved;
    seen(layer.back, layer.plain);
  }
  /// What stays alive from here on, also without a gradient: skips on their way to the other side.
  void hold(double numbers) { held_ += numbers; }
  const Footprint& footprint() const { return footprint_; }

 private:
  void seen(double passing, double plain) {
    footprint_.peak = std::max(footprint_.peak, footprint_.kept + passing);
    footprint_.plain = std::max(footprint_.plain, held_ + plain);
  }
  bool checkpointing_;
  double held_ = 0.0;
  Footprint footprint_;
};

/// A picture size inside a network.
struct Area {
  std::int64_t height, width;
  double pixels() const { return static_cast<double>(height) * static_cast<double>(width); }
  Area half() const { return {(height + 1) / 2, (width + 1) / 2}; }
  Area twice() const { return {2 * height, 2 * width}; }
};

/// What a 3 x 3 convolution transforms by Winograd's way: the weights where there are many tiles, the picture else.
double transformed(double in, double out, const Area& at, const FootprintOptions& options) {
  const auto tiles = static_cast<double>((at.height + 3) / 4 * ((at.width + 3) / 4));
  return options.winograd ? 36.0 * in * std::min(tiles, out) : 0.0;
}

// Tensors of a layer's size that pass in the backward pass, beside what is kept: gradients, copies in another layout,
// and what the allocator keeps of small ones.
constexpr double kPassing = 9.0, kPassingWidened = 15.0;
constexpr double kPassingSmall = 17.0, kPassingSmallWidened = 34.0;

/// The same of a UNet's blocks. Tensors of 32 MiB and more go back to the system at once (core/base/system.cpp); of
/// smaller ones gaps stay between those that are kept.
double passingInUNet(double numbers, const FootprintOptions& options) {
  constexpr double kReturned = 32.0 * 1024 * 1024 / sizeof(float);
  if (numbers >= kReturned) return options.widened ? 8.5 : 6.5;
  return options.widened ? 15.0 : 14.0;
}

/// ResnetBlock2D: both norms keep their inputs, both SiLUs theirs.
Tape::Layer resnet(double in, double out, const Area& at, const FootprintOptions& options) {
  const double n = at.pixels(), weights = transformed(in, out, at, options);
  return {n * in, n * 2.0 * (in + out), n * (options.widened ? kPassingWidened : kPassing) * 0.5 * (in + out) + weights,
          n * std::max(3.0 * in, in + 3.0 * out) + weights};
}

/// Transformer2D: one for the norm; 5 for the attention of pixels (input of the norm, q, k, v, result); 3 for that to
/// the prompt; 13 for the gated feed-forward, whose gradient passes 17.
Tape::Layer transformer(double channels, const Area& at) {
  const double n = at.pixels() * channels;
  return {n, 22.0 * n, 17.0 * n, 17.0 * n};
}

Tape::Layer after(const Tape::Layer& a, const Tape::Layer& b) {
  return {a.input, a.saved + b.saved, std::max(a.back, b.back), std::max(a.plain, b.plain)};
}

/// Nearest-neighbour enlargement and a convolution: nothing is kept. `from`: the size before.
Tape::Layer enlargement(double channels, const Area& from, const FootprintOptions& options) {
  const double n = from.pixels() * channels, weights = transformed(channels, channels, from.twice(), options);
  return {n, 0.0, 8.0 * n + weights, 9.0 * n + weights};
}

/// conv_norm_out and SiLU.
Tape::Layer lastNorm(double channels, const Area& at, const FootprintOptions& options) {
  const double n = at.pixels() * channels;
  return {n, 2.0 * n, (options.widened ? kPassingWidened : kPassing) * n, 3.0 * n};
}

/// The middle of AutoencoderKL: two residual blocks around an attention.
Tape::Layer middleKl(double channels, const Area& at, const FootprintOptions& options) {
  const double n = at.pixels() * channels;
  const auto ends = resnet(channels, channels, at, options);
  return {n, 2.0 * ends.saved + 5.0 * n, ends.back + 3.0 * n, ends.plain + 3.0 * n};
}

/// @param middle whether it is part of this; of tiles it is not
Footprint decoderKl(const std::vector<std::int64_t>& widths, std::int64_t layers, Area at,
                    const FootprintOptions& options, bool middle) {
  Tape tape(options.checkpointing);
  auto current = static_cast<double>(widths.back());
  if (middle) tape.segment(middleKl(current, at, options));
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const auto width = static_cast<double>(widths[widths.size() - 1 - i]);
    for (std::int64_t j = 0; j <= layers; ++j) {
      tape.segment(resnet(current, width, at, options));
      current = width;
    }
    if (i + 1 == widths.size()) break;
    tape.fixed(enlargement(current, at, options));
    at = at.twice();
  }
  tape.fixed(lastNorm(current, at, options));
  return tape.footprint();
}

Footprint encoderKl(const std::vector<std::int64_t>& widths, std::int64_t layers, Area at,
                    const FootprintOptions& options, bool middle) {
  for (std::size_t i = 1; i < widths.size(); ++i) at = at.twice();  // the picture's size
  Tape tape(options.checkpointing);
  auto current = static_cast<double>(widths.front());
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const auto width = static_cast<double>(widths[i]);
    for (std::int64_t j = 0; j < layers; ++j) {
      tape.segment(resnet(current, width, at, options));
      current = width;
    }
    if (i + 1 == widths.size()) break;
    const double n = at.pixels() * current;
    tape.fixed({n, 0.0, 2.5 * n, 2.5 * n});
    at = at.half();
  }
  if (middle) {
    tape.segment(middleKl(current, at, options));
    tape.fixed(lastNorm(current, at, options));
  }
  return tape.footprint();
}

/// AutoencoderShuffle's halves: two SiLUs a block and the last one keep their inputs.
Footprint halfOfShuffle(double width, std::int64_t blocks, const Area& at, const FootprintOptions& options) {
  Tape tape(false);
  const double n = at.pixels() * width, weights = transformed(width, width, at, options);
  const double back = (options.widened ? kPassingSmallWidened : kPassingSmall) * n;
  for (std::int64_t i = 0; i < blocks; ++i) tape.fixed({n, 2.0 * n, back + weights, 3.0 * n + weights});
  tape.fixed({n, n, back, 3.0 * n});
  return tape.footprint();
}

/// AutoencoderTiny's halves: every convolution keeps its input, which the ReLU before it keeps as its result.
/// @param outward the decoder, whose stages grow
Footprint halfOfTiny(double width, const std::vector<std::int64_t>& blocks, Area at, bool outward) {
  Tape tape(false);
  if (!outward) {
    for (std::size_t i = 1; i < blocks.size(); ++i) at = at.twice();
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (!outward && i > 0) at = at.half();
    const double n = at.pixels() * width;
    for (std::int64_t j = 0; j < blocks[i]; ++j) tape.fixed({n, 3.0 * n, 3.0 * n, 3.0 * n});
    const bool grows = outward && i + 1 < blocks.size();
    if (grows) at = at.twice();
    const double after = at.pixels() * width;
    tape.fixed({after, after, 2.0 * after, 2.0 * after});
  }
  return tape.footprint();
}

bool isKl(const JsonConfig& config) {
  return config.text("_class_name", "") == "AutoencoderKL";
}

/// @param middle with what sees the whole picture; without it for a tile
AutoencoderFootprint footprintOf(const JsonConfig& config, const Area& at, const FootprintOptions& options,
                                 bool middle) {
  const auto name = config.text("_class_name", "");
  if (name == "AutoencoderShuffle") {
    const auto width = static_cast<double>(config.integerIn("width", 96, 1, 4096));
    return {halfOfShuffle(width, config.integerIn("decoder_blocks", 5, 0, 64), at, options),
            halfOfShuffle(width, config.integerIn("encoder_blocks", 3, 0, 64), at, options)};
  }
  if (name == "AutoencoderTiny") {
    const auto half = [&](const std::string& side, bool outward) {
      const auto width = static_cast<double>(config.integerList(side + "_block_out_channels").at(0));
      return halfOfTiny(width, config.integerList("num_" + side + "_blocks"), at, outward);
    };
    return {half("decoder", true), half("encoder", false)};
  }
  const auto widths = config.integerList("block_out_channels");
  const auto layers = config.integerIn("layers_per_block", 2, 1, 16);
  return {decoderKl(widths, layers, at, options, middle), encoderKl(widths, layers, at, options, middle)};
}

/// Self-attention of pixels with its norm: the norm's input, q, k, v and the result.
Tape::Layer pixelAttention(double channels, const Area& at) {
  const double n = at.pixels() * channels;
  return {n, 5.0 * n, 9.0 * n, 6.0 * n};
}

/// A UNet: residual blocks by level from the finest on, an attention after each where the level attends.
struct Levels {
  std::vector<std::int64_t> widths, layers;
  std::vector<bool> down_attention, up_attention;  ///< the latter from the coarsest on
  bool middle_attends = true;
  Tape::Layer (*attention)(double channels, const Area& at) = pixelAttention;
  bool residual_resizing = false;  ///< ADM: residual blocks change the size, not convolutions
};

Footprint footprintOf(const Levels& net, Area at, const FootprintOptions& options) {
  const auto& widths = net.widths;
  Tape tape(options.checkpointing);
  std::vector<double> skips{static_cast<double>(widths[0])};
  auto current = skips[0];
  auto residual = [&](double in, double out, const Area& size) {
    auto layer = resnet(in, out, size, options);
    const double numbers = size.pixels() * std::min(in, out);
    layer.back =
        passingInUNet(numbers, options) * size.pixels() * 0.5 * (in + out) + transformed(in, out, size, options);
    return layer;
  };
  // A block whose first norm sees one size and whose second another.
  auto resizing = [&](const Area& from, const Area& to) {
    auto layer = residual(current, current, from.pixels() > to.pixels() ? from : to);
    layer.input = from.pixels() * current;
    layer.saved = 2.0 * (from.pixels() + to.pixels()) * current;
    return layer;
  };
  tape.hold(at.pixels() * current);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const auto channels = static_cast<double>(widths[i]);
    for (std::int64_t j = 0; j < net.layers[i]; ++j) {
      const auto layer = residual(current, channels, at);
      tape.segment(net.down_attention[i] ? after(layer, net.attention(channels, at)) : layer);
      current = channels;
      skips.push_back(current);
      tape.hold(at.pixels() * current);
    }
    if (i + 1 == widths.size()) break;
    if (net.residual_resizing) tape.segment(resizing(at, at.half()));
    at = at.half();
    skips.push_back(current);
    tape.hold(at.pixels() * current);
  }
  const auto first = residual(current, current, at);
  tape.segment(net.middle_attends ? after(first, net.attention(current, at)) : first);
  tape.fixed(residual(current, current, at));
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const auto mirrored = widths.size() - 1 - i;
    const auto channels = static_cast<double>(widths[mirrored]);
    for (std::int64_t j = 0; j <= net.layers[mirrored]; ++j) {
      const auto layer = residual(current + skips.back(), channels, at);
      auto whole = net.up_attention[i] ? after(layer, net.attention(channels, at)) : layer;
      whole.input = at.pixels() * current;  // the skip is kept by the layer that made it
      tape.segment(whole);
      skips.pop_back();
      current = channels;
    }
    if (i + 1 == widths.size()) break;
    net.residual_resizing ? tape.segment(resizing(at, at.twice())) : tape.fixed(enlargement(current, at, options));
    at = at.twice();
  }
  auto last = lastNorm(current, at, options);
  last.back = passingInUNet(last.input, options) * last.input;
  tape.fixed(last);
  return tape.footprint();
}

}  // namespace

Footprint unetFootprint(const UNet2DConditionModel::Config& config, std::int64_t height, std::int64_t width,
                        const FootprintOptions& options) {
  Levels levels{config.block_out_channels, config.layers_per_block, config.down_attention, config.up_attention};
  levels.attention = transformer;
  return footprintOf(levels, {height, width}, options);
}

Footprint unetFootprint(const UNet2DModel::Config& config, std::int64_t height, std::int64_t width,
                        const FootprintOptions& options) {
  Levels levels{config.block_out_channels,
                std::vector<std::int64_t>(config.block_out_channels.size(), config.layers_per_block),
                config.down_attention, config.up_attention};
  levels.middle_attends = config.add_attention;
  return footprintOf(levels, {height, width}, options);
}

Footprint unetFootprint(const AdmUNet::Config& config, std::int64_t height, std::int64_t width,
                        const FootprintOptions& options) {
  const auto& attends = config.level_attends;
  Levels levels{config.level_channels,
                std::vector<std::int64_t>(config.level_channels.size(), config.num_res_blocks),
                attends,
                {attends.rbegin(), attends.rend()}};
  levels.residual_resizing = config.resblock_updown;
  return footprintOf(levels, {height, width}, options);
}

AutoencoderFootprint autoencoderFootprint(const JsonConfig& config, std::int64_t height, std::int64_t width,
                                          const FootprintOptions& options) {
  constexpr TiledAutoencoder::Tiling kTiling;
  if (!options.tiling || std::max(height, width) <= kTiling.tile)
    return footprintOf(config, {height, width}, options, /*middle=*/true);
  const auto side = [&](std::int64_t length) {
    const auto first = tileSpans(length, kTiling.tile, kTiling.overlap, 0).front();
    return first.end - first.begin;
  };
  auto tiled = footprintOf(config, {side(height), side(width)}, options, /*middle=*/false);
  const auto f = static_cast<double>(pixelsPerLatent(config));
  const double pixels = static_cast<double>(height) * static_cast<double>(width);
  double pictures = 3.0 * 3.0 * f * f * pixels;  // of the tiles, only their sum and a tile in place are kept
  Tape::Layer middle;
  if (isKl(config)) {
    const auto widest = static_cast<double>(config.integerList("block_out_channels").back());
    middle = middleKl(widest, {height, width}, options);
    pictures += 2.0 * middle.input;  // features between the two parts
  }
  for (auto* half : {&tiled.decode, &tiled.encode}) {
    half->kept = pictures;
    half->peak = pictures + std::max(half->peak, middle.saved + middle.back);
    half->plain = pictures + std::max(half->plain, middle.plain);
  }
  return tiled;
}

std::int64_t pixelsPerLatent(const JsonConfig& autoencoder) {
  const auto name = autoencoder.text("_class_name", "");
  if (name == "AutoencoderShuffle") return autoencoder.integerIn("factor", 4, 1, 16);
  const char* stages = name == "AutoencoderTiny" ? "encoder_block_out_channels" : "block_out_channels";
  const auto count = autoencoder.integerList(stages).size();
  if (count < 1 || count > 8) autoencoder.refuse(stages, "a list of 1 to 8 widths");
  return std::int64_t{1} << (count - 1);
}

bool tilesAreExact(const JsonConfig& autoencoder) {
  return !isKl(autoencoder);
}

}  // namespace p2l
