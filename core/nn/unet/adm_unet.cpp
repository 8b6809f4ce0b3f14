// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unet/adm_unet.h"

#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/silu.h>

#include <optional>

#include "core/nn/layers/checkpoint.h"
#include "core/nn/layers/half_precision.h"
#include "core/nn/layers/layers.h"
#include "core/nn/unet/unet_parts.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr std::int64_t kGroups = 32;  // normalization() of guided-diffusion
constexpr double kEps = 1e-5;

enum class Resize { None, Down, Up };

/// ResBlock, with a change of size by averaging or by repeating where it is one of resblock_updown.
struct ResBlock {
  ResBlock(const WeightScope& scope, std::int64_t in, std::int64_t out, const AdmUNet::Config& config,
           Resize resize = Resize::None)
      : norm_in(scope / "in_layers.0", kGroups, in, kEps),
        conv_in(scope / "in_layers.2", in, out, 3, 1, 1),
        time(scope / "emb_layers.1", 4 * config.model_channels, config.use_scale_shift_norm ? 2 * out : out),
        norm_out(scope / "out_layers.0", kGroups, out, kEps),
        conv_out(scope / "out_layers.3", out, out, 3, 1, 1),
        resize(resize),
        scale_shift(config.use_scale_shift_norm) {
    if (in != out) skip.emplace(scope / "skip_connection", in, out, 1);
  }

  at::Tensor resized(const at::Tensor& x) const {
    if (resize == Resize::Down) return at::avg_pool2d(x, {2, 2});
    return resize == Resize::Up ? upsampleNearest2x(x) : x;
  }
  /// @param silu_time SiLU of the time embedding, [1, 4 model_channels]
  at::Tensor operator()(const at::Tensor& x, const at::Tensor& silu_time) const {
    auto h = conv_in(resized(at::silu(norm_in(x))));
    const auto emb = time(silu_time).unsqueeze(-1).unsqueeze(-1);
    if (scale_shift) {
      const auto halves = emb.chunk(2, 1);  // scale, shift
      h = norm_out(h) * (1.0 + halves[0]) + halves[1];
    } else {
      h = norm_out(h + emb);
    }
    h = conv_out(at::silu(h));
    const auto shortcut = resized(x);
    return (skip ? (*skip)(shortcut) : shortcut) + h;
  }

  GroupNorm norm_in;
  Conv2d conv_in;
  Linear time;
  GroupNorm norm_out;
  Conv2d conv_out;
  std::optional<Conv2d> skip;
  Resize resize;
  bool scale_shift;
};

/// AttentionBlock: self-attention of the pixels; its projections are 1-d convolutions of width 1.
struct AttentionBlock {
  AttentionBlock(const WeightScope& scope, std::int64_t channels, const AdmUNet::Config& config)
      : norm(scope / "norm", kGroups, channels, kEps),
        qkv_weight((scope / "qkv").take("weight", {3 * channels, channels, 1}).squeeze(-1)),
        qkv_bias((scope / "qkv").take("bias", {3 * channels})),
        out_weight((scope / "proj_out").take("weight", {channels, channels, 1}).squeeze(-1)),
        out_bias((scope / "proj_out").take("bias", {channels})),
        heads(config.num_heads > 0 ? config.num_heads : channels / config.num_head_channels),
        new_order(config.use_new_attention_order) {}

  at::Tensor operator()(const at::Tensor& x) const {
    const auto tokens = norm(x).flatten(2).transpose(1, 2);  // [B, h w, C]
    const auto rows = linear(tokens, qkv_weight, qkv_bias);
    const auto width = x.size(1) / heads;
    // [B, h w, 3, heads, width], by whichever order the rows are in.
    const auto parts =
        new_order ? rows.unflatten(-1, {3, heads, width}) : rows.unflatten(-1, {heads, 3, width}).transpose(2, 3);
    auto part = [&](std::int64_t i) { return parts.select(2, i).transpose(1, 2); };  // [B, heads, h w, width]
    const auto h = at::scaled_dot_product_attention(part(0), part(1), part(2));
    const auto out = linear(h.transpose(1, 2).flatten(2), out_weight, out_bias);
    return x + out.transpose(1, 2).unflatten(2, {x.size(2), x.size(3)});
  }

