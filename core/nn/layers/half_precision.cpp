// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layers/half_precision.h"

#include <ATen/core/grad_mode.h>
#include <ATen/cpu/Utils.h>
#include <ATen/ops/linear.h>
#include <torch/csrc/autograd/custom_function.h>

#include <optional>

#include "core/nn/layers/mixed_precision.h"

namespace p2l {
namespace {

at::Tensor widenedLinear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  return at::linear(widened(x), widened(weight), widened(bias)).to(x.scalar_type());
}

struct FrozenLinear : torch::autograd::Function<FrozenLinear> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                            const std::optional<at::Tensor>& bias) {
    context->save_for_backward({weight});
    return widenedLinear(x, weight, bias.value_or(at::Tensor()));
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::variable_list& gradients) {
    const auto weight = context->get_saved_variables()[0];
    return {widenedLinear(gradients[0], weight.t(), {}), {}, {}};
  }
};

bool processorMultiplies(at::ScalarType type) {
#if defined(__x86_64__) || defined(_M_X64)
  return hasProductsOf(type);
#else
  return type != at::kFloat;  // not known: as LibTorch does it
#endif
}

}  // namespace

bool hasProductsOf(at::ScalarType type) {
#if defined(__x86_64__) || defined(_M_X64)
  static const auto can = [capabilities = at::cpu::get_cpu_capabilities()](const char* name) {
    const auto found = capabilities.find(name);
    return found != capabilities.end() && found->second.isBool() && found->second.toBool();
  };
  static const bool bf16 = can("avx512_bf16"), fp16 = can("avx512_fp16");
  return type == at::kBFloat16 ? bf16 : type == at::kHalf && fp16;
#else
  return false;
#endif
}

bool isHalf(const at::Tensor& x) {
  return x.scalar_type() == at::kBFloat16 || x.scalar_type() == at::kHalf;
}

bool multipliesWidened(const at::Tensor& x) {
  return x.device().is_cpu() && isHalf(x) && !processorMultiplies(x.scalar_type());
}

at::Tensor widened(const at::Tensor& x) {
  return x.defined() ? x.to(at::kFloat) : x;
}

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  if (!multipliesWidened(x) || MixedPrecision::active()) return at::linear(x, weight, bias);
  if (at::GradMode::is_enabled() && x.requires_grad())
    return FrozenLinear::apply(x, weight, bias.defined() ? std::optional(bias) : std::nullopt);
  return widenedLinear(x, weight, bias);
}

}  // namespace p2l
