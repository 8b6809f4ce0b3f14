// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <vector>

namespace p2l {

/// f(inputs) whose activations are not kept for the gradient: they are evaluated once more in the backward pass. Half
/// as much work again, a fraction of the memory. Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016.
///
/// f may depend on its inputs only, and on tensors that require no gradient; it is called again during the backward
/// pass, so what it captures by reference has to live until then. Undefined inputs are passed on.
using Segment = std::function<at::Tensor(const std::vector<at::Tensor>& inputs)>;
at::Tensor checkpointed(const Segment& f, const std::vector<at::Tensor>& inputs);
/// f(inputs), so where `wanted`.
at::Tensor checkpointedIf(bool wanted, const Segment& f, const std::vector<at::Tensor>& inputs);

}  // namespace p2l
