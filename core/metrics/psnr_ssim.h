// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include "core/types/image.h"

namespace p2l {

/// 10 log10(1 / mean((a - b)^2)) in dB over all samples of the pictures clipped to [0, 1]; infinite when they are
/// equal. a, b: [B, 3, H, W] in [-1, 1], the same size.
double psnr(const at::Tensor& a, const at::Tensor& b);
/// psnr in two halves, so that a number need not be waited for: the mean, a scalar on the device of a, and the dB of
/// it.
at::Tensor meanSquare(const at::Tensor& a, const at::Tensor& b);
double psnrOfMeanSquare(double mean_square);
/// Alpha is left out and grey counts as three equal channels.
double psnr(const Image& a, const Image& b);

/// Structural similarity (Wang et al. 2004): Gaussian window of 11 x 11, sigma 1.5, K1 = 0.01, K2 = 0.03, population
/// covariance, pictures clipped to [0, 1], per channel, mean over all windows that lie inside. Equals scikit-image's
/// structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=1).
/// Not a number for pictures of less than 11 pixels on a side.
double ssim(const at::Tensor& a, const at::Tensor& b);
double ssim(const Image& a, const Image& b);

}  // namespace p2l
