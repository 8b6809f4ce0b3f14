// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/nn/layers/layers.h"

namespace p2l {

/// Learned perceptual image patch similarity (Zhang et al. 2018), version 0.1: features of a network trained to tell
/// pictures apart, each place's scaled to length 1, their squared differences weighed by a linear head, mean over
/// places, sum over layers. Equals the package lpips with the same weights.
class Lpips {
 public:
  enum class Trunk { Alex, Vgg };

  /// A convolution of a trunk: `index` is its place in torchvision's `features`, `slice` the part of it that LPIPS taps
  /// at the end. A slice but the first begins with pooling, except Alex's last two.
  struct ConvRow {
    int slice, index;
    std::int64_t in, out, kernel, stride, padding;
    bool pool_before;
  };
  static std::vector<ConvRow> convolutions(Trunk trunk);

  /// Reads safetensors with the keys of lpips.LPIPS(net="alex" or "vgg").state_dict(): net.sliceS.I.{weight, bias},
  /// linK.model.1.weight. @throws Error naming the file and what is wrong with it
  Lpips(const std::string& path, Trunk trunk, at::Device device);

  /// Distance of two pictures [1, 3, H, W] in [-1, 1] of one size; 0 is the same. Not a number where they are too small
  /// for the trunk (less than 31 pixels a side for Alex, 16 for VGG).
  double operator()(const at::Tensor& a, const at::Tensor& b) const;
  /// Distances of pictures [B, 3, H, W], [B], with a gradient by a: for training. b is taken for a constant.
  at::Tensor distances(const at::Tensor& a, const at::Tensor& b) const;

 private:
  struct Layer {
    Conv2d conv;
    bool pool_before;
    at::Tensor head;  ///< [1, C, 1, 1] behind the last convolution of a slice; else undefined
  };

  Trunk trunk_;
  at::Device device_;
  std::vector<Layer> layers_;
};

}  // namespace p2l
