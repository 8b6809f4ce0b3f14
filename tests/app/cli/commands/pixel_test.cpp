// SPDX-License-Identifier: GPL-3.0-or-later
// Pixel models and their solvers on the command line.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/api/files.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

class PixelModels : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l-pixel-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    Image image(32, 48, 3);
    for (int y = 0; y < image.height; ++y) {
      for (int x = 0; x < image.width; ++x) {
        for (int c = 0; c < 3; ++c) image.at(x, y, c) = 0.5f + 0.4f * std::sin(0.15f * x + 0.1f * y * (c + 1));
      }
    }
    writePhoto(image, (folder_ / "photo.png").string(), "");
  }
  void TearDown() override { fs::remove_all(folder_); }

  test::Result restore(const std::string& solver, const Arguments& more) const {
    Arguments arguments = {"restore", "photo.png", "--task", "sr",    "--solver", solver,     "--steps",
                           "8",       "--threads", "1",      "--out", "out.png",  "--report", "report.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return test::runProgram(arguments, folder_.string());
  }
  void expectRefusal(const test::Result& result, const std::string& sentence) const {
    EXPECT_NE(result.exit_code, 0);
    EXPECT_NE(result.err.find(sentence), std::string::npos) << result.err;
    EXPECT_FALSE(fs::exists(folder_ / "out.png"));
  }

  fs::path folder_;
  const std::string model_ = test::referenceFolder() + "/models/ddpm-mini";
};

TEST_F(PixelModels, EverySolverOfPixelsRestores) {
  for (const char* solver : {"dps", "pigdm", "dds", "diffpir"}) {
    const auto result = restore(solver, {"--model", model_});
    EXPECT_EQ(result.exit_code, 0) << solver << result.err;
    EXPECT_EQ(result.out.find("autoencoder"), std::string::npos) << result.out;  // there is none to compare with
    std::ifstream file(folder_ / "report.json");
    const auto report = nlohmann::json::parse(file);
    EXPECT_EQ(report["request"]["solver"], solver);
    EXPECT_TRUE(report["psnr_autoencoder"].is_null());
    EXPECT_EQ(report["steps"].size(), 8u);
    EXPECT_LT(report["residual"].get<double>(), report["steps"][0]["residual"].get<double>()) << solver;
  }
}

TEST_F(PixelModels, APairThatDoesNotFitIsRefusedWithWhatDoes) {
  expectRefusal(restore("dps", {}), "works on pixel diffusion models, and p2l-tiny is a latent one");
  expectRefusal(restore("p2l", {"--model", model_}), "choose the model p2l-tiny, or one of the solvers dps, pigdm");
  expectRefusal(restore("dds", {"--model", model_, "--prompt", "a cat"}), "reads no text");
  expectRefusal(restore("dds", {"--model", model_, "--sampler", "guidance=2"}), "guidance must be 1");
  expectRefusal(restore("dds", {"--model", model_, "--vae", model_}), "has no autoencoder");
}

TEST_F(PixelModels, SelfTestAndDescription) {
  const auto good = test::runProgram({"selftest", "--device", "cpu", "--model", model_}, folder_.string());
  EXPECT_EQ(good.exit_code, 0) << good.out << good.err;
  EXPECT_NE(good.out.find("DPS, 5 steps"), std::string::npos) << good.out;
  EXPECT_EQ(good.out.find("Decoder"), std::string::npos) << good.out;
  const auto described = test::runProgram({"show-model", model_}, folder_.string());
  EXPECT_NE(described.out.find("pixel diffusion: UNet2DModel"), std::string::npos) << described.out;
  EXPECT_EQ(described.out.find("latent "), std::string::npos) << described.out;
}

}  // namespace
}  // namespace p2l
