// SPDX-License-Identifier: GPL-3.0-or-later
// MS-SSIM, LPIPS, Inception and the Frechet distance against the packages that people compare with. The networks'
// weights are random: drawn here from the seed from which tests/parity/make_metric_reference.py drew them.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/api/measure.h"
#include "core/api/measuring_times.h"
#include "core/api/picture_metrics.h"
#include "core/base/random.h"
#include "core/io/photo_file.h"
#include "core/metrics/frechet.h"
#include "core/metrics/inception.h"
#include "core/metrics/lpips.h"
#include "core/metrics/ms_ssim.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"
#include "core/weights/safetensors.h"
#include "tests/support/formula_picture.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const Json& reference() {
  static const Json json = Json::parse(std::ifstream(test::referencePath("metric_networks.json")));
  return json;
}

at::Generator generatorOf(const Json& part) {
  return makeGenerator(part.at("seed"), RandomStream::InitialLatent);  // torch.Generator().manual_seed(seed)
}

/// A folder with weights drawn as the reference says.
class RandomWeights {
 public:
  RandomWeights() : folder_(fs::path(::testing::TempDir()) / ("p2l metrics " + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~RandomWeights() { fs::remove_all(folder_); }
  RandomWeights(const RandomWeights&) = delete;
  RandomWeights& operator=(const RandomWeights&) = delete;

  std::string folder() const { return folder_.string(); }
  std::string path(const std::string& file) const { return (folder_ / file).string(); }

  std::string write(const std::string& part, const std::string& file, const std::string& without = "") const {
    auto generator = generatorOf(reference().at(part));
    std::map<std::string, at::Tensor> tensors;
    for (const auto& row : reference().at(part).at("weights")) {
      const auto noise = at::randn(row.at("shape").get<std::vector<std::int64_t>>(), generator, at::kFloat);
      const auto value = row.at("offset").get<double>() + row.at("scale").get<double>() * noise;
      const std::string key = row.at("key");
      if (key != without) tensors[key] = row.at("magnitude") ? value.abs() : value;
    }
    writeSafetensors(path(file), tensors);
    return path(file);
  }

 private:
  fs::path folder_;
};

at::Tensor picture(const std::string& name) {
  return tensorFromImage(readPhoto(test::referencePath(name)).image);
}

TEST(MetricNetworks, MsSsimEqualsPytorchMsssim) {
  for (const auto& row : reference().at("ms_ssim")) {
    const auto a = test::formulaPicture(row.at("height"), row.at("width"), false);
    const auto b = test::formulaPicture(row.at("height"), row.at("width"), true);
    EXPECT_NEAR(msSsim(a, b), row.at("value").get<double>(), 1e-6);
    EXPECT_NEAR(msSsim(a, 0.5 * (a + b)), row.at("half").get<double>(), 1e-6);
    EXPECT_NEAR(msSsim(a, a), 1.0, 1e-12);
  }
  EXPECT_TRUE(std::isnan(msSsim(at::zeros({1, 3, 160, 400}), at::zeros({1, 3, 160, 400}))));
  EXPECT_THROW(msSsim(at::zeros({1, 3, 200, 200}), at::zeros({1, 3, 200, 201})), Error);
}

TEST(MetricNetworks, LpipsEqualsThePackageOnRandomWeights) {
  const RandomWeights weights;
  for (const auto& [part, trunk] : {std::pair("lpips_alex", Lpips::Trunk::Alex), {"lpips_vgg", Lpips::Trunk::Vgg}}) {
    const Lpips lpips(weights.write(part, "lpips.safetensors"), trunk, at::kCPU);
    const auto& expected = reference().at(part);
    for (std::size_t i = 0; i < expected.at("pairs").size(); ++i) {
      const auto a = picture(expected["pairs"][i][0]);
      const auto b = picture(expected["pairs"][i][1]);
      const double value = expected["values"][i];
      EXPECT_NEAR(lpips(a, b), value, 1e-4 * value) << part;
      EXPECT_EQ(lpips(a, a), 0.0) << part;
      EXPECT_NEAR(lpips.distances(a, b).item<double>(), value, 1e-4 * value) << part;
    }
    EXPECT_TRUE(std::isnan(lpips(at::zeros({1, 3, 15, 40}), at::zeros({1, 3, 15, 40}))));
    EXPECT_GE(lpips(at::zeros({1, 3, 31, 31}), at::ones({1, 3, 31, 31})), 0.0);  // the smallest that Alex takes
  }
}

TEST(MetricNetworks, LpipsDistancesFallAlongTheirGradient) {
  const RandomWeights weights;
  const Lpips lpips(weights.write("lpips_alex", "lpips.safetensors"), Lpips::Trunk::Alex, at::kCPU);
  auto generator = makeGenerator(3, RandomStream::Training);
  const auto a = at::tanh(at::randn({2, 3, 40, 36}, generator)), b = at::tanh(at::randn({2, 3, 40, 36}, generator));
  const at::AutoGradMode grad(true);
  const auto x = a.clone().requires_grad_(true);
  const auto before = lpips.distances(x, b);
  ASSERT_EQ(before.sizes(), at::IntArrayRef({2}));
  before.sum().backward();
  ASSERT_TRUE(at::isfinite(x.grad()).all().item<bool>());
  const double slope = x.grad().square().sum().item<double>(), step = 1e-3 / std::sqrt(slope);
  const double after = lpips.distances(a - step * x.grad(), b).sum().item<double>();
  EXPECT_NEAR(before.sum().item<double>() - after, step * slope, 0.05 * step * slope);
  // Where both are the same the root under the features' length has a gradient, too.
  const auto same = a.clone().requires_grad_(true);
  lpips.distances(same, a).sum().backward();
  EXPECT_LT(same.grad().abs().max().item<double>(), 1e-6);
}

TEST(MetricNetworks, InceptionEqualsPytorchFidOnRandomWeights) {
  const RandomWeights weights;
  const Inception inception(weights.write("inception", "inception.safetensors"), at::kCPU);
  const auto expected = SafetensorsFile::open(test::referencePath("metric_inception.safetensors"))->tensor("features");
  const auto& names = reference().at("inception").at("pictures");
  ASSERT_EQ(expected.size(0), static_cast<std::int64_t>(names.size()));
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto features = inception(picture(names[i]));
    EXPECT_LT(test::relativeDifference(features[0], expected[static_cast<std::int64_t>(i)]), 1e-4) << names[i];
  }
}

TEST(MetricNetworks, FrechetDistanceEqualsPytorchFid) {
  auto generator = generatorOf(reference().at("frechet"));
  for (const auto& row : reference().at("frechet").at("cases")) {
    const std::int64_t n = row.at("n"), m = row.at("m"), d = row.at("d");
    const auto a = at::randn({n, d}, generator, at::kDouble);
    const auto b = 0.5 + 1.5 * at::randn({m, d}, generator, at::kDouble);
    EXPECT_NEAR(frechetDistance(a, b), row.at("value").get<double>(), 1e-7);
    EXPECT_NEAR(frechetDistance(b, a), row.at("value").get<double>(), 1e-7);
  }
}

TEST(MetricNetworks, FrechetDistanceOfFewSamples) {
  auto generator = makeGenerator(5, RandomStream::InitialLatent);
  const auto a = at::randn({7, 100}, generator, at::kDouble);  // covariance of rank 6
  EXPECT_NEAR(frechetDistance(a, a), 0.0, 1e-10);
  const auto shift = at::randn({100}, generator, at::kDouble);
  EXPECT_NEAR(frechetDistance(a, a + shift), shift.square().sum().item<double>(), 1e-9);
  // Scaled by c about the mean: S_b = c^2 S_a, so the distance is (1 - c)^2 tr S_a.
  const auto centred = a - a.mean(0);
  EXPECT_NEAR(frechetDistance(centred, 3.0 * centred), 4.0 * centred.square().sum().item<double>() / 6.0, 1e-9);
  EXPECT_THROW(frechetDistance(a, a.slice(0, 0, 1)), Error);
}

TEST(MetricNetworks, WhatThereAreNoWeightsForIsLeftOpen) {
  const RandomWeights weights;
  const PictureMetrics none("", "", "cpu");
  EXPECT_EQ(none.measured(), std::set<std::string>{"ms_ssim"});
  EXPECT_FALSE(none.hasInception());
  EXPECT_THROW(none.inceptionFeatures(Image(8, 8, 3)), Error);
  EXPECT_THROW(PictureMetrics(weights.folder(), "", "cpu"), Error);
  EXPECT_THROW(PictureMetrics("", weights.path("none"), "cpu"), Error);
  weights.write("lpips_alex", "lpips_alex.safetensors", "net.slice4.8.bias");
  EXPECT_THROW(PictureMetrics(weights.folder(), "", "cpu"), Error);

  weights.write("lpips_alex", "lpips_alex.safetensors");
  const PictureMetrics alex(weights.folder(), "", "cpu");
  EXPECT_EQ(alex.measured(), (std::set<std::string>{"ms_ssim", "lpips_alex"}));
  RunReport report;
  const auto& expected = reference().at("lpips_alex");
  alex.measure(readPhoto(test::referencePath(expected["pairs"][0][1])).image,
               readPhoto(test::referencePath(expected["pairs"][0][0])).image, report);
  EXPECT_NEAR(report.metric("lpips_alex"), expected["values"][0].get<double>(), 1e-5);
  EXPECT_TRUE(std::isnan(report.metric("lpips_vgg")));
  EXPECT_TRUE(std::isnan(report.metric("ms_ssim")));  // 64 x 48 pixels
}

TEST(MetricNetworks, WhatMeasuringTakesIsForetoldOnThisMachine) {
  constexpr int kTries = 3, kSide = 320;  // something else may run beside the test
  const RandomWeights weights;
  weights.write("lpips_alex", "lpips_alex.safetensors");
  weights.write("lpips_vgg", "lpips_vgg.safetensors");
  Outcome outcome;
  outcome.picture = Image(kSide, kSide, 3, 0.4f);
  outcome.truth = Image(kSide, kSide, 3, 0.6f);
  outcome.report.request.device = "cpu";
  double ratio = 0.0;
  for (int i = 0; i < kTries && (ratio < 0.5 || ratio > 2.0); ++i) {
    const auto times = timeMeasuring(weights.folder(), "cpu");
    const auto begin = std::chrono::steady_clock::now();
    measureOrRemark(outcome, weights.folder());
    const double measured = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    ratio = metricsSeconds(times, double(kSide) * kSide) / measured;
  }
  EXPECT_TRUE(std::isfinite(outcome.report.metric("lpips_vgg")));
  EXPECT_GE(ratio, 0.5);
  EXPECT_LE(ratio, 2.0);
}

TEST(MetricNetworks, MeasuringTakesAsLongAsItsPartsDo) {
  const auto catalogue = readCatalogue();
  const MeasureTimes times{1000.0, 0.5, 2.0, 3.0};  // pixels, loading, metrics, fill
  EXPECT_DOUBLE_EQ(metricsSeconds(times, 4000.0), 0.5 + 8.0);
  EXPECT_EQ(metricsSeconds(times, double(PictureMetrics::kMostLpipsPixels) + 1.0), 0.0);  // it is left out
  EXPECT_EQ(metricsSeconds({}, 4000.0), 0.0);                                             // not known
  RestoreRequest request;
  request.mode = Mode::Demonstrate;
  request.degradation().id = "gaussian-blur";
  EXPECT_DOUBLE_EQ(plainSeconds(catalogue, request, times, 4000.0), 8.5);
  request.degradation().id = "random-drop";
  EXPECT_DOUBLE_EQ(plainSeconds(catalogue, request, times, 4000.0), 12.0 + 8.5);
  request.mode = Mode::Restore;  // no truth, no metrics
  EXPECT_DOUBLE_EQ(plainSeconds(catalogue, request, times, 4000.0), 12.0);
  EXPECT_EQ(plainSeconds(catalogue, request, {}, 4000.0), 0.0);
}

}  // namespace
}  // namespace p2l
