// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/degradations/mask_operator.h"

#include "core/tensor/constant_tensor.h"
#include "core/types/error.h"

namespace p2l {
namespace {

class MaskOperator final : public Degradation {
 public:
  /// measured: [1, 1, H, W], 0 or 1.
  explicit MaskOperator(const at::Tensor& measured)
      : mask_(measured), pixel_count_(measured.sum().item<std::int64_t>()) {}

  at::Tensor A(const at::Tensor& x) const override { return x * mask_.like(x); }
  at::Tensor At(const at::Tensor& v) const override { return v * mask_.like(v); }

  std::vector<std::int64_t> pictureShape() const override { return {3, mask_.value().size(2), mask_.value().size(3)}; }
  std::vector<std::int64_t> measurementShape() const override { return pictureShape(); }

  bool hasClosedForm() const override { return true; }
  at::Tensor proximalClosedForm(const at::Tensor& y, const at::Tensor& x0, double lambda) const override {
    require(lambda > 0.0, "the proximal step needs lambda > 0, found ", lambda, ".");
    // (M y + lambda x0) / (M + lambda), written so that missing pixels keep x0 to the last bit.
    const at::Tensor M = mask_.like(x0);
    return x0 + M * (y - x0) / (1.0 + lambda);
  }

  at::Tensor pseudoInverse(const at::Tensor& y, int, const std::function<void()>&) const override { return At(y); }

  at::Tensor plainPicture(const at::Tensor& y) const override { return (y * mask_.like(y)).clamp(-1.0, 1.0); }
  at::Tensor mask() const override { return mask_.value(); }
  std::int64_t measurementCount() const override { return 3 * pixel_count_; }

 private:
  ConstantTensor mask_;
  std::int64_t pixel_count_;
};

}  // namespace

std::unique_ptr<Degradation> makeMaskOperator(const at::Tensor& missing) {
  const at::Tensor measured = (missing.detach().to(at::kCPU, at::kDouble) <= 0.5).to(at::kDouble);
  require(measured.any().item<bool>(), "the mask leaves no pixel of the picture; white is missing, black is kept.");
  return std::make_unique<MaskOperator>(measured.unsqueeze(0).unsqueeze(0));
}

at::Tensor missingFromContext(const DegradationContext& context) {
  if (!context.mask.defined()) return {};
  const at::Tensor& mask = context.mask;
  const bool fits = mask.dim() == 4 && mask.size(0) == 1 && mask.size(1) == 1 && mask.size(2) == context.height &&
                    mask.size(3) == context.width;
  require(fits, "the mask must have the picture's size: expected [1, 1, ", context.height, ", ", context.width,
          "], found ", mask.sizes(), ".");
  return mask[0][0];
}

}  // namespace p2l
