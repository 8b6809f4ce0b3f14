// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/degradations/blur.h"

#include <ATen/ops/cat.h>

#include <algorithm>
#include <cmath>

#include "core/tensor/correlation.h"
#include "core/types/error.h"

namespace p2l {
namespace {

/// Continues x by `pad` entries on both sides of `dim`. A side of n entries can be reflected n - 1 entries far; its
/// result is reflected again.
at::Tensor padByReflection(at::Tensor x, std::int64_t dim, std::int64_t pad) {
  while (pad > 0) {
    const std::int64_t n = x.size(dim);
    const std::int64_t reach = std::min(pad, n - 1);
    x = at::cat({x.narrow(dim, 1, reach).flip(dim), x, x.narrow(dim, n - 1 - reach, reach).flip(dim)}, dim);
    pad -= reach;
  }
  return x;
}

/// The adjoint of padByReflection for a side of n entries: every entry of the border is added where it came from.
at::Tensor foldReflection(const at::Tensor& v, std::int64_t dim, std::int64_t n, std::int64_t pad) {
  if (pad == 0) return v;
  const std::int64_t reach = std::min(pad, n - 1);
  const at::Tensor padded_once = foldReflection(v, dim, n + 2 * reach, pad - reach);  // the last round goes first
  at::Tensor x = padded_once.narrow(dim, reach, n).clone();
  x.narrow(dim, 1, reach).add_(padded_once.narrow(dim, 0, reach).flip(dim));
  x.narrow(dim, n - 1 - reach, reach).add_(padded_once.narrow(dim, reach + n, reach).flip(dim));
  return x;
}

/// Cuts the frame of zeros off, the same on opposite sides. Reflection by the smaller reach gives the same values.
at::Tensor croppedToSupport(const at::Tensor& kernel) {
  at::Tensor result = kernel;
  for (std::int64_t dim = 0; dim < 2; ++dim) {
    while (result.size(dim) > 1) {
      const std::int64_t n = result.size(dim);
      const bool empty_border =
          !result.select(dim, 0).any().item<bool>() && !result.select(dim, n - 1).any().item<bool>();
      if (!empty_border) break;
      result = result.narrow(dim, 1, n - 2);
    }
  }
  return result;
}

at::Tensor checkedKernel(const at::Tensor& kernel) {
  const at::Tensor weights = kernel.detach().to(at::kCPU, at::kDouble);
  require(weights.dim() == 2 && weights.size(0) % 2 == 1 && weights.size(1) % 2 == 1,
          "A blur kernel has an odd height and width, so that it has a middle; found ", weights.sizes(), ".");
  const double sum = weights.sum().item<double>();
  require(std::isfinite(sum) && sum > 0.0, "The values of a blur kernel must have a positive sum, found ", sum, ".");
  return croppedToSupport(weights / sum);
}

class Blur final : public Degradation {
 public:
  Blur(std::int64_t height, std::int64_t width, const at::Tensor& kernel)
      : height_(height),
        width_(width),
        pad_y_(kernel.size(0) / 2),
        pad_x_(kernel.size(1) / 2),
        correlation_(kernel, height + 2 * pad_y_, width + 2 * pad_x_) {
    require(height >= 2 && width >= 2, "A picture of ", height, " x ", width, " pixels cannot be reflected; blurs need",
            " at least 2 x 2.");
  }

  at::Tensor A(const at::Tensor& x) const override {
    return correlation_.valid(padByReflection(padByReflection(x, -2, pad_y_), -1, pad_x_));
  }
  at::Tensor At(const at::Tensor& v) const override {
    const at::Tensor frame = correlation_.validAdjoint(v);
    return foldReflection(foldReflection(frame, -1, width_, pad_x_), -2, height_, pad_y_);
  }

  std::vector<std::int64_t> pictureShape() const override { return {3, height_, width_}; }
  std::vector<std::int64_t> measurementShape() const override { return {3, height_, width_}; }
  at::Tensor plainPicture(const at::Tensor& y) const override { return y.clamp(-1.0, 1.0); }

 private:
  std::int64_t height_, width_;
  std::int64_t pad_y_, pad_x_;
  Correlation correlation_;
};

}  // namespace

std::unique_ptr<Degradation> makeBlur(std::int64_t height, std::int64_t width, const at::Tensor& kernel) {
  return std::make_unique<Blur>(height, width, checkedKernel(kernel));
}

ParamSpec kernelSizeParam() {
  ParamSpec spec = integerParam("kernel_size", "k", "Kernel size", 3, 129, 61,
                                "Side of the kernel, odd; the paper uses 61. Larger lets the blur reach farther.");
  spec.unit = "px";
  return spec;
}

int kernelSizeOf(const ParamValues& values, const char* owner) {
  const int size = integerOf(values, "kernel_size");
  require(size % 2 == 1, "degradation ", owner, ": kernel_size must be odd, so that the kernel has a middle; found ",
          size, ", use ", size - 1, " or ", size + 1, ".");
  return size;
}

}  // namespace p2l
