// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

#include "core/degradations/degradation.h"

namespace p2l {

/// The largest low-pass of y - A x that is left, in units of [-1, 1]: half a step of 8 bit.
inline constexpr double kColourTolerance = 1.0 / 255.0;

/// Moves the colours of x to those of the measurement: the low-pass G (y - A x) becomes smaller than kColourTolerance
/// where x may go, which is [-1, 1]. G is a Gaussian of 4 pixels of y, wider where the noise would pass through it.
///
///   x <- clip(x + H A^T m / H A^T 1),   m = G (y - A x),   H: a Gaussian at the scale of x
///
/// Detail stays: what is added is smooth. Holes change as what is around them. @param noise sigma_y @param checkpoint
/// called before each iteration
/// @throws Error when A is not linear
at::Tensor withColoursOf(const Degradation& A, const at::Tensor& y, const at::Tensor& x, double noise,
                         const std::function<void()>& checkpoint = {});

/// max |G (y - A x)|, of measured pixels.
double colourDifference(const Degradation& A, const at::Tensor& y, const at::Tensor& x, double noise);

}  // namespace p2l
