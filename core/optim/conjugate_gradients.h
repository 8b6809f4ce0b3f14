// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

namespace p2l {

/// v -> M v for a symmetric positive definite M.
using LinearMap = std::function<at::Tensor(const at::Tensor&)>;

/// Solves M x = b by conjugate gradients (Hestenes and Stiefel 1952). A batch is solved as one system.
/// start: the first x; an undefined tensor means zero and saves one application of M.
/// iterations: how many are done, none skipped; once the residual is exactly zero they change nothing.
/// tolerance: they change nothing either once |r| <= tolerance |b|. A singular M needs one: what rounding leaves in its
/// null space would be divided by nothing.
/// checkpoint: called before each iteration, may be empty; it may throw to stop.
at::Tensor conjugateGradients(const LinearMap& M, const at::Tensor& b, const at::Tensor& start, int iterations,
                              const std::function<void()>& checkpoint = {}, double tolerance = 0.0);

}  // namespace p2l
