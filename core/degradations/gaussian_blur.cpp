// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gaussian blur (Sec. 5: 61 x 61, sigma = 3.0).
//
//   A x = w * reflect(x),   w_k ~ exp(-|k|^2 / (2 sigma^2)) for |k_1|, |k_2| <= r,   sum_k w_k = 1
//   r = floor(4 sigma + 1/2)
//
// The kernel is scipy.ndimage.gaussian_filter of a delta, which the paper's peers use: where r is more than half the
// kernel's size, what reaches over its edge is mirrored back into it.
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>

#include "core/degradations/blur.h"

namespace p2l {
namespace {

at::Tensor gaussianKernel(double sigma, int size) {
  const int reach = static_cast<int>(4.0 * sigma + 0.5);
  const int period = 2 * size;
  at::Tensor kernel = at::zeros({size}, at::kDouble);
  auto weights = kernel.accessor<double, 1>();
  for (int offset = -reach; offset <= reach; ++offset) {
    const int wrapped = ((size / 2 + offset) % period + period) % period;
    weights[std::min(wrapped, period - 1 - wrapped)] += std::exp(-0.5 * offset * offset / (sigma * sigma));
  }
  return kernel.outer(kernel);
}

}  // namespace

DegradationEntry gaussian_blur() {
  DegradationEntry entry;
  entry.info.id = "gaussian-blur";
  entry.info.label = "Gaussian blur";
  entry.info.help =
      "The picture is out of focus: every pixel is a mean of its neighbourhood with the weights "
      "w_k ~ exp(-|k|^2 / (2 sigma^2)), cut at 4 sigma; the picture is reflected at its border.";
  entry.info.reference = "Chung et al., Prompt-tuning Latent Diffusion Models for Inverse Problems, ICML 2024, Sec. 5";
  ParamSpec sigma = realParam("sigma", "σ", "Width", 0.1, 20.0, 3.0,
                              "Standard deviation sigma of the Gaussian. Larger blurs more: details finer than "
                              "about 2 sigma are lost. The paper uses 3. The kernel should have more than 8 "
                              "sigma pixels.",
                              ParamScale::Logarithmic);
  sigma.unit = "px";
  entry.info.parameters = {sigma, advanced(kernelSizeParam())};
  entry.info.blurs = true;
  entry.info.width_key = "sigma";
  entry.make = [](const DegradationContext& context) {
    const int size = kernelSizeOf(context.values, "gaussian-blur");
    return makeBlur(context.height, context.width, gaussianKernel(numberOf(context.values, "sigma"), size));
  };
  return entry;
}

}  // namespace p2l
