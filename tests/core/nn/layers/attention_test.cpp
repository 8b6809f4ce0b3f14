// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layers/attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <gtest/gtest.h>

namespace p2l {
namespace {

struct Sizes {
  std::int64_t batch, heads, queries, keys, width;
};

/// As a projection's result split into heads: rows of other heads lie between.
at::Tensor heads(const Sizes& sizes, std::int64_t tokens, double scale) {
  return (scale * at::randn({sizes.batch, tokens, sizes.heads, sizes.width})).to(at::kBFloat16).transpose(1, 2);
}

class Bf16Attention : public ::testing::TestWithParam<Sizes> {};

TEST_P(Bf16Attention, IsThatOfFloat32WithinTheRoundingOfItsParts) {
  const auto sizes = GetParam();
  const at::NoGradGuard no_gradient;
  for (const double scale : {0.5, 4.0}) {  // weights that are all alike, and ones of which few count
    const auto q = heads(sizes, sizes.queries, scale), k = heads(sizes, sizes.keys, scale),
               v = heads(sizes, sizes.keys, 1.0);
    const auto expected = at::scaled_dot_product_attention(q.to(at::kFloat), k.to(at::kFloat), v.to(at::kFloat));
    const auto found = scaledDotProductAttention(q, k, v, /*causal=*/false);
    ASSERT_EQ(found.sizes(), expected.sizes());
    ASSERT_EQ(found.scalar_type(), at::kBFloat16);
    const auto error = (found.to(at::kFloat) - expected).abs().max().item<double>();
    EXPECT_LT(error / expected.abs().max().item<double>(), 8e-3) << scale;  // bf16 has 8 bits
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, Bf16Attention,
                         ::testing::Values(Sizes{1, 8, 256, 256, 40}, Sizes{2, 5, 100, 77, 64},
                                           Sizes{1, 2, 49, 129, 80}, Sizes{1, 1, 7, 32, 160}, Sizes{1, 1, 64, 300, 512},
                                           Sizes{2, 2, 48, 128, 18}, Sizes{1, 2, 33, 31, 40}, Sizes{1, 2, 33, 64, 41}));

TEST(Bf16Attention, ScoresFarFromZeroNeitherOverflowNorVanish) {
  const at::NoGradGuard no_gradient;
  const Sizes sizes{1, 1, 16, 256, 32};
  for (const double score : {-3e4, 3e4}) {
    const auto q = at::randn({1, 1, 16, 32}).abs().to(at::kBFloat16), v = heads(sizes, 256, 1.0);
    const auto k = (score * at::randn({1, 1, 256, 32}).abs()).to(at::kBFloat16);
    const auto expected = at::scaled_dot_product_attention(q.to(at::kFloat), k.to(at::kFloat), v.to(at::kFloat));
    const auto error = (scaledDotProductAttention(q, k, v, false).to(at::kFloat) - expected).abs().max();
    EXPECT_LT(error.item<double>(), 0.02) << score;
  }
}

TEST(Bf16Attention, WithAGradientItIsLibTorchs) {
  const Sizes sizes{1, 2, 64, 64, 40};
  const auto q = heads(sizes, 64, 1.0).requires_grad_(), k = heads(sizes, 64, 1.0), v = heads(sizes, 64, 1.0);
  scaledDotProductAttention(q, k, v, false).to(at::kFloat).square().sum().backward();
  ASSERT_TRUE(q.grad().defined());
  EXPECT_GT(q.grad().abs().sum().item<double>(), 0.0);
}

}  // namespace
}  // namespace p2l
