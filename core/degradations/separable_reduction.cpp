// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/degradations/separable_reduction.h"

#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/matmul.h>

#include <mutex>
#include <utility>

#include "core/degradations/enlarge.h"
#include "core/tensor/constant_tensor.h"
#include "core/types/error.h"

namespace p2l {
namespace {

class SeparableReduction final : public Degradation {
 public:
  SeparableReduction(at::Tensor R_height, at::Tensor R_width, double factor_height, double factor_width)
      : factor_height_(factor_height),
        factor_width_(factor_width),
        R_h_(std::move(R_height)),
        R_w_(std::move(R_width)) {}

  at::Tensor A(const at::Tensor& x) const override {
    return R_h_.like(x).matmul(x).matmul(R_w_.like(x).t());  // [B, 3, h, w]
  }
  at::Tensor At(const at::Tensor& v) const override { return R_h_.like(v).t().matmul(v).matmul(R_w_.like(v)); }

  std::vector<std::int64_t> pictureShape() const override { return {3, R_h_.value().size(1), R_w_.value().size(1)}; }
  std::vector<std::int64_t> measurementShape() const override {
    return {3, R_h_.value().size(0), R_w_.value().size(0)};
  }

  bool hasClosedForm() const override { return true; }
  at::Tensor proximalClosedForm(const at::Tensor& y, const at::Tensor& x0, double lambda) const override {
    require(lambda > 0.0, "the proximal step needs lambda > 0, found ", lambda, ".");
    const Spectrum& spectrum = decomposed();
    return x0 + At(spectrum.divided(y - A(x0), spectrum.AAt.like(x0) + lambda));
  }

  at::Tensor pseudoInverse(const at::Tensor& y, int, const std::function<void()>&) const override {
    const Spectrum& spectrum = decomposed();
    return At(spectrum.divided(y, spectrum.AAt.like(y)));
  }

  at::Tensor plainPicture(const at::Tensor& y) const override {
    return enlargedBicubic(y, R_h_.value().size(1), R_w_.value().size(1), factor_height_, factor_width_);
  }

 private:
  /// Of A A^T: eigenvectors by rows and by columns, and all its eigenvalues [h, w].
  struct Spectrum {
    ConstantTensor U_h, U_w, AAt;

    /// v [B, 3, h, w], divided along the eigenvectors.
    at::Tensor divided(const at::Tensor& v, const at::Tensor& divisors) const {
      const at::Tensor U_y = U_h.like(v), U_x = U_w.like(v);
      return U_y.matmul(U_y.t().matmul(v).matmul(U_x) / divisors).matmul(U_x.t());
    }
  };

  /// Only the projection asks for it: on a large photo it takes seconds.
  const Spectrum& decomposed() const {
    std::call_once(once_, [this] {
      const auto [d_h, U_h] = at::linalg_eigh(R_h_.value().matmul(R_h_.value().t()));
      const auto [d_w, U_w] = at::linalg_eigh(R_w_.value().matmul(R_w_.value().t()));
      spectrum_.reset(new Spectrum{ConstantTensor(U_h), ConstantTensor(U_w), ConstantTensor(d_h.outer(d_w))});
    });
    return *spectrum_;
  }

  double factor_height_, factor_width_;
  ConstantTensor R_h_, R_w_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const Spectrum> spectrum_;
};

}  // namespace

std::unique_ptr<Degradation> makeSeparableReduction(at::Tensor R_height, at::Tensor R_width, double factor_height,
                                                    double factor_width) {
  return std::make_unique<SeparableReduction>(std::move(R_height), std::move(R_width), factor_height, factor_width);
}

}  // namespace p2l
