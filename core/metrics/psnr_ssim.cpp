// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/psnr_ssim.h"

#include <ATen/ops/arange.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/tensor/correlation.h"
#include "core/tensor/image_tensor.h"

namespace p2l {
namespace {

constexpr int kWindowSize = 11;
constexpr double kWindowSigma = 1.5;

at::Tensor clippedUnitRange(const at::Tensor& x) {
  return ((x.detach().to(at::kCPU, at::kDouble) + 1.0) * 0.5).clamp(0.0, 1.0);
}

void checkSameSize(const at::Tensor& a, const at::Tensor& b) {
  require(a.dim() == 4 && a.sizes() == b.sizes(), "pictures of one size are compared, found ", a.sizes(), " and ",
          b.sizes(), ".");
}

at::Tensor gaussianWindow() {
  const at::Tensor offset = at::arange(kWindowSize, at::kDouble) - kWindowSize / 2;
  const at::Tensor weight = (-0.5 * (offset / kWindowSigma).square()).exp();
  return weight.outer(weight) / weight.sum().square();
}

}  // namespace

double psnr(const at::Tensor& a, const at::Tensor& b) {
  checkSameSize(a, b);
  const double mean_square = (clippedUnitRange(a) - clippedUnitRange(b)).square().mean().item<double>();
  return -10.0 * std::log10(mean_square);
}

double psnr(const Image& a, const Image& b) {
  return psnr(tensorFromImage(a), tensorFromImage(b));
}

double ssim(const at::Tensor& a, const at::Tensor& b) {
  checkSameSize(a, b);
  if (a.size(2) < kWindowSize || a.size(3) < kWindowSize) return std::numeric_limits<double>::quiet_NaN();
  constexpr double C1 = 0.01 * 0.01;
  constexpr double C2 = 0.03 * 0.03;
  const Correlation window(gaussianWindow(), a.size(2), a.size(3));
  const at::Tensor x = clippedUnitRange(a);
  const at::Tensor y = clippedUnitRange(b);
  const at::Tensor mu_x = window.valid(x);
  const at::Tensor mu_y = window.valid(y);
  const at::Tensor var_x = window.valid(x * x) - mu_x * mu_x;
  const at::Tensor var_y = window.valid(y * y) - mu_y * mu_y;
  const at::Tensor cov_xy = window.valid(x * y) - mu_x * mu_y;
  const at::Tensor similarity =
      (2.0 * mu_x * mu_y + C1) * (2.0 * cov_xy + C2) / ((mu_x * mu_x + mu_y * mu_y + C1) * (var_x + var_y + C2));
  return similarity.mean().item<double>();
}

double ssim(const Image& a, const Image& b) {
  return ssim(tensorFromImage(a), tensorFromImage(b));
}

}  // namespace p2l
