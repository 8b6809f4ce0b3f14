// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include "core/nn/winograd_kernels.h"

namespace p2l {

/// Convolution 3 x 3, stride 1, padding 1, with its gradient with respect to x.
///
/// float32 on the CPU goes through Winograd's F(4 x 4, 3 x 3), about three times as fast as the direct convolution that
/// at::conv2d takes there, with an error of some 1e-6 of the largest value. Everything else (devices, types, channels
/// that fill no vector register, small pictures, weights that are being trained) is at::conv2d. Once differentiable.
/// @param x [B, in, h, w] @param weight [out, in, 3, 3] @param bias [out] -> [B, out, h, w], channels last
at::Tensor conv3x3(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

/// The same by Winograd with a given instruction set, without a gradient. float32 on the CPU; channels are multiples of
/// kernels.lanes. @param bias may be undefined
/// @param transposed the adjoint of the convolution, without its bias: [B, out, h, w] -> [B, in, h, w]
at::Tensor winogradConv3x3(const winograd::Kernels& kernels, const at::Tensor& x, const at::Tensor& weight,
                           const at::Tensor& bias, bool transposed);

}  // namespace p2l
