// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/autoencoder/refined_autoencoder.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
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

TEST(RefinedAutoencoder, WhatTheDecoderMadeIsEncodedWithoutLoss) {
  const at::NoGradGuard no_gradient;
  const auto x = photo(128, 128);
  std::vector<double> moved;
  for (const int refinements : {0, 1, 2}) {
    const auto net = embedded(false, refinements);
    const auto z = net->encode(x);
    moved.push_back((net->encode(net->decode(z)) - z).norm().item<double>());
  }
  EXPECT_LT(moved[1], 0.6 * moved[0]);
  EXPECT_LT(moved[2], 0.6 * moved[1]);
}

TEST(RefinedAutoencoder, TwentyFourRoundTripsStayWithinThreeTenthsOfADecibel) {
  const at::NoGradGuard no_gradient;
  const auto x = photo(256, 256);
  for (const int refinements : {0, 2}) {
    const auto net = embedded(false, refinements);
    auto again = net->decode(net->encode(x));
    const auto once = psnr(again, x);
    for (int trip = 1; trip < 24; ++trip) again = net->decode(net->encode(again.clamp(-1.0, 1.0)));
    if (refinements > 0) {
      EXPECT_GT(psnr(again, x), once - 0.3);
    } else {
      EXPECT_LT(psnr(again, x), once - 1.0) << "refinements would be of no use";
    }
  }
}

TEST(RefinedAutoencoder, InTilesItIsTheSame) {
  const at::NoGradGuard no_gradient;
  const auto x = photo(320, 288);
  const auto whole = embedded(false, 2)->encode(x);
  EXPECT_LT(test::relativeDifference(embedded(true, 2)->encode(x), whole), 1e-4);
}

}  // namespace
}  // namespace p2l
