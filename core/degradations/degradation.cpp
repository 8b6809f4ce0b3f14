// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/degradations/degradation.h"

#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/replication_pad2d.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "core/base/random.h"
#include "core/optim/conjugate_gradients.h"
#include "core/types/error.h"

namespace p2l {

#define P2L_ENTRY(name) DegradationEntry name();
#include "core/degradations/degradation_list.def"
#undef P2L_ENTRY

namespace {

/// A = A_inner crop, A^T = crop^T A_inner^T: crop^T pads with zeros.
class OnCanvas final : public Degradation {
 public:
  OnCanvas(std::unique_ptr<Degradation> inner, std::int64_t canvas_height, std::int64_t canvas_width)
      : inner_(std::move(inner)), canvas_height_(canvas_height), canvas_width_(canvas_width) {
    const auto shape = inner_->pictureShape();
    height_ = shape[1];
    width_ = shape[2];
    require(canvas_height_ >= height_ && canvas_width_ >= width_, "the canvas of ", canvas_height_, " x ",
            canvas_width_, " is smaller than its picture of ", height_, " x ", width_, ".");
  }

  at::Tensor A(const at::Tensor& x) const override { return inner_->A(crop(x)); }
  at::Tensor At(const at::Tensor& v) const override { return onCanvas(inner_->At(v)); }

  std::vector<std::int64_t> pictureShape() const override { return {3, canvas_height_, canvas_width_}; }
  std::vector<std::int64_t> measurementShape() const override { return inner_->measurementShape(); }

  bool hasClosedForm() const override { return inner_->hasClosedForm(); }
  at::Tensor proximalClosedForm(const at::Tensor& y, const at::Tensor& x0, double lambda) const override {
    at::Tensor x = x0.clone();
    crop(x).copy_(inner_->proximalClosedForm(y, crop(x0), lambda));
    return x;
  }

  at::Tensor pseudoInverse(const at::Tensor& y, int iterations,
                           const std::function<void()>& checkpoint) const override {
    return onCanvas(inner_->pseudoInverse(y, iterations, checkpoint));
  }

  at::Tensor plainPicture(const at::Tensor& y) const override {
    return at::replication_pad2d(inner_->plainPicture(y), {0, canvas_width_ - width_, 0, canvas_height_ - height_});
  }

  at::Tensor mask() const override { return inner_->mask(); }
  std::int64_t measurementCount() const override { return inner_->measurementCount(); }

 private:
  /// crop^T
  at::Tensor onCanvas(const at::Tensor& x) const {
    return at::constant_pad_nd(x, {0, canvas_width_ - width_, 0, canvas_height_ - height_});
  }
  at::Tensor crop(const at::Tensor& x) const { return x.narrow(-2, 0, height_).narrow(-1, 0, width_); }

  std::unique_ptr<Degradation> inner_;
  std::int64_t canvas_height_, canvas_width_;
  std::int64_t height_ = 0, width_ = 0;
};

}  // namespace

at::Tensor Degradation::proximalClosedForm(const at::Tensor&, const at::Tensor&, double) const {
  throw Error("this degradation has no closed form for its proximal step; use conjugate gradients.");
}

at::Tensor Degradation::pseudoInverse(const at::Tensor& y, int iterations,
                                      const std::function<void()>& checkpoint) const {
  const double tolerance = y.scalar_type() == at::kDouble ? 1e-12 : 1e-6;  // A^T A is singular
  return conjugateGradients([this](const at::Tensor& x) { return AtA(x); }, At(y), {}, iterations, checkpoint,
                            tolerance);
}

std::int64_t Degradation::measurementCount() const {
  const auto shape = measurementShape();
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

at::Tensor proximalByConjugateGradients(const Degradation& A, const at::Tensor& y, const at::Tensor& x0, double lambda,
                                        int iterations, const std::function<void()>& checkpoint) {
  require(lambda > 0.0, "the proximal step needs lambda > 0, found ", lambda, ".");
  // Solved for d = x - x0 from d = 0 on, (A^T A + lambda I) d = A^T (y - A x0): the same iterates as for x from x0 on,
  // with one product by A^T less and without the difference of large numbers in the first residual.
  const auto M = [&](const at::Tensor& v) { return A.AtA(v) + lambda * v; };
  return x0 + conjugateGradients(M, A.At(y - A.A(x0)), {}, iterations, checkpoint);
}

const std::vector<DegradationEntry>& degradationEntries() {
  static const std::vector<DegradationEntry> entries = {
#define P2L_ENTRY(name) name(),
#include "core/degradations/degradation_list.def"
#undef P2L_ENTRY
  };
  return entries;
}

const DegradationEntry& degradationEntry(const std::string& id) {
  std::string known;
  for (const DegradationEntry& entry : degradationEntries()) {
    if (entry.info.id == id) return entry;
    known += (known.empty() ? "" : ", ") + entry.info.id;
  }
  throw Error(concat("there is no degradation \"", id, "\"; known are: ", known, "."));
}

std::unique_ptr<Degradation> onCanvas(std::unique_ptr<Degradation> inner, std::int64_t canvas_height,
                                      std::int64_t canvas_width) {
  return std::make_unique<OnCanvas>(std::move(inner), canvas_height, canvas_width);
}

}  // namespace p2l