  GroupNorm norm;
  at::Tensor qkv_weight, qkv_bias, out_weight, out_bias;
  std::int64_t heads;
  bool new_order;
};

/// One entry of input_blocks, middle_block or output_blocks: what of these is there, in this order.
struct Block {
  std::optional<Conv2d> conv;      // the first of all, and a downsampling one (padding 1, stride 2)
  std::vector<ResBlock> residual;  // one; none where `conv` is
  std::optional<AttentionBlock> attention;
  std::optional<ResBlock> resize;  // at the end of a level on the way up
  std::optional<Conv2d> upsample;

  at::Tensor operator()(const at::Tensor& x, const at::Tensor& time) const {
    auto h = conv ? (*conv)(x) : residual[0](x, time);
    if (attention) h = (*attention)(h);
    if (resize) h = (*resize)(h, time);
    return upsample ? (*upsample)(upsampleNearest2x(h)) : h;
  }
};

}  // namespace

struct AdmUNet::Parts {
  Parts(const Config& config, const WeightScope& scope)
      : time1(scope / "time_embed.0", config.model_channels, 4 * config.model_channels),
        time2(scope / "time_embed.2", 4 * config.model_channels, 4 * config.model_channels),
        norm_out(scope / "out.0", kGroups, config.level_channels[0], kEps),
        conv_out(scope / "out.2", config.level_channels[0], config.out_channels, 3, 1, 1) {
    if (config.classes > 0) {
      const auto rows = (scope / "label_emb").take("weight", {config.classes, 4 * config.model_channels});
      labels = at::cat({rows, rows.mean(0, /*keepdim=*/true)});
    }
    const auto levels = config.level_channels.size();
    auto current = config.level_channels[0];
    std::vector<std::int64_t> skips{current};  // channels of what the way up will concatenate
    input.emplace_back().conv.emplace(scope / "input_blocks.0.0", config.in_channels, current, 3, 1, 1);
    for (std::size_t level = 0; level < levels; ++level) {
      for (std::int64_t i = 0; i < config.num_res_blocks; ++i) {
        const auto at = scope / "input_blocks" / input.size();
        Block& block = input.emplace_back();
        block.residual.emplace_back(at / "0", current, config.level_channels[level], config);
        current = config.level_channels[level];
        if (config.level_attends[level]) block.attention.emplace(at / "1", current, config);
        skips.push_back(current);
      }
      if (level + 1 == levels) break;
      const auto at = scope / "input_blocks" / input.size();
      Block& block = input.emplace_back();
      if (config.resblock_updown) {
        block.residual.emplace_back(at / "0", current, current, config, Resize::Down);
      } else {
        block.conv.emplace(at / "0.op", current, current, 3, 2, 1);
      }
      skips.push_back(current);
    }
    const auto middle = scope / "middle_block";
    middle_first.emplace(middle / "0", current, current, config);
    middle_attention.emplace(middle / "1", current, config);
    middle_last.emplace(middle / "2", current, current, config);
    for (std::size_t level = levels; level-- > 0;) {
      for (std::int64_t i = 0; i <= config.num_res_blocks; ++i) {
        const auto at = scope / "output_blocks" / output.size();
        Block& block = output.emplace_back();
        block.residual.emplace_back(at / "0", current + skips.back(), config.level_channels[level], config);
        skips.pop_back();
        current = config.level_channels[level];
        if (config.level_attends[level]) block.attention.emplace(at / "1", current, config);
        if (level == 0 || i < config.num_res_blocks) continue;
        const auto at_last = at / (block.attention ? "2" : "1");
        if (config.resblock_updown) {
          block.resize.emplace(at_last, current, current, config, Resize::Up);
        } else {
          block.upsample.emplace(at_last / "conv", current, current, 3, 1, 1);
        }
      }
    }
  }

  /// What is added to the time's embedding for a class, [1, 4 model_channels].
  at::Tensor embeddingOf(const at::Tensor& label) const {
    const auto none = labels.size(0) - 1;
    if (!label.defined()) return labels.narrow(0, none, 1);
    const auto row = label.detach().round().to(at::kLong).clamp(-1, none);
    return labels.index_select(0, row.masked_fill(row < 0, none));
  }

