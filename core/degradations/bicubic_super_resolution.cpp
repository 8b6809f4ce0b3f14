// SPDX-License-Identifier: GPL-3.0-or-later
//
// Super-resolution of pictures that were made smaller by bicubic interpolation with antialiasing, as most super-
// resolution benchmarks have it (MATLAB's imresize, Pillow, PyTorch's interpolate(antialias=True)).
//
//   A x = R_h x R_w^T                 R_ij = k((j + 1/2 - c_i) / s) / sum_j k(...),  c_i = s (i + 1/2)
//   A^T v = R_h^T v R_w               k: Keys' cubic with a = -1/2, |argument| < 2
//   R R^T = U diag(d) U^T for rows and columns, hence argmin ||y - A x||^2 + lambda ||x - x0||^2
//         = x0 + A^T U_h [(U_h^T (y - A x0) U_w) / (d_h d_w^T + lambda)] U_w^T    (push-through identity)
//   A^+ = A^T (A A^T)^-1, which is the same with x0 = 0 and lambda = 0: the rows of R are independent
//
// At the border the weights that lie outside are left out and the others divided by their sum, as PyTorch and Pillow
// do; MATLAB mirrors the picture there.
#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <optional>

#include "core/degradations/degradation.h"
#include "core/degradations/enlarge.h"
#include "core/tensor/constant_tensor.h"
#include "core/types/error.h"

namespace p2l {
namespace {

/// Keys, "Cubic convolution interpolation for digital image processing", 1981, Eq. 4 with a = -1/2.
double cubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1.0) return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
  if (x < 2.0) return ((x - 5.0) * x + 8.0) * x * a - 4.0 * a;
  return 0.0;
}

/// R for a side of `size` pixels, [ceil(size / s), size], float64.
at::Tensor reduction(std::int64_t size, std::int64_t s) {
  at::Tensor R = at::zeros({(size + s - 1) / s, size}, at::kDouble);
  auto weights = R.accessor<double, 2>();
  for (std::int64_t i = 0; i < R.size(0); ++i) {
    const double middle = static_cast<double>(s) * (static_cast<double>(i) + 0.5);
    for (std::int64_t j = 0; j < size; ++j) {
      weights[i][j] = cubic((static_cast<double>(j) + 0.5 - middle) / static_cast<double>(s));
    }
  }
  return R / R.sum(1, /*keepdim=*/true);
}

class BicubicSuperResolution final : public Degradation {
 public:
  BicubicSuperResolution(std::int64_t height, std::int64_t width, std::int64_t factor)
      : factor_(factor), R_h_(reduction(height, factor)), R_w_(reduction(width, factor)) {}

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
    return enlargedBicubic(y, R_h_.value().size(1), R_w_.value().size(1), factor_);
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

  std::int64_t factor_;
  ConstantTensor R_h_, R_w_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const Spectrum> spectrum_;
};

}  // namespace

DegradationEntry bicubic_super_resolution() {
  DegradationEntry entry;
  entry.info.id = "bicubic-sr";
  entry.info.label = "Super-resolution, bicubic";
  entry.info.help =
      "The picture is too small: it was reduced by bicubic interpolation with antialiasing, A x = R_h x R_w^T, where a "
      "row of R holds the cubic kernel (a = -1/2), s times as wide, over a pixel of y.";
  entry.info.reference = "Keys, IEEE Trans. ASSP 1981; the standard of super-resolution benchmarks";
  entry.info.scale_key = "factor";
  entry.info.parameters = {
      integerParam("factor", "s", "Factor", 2, 16, 4,
                   "y has ceil(H/s) x ceil(W/s) pixels. Larger keeps less of the picture and leaves more to the "
                   "model; benchmarks use 2 to 4."),
  };
  entry.make = [](const DegradationContext& context) {
    return std::make_unique<BicubicSuperResolution>(context.height, context.width, integerOf(context.values, "factor"));
  };
  return entry;
}

}  // namespace p2l
