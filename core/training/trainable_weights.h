// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Generator.h>

#include <map>
#include <string>

#include "core/weights/weights.h"

namespace p2l {

/// Named tensors, as the networks and the files have them.
using NamedTensors = std::map<std::string, at::Tensor>;

/// The tensors of a network that is trained: float32 leaves that require grad, copies of a file's or fresh ones.
class TrainableWeights : public WeightSource {
 public:
  /// A copy of what the file has.
  explicit TrainableWeights(TensorMap tensors, at::Device device = at::kCPU);
  /// The same; where a tensor in the file has fewer channels than the network asks for, the others are a tenth of
  /// fresh ones, drawn from the generator. Numbers of a vector (biases) that are added are 0.
  static TrainableWeights widened(TensorMap tensors, at::Generator generator, at::Device device = at::kCPU);
  /// Fresh: matrices and kernels uniform in +-1 / sqrt(fan in), and so their biases (PyTorch's layers); norms 1 and 0.
  explicit TrainableWeights(at::Generator generator, at::Device device = at::kCPU);

  bool has(const std::string& name) const override;
  at::Tensor take(const std::string& name, at::IntArrayRef shape) override;
  /// What has been taken, by name. The tensors are those that the network holds: to be changed in place.
  const NamedTensors& tensors() const { return taken_; }

 private:
  at::Tensor fresh(const std::string& name, at::IntArrayRef shape);
  at::Tensor wider(const std::string& name, at::IntArrayRef shape);

  TensorMap stored_;
  at::Device device_;
  bool is_fresh_ = false, widens_ = false;
  at::Generator generator_;
  double bound_ = 0.0;  ///< of the weight taken last, for its bias
  NamedTensors taken_;
};

}  // namespace p2l
