// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "core/nn/unet/unet_config.h"
#include "core/weights/weights.h"

namespace p2l {

/// diffusers' UNet2DConditionModel as Stable Diffusion 1.x and 2.x use it: the noise prediction network.
class UNet2DConditionModel {
 public:
  struct Config : UNetConfig {
    std::vector<std::int64_t> layers_per_block;
    /// Count of heads per down block. diffusers calls it attention_head_dim in this class, for history's sake.
    std::vector<std::int64_t> heads;
    std::int64_t cross_attention_dim = 768;
    bool use_linear_projection = false;

    /// @throws Error naming the field that this class does not do, e.g. SDXL's added embeddings.
    static Config fromJson(const JsonConfig& json);
  };

  /// @param checkpointing keep no activations for the gradient
  UNet2DConditionModel(const Config& config, const WeightScope& scope, bool checkpointing = false);
  ~UNet2DConditionModel();

  /// What the network makes of z_t and t before it looks at the prompt: up to the first cross-attention. Prompt tuning
  /// evaluates it once for all its iterations.
  struct Trunk {
    at::Tensor time;                ///< SiLU of the time embedding, [1, 4 c0] or [B, 4 c0]
    std::vector<at::Tensor> skips;  ///< for the way up
    at::Tensor h, tokens;           ///< at the first cross-attention
    std::size_t down_block = 0;     ///< where that is; the count of down blocks: in the middle

    /// time, h, tokens and the skips, and back; the place is the same for all trunks of a network.
    std::vector<at::Tensor> tensors() const;
    static Trunk fromTensors(const std::vector<at::Tensor>& tensors, std::size_t down_block);
  };
  /// @param sample z_t, [B, in_channels, h, w], h and w multiples of sizeMultiple()
  Trunk trunk(const at::Tensor& sample, double timestep) const;
  /// @param timesteps of each sample, [B], or one for all, [1]
  Trunk trunk(const at::Tensor& sample, const at::Tensor& timesteps) const;
  /// @param context prompt embedding, [B, L, cross_attention_dim] @return [B, out_channels, h, w]
  at::Tensor operator()(const Trunk& trunk, const at::Tensor& context) const;

  const Config& config() const { return config_; }
  /// Trunk::down_block.
  std::size_t firstAttention() const;
  std::int64_t sizeMultiple() const { return config_.sizeMultiple(); }

 private:
  struct Parts;
  Config config_;
  bool checkpointing_;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace p2l
