// SPDX-License-Identifier: GPL-3.0-or-later
//
// Super-resolution: y is x averaged over windows of s x s pixels (Sec. 5: "average pooling").
//
//   (A x)_j = 1/n_j sum_{i in window j} x_i            n_j = s^2, less in windows that the border cuts off
//   (A^T v)_i = v_j / n_j                              j: the window of pixel i
//   A A^T = diag(1/n_j), hence argmin ||y - A x||^2 + lambda ||x - x0||^2
//           = x0 + A^T (A A^T + lambda)^-1 (y - A x0)  (push-through identity)
//   A^+ = A^T (A A^T)^-1: every pixel of y repeated over its window
#include <ATen/ops/arange.h>
#include <ATen/ops/avg_pool2d.h>

#include "core/degradations/degradation.h"
#include "core/degradations/enlarge.h"
#include "core/tensor/constant_tensor.h"
#include "core/types/error.h"

namespace p2l {
namespace {

/// Pixels of each window along one side: s, and the rest in the last one.
at::Tensor windowSizes(std::int64_t size, std::int64_t s) {
  const at::Tensor begin = at::arange(0, size, s, at::kDouble);
  return (size - begin).clamp_max(s);
}

class SuperResolution final : public Degradation {
 public:
  SuperResolution(std::int64_t height, std::int64_t width, std::int64_t factor)
      : height_(height),
        width_(width),
        factor_(factor),
        AAt_(windowSizes(height, factor).outer(windowSizes(width, factor)).reciprocal()) {}

  at::Tensor A(const at::Tensor& x) const override {
    return at::avg_pool2d(x, {factor_, factor_}, {factor_, factor_}, 0, /*ceil_mode=*/true,
                          /*count_include_pad=*/false);
  }

  at::Tensor At(const at::Tensor& v) const override {
    const at::Tensor share = v * AAt_.like(v);  // [B, 3, h, w]
    return share.unsqueeze(-1)
        .unsqueeze(-3)
        .expand({-1, -1, -1, factor_, -1, factor_})  // [B, 3, h, s, w, s]
        .reshape({v.size(0), v.size(1), v.size(2) * factor_, v.size(3) * factor_})
        .narrow(-2, 0, height_)
        .narrow(-1, 0, width_);
  }

  std::vector<std::int64_t> pictureShape() const override { return {3, height_, width_}; }
  std::vector<std::int64_t> measurementShape() const override {
    return {3, AAt_.value().size(0), AAt_.value().size(1)};
  }

  bool hasClosedForm() const override { return true; }
  at::Tensor proximalClosedForm(const at::Tensor& y, const at::Tensor& x0, double lambda) const override {
    require(lambda > 0.0, "the proximal step needs lambda > 0, found ", lambda, ".");
    return x0 + At((y - A(x0)) / (AAt_.like(x0) + lambda));
  }

  at::Tensor pseudoInverse(const at::Tensor& y, int, const std::function<void()>&) const override {
    return At(y / AAt_.like(y));
  }

  at::Tensor plainPicture(const at::Tensor& y) const override {
    const auto factor = static_cast<double>(factor_);
    return enlargedBicubic(y, height_, width_, factor, factor);
  }

 private:
  std::int64_t height_, width_, factor_;
  ConstantTensor AAt_;  ///< the diagonal 1/n_j of A A^T, [h, w]
};

}  // namespace

DegradationEntry super_resolution() {
  DegradationEntry entry;
  entry.info.id = "sr";
  entry.info.label = "Super-resolution";
  entry.info.help =
      "The picture is too small: y is x averaged over windows of s x s pixels, (A x)_j = mean of x over window j.";
  entry.info.reference = "Chung et al., Prompt-tuning Latent Diffusion Models for Inverse Problems, ICML 2024, Sec. 5";
  entry.info.scale_key = "factor";
  entry.info.parameters = {
      integerParam("factor", "s", "Factor", 2, 16, 4,
                   "Side s of the windows: y has ceil(H/s) x ceil(W/s) pixels. Larger keeps less of the picture and "
                   "leaves more to the model; the paper uses 8."),
  };
  entry.make = [](const DegradationContext& context) {
    return std::make_unique<SuperResolution>(context.height, context.width, integerOf(context.values, "factor"));
  };
  return entry;
}

}  // namespace p2l
