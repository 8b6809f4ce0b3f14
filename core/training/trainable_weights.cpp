// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainable_weights.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>

#include "core/types/error.h"

namespace p2l {

TrainableWeights::TrainableWeights(TensorMap tensors, at::Device device)
    : stored_(std::move(tensors)), device_(device) {}

TrainableWeights::TrainableWeights(at::Generator generator, at::Device device)
    : device_(device), is_fresh_(true), generator_(std::move(generator)) {}

TrainableWeights TrainableWeights::widened(TensorMap tensors, at::Generator generator, at::Device device) {
  TrainableWeights weights(std::move(tensors), device);
  weights.widens_ = true;
  weights.generator_ = std::move(generator);
  return weights;
}

bool TrainableWeights::has(const std::string& name) const {
  return is_fresh_ || stored_.count(name) != 0;
}

at::Tensor TrainableWeights::fresh(const std::string& name, at::IntArrayRef shape) {
  const auto values = at::empty(shape, at::kFloat);
  if (shape.size() > 1) {
    bound_ = 1.0 / std::sqrt(static_cast<double>(values.numel()) / static_cast<double>(shape[0]));
  } else if (name.ends_with("weight")) {  // of a norm: its bias is 0
    bound_ = 0.0;
    return values.fill_(1.0);
  }
  return values.uniform_(-bound_, bound_, generator_);
}

at::Tensor TrainableWeights::wider(const std::string& name, at::IntArrayRef shape) {
  const auto has = stored_.at(name).shape();
  auto fits = has.size() == shape.size();
  for (std::size_t i = 0; fits && i < shape.size(); ++i) fits = i < 2 ? has[i] <= shape[i] : has[i] == shape[i];
  require(fits, "Tensor ", name, " has shape ", at::IntArrayRef(has), " and cannot be widened to ", shape);
  auto values = shape.size() > 1 ? fresh(name, shape).mul_(0.1) : at::zeros(shape, at::kFloat);
  auto corner = values;
  for (std::size_t i = 0; i < std::min<std::size_t>(2, shape.size()); ++i)
    corner = corner.narrow(static_cast<std::int64_t>(i), 0, has[i]);
  Weights stored({{name, stored_.at(name)}}, at::kCPU);
  corner.copy_(stored.take(name, has));
  return values;
}

at::Tensor TrainableWeights::take(const std::string& name, at::IntArrayRef shape) {
  at::Tensor values;
  if (is_fresh_) {
    values = fresh(name, shape);
  } else if (widens_ && stored_.count(name) != 0 && at::IntArrayRef(stored_.at(name).shape()) != shape) {
    values = wider(name, shape);
  } else {
    Weights stored({{name, stored_.count(name) != 0 ? stored_.at(name) : StoredTensor{}}}, at::kCPU);
    require(stored_.count(name) != 0, "Tensor ", name, " of shape ", shape,
            " is missing in the weights to train on; they do not belong to this config");
    values = stored.take(name, shape).clone(at::MemoryFormat::Contiguous);
  }
  values = values.to(device_);
  values.set_requires_grad(true);
  taken_[name] = values;
  return values;
}

}  // namespace p2l
