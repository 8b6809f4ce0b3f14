// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "core/weights/json_config.h"
#include "core/weights/weights.h"

namespace p2l {

/// The UNet of ADM (Dhariwal & Nichol 2021), under the names of openai/guided-diffusion: a noise prediction network
/// without a prompt, with classes or without.
class AdmUNet {
 public:
  struct Config {
    std::int64_t in_channels = 3;
    std::int64_t out_channels = 6;  ///< 6: eps and, after it, what a learned variance is interpolated by
    std::int64_t model_channels = 0;
    std::vector<std::int64_t> level_channels;  ///< model_channels times channel_mult
    std::vector<bool> level_attends;           ///< whether the level's size is among attention_resolutions
    std::int64_t num_res_blocks = 2;
    bool resblock_updown = true;       ///< residual blocks change the size, or a convolution does
    bool use_scale_shift_norm = true;  ///< time scales and shifts the second norm, or is added
    std::int64_t num_head_channels = 64;
    std::int64_t num_heads = 0;            ///< where it is not 0, of every attention, in place of num_head_channels
    bool use_new_attention_order = false;  ///< rows of qkv: q, k, v of all heads; or head after head
    std::int64_t image_size = 256;
    std::int64_t classes = 0;  ///< rows of label_emb; 0: knows none

    /// The fields by these names; 0 and 1 for level_attends. @throws Error naming the field.
    static Config fromJson(const JsonConfig& json);
  };

  /// @param checkpointing keep no activations for the gradient
  AdmUNet(const Config& config, const WeightScope& scope, bool checkpointing = false);
  ~AdmUNet();

  /// @param sample x_t, [B, 3, h, w], h and w multiples of sizeMultiple() @param timestep of the 1000 of training
  /// @param label [1], the class's number; below 0, or an undefined tensor: none, for which the mean of the classes'
  /// embeddings stands in. Not looked at where the network knows no classes.
  /// @return [B, out_channels, h, w]
  at::Tensor operator()(const at::Tensor& sample, double timestep, const at::Tensor& label = {}) const;

  const Config& config() const { return config_; }
  /// 2^(levels - 1).
  std::int64_t sizeMultiple() const { return std::int64_t{1} << (config_.level_channels.size() - 1); }

 private:
  struct Parts;
  Config config_;
  bool checkpointing_;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace p2l
