// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include "core/types/image.h"

namespace p2l {

// The only place where [0, 1] meets [-1, 1] and interleaved rows meet NCHW.

/// [1, 3, H, W] in [-1, 1], float32 on the CPU. Grey is repeated in three channels, alpha is left out.
at::Tensor tensorFromImage(const Image& image);
/// [1, 1, H, W] in [0, 1]: the grey of the picture (colour: 0.299 R + 0.587 G + 0.114 B), alpha left out.
at::Tensor greyTensorFromImage(const Image& image);

/// x: [1, 3, H, W] in [-1, 1] of any type and device. @return RGB, clipped to [0, 1].
Image imageFromTensor(const at::Tensor& x);
/// As imageFromTensor, clipped and rounded to 8 bit; samples that are not numbers become mid grey.
Frame frameFromTensor(const at::Tensor& x);
/// The two halves of frameFromTensor: x -> bytes [H, W, 3] on the device of x, and those, on the CPU, -> Frame.
at::Tensor bytesFromTensor(const at::Tensor& x);
Frame frameFromBytes(const at::Tensor& bytes);

}  // namespace p2l
