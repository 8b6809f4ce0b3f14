// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layers/attention.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/softmax.h>

#include <algorithm>
#include <cmath>

#include "core/nn/kernels/attention_kernels.h"
#include "core/nn/layers/mixed_precision.h"

namespace p2l {
namespace attention {

#ifdef P2L_X86_KERNELS
extern const Kernels avx512_bf16;
#endif

const Kernels* availableKernels() {
#ifdef P2L_X86_KERNELS
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq"))
    return &avx512_bf16;
#endif
  return nullptr;
}

}  // namespace attention

namespace {

using attention::Half, attention::Head, attention::kQueries;

constexpr std::int64_t kFewestKeys = 32;  // from which on packing them pays

bool kernelSuits(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal) {
  static const bool available = attention::availableKernels() != nullptr;
  const auto rows = [](const at::Tensor& t) { return t.stride(3) == 1 && t.stride(2) % 2 == 0; };
  const bool gradient = at::GradMode::is_enabled() && (q.requires_grad() || k.requires_grad() || v.requires_grad());
  return available && q.scalar_type() == at::kBFloat16 && q.device().is_cpu() && !causal && !gradient &&
         q.size(3) % 2 == 0 && k.size(2) >= kFewestKeys && rows(q) && rows(k) && v.stride(3) == 1;
}

const Half* bits(const at::Tensor& t) {
  return reinterpret_cast<const Half*>(t.const_data_ptr<at::BFloat16>());
}

at::Tensor byKernel(const attention::Kernels& kernel, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) {
  const auto heads = q.size(1), all = q.size(0) * heads;
  // As the projection after it takes it: [B, n, heads, d].
  const auto out = at::empty({q.size(0), q.size(2), heads, q.size(3)}, q.options()).transpose(1, 2);
  const Head head{q.size(2), k.size(2), q.size(3), q.stride(2), k.stride(2), v.stride(2), out.stride(2)};
  const auto packed_k = at::empty({all, head.packedKeys()}, q.options());
  const auto packed_v = at::empty({all, head.packedValues()}, q.options());
  const auto in = [heads](const at::Tensor& t, std::int64_t i) {
    return i / heads * t.stride(0) + i % heads * t.stride(1);
  };
  auto* const keys = reinterpret_cast<Half*>(packed_k.mutable_data_ptr<at::BFloat16>());
  auto* const values = reinterpret_cast<Half*>(packed_v.mutable_data_ptr<at::BFloat16>());
  auto* const result = reinterpret_cast<Half*>(out.mutable_data_ptr<at::BFloat16>());
  at::parallel_for(0, all, 1, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = begin; i < end; ++i)
      kernel.pack(head, bits(k) + in(k, i), bits(v) + in(v, i), keys + i * head.packedKeys(),
                  values + i * head.packedValues());
  });
  const auto blocks = (head.queries + kQueries - 1) / kQueries;
  const auto scale = static_cast<float>(1.0 / std::sqrt(static_cast<double>(head.width)));
  at::parallel_for(0, all * blocks, 1, [&](std::int64_t begin, std::int64_t end) {
    const auto scratch = at::empty({head.scratch()}, at::kFloat);
    for (auto block = begin; block < end; ++block) {
      const auto i = block / blocks, first = block % blocks * kQueries;
      kernel.attend(head, bits(q) + in(q, i), keys + i * head.packedKeys(), values + i * head.packedValues(), first,
                    std::min(first + kQueries, head.queries), scale, scratch.mutable_data_ptr<float>(),
                    result + in(out, i));
    }
  });
  return out;
}

}  // namespace

at::Tensor scaledDotProductAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal) {
  // The processor's fused kernel takes two fifths of a training step for its gradient in bf16; three products take a
  // tenth.
  if (q.device().is_cpu() && MixedPrecision::active() && !causal && at::GradMode::is_enabled()) {
    const auto scores = at::matmul(q / std::sqrt(static_cast<double>(q.size(3))), k.transpose(2, 3));
    return at::matmul(at::softmax(scores, -1, at::kFloat), v);
  }
  if (kernelSuits(q, k, v, causal)) return byKernel(*attention::availableKernels(), q, k, v);
  return at::scaled_dot_product_attention(q, k, v, /*attn_mask=*/{}, /*dropout_p=*/0.0, causal);
}

}  // namespace p2l
