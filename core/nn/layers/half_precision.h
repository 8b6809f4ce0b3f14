// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

namespace p2l {

/// Whether x is bf16 or fp16.
bool isHalf(const at::Tensor& x);

/// Whether the processor is known to have instructions for the products of bf16 or fp16.
bool hasProductsOf(at::ScalarType type);

/// True where x is bf16 or fp16 on a processor without instructions for its products: LibTorch's own are seven times
/// slower there than float32's (AVX2), so that products are made in float32 of widened copies and rounded.
bool multipliesWidened(const at::Tensor& x);

/// x, or its copy in float32; undefined stays undefined.
at::Tensor widened(const at::Tensor& x);

/// at::linear; where multipliesWidened(x), no widened copy is kept for the gradient, which is then by x alone.
/// @param x [..., in] @param weight [out, in] @param bias [out] or undefined -> [..., out]
at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

}  // namespace p2l
