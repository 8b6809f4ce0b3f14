// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Event.h>

#include <optional>
#include <string>

namespace p2l {

/// auto, cpu, cuda, cuda:N, mps -> device. auto is the first GPU, or the CPU where there is none. @throws Error when
/// there is no such device here.
at::Device deviceFromName(const std::string& name);

/// What a device is called: "cpu", or the card's name, "NVIDIA H200"; a GPU whose name the system does not tell is
/// "cuda:0" or "mps".
std::string nameOf(at::Device device);

/// How a GPU multiplies float32 from now on, in the whole process: exactly, or (`tf32`) with the 10-bit mantissa of
/// NVIDIA's TF32. Without tf32 cuDNN's algorithms are chosen so that the same request gives the same bits; with it, by
/// speed. Does nothing on the CPU.
void setDeviceMath(at::Device device, bool tf32);

/// The most that tensors on the device have taken together since the process began, in MiB: what PyTorch calls
/// torch.cuda.max_memory_allocated. It counts neither CUDA's own memory nor what LibTorch keeps for later tensors. NaN
/// on the CPU and on an Apple GPU.
double peakDeviceMemoryMb(at::Device device);

/// A tensor on its way to the CPU. On a GPU the copy is queued behind what makes the tensor, into pinned memory, and
/// the caller goes on; a tensor of the CPU is its own copy.
class HostCopy {
 public:
  HostCopy() = default;
  explicit HostCopy(const at::Tensor& tensor);

  /// The copy, once it is there. Undefined for a default-constructed one.
  const at::Tensor& wait();
  bool defined() const { return copy_.defined(); }

 private:
  at::Tensor copy_;
  std::optional<c10::Event> done_;
};

}  // namespace p2l
