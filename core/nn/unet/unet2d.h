// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "core/nn/unet/unet_config.h"
#include "core/weights/weights.h"

namespace p2l {

/// diffusers' UNet2DModel as DDPM (Ho et al. 2020) has it: a noise prediction network without a prompt.
class UNet2DModel {
 public:
  /// out_channels are in_channels, or twice as many where the network predicts a variance, too.
  struct Config : UNetConfig {
    std::int64_t layers_per_block = 2;
    std::int64_t attention_head_dim = 8;  ///< channels per head; 0: one head
    bool add_attention = true;            ///< in the middle
    std::int64_t downsample_padding = 1;  ///< 0: one row below and one column at the right, as the original DDPM

    /// @throws Error naming the field that this class does not do.
    static Config fromJson(const JsonConfig& json);
  };

  /// The weights may require grad: then the network is differentiable by them, and `checkpointing` must be false.
  /// @param checkpointing keep no activations for the gradient
  UNet2DModel(const Config& config, const WeightScope& scope, bool checkpointing = false);
  ~UNet2DModel();

  /// @param sample x_t, [B, in_channels, h, w], h and w multiples of sizeMultiple()
  /// @param timesteps of each sample, [B], or one for all, [1]; any type, any device
  /// @return [B, out_channels, h, w] @throws Error on other shapes
  at::Tensor operator()(const at::Tensor& sample, const at::Tensor& timesteps) const;
  at::Tensor operator()(const at::Tensor& sample, double timestep) const;

  const Config& config() const { return config_; }
  std::int64_t sizeMultiple() const { return config_.sizeMultiple(); }

 private:
  struct Parts;
  Config config_;
  bool checkpointing_;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace p2l
