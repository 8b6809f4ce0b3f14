// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <vector>

namespace p2l {

/// A sequence of a device's kernels that is recorded once and then started as one, on the same memory each time
/// (a CUDA graph).
class DeviceGraph {
 public:
  virtual ~DeviceGraph() = default;
  /// Runs `body` as it will be recorded, so that libraries allocate and choose before.
  virtual void warmUp(const std::function<void()>& body) = 0;
  /// Records what `body` starts. The tensors that it makes keep their memory for the replays.
  virtual void record(const std::function<void()>& body) = 0;
  /// Starts what was recorded, on the current stream.
  virtual void replay() = 0;
};

using DeviceGraphFactory = std::function<std::unique_ptr<DeviceGraph>()>;

/// Graphs of the device, or an empty function where it has none, as the CPU, or this LibTorch records none, as 2.11.
DeviceGraphFactory deviceGraphs(at::Device device);

using TensorFunction = std::function<std::vector<at::Tensor>(const std::vector<at::Tensor>&)>;

/// `f` recorded as graphs, one for each set of shapes, types and inputs that require a gradient: its value, and the
/// gradient of it. The function must neither branch on numbers nor wait for the device, and what it reads besides its
/// inputs must not move (weights). A recording whose gradient is still to come is not used again before; a second one
/// is made. Takes the memory of all recordings' activations for good. One thread at a time. After PyTorch's
/// torch.cuda.make_graphed_callables.
TensorFunction graphed(TensorFunction f, DeviceGraphFactory make);

}  // namespace p2l
