// SPDX-License-Identifier: GPL-3.0-or-later
// Two tasks one after the other, nonlinear ones, and large pictures in patches, from the command line.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/api/files.h"
#include "core/request/request.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;
using Json = nlohmann::json;

class Tasks : public ::testing::Test {
 protected:
  static constexpr int kSide = 64;

  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l tasks " + std::to_string(::getpid()) +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    Image image(kSide, kSide, 3);
    for (int y = 0; y < kSide; ++y) {
      for (int x = 0; x < kSide; ++x) {
        for (int c = 0; c < 3; ++c) image.at(x, y, c) = 0.5f + 0.4f * std::sin(0.15f * x + 0.1f * y * (c + 1));
      }
    }
    writePhoto(image, at("photo.png"), "");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  test::Result p2l(const Arguments& arguments) const { return test::runProgram(arguments, folder_.string()); }
  test::Result restore(const Arguments& more) const {
    Arguments arguments = {"restore", "photo.png", "--steps", "2",        "--threads",
                           "1",       "--out",     "out.png", "--report", "report.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return p2l(arguments);
  }
  Json report() const { return Json::parse(std::ifstream(at("report.json"))); }
  void expectRefusal(const Arguments& more, const std::string& sentence) const {
    const auto result = restore(more);
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_NE(result.err.find(sentence), std::string::npos) << "expected: " << sentence << "\n" << result.err;
  }

  fs::path folder_;
};

TEST_F(Tasks, AnyNumberInARowAndNoiseOfAnotherKind) {
  const Arguments chain = {"--task", "gaussian-blur", "--then",  "sr:factor=2",
                           "--then", "random-drop",   "--noise", "poisson:peak=30"};
  EXPECT_EQ(restore(chain).exit_code, 0);
  const auto request = report()["request"];
  ASSERT_EQ(request["degradations"].size(), 3u);
  EXPECT_EQ(request["degradations"][2]["id"], "random-drop");
  EXPECT_EQ(request["noise"]["id"], "poisson");
  EXPECT_EQ(request["noise"]["values"]["peak"], 30);
  EXPECT_GT(report()["noise_level"], 0.0);
  EXPECT_EQ(p2l({"restore", "--request", "out.png", "--threads", "1", "--out", "again.png"}).exit_code, 0);
  EXPECT_EQ(readPhoto(at("again.png")).image.pixels, readPhoto(at("out.png")).image.pixels);
  EXPECT_EQ(restore({"--task", "sr", "--noise", "none"}).exit_code, 0);
  EXPECT_EQ(report()["noise_level"], 0.0);
  expectRefusal({"--task", "sr", "--noise", "poisson:peak=0"}, "peak must be a number from 1");
  expectRefusal({"--task", "sr", "--noise", "speckle"}, "there are: gaussian, poisson, none");
}

// What the autoencoder lost of the measurement comes back in pixels.
TEST_F(Tasks, EndsOnTheData) {
  auto ended = [&](const Arguments& task, const std::string& tau) {
    Arguments arguments = {"--set", "K=0", "--sampler", "end_on_data=" + tau, "--task"};
    arguments.insert(arguments.end(), task.begin(), task.end());
    EXPECT_EQ(restore(arguments).exit_code, 0);
    return report();
  };
  const auto off = ended({"sr", "--factor", "2"}, "0"), on = ended({"sr", "--factor", "2"}, "0.05");
  // Of means of 2 x 2, A A^T = I / 4: the residual is lambda / (lambda + 1 / 4) of what it was, lambda = 0.04.
  EXPECT_NEAR(on["residual"].get<double>() / off["residual"].get<double>(), 0.04 / 0.29, 1e-3);
  EXPECT_GT(on["psnr"].get<double>(), off["psnr"].get<double>() + 1.0);
  const Arguments blur = {"motion-blur", "--kernel-size", "15"};
  const auto blurred = ended(blur, "0"), deblurred = ended(blur, "0.05");
  EXPECT_GT(deblurred["psnr"].get<double>(), blurred["psnr"].get<double>() + 0.3);
  EXPECT_TRUE(deblurred["remarks"].empty());
  ASSERT_EQ(restore({"--task", "jpeg", "--solver", "ldps", "--sampler", "end_on_data=0.05"}).exit_code, 0);
  ASSERT_EQ(report()["remarks"].size(), 1u);
  EXPECT_NE(report()["remarks"][0].get<std::string>().find("linear tasks"), std::string::npos);
}

// Two steps that fit nothing to the data: what they started from is what comes out.
TEST_F(Tasks, StartsFromThePlainPictureWhereAsked) {
  auto started = [&](const std::string& start) {
    const auto done = restore({"--task", "sr", "--factor", "2", "--noise", "0", "--set", "K=0", "--set", "rho=0",
                               "--set", "projection=off", "--sampler", "start=" + start});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    return report();
  };
  const auto noise = started("1"), plain = started("0.05");
  EXPECT_EQ(plain["steps"].size(), 2u);
  EXPECT_LT(plain["steps"][0]["t"].get<double>(), 50.0);
  EXPECT_GT(noise["steps"][0]["t"].get<double>(), 450.0);
  EXPECT_GT(plain["psnr"].get<double>(), 24.0);
  EXPECT_GT(plain["psnr"].get<double>(), noise["psnr"].get<double>() + 5.0);
  const auto refused = p2l({"restore", "photo.png", "--task", "sr", "--steps", "200", "--sampler", "start=0.1", "--out",
                            "out.png", "--threads", "1"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_NE(refused.err.find("take fewer steps or a larger start"), std::string::npos) << refused.err;
}

// Telea's fill is the plain picture of holes: what is left of grey would be seen.
TEST_F(Tasks, StartsFromHolesThatAreFilled) {
  const auto done = restore({"--task", "inpaint", "--noise", "0", "--set", "K=0", "--set", "rho=0", "--set",
                             "projection=off", "--sampler", "start=0.05", "--sampler", "keep_measured=on"});
  ASSERT_EQ(done.exit_code, 0) << done.err;
  const auto filled = report();
  EXPECT_GT(filled["psnr"].get<double>(), filled["psnr_measurement"].get<double>() + 3.0);
}

// Beside grey holes every fill would be a gain, whether the run begins at the filled ones or at noise.
TEST_F(Tasks, HoldsAResultAgainstTheHolesFilledPlainly) {
  for (const char* start : {"start=0.05", "start=1"}) {
    ASSERT_EQ(restore({"--task", "random-drop", "--set", "K=0", "--sampler", start}).exit_code, 0);
    const auto restored = report();
    ASSERT_EQ(
        p2l({"degrade", "photo.png", "--task", "random-drop", "--out", "y.png", "--report", "report.json"}).exit_code,
        0);
    const auto plain = report();
    for (const char* number : {"psnr_telea", "ssim_telea"}) {
      ASSERT_TRUE(restored[number].is_number()) << number;
      EXPECT_NEAR(restored[number].get<double>(), plain[number].get<double>(), 1e-9) << number;
    }
    EXPECT_GT(restored["psnr_telea"].get<double>(), restored["psnr_measurement"].get<double>());
  }
  ASSERT_EQ(restore({"--task", "sr", "--set", "K=0"}).exit_code, 0);
  EXPECT_TRUE(report()["psnr_telea"].is_null());
}

// Leading spacing has one step at t = 1, where noise would stay noise.
TEST_F(Tasks, OneStepIsMadeAtTheNoiseThatItStartsFrom) {
  const auto one = [&](const Arguments& more) {
    Arguments arguments = {"restore", "photo.png", "--task", "sr",      "--factor",  "2", "--set",    "K=0",
                           "--steps", "1",         "--out",  "out.png", "--threads", "1", "--report", "report.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto done = p2l(arguments);
    EXPECT_EQ(done.exit_code, 0) << done.err;
    return done;
  };
  const std::string remark = "One step at t = 1 would leave the noise that it starts from: it is made at t = 999";
  const auto leading = one({"--spacing", "leading"});
  ASSERT_EQ(report()["steps"].size(), 1u);
  EXPECT_EQ(report()["steps"][0]["t"], 999);
  ASSERT_EQ(report()["remarks"].size(), 1u);
  EXPECT_NE(report()["remarks"][0].get<std::string>().find(remark), std::string::npos) << report()["remarks"][0];
  EXPECT_NE(leading.err.find(remark), std::string::npos) << leading.err;
  const auto picture = readPhoto(at("out.png")).image.pixels;
  one({"--spacing", "trailing"});
  EXPECT_EQ(report()["steps"][0]["t"], 999);
  EXPECT_TRUE(report()["remarks"].empty());
  EXPECT_EQ(readPhoto(at("out.png")).image.pixels, picture);
  // The last of four steps, from a quarter of the noise.
  for (const char* spacing : {"leading", "trailing", "linspace"}) {
    one({"--spacing", spacing, "--sampler", "start=0.25"});
    EXPECT_EQ(report()["steps"][0]["t"], 249) << spacing;
    EXPECT_EQ(report()["remarks"].empty(), spacing == std::string("trailing")) << spacing;
  }
}

TEST_F(Tasks, ABlurAndThenASmallerPicture) {
  const Arguments both = {"--task", "gaussian-blur", "--sigma", "1.5", "--then", "sr:factor=2"};
  Arguments degrading = {"degrade", "photo.png", "--out", "y.png", "--plain-out", "plain.png", "--noise", "0"};
  degrading.insert(degrading.end(), both.begin(), both.end());
  EXPECT_EQ(p2l(degrading).exit_code, 0);
  EXPECT_EQ(readPhoto(at("y.png")).image.width, kSide / 2);
  EXPECT_EQ(readPhoto(at("plain.png")).image.width, kSide);

  const auto restored = restore(both);
  EXPECT_EQ(restored.exit_code, 0) << restored.err;
  EXPECT_EQ(readPhoto(at("out.png")).image.width, kSide);
  EXPECT_EQ(report()["request"]["degradations"][1]["id"], "sr");
  EXPECT_EQ(report()["request"]["degradations"][1]["values"]["factor"], 2);

  // Measured, the picture is the small one; its request does the same again, and another first task forgets it.
  auto measured = both;
  measured.insert(measured.end(), {"--measured"});
  EXPECT_EQ(restore(measured).exit_code, 0);
  EXPECT_EQ(readPhoto(at("out.png")).image.width, 2 * kSide);
  // On as many threads: sums over a picture round differently on another count.
  EXPECT_EQ(p2l({"restore", "--request", "out.png", "--threads", "1", "--out", "again.png"}).exit_code, 0);
  EXPECT_EQ(readPhoto(at("again.png")).image.pixels, readPhoto(at("out.png")).image.pixels);
  EXPECT_EQ(p2l({"restore", "--request", "out.png", "--task", "sr", "--out", "sr.png"}).exit_code, 0);
  EXPECT_EQ(requestFromJson(readPhoto(at("sr.png")).request_json).degradations.size(), 1u);

  expectRefusal({"--task", "sr", "--then", "fog"}, "fog");
  expectRefusal({"--task", "sr", "--then", "sr:factor=1"}, "from 2 to 16");
  expectRefusal({"--task", "sr", "--then", "sr:sigma=1"}, "sigma");
}

TEST_F(Tasks, NonlinearOnesAreForSolversThatFollowTheGradient) {
  expectRefusal({"--task", "jpeg"}, "The solver p2l needs a linear task, and jpeg is not linear");
  expectRefusal({"--task", "sr", "--then", "jpeg", "--solver", "psld"}, "jpeg is not linear");
  const auto result = restore({"--task", "jpeg", "--quality", "10", "--solver", "ldps"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(report()["request"]["degradations"][0]["values"]["quality"], 10);
  EXPECT_EQ(restore({"--task", "bicubic-sr", "--then", "jpeg:quality=50", "--solver", "ldps"}).exit_code, 0);
}

TEST_F(Tasks, PatchesAreASettingOfTheSampler) {
  const Arguments in_patches = {"--task", "sr", "--patches", "mixture", "--patch-size", "8", "--patch-stride", "4"};
  auto result = restore(in_patches);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(report()["request"]["sampler_values"]["patches"], "mixture");
  EXPECT_TRUE(report()["remarks"].empty());
  const auto mixture = readPhoto(at("out.png")).image.pixels;
  EXPECT_EQ(restore({"--task", "sr"}).exit_code, 0);
  EXPECT_NE(readPhoto(at("out.png")).image.pixels, mixture);
  const auto whole = readPhoto(at("out.png")).image.pixels;

  result = restore({"--task", "sr", "--patches", "multidiffusion"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_NE(result.err.find("no larger than one patch"), std::string::npos) << result.err;
  EXPECT_EQ(readPhoto(at("out.png")).image.pixels, whole);
  expectRefusal({"--task", "sr", "--patches", "tiles"}, "one of none, multidiffusion, mixture");
  result = restore({"--task", "sr", "--patches", "mixture", "--patch-stride", "100"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("stride"), std::string::npos) << result.err;
}

}  // namespace
}  // namespace p2l
