// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/autoencoder/refined_autoencoder.h"

#include <utility>

namespace p2l {
namespace {

class RefinedAutoencoder : public Autoencoder {
 public:
  RefinedAutoencoder(std::unique_ptr<const Autoencoder> plain, int refinements)
      : plain_(std::move(plain)), refinements_(refinements) {}

  at::Tensor encode(const at::Tensor& x) const override {
    const auto first = plain_->encode(x);
    auto z = first;
    for (int i = 0; i < refinements_; ++i) z = z + (first - plain_->encode(plain_->decode(z)));
    return z;
  }
  at::Tensor decode(const at::Tensor& z) const override { return plain_->decode(z); }
  std::int64_t latentChannels() const override { return plain_->latentChannels(); }
  std::int64_t factor() const override { return plain_->factor(); }
  Reach reach() const override {
    const auto reach = plain_->reach();
    return {reach.decode, reach.encode + refinements_ * (reach.decode + reach.encode)};
  }
  bool normalises() const override { return plain_->normalises(); }

 private:
  std::unique_ptr<const Autoencoder> plain_;
  int refinements_;
};

}  // namespace

std::unique_ptr<Autoencoder> refined(std::unique_ptr<const Autoencoder> autoencoder, int refinements) {
  return std::make_unique<RefinedAutoencoder>(std::move(autoencoder), refinements);
}

}  // namespace p2l
