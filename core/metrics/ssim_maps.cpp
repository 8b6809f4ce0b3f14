// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/ssim_maps.h"

#include <ATen/ops/arange.h>

#include "core/tensor/correlation.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr double kWindowSigma = 1.5;

at::Tensor gaussianWindow() {
  const at::Tensor offset = at::arange(kSsimWindow, at::kDouble) - kSsimWindow / 2;
  const at::Tensor weight = (-0.5 * (offset / kWindowSigma).square()).exp();
  return weight.outer(weight) / weight.sum().square();
}

}  // namespace

SsimMaps ssimMaps(const at::Tensor& x, const at::Tensor& y) {
  constexpr double C1 = 0.01 * 0.01;
  constexpr double C2 = 0.03 * 0.03;
  const Correlation window(gaussianWindow(), x.size(2), x.size(3));
  const at::Tensor mu_x = window.valid(x);
  const at::Tensor mu_y = window.valid(y);
  const at::Tensor var_x = window.valid(x * x) - mu_x * mu_x;
  const at::Tensor var_y = window.valid(y * y) - mu_y * mu_y;
  const at::Tensor cov_xy = window.valid(x * y) - mu_x * mu_y;
  const at::Tensor contrast_structure = (2.0 * cov_xy + C2) / (var_x + var_y + C2);
  return {(2.0 * mu_x * mu_y + C1) / (mu_x * mu_x + mu_y * mu_y + C1) * contrast_structure, contrast_structure};
}

at::Tensor clippedUnitRange(const at::Tensor& x, at::Device device) {
  return (x.detach().to(device, device.is_mps() ? at::kFloat : at::kDouble) + 1.0).mul_(0.5).clamp_(0.0, 1.0);
}

void checkSameSize(const at::Tensor& a, const at::Tensor& b) {
  require(a.dim() == 4 && a.sizes() == b.sizes(), "pictures of one size are compared, found ", a.sizes(), " and ",
          b.sizes(), ".");
}

}  // namespace p2l
