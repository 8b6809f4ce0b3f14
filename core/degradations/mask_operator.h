// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "core/degradations/degradation.h"

namespace p2l {

/// A x = M x with M in {0, 1} per pixel, all channels alike; A^T = A^+ = A. y has the picture's size, and its missing
/// pixels are 0. Noise belongs to the measured pixels only: multiply by mask() after adding it, or use addNoise.
/// missing: [H, W], more than 0.5 = missing. @throws Error when nothing is left.
std::unique_ptr<Degradation> makeMaskOperator(const at::Tensor& missing);

/// The mask that the context brings as [H, W], or an undefined tensor. @throws Error when its size is not the
/// picture's.
at::Tensor missingFromContext(const DegradationContext& context);

}  // namespace p2l
