// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/constant_tensor.h"

#include <c10/core/InferenceMode.h>
#include <c10/core/ScalarType.h>

namespace p2l {

at::Tensor ConstantTensor::like(const at::Tensor& x) const {
  const auto type = value_.is_complex() ? c10::toComplexType(x.scalar_type()) : x.scalar_type();
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const at::Tensor& copy : copies_) {
    if (copy.scalar_type() == type && copy.device() == x.device()) return copy;
  }
  // A copy made in inference mode could not be saved for a later backward pass.
  const c10::InferenceMode ordinary_tensors(false);
  return copies_.emplace_back(value_.to(x.device(), type, /*non_blocking=*/false, /*copy=*/true));
}

}  // namespace p2l
