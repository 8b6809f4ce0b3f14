// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/noise/noise.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/base/random.h"
#include "core/types/error.h"
#include "tests/support/degradation_support.h"

namespace p2l {
namespace {

class EveryNoise : public testing::TestWithParam<std::string> {};

/// Mean and deviation of 200 draws of a grey ramp: the mean is A x, and the deviation is what solvers are told.
TEST_P(EveryNoise, HasTheDeclaredDeviation) {
  const auto& entry = noiseEntry(GetParam());
  EXPECT_TRUE(!entry.info.label.empty() && !entry.info.help.empty());
  auto values = completeValues(entry.info.parameters, {}, "noise");
  if (values.contains("sigma")) values["sigma"] = 0.2;
  const auto clean = at::linspace(-0.9, 0.9, 3 * 16 * 16).view({1, 3, 16, 16}).to(at::kFloat);
  auto generator = makeGenerator(5, RandomStream::MeasurementNoise);
  const int draws = 200;
  auto sum = at::zeros_like(clean), squares = at::zeros_like(clean);
  double told = 0.0;
  for (int i = 0; i < draws; ++i) {
    const auto y = entry.add(clean, values, generator);
    ASSERT_EQ(y.sizes(), clean.sizes());
    told += entry.deviation(y, values) / draws;
    sum += y;
    squares += (y - clean).square();
  }
  EXPECT_LT((sum / draws - clean).abs().max().item<double>(), 0.1);
  const double measured = std::sqrt((squares / draws).mean().item<double>());
  EXPECT_NEAR(measured, told, 0.02 * told + 1e-6);
}

TEST_P(EveryNoise, SameSeedSameNumbers) {
  const auto& entry = noiseEntry(GetParam());
  const auto values = completeValues(entry.info.parameters, {}, "noise");
  const auto clean = at::zeros({1, 3, 8, 8});
  const auto once = [&] {
    auto generator = makeGenerator(3, RandomStream::MeasurementNoise);
    return entry.add(clean, values, generator);
  };
  EXPECT_TRUE(at::equal(once(), once()));
}

TEST(Noise, BrightPartsHaveMoreShotNoise) {
  const auto& entry = noiseEntry("poisson");
  const ParamValues values = {{"peak", 50.0}};
  auto generator = makeGenerator(1, RandomStream::MeasurementNoise);
  const auto at_brightness = [&](double c) {  // Var y = 4 c / peak
    const auto clean = at::full({1, 3, 100, 100}, 2.0 * c - 1.0);
    return (entry.add(clean, values, generator) - clean).square().mean().item<double>();
  };
  EXPECT_NEAR(at_brightness(0.9), 4.0 * 0.9 / 50.0, 0.003);
  EXPECT_NEAR(at_brightness(0.1), 4.0 * 0.1 / 50.0, 0.0005);
  EXPECT_EQ(at_brightness(0.0), 0.0);
}

TEST(Noise, HolesOfAMaskStayEmpty) {
  const auto A = test::makeDegradation("random-drop", 16, 16, {{"drop", 0.5}}, 7);
  auto generator = makeGenerator(1, RandomStream::MeasurementNoise);
  const auto y = addNoise(*A, A->A(at::ones({1, 3, 16, 16})), 0.5, generator);
  EXPECT_EQ((y * (1.0 - A->mask())).abs().max().item<double>(), 0.0);
}

TEST(Noise, AnUnknownOneIsNamed) {
  EXPECT_THROW(noiseEntry("speckle"), Error);
}

INSTANTIATE_TEST_SUITE_P(Noises, EveryNoise, testing::ValuesIn([] {
                           std::vector<std::string> ids;
                           for (const auto& entry : noiseEntries()) ids.push_back(entry.info.id);
                           return ids;
                         }()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace p2l
