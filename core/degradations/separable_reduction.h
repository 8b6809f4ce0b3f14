// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "core/degradations/degradation.h"

namespace p2l {

/// A x = R_h x R_w^T: rows and columns are made fewer by a matrix each. R_height [h, H] and R_width [w, W], float64
/// with linearly independent rows. `factor` is how many pixels of x lie along a pixel of y, for the plain picture.
///
///   R R^T = U diag(d) U^T for rows and columns, hence argmin ||y - A x||^2 + lambda ||x - x0||^2
///         = x0 + A^T U_h [(U_h^T (y - A x0) U_w) / (d_h d_w^T + lambda)] U_w^T    (push-through identity)
///   A^+ = A^T (A A^T)^-1, which is the same with x0 = 0 and lambda = 0
std::unique_ptr<Degradation> makeSeparableReduction(at::Tensor R_height, at::Tensor R_width, double factor_height,
                                                    double factor_width);

}  // namespace p2l
