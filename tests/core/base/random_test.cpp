// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>
#include <vector>

namespace p2l {
namespace {

constexpr std::array kStreams = {RandomStream::InitialLatent, RandomStream::SamplerNoise,
                                 RandomStream::MeasurementNoise, RandomStream::Kernel, RandomStream::Mask};

// torch.randn(1, 4, 8, 8, generator=torch.Generator().manual_seed(seed)).flatten()[[0, 1, 100, 255]], PyTorch 2.15
TEST(Random, InitialLatentEqualsPyTorch) {
  const std::vector<std::pair<std::uint64_t, std::array<float, 4>>> expected = {
      {0, {-1.1258398294448853f, -1.152360200881958f, -2.6133224964141846f, 0.39039579033851624f}},
      {42, {1.9269152879714966f, 1.4872840642929077f, 0.640755295753479f, 0.22245365381240845f}},
      {4294967295u, {-2.664297580718994f, -1.0910485982894897f, -2.3514962196350098f, 0.750249445438385f}},
  };
  for (const auto& [seed, numbers] : expected) {
    at::Generator generator = makeGenerator(seed, RandomStream::InitialLatent);
    const at::Tensor z = randomNormal({1, 4, 8, 8}, generator).flatten();
    EXPECT_EQ(z.scalar_type(), at::kFloat);
    const std::array<int, 4> places = {0, 1, 100, 255};
    for (int i = 0; i < 4; ++i) EXPECT_NEAR(z[places[i]].item<float>(), numbers[i], 2e-6) << "seed " << seed;
  }
}

TEST(Random, SameSeedAndStreamGiveTheSameNumbers) {
  for (const RandomStream stream : kStreams) {
    at::Generator first = makeGenerator(7, stream);
    at::Generator second = makeGenerator(7, stream);
    EXPECT_TRUE(at::equal(randomNormal({100}, first), randomNormal({100}, second)));
    EXPECT_EQ(randomUniform(first), randomUniform(second));
    EXPECT_EQ(randomNormal(first), randomNormal(second));
  }
}

TEST(Random, StreamsAndSeedsAreDifferent) {
  std::set<double> numbers;
  for (const RandomStream stream : kStreams) {
    for (const std::uint64_t seed : {0, 1, 2, 3, 4, 5}) {
      at::Generator generator = makeGenerator(seed, stream);
      numbers.insert(randomUniform(generator));
    }
  }
  EXPECT_EQ(numbers.size(), kStreams.size() * 6);
  at::Generator low = makeGenerator(1, RandomStream::Kernel);
  at::Generator high = makeGenerator(1 + (std::uint64_t{1} << 40), RandomStream::Kernel);
  EXPECT_NE(randomUniform(low), randomUniform(high)) << "the upper half of a seed counts";
}

TEST(Random, UniformAndNormalHaveTheirMoments) {
  at::Generator generator = makeGenerator(11, RandomStream::Mask);
  constexpr int kCount = 20000;
  double uniform_sum = 0.0, normal_sum = 0.0, normal_squares = 0.0;
  for (int i = 0; i < kCount; ++i) {
    const double u = randomUniform(generator);
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    uniform_sum += u;
    const double n = randomNormal(generator);
    ASSERT_TRUE(std::isfinite(n));
    normal_sum += n;
    normal_squares += n * n;
  }
  // Five standard errors: sqrt(1/12), 1 and sqrt(2) over sqrt(count).
  const double error = 5.0 / std::sqrt(kCount);
  EXPECT_NEAR(uniform_sum / kCount, 0.5, error * std::sqrt(1.0 / 12.0));
  EXPECT_NEAR(normal_sum / kCount, 0.0, error);
  EXPECT_NEAR(normal_squares / kCount, 1.0, error * std::sqrt(2.0));
}

}  // namespace
}  // namespace p2l
