// SPDX-License-Identifier: GPL-3.0-or-later
// `p2l train`: what it refuses, and how it goes on where it was killed.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/api/files.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

class TrainCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l train " + std::to_string(::getpid()) +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(at("photos"));
    fs::copy(fs::path(test::referenceFolder()) / "models/unet2d-mini", at("start"), fs::copy_options::recursive);
    Image image(48, 48, 3);
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
      image.pixels[i] = 0.5f + 0.4f * std::sin(0.01f * static_cast<float>(i));
    writePhoto(image, at("photos/photo.png"), "");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  static Arguments training(const Arguments& more, const std::string& out = "run", const std::string& from = "start") {
    Arguments arguments = {"train", "pixel",       "photos", "--out",     out,  "--from",   from,  "--steps",
                           "2",     "--batch",     "1",      "--crop",    "16", "--device", "cpu", "--learning-rate",
                           "0.001", "--precision", "fp32",   "--threads", "1",  "--quiet"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  test::Result p2l(const Arguments& arguments) const { return test::runProgram(arguments, folder_.string()); }
  void expectRefusal(const Arguments& arguments, const std::string& sentence) const {
    const auto result = p2l(arguments);
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_NE(result.err.find(sentence), std::string::npos) << "expected: " << sentence << "\n" << result.err;
    EXPECT_FALSE(fs::exists(at("run")));
  }
  std::string textIn(const std::string& name) const {
    std::ifstream file(at(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  fs::path folder_;
};

TEST_F(TrainCommand, KilledAtItsLastCheckpointWritesTheRestWhenItGoesOn) {
  ASSERT_EQ(p2l(training({}, "whole")).exit_code, 0);
  const auto killed = test::interruptProgram(training({}), folder_.string(), at("run/checkpoint.safetensors"), SIGKILL);
  EXPECT_TRUE(killed.exit_code == 128 + SIGKILL || killed.exit_code == 0) << killed.err;
  // As late as it gets: nothing but the checkpoint and what was written before it.
  for (const char* name : {"model", "loss.png", "samples-2.png"}) fs::remove_all(at(std::string("run/") + name));
  const auto result = p2l(training({}));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const char* name : {"model/unet/diffusion_pytorch_model.safetensors", "model/unet/config.json",
                           "model/scheduler/scheduler_config.json", "log.csv"}) {
    EXPECT_EQ(textIn(std::string("run/") + name), textIn(std::string("whole/") + name)) << name;
    EXPECT_FALSE(textIn(std::string("whole/") + name).empty()) << name;
  }
  for (const char* name : {"loss.png", "samples-2.png"})
    EXPECT_TRUE(fs::exists(at(std::string("run/") + name))) << name;
  EXPECT_EQ(p2l(training({})).exit_code, 0);
  EXPECT_EQ(textIn("run/log.csv"), textIn("whole/log.csv")) << "no row twice";
}

TEST_F(TrainCommand, RefusesFoldersThatAreNotItsOwn) {
  const std::string itself = "copied into itself";
  expectRefusal(training({}, "start"), itself);
  expectRefusal(training({}, "start/unet"), itself);
  expectRefusal(training({}, "start/run", "./start/."), itself);
  EXPECT_FALSE(fs::exists(at("start/run")));
  expectRefusal(training({}, "photos"), "--out: photos is a folder of this training's photos (photos/photo.png)");
  EXPECT_FALSE(fs::exists(at("photos/loss.png")));
  fs::create_directories(at("before"));
  fs::rename(at("start"), at("before/model"));
  expectRefusal(training({}, "before", "before/model"), "input of this command");
  expectRefusal(training({}, "before/model", "before/model"), itself);
}

TEST_F(TrainCommand, RefusesValuesThatCannotBeMeant) {
  expectRefusal(training({"--gradient-clip", "-1"}), "--gradient-clip is -1; ");
  expectRefusal(training({"--min-snr", "nan"}), "--min-snr is nan; ");
  expectRefusal(training({"--seed", "-1"}), "--seed takes a whole number from 0 to 18446744073709551615, found -1");
  expectRefusal(training({}, "run", ""), "--from: the name of the folder is empty");
  expectRefusal(training({"--weight", "foo=1"}), "--weight foo=1: none of the 1 photos has `foo` in its path");
  for (const char* weight : {"photo=", "photo=nan"})
    expectRefusal(training({"--weight", weight}), "--weight takes PART=W with W from 0 on");
}

}  // namespace
}  // namespace p2l
