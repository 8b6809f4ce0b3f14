// SPDX-License-Identifier: GPL-3.0-or-later
//
// Denoising: nothing but noise happened to the picture.
//
//   y = x + n,   A = A^T = A^+ = I
//   argmin ||y - x||^2 + lambda ||x - x0||^2 = x0 + (y - x0) / (1 + lambda)
#include "core/degradations/degradation.h"
#include "core/types/error.h"

namespace p2l {
namespace {

class Identity final : public Degradation {
 public:
  Identity(std::int64_t height, std::int64_t width) : height_(height), width_(width) {}

  at::Tensor A(const at::Tensor& x) const override { return x; }
  at::Tensor At(const at::Tensor& v) const override { return v; }

  std::vector<std::int64_t> pictureShape() const override { return {3, height_, width_}; }
  std::vector<std::int64_t> measurementShape() const override { return {3, height_, width_}; }

  bool hasClosedForm() const override { return true; }
  at::Tensor proximalClosedForm(const at::Tensor& y, const at::Tensor& x0, double lambda) const override {
    require(lambda > 0.0, "the proximal step needs lambda > 0, found ", lambda, ".");
    return x0 + (y - x0) / (1.0 + lambda);
  }
  at::Tensor pseudoInverse(const at::Tensor& y, int, const std::function<void()>&) const override { return y; }
  at::Tensor plainPicture(const at::Tensor& y) const override { return y.clamp(-1.0, 1.0); }

 private:
  std::int64_t height_, width_;
};

}  // namespace

DegradationEntry identity() {
  DegradationEntry entry;
  entry.info.id = "denoise";
  entry.info.label = "Denoising";
  entry.info.help =
      "The picture is noisy and nothing else: A x = x. The standard deviation σ of the noise says how "
      "much is removed.";
  entry.info.reference =
      "The denoising problem y = x + n, as in Kawar et al., Denoising Diffusion Restoration Models, "
      "NeurIPS 2022";
  entry.make = [](const DegradationContext& context) {
    return std::make_unique<Identity>(context.height, context.width);
  };
  return entry;
}

}  // namespace p2l
