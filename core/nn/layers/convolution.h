// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include "core/nn/kernels/winograd_kernels.h"

namespace p2l {

/// at::conv2d for networks whose weights are not trained: the gradient with respect to x keeps no activation, where
/// at::conv2d would keep x. (Weights that do require a gradient get at::conv2d itself.) Once differentiable.
///
/// float32, 3 x 3, stride 1, padding 1 on the CPU goes through Winograd's F(4 x 4, 3 x 3), about three times as fast as
/// the direct convolution, with an error of some 1e-6 of the largest value, where the channels fill vector registers
/// and the picture is large enough for it to pay.
/// bf16 and fp16 go the same way, widened, where that pays; pictures smaller than their weights are multiplied as a
/// matrix of their windows.
/// @param x [B, in, h, w] @param weight [out, in, k, k] @param bias [out] -> [B, out, h', w'], channels last
at::Tensor convolve2d(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, std::int64_t stride,
                      std::int64_t padding);

/// Winograd's convolution with a given instruction set, without a gradient: 3 x 3, stride 1, padding 1, float32 on the
/// CPU; channels are multiples of kernels.lanes. @param bias may be undefined
/// @param transposed the adjoint of the convolution, without its bias: [B, out, h, w] -> [B, in, h, w]
at::Tensor winogradConv3x3(const winograd::Kernels& kernels, const at::Tensor& x, const at::Tensor& weight,
                           const at::Tensor& bias, bool transposed);

}  // namespace p2l