  Linear time1, time2;
  at::Tensor labels;  ///< of the classes, and in the last row their mean; undefined without classes
  std::vector<Block> input;
  std::optional<ResBlock> middle_first;
  std::optional<AttentionBlock> middle_attention;
  std::optional<ResBlock> middle_last;
  std::vector<Block> output;
  GroupNorm norm_out;
  Conv2d conv_out;
};

AdmUNet::AdmUNet(const Config& config, const WeightScope& scope, bool checkpointing)
    : config_(config), checkpointing_(checkpointing), parts_(std::make_unique<const Parts>(config, scope)) {}

AdmUNet::~AdmUNet() = default;

at::Tensor AdmUNet::operator()(const at::Tensor& sample, double timestep, const at::Tensor& label) const {
  const Parts& net = *parts_;
  requireMultiples("The picture", sample, sizeMultiple());
  const auto embedding =
      timestepEmbedding(oneTimestep(sample, timestep), config_.model_channels, /*flip_sin_to_cos=*/true, 0.0)
          .to(sample.scalar_type());
  auto moment = net.time2(at::silu(net.time1(embedding)));
  if (net.labels.defined()) moment = moment + net.embeddingOf(label);
  const auto time = at::silu(moment);

  auto h = sample;
  std::vector<at::Tensor> skips;
  for (const Block& block : net.input) {
    h = checkpointedIf(checkpointing_, [&block, time](const auto& in) { return block(in[0], time); }, {h});
    skips.push_back(h);
  }
  h = checkpointedIf(checkpointing_,
                     [&net, time](const auto& in) {
                       return (*net.middle_last)((*net.middle_attention)((*net.middle_first)(in[0], time)), time);
                     },
                     {h});
  for (const Block& block : net.output) {
    h = checkpointedIf(checkpointing_,
                       [&block, time](const auto& in) {
                         return block(at::cat({in[0], in[1]}, 1), time);
                       },
                       {h, skips.back()});
    skips.pop_back();
  }
  return net.conv_out(at::silu(net.norm_out(h)));
}

AdmUNet::Config AdmUNet::Config::fromJson(const JsonConfig& json) {
  Config config;
  config.in_channels = json.integer("in_channels", 3);
  if (config.in_channels != 3)
    json.refuse("in_channels", "3 (red, green, blue); with 6 the network is an upsampler of guided-diffusion");
  config.out_channels = json.integer("out_channels", 6);
  if (config.out_channels != 3 && config.out_channels != 6) json.refuse("out_channels", "3, or 6 with a variance");
  config.model_channels = json.integerIn("model_channels", 0, 2, 4096);
  if (config.model_channels % 2 != 0) json.refuse("model_channels", "an even number");
  config.level_channels = json.integerList("level_channels");
  const auto levels = config.level_channels.size();
  if (levels < 1 || levels > 8) json.refuse("level_channels", "a list of 1 to 8 widths");
  for (const auto width : config.level_channels) {
    if (width < kGroups || width > 16384 || width % kGroups != 0)
      json.refuse("level_channels", concat("multiples of ", kGroups));
  }
  for (const auto flag : json.integerList("level_attends")) config.level_attends.push_back(flag != 0);
  if (config.level_attends.size() != levels) json.refuse("level_attends", concat("a list of ", levels));
  config.num_res_blocks = json.integerIn("num_res_blocks", 2, 1, 16);
  config.resblock_updown = json.flag("resblock_updown", true);
  config.use_scale_shift_norm = json.flag("use_scale_shift_norm", true);
  config.use_new_attention_order = json.flag("use_new_attention_order", false);
  config.num_head_channels = json.integerIn("num_head_channels", 64, 1, 16384);
  config.num_heads = json.integerIn("num_heads", 0, 0, 1024);
  for (std::size_t level = 0; level < levels; ++level) {
    if (!config.level_attends[level] && level + 1 < levels) continue;
    const auto width = config.level_channels[level];
    if (config.num_heads > 0 && width % config.num_heads != 0)
      json.refuse("num_heads", concat("a count that divides ", width));
    if (config.num_heads == 0 && width % config.num_head_channels != 0)
      json.refuse("num_head_channels", concat("a width that divides ", width));
  }
  config.image_size = json.integerIn("image_size", 256, 1, 65536);
  config.classes = json.integerIn("classes", 0, 0, 1000000);
  return config;
}

}  // namespace p2l
