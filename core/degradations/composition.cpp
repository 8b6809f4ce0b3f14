// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/degradations/composition.h"

#include <utility>

#include "core/types/error.h"

namespace p2l {
namespace {

class Composition final : public Degradation {
 public:
  Composition(std::unique_ptr<Degradation> first, std::unique_ptr<Degradation> second)
      : first_(std::move(first)), second_(std::move(second)) {
    require(second_->pictureShape() == first_->measurementShape(),
            "the second degradation does not take what the first one gives.");
  }

  at::Tensor A(const at::Tensor& x) const override { return second_->A(first_->A(x)); }
  at::Tensor At(const at::Tensor& v) const override { return first_->At(second_->At(v)); }

  std::vector<std::int64_t> pictureShape() const override { return first_->pictureShape(); }
  std::vector<std::int64_t> measurementShape() const override { return second_->measurementShape(); }

  at::Tensor plainPicture(const at::Tensor& y) const override { return first_->plainPicture(second_->plainPicture(y)); }

  at::Tensor mask() const override { return second_->mask(); }
  std::int64_t measurementCount() const override { return second_->measurementCount(); }

 private:
  std::unique_ptr<Degradation> first_, second_;
};

}  // namespace

std::unique_ptr<Degradation> composed(std::unique_ptr<Degradation> first, std::unique_ptr<Degradation> second) {
  return std::make_unique<Composition>(std::move(first), std::move(second));
}

}  // namespace p2l
