// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

namespace p2l {

/// softmax(q k^T / sqrt(d)) v. In bfloat16 on a processor that multiplies such numbers, and without a gradient, by the
/// project's kernel (attention_kernels.h), else by LibTorch's, which is no faster in bfloat16 than in float32.
/// @param q [B, heads, n, d] @param k, v [B, heads, m, d] of q's type @param causal token i sees the tokens up to i
/// @return [B, heads, n, d]
at::Tensor scaledDotProductAttention(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal);

}  // namespace p2l
