// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/autoencoder/refined_autoencoder.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/io/photo_file.h"
#include "core/nn/autoencoder/tiled_autoencoder.h"
#include "core/tensor/image_tensor.h"
#include "core/weights/model_files.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

std::unique_ptr<Autoencoder> embedded(bool tiling, int refinements) {
  const auto files = findAutoencoder(test::modelFolder("p2l-tiny"));
  Weights weights(files.tensors(), at::kCPU);
  return makeAutoencoder(*files.config, WeightScope(weights), /*checkpointing=*/false, tiling, refinements);
}

at::Tensor photo(int width, int height) {
  const auto file = std::string(P2L_TEST_RESOURCES) + "/photos/skimage_chelsea.png";
  return tensorFromImage(resizeImage(readPhoto(file).image, width, height));
}

double psnr(const at::Tensor& a, const at::Tensor& b) {
  return 10.0 * std::log10(4.0 / (a - b).square().mean().item<double>());
}

/// D is the identity and E takes the share m of every value, so that E(D(z)) = m z and the limit is z = x.
class Shrinking : public Autoencoder {
 public:
  explicit Shrinking(at::Tensor m) : m_(std::move(m)) {}
  at::Tensor encode(const at::Tensor& x) const override { return m_ * x; }
  at::Tensor decode(const at::Tensor& z) const override { return z; }
  std::int64_t latentChannels() const override { return 3; }
  std::int64_t factor() const override { return 1; }
  Reach reach() const override { return {}; }

 private:
  at::Tensor m_;
};

TEST(RefinedAutoencoder, WhatIsMissingIsMultipliedInEachStep) {
  at::manual_seed(1);
  const auto m = at::rand({1, 3, 8, 8}, at::kDouble), x = at::randn({1, 3, 8, 8}, at::kDouble);
  for (const int n : {1, 2, 5}) {
    const auto z = refined(std::make_unique<Shrinking>(m), n)->encode(x);
    EXPECT_LT(((x - z) - (1.0 - m).pow(n + 1) * x).abs().max().item<double>(), 1e-12) << n;
  }
}

/// D(E(x)), and how far another trip takes it from there.
TEST(RefinedAutoencoder, WhatTheDecoderMadeComesBackNearer) {
  const at::NoGradGuard no_gradient;
  const auto x = photo(128, 128);
  std::vector<double> kept;
  for (const int refinements : {0, 1, 2}) {
    const auto net = embedded(false, refinements);
    const auto once = net->decode(net->encode(x));
    kept.push_back(psnr(net->decode(net->encode(once)), once));
  }
  EXPECT_GT(kept[1], kept[0] + 3.0);
  EXPECT_GT(kept[2], kept[1] + 1.0);
}

TEST(RefinedAutoencoder, TwentyFourRoundTripsLoseAFifthOfWhatTheyLost) {
  const at::NoGradGuard no_gradient;
  const auto x = photo(256, 256);
  const auto lost = [&](int refinements) {
    const auto net = embedded(false, refinements);
    auto again = net->decode(net->encode(x));
    const auto once = psnr(again, x);
    for (int trip = 1; trip < 24; ++trip) again = net->decode(net->encode(again.clamp(-1.0, 1.0)));
    return once - psnr(again, x);
  };
  const auto plain = lost(0), refined_twice = lost(2);
  EXPECT_GT(plain, 1.0) << "refinements would be of no use";
  EXPECT_LT(refined_twice, 0.2 * plain);
  EXPECT_LT(refined_twice, 1.3);
}

TEST(RefinedAutoencoder, InTilesItIsTheSame) {
  const at::NoGradGuard no_gradient;
  const auto x = photo(320, 288);
  const auto whole = embedded(false, 2)->encode(x);
  EXPECT_LT(test::relativeDifference(embedded(true, 2)->encode(x), whole), 1e-4);
}

}  // namespace
}  // namespace p2l
