// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

namespace p2l {

/// Multi-scale structural similarity (Wang, Simoncelli, Bovik 2003): contrast and structure at five scales, each half
/// as large as the one before (means of 2 x 2), and luminance at the coarsest, with the exponents of the paper; window
/// and constants as ssim has them, negative means taken as 0, per channel, mean of the channels. Equals
/// pytorch-msssim's ms_ssim(data_range=1) on pictures clipped to [0, 1]. a, b: [B, 3, H, W] in [-1, 1]. Not a number
/// for pictures of less than 161 pixels on a side.
double msSsim(const at::Tensor& a, const at::Tensor& b);

}  // namespace p2l
