// SPDX-License-Identifier: GPL-3.0-or-later
// The Winograd convolution against at::conv2d in float64 and its autograd.
#include "core/nn/layers/convolution.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/base/gradient.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

using test::relativeDifference;

constexpr double kTolerance = 1e-5;  // of the largest value; the direct convolution in float32 has some 3e-7

struct Case {
  std::int64_t n, h, w, in, out;
};

class Conv3x3 : public testing::TestWithParam<Case> {
 protected:
  Conv3x3() {
    at::manual_seed(7);
    const auto [n, h, w, in, out] = GetParam();
    x_ = at::randn({n, in, h, w});
    weight_ = at::randn({out, in, 3, 3}) / std::sqrt(9.0 * static_cast<double>(in));
    bias_ = at::randn({out});
  }
  at::Tensor inDouble(const at::Tensor& x) const {
    return at::conv2d(x.to(at::kDouble), weight_.to(at::kDouble), bias_.to(at::kDouble), 1, 1);
  }
  at::Tensor x_, weight_, bias_;
};

TEST_P(Conv3x3, EveryInstructionSetAgreesWithTheDirectConvolution) {
  const auto expected = inDouble(x_);
  const auto list = winograd::availableKernels();
  ASSERT_GE(list.count, 1);
  for (int i = 0; i < list.count; ++i) {
    const auto y = winogradConv3x3(*list.sets[i], x_, weight_, bias_, /*transposed=*/false);
    EXPECT_EQ(y.sizes(), expected.sizes());
    EXPECT_LT(relativeDifference(y.to(at::kDouble), expected), kTolerance) << list.sets[i]->name;
  }
}

TEST_P(Conv3x3, EveryInstructionSetHasTheAdjoint) {
  const auto g = at::randn({x_.size(0), weight_.size(0), x_.size(2), x_.size(3)});
  const auto expected =
      gradient([&](const at::Tensor& x) { return (inDouble(x) * g).sum(); }, x_.to(at::kDouble)).gradient;
  const auto list = winograd::availableKernels();
  for (int i = 0; i < list.count; ++i) {
    const auto adjoint = winogradConv3x3(*list.sets[i], g, weight_, {}, /*transposed=*/true);
    EXPECT_LT(relativeDifference(adjoint.to(at::kDouble), expected), kTolerance) << list.sets[i]->name;
  }
}

TEST_P(Conv3x3, GradientsFlowThroughIt) {
  auto loss = [&](const at::Tensor& x) { return at::silu(convolve2d(x, weight_, bias_, 1, 1)).square().sum(); };
  auto exact = [&](const at::Tensor& x) { return at::silu(inDouble(x)).square().sum(); };
  const auto found = gradient(loss, x_), expected = gradient(exact, x_.to(at::kDouble));
  EXPECT_NEAR(found.value.item<double>() / expected.value.item<double>(), 1.0, kTolerance);
  EXPECT_LT(relativeDifference(found.gradient.to(at::kDouble), expected.gradient), kTolerance);
}

INSTANTIATE_TEST_SUITE_P(Shapes, Conv3x3,
                         testing::Values(Case{1, 32, 32, 16, 16}, Case{2, 17, 30, 48, 16}, Case{1, 64, 5, 16, 112},
                                         Case{3, 1, 70, 32, 48}, Case{1, 16, 16, 192, 64}),
                         [](const auto& info) {
                           const Case& c = info.param;
                           return std::to_string(c.n) + "x" + std::to_string(c.in) + "x" + std::to_string(c.h) + "x" +
                                  std::to_string(c.w) + "to" + std::to_string(c.out);
                         });

TEST(Convolution, TakesWhatSuitsNoVectorRegister) {
  at::manual_seed(7);
  const auto weight = at::randn({5, 3, 3, 3}), bias = at::randn({5});
  for (const auto type : {at::kFloat, at::kDouble, at::kBFloat16}) {
    const auto x = at::randn({1, 3, 9, 40}).to(type);
    EXPECT_TRUE(at::equal(convolve2d(x, weight.to(type), bias.to(type), 1, 1),
                          at::conv2d(x, weight.to(type), bias.to(type), 1, 1)));
  }
}

TEST(Convolution, HasTheGradientOfEveryKernelAndStride) {
  at::manual_seed(7);
  struct Layer {
    std::int64_t in, out, kernel, stride, padding, h, w;
  };
  for (const auto& [in, out, kernel, stride, padding, h, w] :
       {Layer{16, 16, 1, 1, 0, 5, 6}, Layer{16, 32, 3, 2, 1, 16, 16}, Layer{8, 5, 3, 2, 1, 15, 16},
        Layer{16, 16, 3, 2, 0, 17, 17}, Layer{3, 4, 3, 1, 1, 9, 9}, Layer{16, 16, 3, 1, 1, 4, 4},
        Layer{64, 96, 3, 1, 1, 8, 8}, Layer{64, 96, 3, 2, 1, 8, 7}, Layer{96, 64, 1, 1, 0, 4, 4}}) {
    const auto weight = at::randn({out, in, kernel, kernel}), bias = at::randn({out});
    const auto x = at::randn({2, in, h, w});
    const auto found =
        gradient([&](const at::Tensor& v) { return convolve2d(v, weight, bias, stride, padding).square().sum(); }, x);
    const auto expected =
        gradient([&](const at::Tensor& v) { return at::conv2d(v, weight, bias, stride, padding).square().sum(); }, x);
    EXPECT_LT(relativeDifference(found.gradient, expected.gradient), kTolerance) << kernel << ' ' << stride << ' ' << h;
    auto inHalf = [&](const at::Tensor& v) {  // 8 bits of each number
      const auto to = [](const at::Tensor& t) { return t.to(at::kBFloat16); };
      return convolve2d(to(v), to(weight), to(bias), stride, padding).to(at::kFloat).square().sum();
    };
    EXPECT_LT(relativeDifference(gradient(inHalf, x).gradient, expected.gradient), 2e-2) << kernel << ' ' << stride;
  }
}

TEST(Convolution, TrainsWeightsAndBias) {
  at::manual_seed(7);
  struct Layer {
    std::int64_t in, out, kernel, stride;
  };
  for (const auto& [in, out, kernel, stride] :
       {Layer{16, 16, 3, 1}, Layer{16, 32, 3, 2}, Layer{3, 16, 3, 1}, Layer{16, 5, 1, 1}}) {
    const auto x = at::randn({2, in, 32, 32}), weight = at::randn({out, in, kernel, kernel}), bias = at::randn({out});
    const auto padding = kernel / 2;
    // Leaves of their own, so that weight, bias and input have gradients at once.
    const auto gradients = [&](const auto& convolve) {
      std::vector<at::Tensor> leaves = {x.clone(), weight.clone(), bias.clone()};
      for (auto& leaf : leaves) leaf.set_requires_grad(true);
      convolve(leaves[0], leaves[1], leaves[2], stride, padding).square().sum().backward();
      return std::vector<at::Tensor>{leaves[0].grad(), leaves[1].grad(), leaves[2].grad()};
    };
    const auto found = gradients([](const auto&... all) { return convolve2d(all...); });
    const auto expected =
        gradients([](const at::Tensor& x, const at::Tensor& w, const at::Tensor& b, std::int64_t stride,
                     std::int64_t padding) { return at::conv2d(x, w, b, stride, padding); });
    for (std::size_t i = 0; i < found.size(); ++i)
      EXPECT_LT(relativeDifference(found[i], expected[i]), kTolerance) << i << ' ' << in << ' ' << out;
  }
}

}  // namespace
}  // namespace p2l
