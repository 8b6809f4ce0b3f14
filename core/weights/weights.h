// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/weights/safetensors.h"

namespace p2l {

/// All tensors of one network, from one or more safetensors files. Networks take what they need by checkpoint key; at
/// the end every key is accounted for.
class Weights {
 public:
  /// @param ignored keys (exact) that may be left over, e.g. buffers that are computed here.
  Weights(std::vector<std::shared_ptr<SafetensorsFile>> files, at::Device device, std::set<std::string> ignored = {});

  bool has(const std::string& key) const;
  /// The tensor as float32 on the device. float32 on the CPU is a view into the mapped file.
  /// @throws Error when it is missing, of another shape, or holds NaN or infinity.
  at::Tensor take(const std::string& key, at::IntArrayRef shape);
  /// @throws Error naming keys that nothing took.
  void finish() const;
  /// Count of numbers taken.
  std::int64_t taken() const { return taken_numbers_; }

 private:
  const SafetensorsFile* fileOf(const std::string& key) const;

  std::vector<std::shared_ptr<SafetensorsFile>> files_;
  at::Device device_;
  std::set<std::string> ignored_;
  std::set<std::string> taken_;
  std::int64_t taken_numbers_ = 0;
};

/// A place in the tree of keys: `scope / "conv1"` is the child, `scope.take("weight", ...)` its tensor.
class WeightScope {
 public:
  explicit WeightScope(Weights& weights, std::string prefix = {}) : weights_(&weights), prefix_(std::move(prefix)) {}

  WeightScope operator/(const std::string& child) const { return WeightScope(*weights_, key(child)); }
  WeightScope operator/(std::size_t child) const { return *this / std::to_string(child); }
  bool has(const std::string& name) const { return weights_->has(key(name)); }
  at::Tensor take(const std::string& name, at::IntArrayRef shape) const { return weights_->take(key(name), shape); }

 private:
  std::string key(const std::string& name) const { return prefix_.empty() ? name : prefix_ + "." + name; }

  Weights* weights_;
  std::string prefix_;
};

}  // namespace p2l
