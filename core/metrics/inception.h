// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>

namespace p2l {

/// The Inception-v3 whose pooled features FID compares (Szegedy et al. 2016 with the pooling of TensorFlow's network of
/// 2015-12-05). Equals pytorch-fid's InceptionV3 with the same weights.
class Inception {
 public:
  static constexpr std::int64_t kFeatures = 2048;

  /// Reads safetensors with the keys of pytorch-fid's fid_inception_v3().state_dict().
  /// @throws Error naming the file and what is wrong with it
  Inception(const std::string& path, at::Device device);
  ~Inception();
  Inception(const Inception&) = delete;
  Inception& operator=(const Inception&) = delete;

  /// x: [B, 3, H, W] in [-1, 1], resized to 299 x 299 bilinearly. @return [B, 2048], float32 on the CPU
  at::Tensor operator()(const at::Tensor& x) const;

 private:
  struct Network;
  std::unique_ptr<Network> network_;
  at::Device device_;
};

}  // namespace p2l
