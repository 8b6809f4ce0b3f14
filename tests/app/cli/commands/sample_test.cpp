// SPDX-License-Identifier: GPL-3.0-or-later
// `p2l sample`, and the embedding's way from a restoration to it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "core/api/files.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

class SampleCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l sample " + std::to_string(::getpid()) +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    Image image(64, 64, 3);
    for (int y = 0; y < 64; ++y) {
      for (int x = 0; x < 64; ++x) {
        for (int c = 0; c < 3; ++c) image.at(x, y, c) = 0.5f + 0.4f * std::sin(0.15f * x + 0.1f * y * (c + 1));
      }
    }
    writePhoto(image, at("photo.png"), "");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  Arguments sampling(const Arguments& more) const {
    Arguments arguments = {"sample", "--steps", "3", "--size", "32", "--threads", "1", "--out", "drawn"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  test::Result p2l(const Arguments& arguments) const { return test::runProgram(arguments, folder_.string()); }
  void expectRefusal(const Arguments& more, int exit_code, const std::string& sentence) const {
    const auto result = p2l(sampling(more));
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    EXPECT_NE(result.err.find(sentence), std::string::npos) << "expected: " << sentence << "\n" << result.err;
    EXPECT_FALSE(fs::exists(at("drawn/sheet.png")));
  }

  fs::path folder_;
};

TEST_F(SampleCommand, DrawsARowForEachScaleAndAColumnForEachSeed) {
  const auto result = p2l(sampling({"--prompt", "a red flower", "--guidance", "1,7.5", "--count", "3", "--seed", "8"}));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("6 pictures"), std::string::npos) << result.out;
  for (const char* name : {"w1_seed8", "w1_seed9", "w1_seed10", "w7.5_seed8", "w7.5_seed9", "w7.5_seed10"}) {
    EXPECT_EQ(readPhoto(at("drawn/" + std::string(name) + ".png")).image.width, 32) << name;
  }
  const auto sheet = readPhoto(at("drawn/sheet.png")).image;
  EXPECT_GE(sheet.width, 3 * 32);
  EXPECT_LT(sheet.width, 4 * 48);
  EXPECT_GE(sheet.height, 2 * 32);
  EXPECT_NE(readPhoto(at("drawn/w1_seed8.png")).image.pixels, readPhoto(at("drawn/w7.5_seed8.png")).image.pixels);
  EXPECT_EQ(p2l({"sample", "--steps", "2", "--size", "64x32", "--count", "1", "--quiet", "--out", "drawn"}).out, "");
  EXPECT_EQ(readPhoto(at("drawn/w1_seed0.png")).image.width, 64);
}

TEST_F(SampleCommand, ATunedEmbeddingGoesFromARestorationToThePictures) {
  const auto restored = p2l({"restore", "photo.png", "--task", "sr", "--steps", "3", "--set", "K=1", "--set", "lr=0.05",
                             "--threads", "1", "--out", "out.png", "--save-embedding", "tuned.safetensors"});
  ASSERT_EQ(restored.exit_code, 0) << restored.err;
  ASSERT_TRUE(fs::exists(at("tuned.safetensors")));
  EXPECT_EQ(p2l(sampling({"--embedding", "tuned.safetensors", "--count", "1"})).exit_code, 0);
  const auto tuned = readPhoto(at("drawn/w1_seed0.png")).image.pixels;
  EXPECT_EQ(p2l(sampling({"--count", "1"})).exit_code, 0);
  EXPECT_NE(readPhoto(at("drawn/w1_seed0.png")).image.pixels, tuned) << "the embedding was not tuned, or not used";

  // It starts another restoration, which is in the picture's request; a prompt takes its place again.
  const Arguments again = {"restore", "photo.png", "--task",   "sr",    "--steps", "2",           "--threads",
                           "1",       "--out",     "from.png", "--set", "K=0",     "--embedding", "tuned.safetensors"};
  EXPECT_EQ(p2l(again).exit_code, 0);
  const auto request = readPhoto(at("from.png")).request_json;
  EXPECT_NE(request.find("\"embedding\": \"tuned.safetensors\""), std::string::npos) << request;
  EXPECT_EQ(p2l({"restore", "--request", "from.png", "--prompt", "a cat", "--out", "cat.png"}).exit_code, 0);
  EXPECT_NE(readPhoto(at("cat.png")).request_json.find("\"embedding\": \"\""), std::string::npos);
}

TEST_F(SampleCommand, RefusesWhatCannotBe) {
  expectRefusal({"--prompt", "a", "--embedding", "b"}, 2, "not both");
  expectRefusal({"--embedding", "none.safetensors"}, 1, "none.safetensors");
  expectRefusal({"--guidance", "1,x"}, 2, "guidance");
  expectRefusal({"--guidance", "31"}, 2, "guidance");
  expectRefusal({"--sampler", "steps=0"}, 2, "steps");
  expectRefusal({"--seed", "-1"}, 2, "--seed");
  expectRefusal({"--count", "0"}, 2, "--count");
  expectRefusal({"--model", "nothing"}, 1, "nothing");
  for (const char* size : {"33", "big", "64x", "0"}) {
    const auto result = p2l({"sample", "--size", size, "--out", "drawn"});
    EXPECT_EQ(result.exit_code, std::string(size) == "33" ? 1 : 2) << size << result.err;
  }
}

}  // namespace
}  // namespace p2l
