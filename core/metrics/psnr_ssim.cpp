// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/psnr_ssim.h"

#include <cmath>
#include <limits>

#include "core/metrics/ssim_maps.h"
#include "core/tensor/image_tensor.h"

namespace p2l {

double psnr(const at::Tensor& a, const at::Tensor& b) {
  return psnrOfMeanSquare(meanSquare(a, b).item<double>());
}

at::Tensor meanSquare(const at::Tensor& a, const at::Tensor& b) {
  checkSameSize(a, b);
  return (clippedUnitRange(a, a.device()) - clippedUnitRange(b, a.device())).square().mean();
}

double psnrOfMeanSquare(double mean_square) {
  return -10.0 * std::log10(mean_square);
}

double psnr(const Image& a, const Image& b) {
  return psnr(tensorFromImage(a), tensorFromImage(b));
}

double ssim(const at::Tensor& a, const at::Tensor& b) {
  checkSameSize(a, b);
  if (a.size(2) < kSsimWindow || a.size(3) < kSsimWindow) return std::numeric_limits<double>::quiet_NaN();
  return ssimMaps(clippedUnitRange(a), clippedUnitRange(b)).ssim.mean().item<double>();
}

double ssim(const Image& a, const Image& b) {
  return ssim(tensorFromImage(a), tensorFromImage(b));
}

}  // namespace p2l
