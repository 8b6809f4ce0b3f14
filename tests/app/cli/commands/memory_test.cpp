// SPDX-License-Identifier: GPL-3.0-or-later
// What the planner predicts against the peak of real processes.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/api/files.h"
#include "core/types/image.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Arguments = std::vector<std::string>;
using test::Result;

constexpr double kAgreement = 0.15;

class Memory : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l memory " + std::to_string(::getpid()) +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    Image photo(96, 96, 3);
    for (std::size_t i = 0; i < photo.pixels.size(); ++i) photo.pixels[i] = 0.5f + 0.4f * std::sin(0.01f * i);
    writePhoto(photo, (folder_ / "photo.png").string(), "");
  }
  void TearDown() override { fs::remove_all(folder_); }

  Result restore(int size, const Arguments& more) const {
    Arguments arguments = {"restore", "photo.png", "--task",   "sr",       "--size",  std::to_string(size),
                           "--set",   "K=1",       "--set",    "gamma=1",  "--steps", "1",
                           "--out",   "out.png",   "--report", "run.json", "--quiet"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::runProgram(arguments, folder_.string());
  }
  Json report() const { return Json::parse(std::ifstream(folder_ / "run.json")); }

  fs::path folder_;
};

TEST_F(Memory, PredictionIsWithinFifteenPercentOfThePeak) {
  for (const auto& more : {Arguments{},
                           {"--checkpointing"},
                           {"--checkpointing", "--vae-tiling"},
                           {"--set", "K=0"},
                           {"--set", "K=0", "--set", "rho=0"}}) {
    for (const int size : {256, 512}) {
      const auto result = restore(size, more);
      ASSERT_EQ(result.exit_code, 0) << result.err;
      const double peak = report()["peak_memory_mb"], predicted = report()["estimated_memory_mb"];
      EXPECT_NEAR(predicted / peak, 1.0, kAgreement)
          << size << " " << (more.empty() ? "" : more.back()) << ": " << predicted << " MiB predicted, " << peak;
    }
  }
}

TEST_F(Memory, PredictionIsWithinFifteenPercentForAModelOfPixels) {
  for (const auto& more :
       {Arguments{"--solver", "dps"}, {"--solver", "dps", "--checkpointing"}, {"--solver", "diffpir"}}) {
    for (const int size : {256, 512}) {
      Arguments arguments = {"restore",  "photo.png",      "--task",  "sr", "--size", std::to_string(size),
                             "--model",  "p2l-tiny-pixel", "--steps", "1",  "--out",  "out.png",
                             "--report", "run.json",       "--quiet"};
      arguments.insert(arguments.end(), more.begin(), more.end());
      const auto result = test::runProgram(arguments, folder_.string());
      ASSERT_EQ(result.exit_code, 0) << result.err;
      const double peak = report()["peak_memory_mb"], predicted = report()["estimated_memory_mb"];
      EXPECT_NEAR(predicted / peak, 1.0, kAgreement)
          << size << " " << more[1] << more.size() << ": " << predicted << " MiB predicted, " << peak;
    }
  }
}

TEST_F(Memory, AnEvaluationKeepsItsBudgetAndGoesOn) {
  const Arguments command = {"evaluate", "photo.png", "--tasks",  "sr",   "--solvers", "p2l:K=0", "--size", "512",
                             "--steps",  "1",         "--memory", "800M", "--quiet",   "--out",   "table"};
  const auto result = test::runProgram(command, folder_.string());
  ASSERT_EQ(result.exit_code, 0) << result.err;
  int runs = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "table/runs/sr")) {
    if (entry.path().extension() != ".json") continue;
    const auto json = Json::parse(std::ifstream(entry.path()));
    if (json["evaluation"]["method"] != "p2l:K=0") continue;
    ++runs;
    EXPECT_EQ(json["request"]["memory"], "800M");
    EXPECT_EQ(json["request"]["checkpointing"], true) << "float32 alone takes more";
    EXPECT_LE(json["peak_memory_mb"].get<double>(), 800.0);
  }
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(test::runProgram(command, folder_.string()).exit_code, 0) << "what was chosen is no other setting";
  auto other = command;
  other[11] = "900M";
  EXPECT_EQ(test::runProgram(other, folder_.string()).exit_code, 2);
  other[11] = "lots";
  EXPECT_EQ(test::runProgram(other, folder_.string()).exit_code, 2);
}

TEST_F(Memory, ABudgetIsKept) {
  const auto result = restore(512, {"--memory", "800M"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_LE(report()["peak_memory_mb"].get<double>(), 800.0);
  EXPECT_EQ(report()["request"]["checkpointing"], true) << "float32 alone takes more than 800 MiB";
  EXPECT_EQ(report()["request"]["memory"], "800M");
  const auto remarks = report()["remarks"].get<std::vector<std::string>>();
  ASSERT_EQ(remarks.size(), 2u);
  EXPECT_TRUE(std::any_of(remarks.begin(), remarks.end(), [](const std::string& remark) {
    return remark.find("Within 800 MiB: checkpointing") != std::string::npos;
  })) << remarks[0];
  EXPECT_TRUE(std::any_of(remarks.begin(), remarks.end(), [](const std::string& remark) {
    return remark.find("One step at t = 1") != std::string::npos;
  })) << remarks[0];
}

TEST_F(Memory, WhatDoesNotFitIsRefusedWithWhatWould) {
  const auto result = restore(512, {"--memory", "300M"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("more than the 300 MiB allowed"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("pixels would fit"), std::string::npos) << result.err;
  EXPECT_EQ(restore(64, {"--memory", "lots"}).exit_code, 2);
}

TEST_F(Memory, ShowModelSaysWhatARunTakes) {
  const auto result = test::runProgram({"show-model", "p2l-tiny"}, folder_.string());
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_NE(result.out.find("for P2L at 512 x 512 with float32"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("with checkpointing"), std::string::npos) << result.out;
}

}  // namespace
}  // namespace p2l
