// SPDX-License-Identifier: GPL-3.0-or-later
// p2l ladder: P2L's parts one after the other on the same measurement.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "core/api/files.h"
#include "core/request/request.h"
#include "core/types/image.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

class LadderCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l ladder " + std::to_string(::getpid()) +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    Image photo(64, 64, 3);
    for (int y = 0; y < 64; ++y) {
      for (int x = 0; x < 64; ++x) {
        for (int c = 0; c < 3; ++c) photo.at(x, y, c) = 0.5f + 0.4f * std::sin(0.15f * x + 0.1f * y * (c + 1));
      }
    }
    writePhoto(photo, at("photo.png"), "");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  test::Result p2l(std::vector<std::string> arguments) const { return test::runProgram(arguments, folder_.string()); }
  RestoreRequest requestIn(const std::string& picture) const {
    return requestFromJson(readPhoto(at(picture)).request_json);
  }

  fs::path folder_;
};

TEST_F(LadderCommand, SwitchesTheSwitchesAndNothingElse) {
  const auto result = p2l({"ladder", "photo.png", "--task",    "inpaint", "--set",   "z_update=gd", "--set",
                           "K=2",    "--set",     "gamma=1",   "--set",   "lr=0.01", "--steps",     "3",
                           "--seed", "4",         "--threads", "1",       "--quiet", "--out",       "rungs"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");

  struct {
    const char* picture;
    int K;
    const char* projection;
  } const rungs[] = {{"rungs/1-ldps.png", 0, "off"},
                     {"rungs/2-prompt.png", 2, "off"},
                     {"rungs/3-range.png", 0, "range"},
                     {"rungs/4-projection.png", 0, "proximal"},
                     {"rungs/5-p2l.png", 2, "proximal"}};
  auto last = requestIn("rungs/5-p2l.png");
  for (const auto& rung : rungs) {
    auto request = requestIn(rung.picture);
    EXPECT_EQ(integerOf(request.solver_values, "K"), rung.K) << rung.picture;
    EXPECT_EQ(choiceOf(request.solver_values, "projection"), rung.projection) << rung.picture;
    request.solver_values = last.solver_values;
    EXPECT_EQ(jsonFromRequest(request), jsonFromRequest(last)) << rung.picture;
  }

  // Every rung is the run that `restore` makes of the same values; the lowest is LDPS.
  const auto alone = p2l({"restore",   "photo.png",
                          "--task",    "inpaint",
                          "--solver",  "ldps",
                          "--set",     "rho=" + textFromValue(last.solver_values.at("rho")),
                          "--set",     "rho_side=" + textFromValue(last.solver_values.at("rho_side")),
                          "--sampler", "eta=" + textFromValue(last.sampler_values.at("eta")),
                          "--steps",   "3",
                          "--seed",    "4",
                          "--threads", "1",
                          "--quiet",   "--out",
                          "ldps.png"});
  ASSERT_EQ(alone.exit_code, 0) << alone.err;
  EXPECT_EQ(readPhoto(at("ldps.png")).image.pixels, readPhoto(at("rungs/1-ldps.png")).image.pixels);
  for (int i = 1; i < 5; ++i) {
    EXPECT_NE(readPhoto(at(rungs[i].picture)).image.pixels, readPhoto(at(rungs[i - 1].picture)).image.pixels)
        << rungs[i].picture;
  }
}

TEST_F(LadderCommand, WithTheHistoryGradientTheLowestRungIsLdir) {
  ASSERT_EQ(p2l({"ladder", "photo.png", "--task", "inpaint", "--set", "z_update=adam", "--steps", "3", "--seed", "4",
                 "--threads", "1", "--quiet", "--out", "rungs"})
                .exit_code,
            0);
  const auto request = requestIn("rungs/1-ldir.png");
  const auto alone = p2l({"restore", "photo.png", "--task", "inpaint", "--solver", "ldir", "--set",
                          "rho=" + textFromValue(request.solver_values.at("rho")), "--sampler",
                          "eta=" + textFromValue(request.sampler_values.at("eta")), "--steps", "3", "--seed", "4",
                          "--threads", "1", "--quiet", "--out", "ldir.png"});
  ASSERT_EQ(alone.exit_code, 0) << alone.err;
  EXPECT_EQ(readPhoto(at("ldir.png")).image.pixels, readPhoto(at("rungs/1-ldir.png")).image.pixels);
  std::ifstream csv(at("rungs/ladder.csv"));
  std::string line;
  std::getline(csv, line);
  std::getline(csv, line);
  EXPECT_EQ(line.substr(0, line.find(',')), "LDIR");
}

TEST_F(LadderCommand, APresetWithoutGradientAndTuningGetsThemAndTheTableSaysSo) {
  const auto result =
      p2l({"ladder", "photo.png", "--task", "sr", "--preset", "p2l-tiny-fast-sr", "--set", "lr=0.05", "--steps", "2",
           "--threads", "1", "--quiet", "--out", "rungs"});  // a rate that two steps show
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("- All rungs have P2L's values; ρ is not the one that suits LDPS alone best.\n"),
            std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("- The request has rho = 0: LDPS is this step alone"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("- The request has K = 0: the rungs with a tuned prompt take K = 1"), std::string::npos)
      << result.out;
  const auto lowest = requestIn("rungs/1-ldps.png"), last = requestIn("rungs/5-p2l.png");
  EXPECT_GT(numberOf(lowest.solver_values, "rho"), 0.0);
  EXPECT_EQ(integerOf(last.solver_values, "K"), 1);
  EXPECT_NE(readPhoto(at("rungs/5-p2l.png")).image.pixels, readPhoto(at("rungs/4-projection.png")).image.pixels);
}

TEST_F(LadderCommand, WritesATable) {
  ASSERT_EQ(p2l({"ladder", "photo.png", "--task", "sr", "--steps", "2", "--threads", "1", "--out", "rungs"}).exit_code,
            0);
  std::ifstream csv(at("rungs/ladder.csv"));
  std::string line;
  std::getline(csv, line);
  EXPECT_EQ(line, "rung,psnr,ssim,residual,noise_level,seconds,picture");
  int rows = 0;
  while (std::getline(csv, line)) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    ASSERT_EQ(cells.size(), 7u) << line;
    for (int i = 1; i < 6; ++i) EXPECT_GT(std::stod(cells[i]), 0.0) << line;
    EXPECT_TRUE(fs::exists(at("rungs/" + cells[6]))) << line;
    ++rows;
  }
  EXPECT_EQ(rows, 5);
  EXPECT_EQ(readPhoto(at("rungs/0-measurement.png")).image.width, 64);
  EXPECT_TRUE(fs::exists(at("rungs/ladder.md")));
}

TEST_F(LadderCommand, AMeasuredPhotoHasNoPsnr) {
  const auto result = p2l({"ladder", "photo.png", "--task", "gaussian-blur", "--measured", "--steps", "2", "--threads",
                           "1", "--quiet", "--out", "rungs"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("| - | - |"), std::string::npos) << result.out;
}

TEST_F(LadderCommand, TheMaskInsideThePictureOfTheRequestServes) {
  Image mask(64, 64, 1, 1.0f);
  for (int y = 20; y < 40; ++y) {
    for (int x = 20; x < 40; ++x) mask.at(x, y, 0) = 0.0f;
  }
  writePhoto(mask, at("mask.png"), "");
  const auto made = p2l({"restore", "photo.png", "--task", "inpaint", "--mask", "mask.png", "--steps", "2", "--threads",
                         "1", "--quiet", "--out", "made.png"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  fs::remove(at("mask.png"));
  for (const auto& command :
       {std::vector<std::string>{"ladder"}, {"analyse", "spread", "--seeds", "2"}, {"analyse", "projection"}}) {
    auto arguments = command;
    arguments.insert(arguments.end(),
                     {"--request", "made.png", "--steps", "2", "--threads", "1", "--quiet", "--out", "out"});
    EXPECT_EQ(p2l(arguments).exit_code, 0) << command.back();
  }
}

TEST_F(LadderCommand, RefusesWhatHasNoRungs) {
  auto refusal = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"ladder", "photo.png", "--steps", "2", "--out", "rungs"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto result = p2l(arguments);
    EXPECT_EQ(result.exit_code, 2) << result.out;
    EXPECT_FALSE(fs::exists(at("rungs")));
    return result.err.substr(0, result.err.find('\n'));
  };
  EXPECT_EQ(refusal({"--task", "sr", "--solver", "ldps"}),
            "p2l: The ladder is one of the solver p2l, found --solver ldps.");
  EXPECT_EQ(refusal({"--task", "jpeg"}),
            "p2l: The solver p2l needs a linear task, and jpeg is not linear: choose "
            "another solver.");
  EXPECT_EQ(p2l({"ladder", "photo.png", "--task", "sr", "--steps", "2", "--out", "photo.png"}).exit_code, 1);
}

}  // namespace
}  // namespace p2l
