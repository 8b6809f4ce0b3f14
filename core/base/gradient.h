// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

namespace p2l {

/// A value and its gradient.
struct Gradient {
  at::Tensor value;     ///< f(at), detached scalar
  at::Tensor gradient;  ///< df/dat, shape of `at`
};

/// Evaluates the scalar f at `at` with gradients enabled and differentiates it. The only place where the program
/// records gradients outside training. `at` itself is not changed. @throws Error when f does not depend on its
/// argument.
Gradient gradient(const std::function<at::Tensor(const at::Tensor&)>& f, const at::Tensor& at);

}  // namespace p2l
