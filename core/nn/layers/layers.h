// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/weights/weights.h"

namespace p2l {

// The few layers that the networks are built of. Weights are plain tensors that do not require grad; names and shapes
// are PyTorch's, so that checkpoint keys fit.

struct Linear {
  Linear(const WeightScope& scope, std::int64_t in, std::int64_t out, bool with_bias = true);
  at::Tensor operator()(const at::Tensor& x) const;  // [..., in] -> [..., out]
  at::Tensor weight, bias;
};

struct Conv2d {
  Conv2d(const WeightScope& scope, std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride = 1,
         std::int64_t padding = 0);
  at::Tensor operator()(const at::Tensor& x) const;  // [B, in, h, w] -> [B, out, h', w']
  at::Tensor weight, bias;
  std::int64_t stride, padding;
};

struct GroupNorm;

/// Means and variances of a whole picture for its tiles: group norm looks at all pixels, and a tile that is normalised
/// by itself comes out brighter, duller or sharper than its neighbours. In every round of collecting all tiles are
/// evaluated, normalised by the round before (by themselves in the first one), so that each round has the statistics of
/// one more norm right: after as many rounds as there are norms they are exact. Then they are used. Norms are told
/// apart by their address.
class NormStatistics {
 public:
  /// The part of the next tile that counts, in shares of its height and width: what it shares with other tiles counts
  /// once, and its borders, which lack their surroundings, not at all.
  struct Window {
    double top = 0.0, bottom = 1.0, left = 0.0, right = 1.0;
  };
  void setWindow(const Window& window) { window_ = window; }
  /// x [B, C, h, w], a tile: collected, normalised, or both.
  at::Tensor normalised(const GroupNorm& norm, const at::Tensor& x);
  /// The round ends. @return how far the furthest mean or deviation has moved since the round before, in deviations;
  /// infinite after the first
  double finishRound();
  /// From here on the statistics are only used, which keeps no activation for the gradient; they are constants of it.
  void stopCollecting() { collecting_ = false; }

 private:
  struct Moments {
    at::Tensor sum, square_sum;  // [B, groups, 1, 1, 1], float32, weighted with the tiles' areas
    double area = 0.0;

    at::Tensor mean() const { return sum / area; }
    at::Tensor variance() const { return (square_sum / area - mean().square()).clamp_min(0.0); }
  };
  void collect(const GroupNorm& norm, const at::Tensor& x);

  std::map<const GroupNorm*, Moments> collected_, used_;
  Window window_;
  bool collecting_ = true;
};

struct GroupNorm {
  GroupNorm(const WeightScope& scope, std::int64_t groups, std::int64_t channels, double eps);
  /// @param statistics of the picture that x is a tile of; null: x is the whole
  at::Tensor operator()(const at::Tensor& x, NormStatistics* statistics = nullptr) const;
  at::Tensor weight, bias;
  std::int64_t groups;
  double eps;
};

struct LayerNorm {
  LayerNorm(const WeightScope& scope, std::int64_t channels, double eps = 1e-5);
  at::Tensor operator()(const at::Tensor& x) const;  // [B, n, channels]
  at::Tensor weight, bias;
  double eps;
};

/// diffusers' ResnetBlock2D: GroupNorm, SiLU, conv, time embedding, GroupNorm, SiLU, conv, shortcut.
struct ResnetBlock2D {
  /// @param time_channels 0: no time embedding (autoencoder)
  ResnetBlock2D(const WeightScope& scope, std::int64_t in, std::int64_t out, std::int64_t time_channels,
                std::int64_t groups, double eps);
  /// @param silu_time SiLU of the time embedding [B, time_channels]; undefined without one
  /// @param statistics as GroupNorm takes them
  at::Tensor operator()(const at::Tensor& x, const at::Tensor& silu_time = {},
                        NormStatistics* statistics = nullptr) const;
  GroupNorm norm1;
  Conv2d conv1;
  std::optional<Linear> time_emb_proj;
  GroupNorm norm2;
  Conv2d conv2;
  std::optional<Conv2d> conv_shortcut;
};

/// Multi-head attention with separate projections. Scaled dot product by ATen's fused kernels.
struct Attention {
  /// @param context_channels width of keys' and values' source @param qkv_bias as CLIP and the autoencoder have it
  /// @param names checkpoint names of q, k, v and out ("to_out.0")
  struct Names {
    const char *q, *k, *v, *out;
  };
  Attention(const WeightScope& scope, std::int64_t channels, std::int64_t context_channels, std::int64_t heads,
            bool qkv_bias, const Names& names);
  /// @param x [B, n, channels] @param context [B, m, context_channels]; undefined: x itself
  at::Tensor operator()(const at::Tensor& x, const at::Tensor& context = {}, bool causal = false) const;
  Linear q, k, v, out;
  std::int64_t heads;
};

/// Self-attention of a feature map's pixels with its norm and its shortcut, as diffusers' autoencoders and pixel UNets
/// have it. Takes the names of diffusers before 0.18 (query, key, value, proj_attn), too.
struct PixelAttention {
  PixelAttention(const WeightScope& scope, std::int64_t channels, std::int64_t heads, std::int64_t groups, double eps);
  at::Tensor operator()(const at::Tensor& x) const;  // [B, C, h, w]
  GroupNorm group_norm;
  Attention attention;
};

/// The sinusoidal embedding of timesteps (Vaswani et al. 2017), as diffusers' get_timestep_embedding.
/// @param timesteps float32, [B] @param channels even @param flip_sin_to_cos cosines first
/// @param freq_shift the slowest frequency is 10000^-((n - 1) / (n - freq_shift)), n = channels / 2
/// @return float32, [B, channels]
at::Tensor timestepEmbedding(const at::Tensor& timesteps, std::int64_t channels, bool flip_sin_to_cos,
                             double freq_shift);

/// x * sigmoid(1.702 x), CLIP's GELU.
at::Tensor quickGelu(const at::Tensor& x);
/// Nearest neighbour, twice as large.
at::Tensor upsampleNearest2x(const at::Tensor& x);

}  // namespace p2l
