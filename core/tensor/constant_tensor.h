// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <mutex>
#include <vector>

namespace p2l {

/// A mask, kernel or spectrum that operators read in every call. Kept once in float64 on the CPU, and once more in each
/// type and on each device it was asked for, so that a call copies nothing to the GPU. Any thread may ask.
class ConstantTensor {
 public:
  explicit ConstantTensor(at::Tensor value) : value_(std::move(value)) {}

  /// The value in the precision and on the device of `x`; a complex value stays complex.
  at::Tensor like(const at::Tensor& x) const;
  const at::Tensor& value() const { return value_; }

 private:
  at::Tensor value_;
  mutable std::mutex mutex_;
  mutable std::vector<at::Tensor> copies_;
};

}  // namespace p2l
