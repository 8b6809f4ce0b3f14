// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/device.h"

#include <ATen/Context.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <dlfcn.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <limits>
#include <set>
#include <string_view>

#include "core/base/system.h"
#include "core/types/error.h"

namespace p2l {
namespace {

/// A package has LibTorch's CPU libraries alone; p2l-cuda puts those of CUDA beside them. They register themselves when
/// they are loaded, which has to be before LibTorch is first asked for CUDA. @return why they could not be loaded
const std::string& loadAddedCuda() {
  static const std::string problem = []() -> std::string {
    const auto library = std::filesystem::path(executableFolder()) / "../lib/p2l-studio/cuda/libtorch_cuda.so";
    std::error_code ignored;
    if (!std::filesystem::exists(library, ignored)) return {};
    if (::dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr) return {};
    return concat(" (", ::dlerror(), ")");
  }();
  return problem;
}

at::Device cudaDevice(const std::string& name) {
  std::string_view number(name);
  number.remove_prefix(std::string_view("cuda").size());
  int index = 0;
  if (!number.empty()) {
    const auto end = number.data() + number.size();
    const auto read = std::from_chars(number.data() + 1, end, index);
    require(number[0] == ':' && read.ec == std::errc() && read.ptr == end && index >= 0, "There is no device `", name,
            "`; auto, cpu, cuda:N and mps are known");
  }
  require(at::hasCUDA(), "The device ", name,
          " was asked for, but no CUDA device (or no CUDA build of LibTorch) is here", loadAddedCuda(),
          "; use cpu or auto");
  const int count = static_cast<int>(at::detail::getCUDAHooks().deviceCount());
  require(index < count, "The device ", name, " was asked for; this machine has cuda:0 to cuda:", count - 1);
  return at::Device(at::kCUDA, static_cast<at::DeviceIndex>(index));
}

/// The name that all NVIDIA cards of this computer have; empty where they differ, as their order is not known here.
std::string commonCardName() {
  std::set<std::string> names;
  std::error_code none;
  for (const auto& card : std::filesystem::directory_iterator("/proc/driver/nvidia/gpus", none)) {
    std::ifstream file(card.path() / "information");
    for (std::string line; std::getline(file, line);) {
      constexpr std::string_view kField = "Model:";
      if (!line.starts_with(kField)) continue;
      const auto begin = line.find_first_not_of(" \t", kField.size());
      if (begin != std::string::npos) names.insert(line.substr(begin));
    }
  }
  return names.size() == 1 ? *names.begin() : std::string();
}

}  // namespace

std::string nameOf(at::Device device) {
  const auto card = device.is_cuda() ? commonCardName() : std::string();
  return card.empty() ? device.str() : card;
}

at::Device deviceFromName(const std::string& name) {
  loadAddedCuda();
  if (name == "cpu") return at::Device(at::kCPU);
  if (name == "auto") {
    if (at::hasCUDA()) return at::Device(at::kCUDA, 0);
    return at::hasMPS() ? at::Device(at::kMPS, 0) : at::Device(at::kCPU);
  }
  if (name == "mps") {
    require(at::hasMPS(), "The device mps was asked for, but no Apple GPU is here; use cpu or auto");
    return at::Device(at::kMPS, 0);
  }
  require(name.starts_with("cuda"), "There is no device `", name, "`; auto, cpu, cuda:N and mps are known");
  return cudaDevice(name);
}

void setDeviceMath(at::Device device, bool tf32) {
  if (device.is_cpu()) return;
  auto& context = at::globalContext();
  context.setAllowTF32CuBLAS(tf32);
  context.setAllowTF32CuDNN(tf32);
  context.setBenchmarkCuDNN(tf32);
  context.setDeterministicCuDNN(!tf32);
  // Half-precision products are summed in float32 too.
  context.setAllowFP16ReductionCuBLAS(false);
  context.setAllowBF16ReductionCuBLAS(false);
}

double peakDeviceMemoryMb(at::Device device) {
  constexpr double kNotCounted = std::numeric_limits<double>::quiet_NaN();
  if (device.is_cpu() || device.is_mps()) return kNotCounted;
  auto* allocator = dynamic_cast<c10::DeviceAllocator*>(c10::GetAllocator(device.type()));
  if (allocator == nullptr || !allocator->initialized()) return kNotCounted;
  const auto bytes = allocator->getDeviceStats(device.index()).allocated_bytes;
  constexpr auto kAll = static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE);
  return static_cast<double>(bytes[kAll].peak) / (1024.0 * 1024.0);
}

HostCopy::HostCopy(const at::Tensor& tensor) {
  if (tensor.device().is_cpu()) {
    copy_ = tensor;
    return;
  }
  copy_ = tensor.to(at::kCPU, /*non_blocking=*/true);  // LibTorch pins the memory of such a copy
  done_.emplace(tensor.device().type());
  done_->record(c10::impl::VirtualGuardImpl(tensor.device().type()).getStream(tensor.device()));
}

const at::Tensor& HostCopy::wait() {
  if (done_) done_->synchronize();
  done_.reset();
  return copy_;
}

}  // namespace p2l
