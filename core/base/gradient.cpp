// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/gradient.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/types/error.h"

namespace p2l {

Gradient gradient(const std::function<at::Tensor(const at::Tensor&)>& f, const at::Tensor& at) {
  const at::AutoGradMode enabled(true);
  const auto leaf = at.detach().requires_grad_(true);
  const auto value = f(leaf);
  require(value.requires_grad(), "A gradient was asked for of a value that does not depend on its argument");
  const auto gradients = torch::autograd::grad({value}, {leaf});
  return {value.detach(), gradients[0]};
}

}  // namespace p2l
