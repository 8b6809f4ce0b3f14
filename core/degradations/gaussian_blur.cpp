// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gaussian blur (Sec. 5: 61 x 61, sigma = 3.0).
//
//   A x = w * reflect(x),   w_k ~ exp(-|k|^2 / (2 sigma^2)) for |k_1|, |k_2| <= r,   sum_k w_k = 1
//   r = floor(4 sigma + 1/2), at most half the kernel's size
//
// This is the kernel of scipy.ndimage.gaussian_filter on a delta, which the paper's peers use, as long as 4 sigma fits
// into the kernel. Beyond, SciPy reflects what does not fit back into the kernel; here it is cut off.
#include <ATen/ops/arange.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

#include <cmath>

#include "core/degradations/blur.h"

namespace p2l {
namespace {

at::Tensor gaussianKernel(double sigma, int size) {
  const at::Tensor offset = at::arange(size, at::kDouble) - size / 2;
  const double reach = std::floor(4.0 * sigma + 0.5);
  const at::Tensor density = (-0.5 * (offset / sigma).square()).exp();
  const at::Tensor weight = at::where(offset.abs() <= reach, density, at::zeros_like(density));
  return weight.outer(weight);
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
                              "Standard deviation sigma of the Gaussian. More blurs more: details finer than about "
                              "2 sigma are lost. The paper uses 3.",
                              ParamScale::Logarithmic);
  sigma.unit = "px";
  entry.info.parameters = {sigma, advanced(kernelSizeParam())};
  entry.make = [](const DegradationContext& context) {
    const int size = kernelSizeOf(context.values, "gaussian-blur");
    return makeBlur(context.height, context.width, gaussianKernel(numberOf(context.values, "sigma"), size));
  };
  return entry;
}

}  // namespace p2l
