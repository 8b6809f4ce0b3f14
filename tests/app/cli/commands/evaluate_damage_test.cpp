// SPDX-License-Identifier: GPL-3.0-or-later
// `p2l evaluate` on a folder whose files a full disk, a crash or a hand has damaged.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/api/files.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

class EvaluateDamage : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l damage " + std::to_string(::getpid()) +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    Image photo(40, 40, 3);
    for (std::size_t i = 0; i < photo.pixels.size(); ++i) photo.pixels[i] = 0.01f * static_cast<float>(i % 97);
    writePhoto(photo, at("b.png"), "");
    const auto done = evaluate();
    ASSERT_EQ(done.exit_code, 0) << done.err;
    for (const auto& entry : fs::directory_iterator(folder_ / "out/runs/truth")) name_ = entry.path().stem().string();
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  /// A file of the run of ldps.
  std::string ofRun(const char* ending) const { return "out/runs/sr/ldps/" + name_ + ending; }
  test::Result evaluate() const {
    return test::runProgram({"evaluate", "b.png", "--tasks", "sr", "--solvers", "ldps", "--size", "32", "--steps", "2",
                             "--lpips", "none", "--threads", "1", "--out", "out"},
                            folder_.string());
  }
  test::Result collect() const { return test::runProgram({"evaluate", "--collect", "--out", "out"}, folder_.string()); }
  void spill(const std::string& name, const std::string& text) const { std::ofstream(at(name)) << text; }
  static int count(const std::string& text, const std::string& part) {
    int found = 0;
    for (auto i = text.find(part); i != std::string::npos; i = text.find(part, i + 1)) ++found;
    return found;
  }

  fs::path folder_;
  std::string name_;
};

TEST_F(EvaluateDamage, AReportThatIsEmptyOrCutOffIsARunToBeDoneAgain) {
  for (const char* text : {"", "{\"evaluation\": {", "[]"}) {
    spill(ofRun(".json"), text);
    const auto collected = collect();
    EXPECT_EQ(collected.exit_code, 1);
    EXPECT_NE(collected.err.find(ofRun(".json") + " is no report of a finished run ("), std::string::npos)
        << collected.err;
    EXPECT_NE(collected.err.find("): delete it, and the run is done again."), std::string::npos) << collected.err;
    const auto again = evaluate();
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(count(again.err, "is no report of a finished run ("), 1) << again.err;
    EXPECT_NE(again.err.find("): the run is done again."), std::string::npos) << again.err;
    EXPECT_NE(again.out.find("1/1 "), std::string::npos) << again.out;
    EXPECT_EQ(collect().exit_code, 0);
  }
}

TEST_F(EvaluateDamage, APictureThatIsGoneOrEmptyIsARunToBeDoneAgain) {
  fs::remove(at(ofRun(".png")));
  const auto gone = evaluate();
  EXPECT_EQ(gone.exit_code, 0) << gone.err;
  EXPECT_EQ(gone.err, "p2l: " + ofRun(".png") + " is not there any more: the run is done again.\n");
  EXPECT_EQ(readPhoto(at(ofRun(".png"))).image.width, 32);

  for (const auto& picture : {ofRun(".png"), "out/runs/sr/measured/" + name_ + ".png"}) {
    spill(picture, "");
    const auto collected = collect();
    EXPECT_EQ(collected.exit_code, 1);
    EXPECT_NE(collected.err.find(picture + " is empty (0 bytes). Delete it, and `p2l evaluate` makes it again."),
              std::string::npos)
        << collected.err;
    const auto again = evaluate();
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(again.err, "p2l: " + picture + " is empty: the run is done again.\n");
    EXPECT_EQ(readPhoto(at(picture)).image.width, 32);
  }
}

TEST_F(EvaluateDamage, ThePhotoAsItWasUsedIsMadeAgainWithoutARun) {
  const auto truth = "out/runs/truth/" + name_ + ".png";
  const auto before = readPhoto(at(truth)).image.pixels;
  for (const bool empty : {false, true}) {
    fs::remove(at(truth));
    if (empty) spill(truth, "");
    const auto again = evaluate();
    EXPECT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(again.out.find("1/1 "), std::string::npos) << again.out;
    EXPECT_EQ(readPhoto(at(truth)).image.pixels, before);
  }
}

TEST_F(EvaluateDamage, WhatStandsBesideTheRunsMayBeEmpty) {
  fs::create_directories(at("out/failed"));
  spill("out/failed/b.txt", "");
  spill(ofRun(".inception"), "");
  const auto again = evaluate();
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(again.err, "");
}

}  // namespace
}  // namespace p2l
