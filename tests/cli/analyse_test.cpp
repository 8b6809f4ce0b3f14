// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/analyse/spread.h"
#include "core/api/photo_file.h"
#include "core/base/error.h"
#include "tests/cli/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

TEST(Spread, MeanAndDeviationByHand) {
  cli::Spread spread;
  EXPECT_TRUE(spread.deviation().empty());
  for (const float value : {0.1f, 0.2f, 0.6f}) {
    Image image(2, 1, 4, 0.5f);  // RGBA: alpha does not count
    image.at(0, 0, 0) = value;
    image.at(0, 0, 3) = value;
    spread.add(image);
  }
  EXPECT_EQ(spread.count(), 3);
  EXPECT_NEAR(spread.mean().at(0, 0, 0), 0.3, 1e-6);
  EXPECT_NEAR(spread.mean().at(1, 0, 2), 0.5, 1e-6);
  const auto deviation = spread.deviation();
  ASSERT_EQ(deviation.size(), 2u);
  // One of three channels varies: 0.04 + 0.01 + 0.09 over 2, over 3 channels.
  EXPECT_NEAR(deviation[0], std::sqrt(0.14 / 2.0 / 3.0), 1e-6);
  EXPECT_EQ(deviation[1], 0.0f);
  EXPECT_THROW(spread.add(Image(1, 1, 4)), Error);
}

class Analyse : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l analyse " + std::to_string(::getpid()) +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    for (int i = 0; i < 2; ++i) {
      Image image(40, 40, 3);
      for (int y = 0; y < 40; ++y) {
        for (int x = 0; x < 40; ++x) {
          for (int c = 0; c < 3; ++c)
            image.at(x, y, c) = 0.5f + 0.4f * std::sin(0.2f * x * (i + 1) + 0.1f * y * (c + 1));
        }
      }
      writePhoto(image, at("photo" + std::to_string(i) + ".png"), "");
    }
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  test::Result p2l(const Arguments& arguments) const { return test::runProgram(arguments, folder_.string()); }
  /// Rows of a CSV file without its head.
  std::vector<std::vector<std::string>> rows(const std::string& name) const {
    std::vector<std::vector<std::string>> table;
    std::ifstream file(at(name));
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
      std::vector<std::string> row;
      std::istringstream stream(line);
      for (std::string part; std::getline(stream, part, ',');) row.push_back(part);
      table.push_back(row);
    }
    return table;
  }

  fs::path folder_;
};

TEST_F(Analyse, SpreadSplitsTheErrorOfTheSamples) {
  constexpr int kSeeds = 4;
  const auto result = p2l({"analyse", "spread", "photo0.png", "--task", "sr", "--solver", "ldps", "--size", "32",
                           "--steps", "3", "--threads", "1", "--seeds", "4", "--seed", "7", "--out", "out"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("Spread over 4 seeds"), std::string::npos) << result.out;
  const auto table = rows("out/numbers.csv");
  ASSERT_EQ(table.size(), kSeeds + 1u);
  EXPECT_EQ(table[0][0], "7");
  EXPECT_EQ(table[kSeeds][0], "mean");

  // Mean over the samples of MSE = MSE of the mean + (n - 1) / n variance: exact, but for the rounding to 8 bit here.
  std::vector<Image> samples;
  double mean_square = 0.0;
  for (int i = 0; i < kSeeds; ++i) {
    samples.push_back(readPhoto(at("out/sample_" + std::to_string(7 + i) + ".png")).image);
    mean_square += std::pow(10.0, -std::stod(table[static_cast<std::size_t>(i)][1]) / 10.0) / kSeeds;
  }
  double variance = 0.0;
  const auto count = samples[0].pixels.size();
  for (std::size_t p = 0; p < count; ++p) {
    double mean = 0.0, squares = 0.0;
    for (const auto& sample : samples) mean += sample.pixels[p] / kSeeds;
    for (const auto& sample : samples) squares += std::pow(sample.pixels[p] - mean, 2);
    variance += squares / (kSeeds - 1) / static_cast<double>(count);
  }
  const double of_mean = std::pow(10.0, -std::stod(table[kSeeds][1]) / 10.0);
  EXPECT_GT(variance, 1e-4);  // the seeds do differ
  EXPECT_NEAR(mean_square, of_mean + variance * (kSeeds - 1) / kSeeds, 1e-5 + 1e-3 * mean_square);
  EXPECT_EQ(readPhoto(at("out/spread.png")).image.width, 32);
  EXPECT_EQ(readPhoto(at("out/mean.png")).image.width, 32);
  EXPECT_GT(readPhoto(at("out/panel.png")).image.width, 7 * 32);  // truth, measurement, 3 samples, mean, spread
}

TEST_F(Analyse, SpreadOfAMeasuredPhotoKnowsNoPsnr) {
  const auto result =
      p2l({"analyse", "spread", "photo0.png", "--task", "gaussian-blur", "--measured", "--solver", "ldps", "--size",
           "32", "--steps", "2", "--threads", "1", "--seeds", "2", "--quiet", "--out", "out"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, "");
  const auto table = rows("out/numbers.csv");
  ASSERT_EQ(table.size(), 3u);
  EXPECT_EQ(table[2][1], "");
  EXPECT_GT(std::stod(table[2][3]), 0.0);
}

TEST_F(Analyse, FirstRoundTripIsTheBoundOfTheReport) {
  const auto result = p2l({"analyse", "round-trip", "photo0.png", "photo1.png", "--trips", "3", "--size", "32",
                           "--glue", "sr,random-drop", "--threads", "1", "--out", "out"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("autoencoder alone: PSNR to the original"), std::string::npos) << result.out;
  ASSERT_EQ(p2l({"restore", "photo0.png", "--task", "sr", "--solver", "ldps", "--steps", "1", "--size", "32",
                 "--threads", "1", "--out", "x.png", "--report", "x.json"})
                .exit_code,
            0);
  const auto report = nlohmann::json::parse(std::ifstream(at("x.json")));
  const auto table = rows("out/numbers.csv");
  ASSERT_EQ(table.size(), 2u * 3u * 3u);
  const auto number = [&](int photo, const std::string& glue, int trip, int column) {
    for (const auto& row : table) {
      if (row[0].starts_with("photo" + std::to_string(photo)) && row[1] == glue && row[2] == std::to_string(trip)) {
        return std::stod(row[static_cast<std::size_t>(column)]);
      }
    }
    return std::nan("");
  };
  EXPECT_NEAR(number(0, "", 1, 3), report["psnr_autoencoder"], 1e-3);
  EXPECT_EQ(number(0, "", 1, 3), number(0, "", 1, 4));  // the picture before the first trip is the original
  EXPECT_NE(number(0, "", 2, 3), number(0, "", 2, 4));
  for (const int photo : {0, 1}) {
    for (const char* glue : {"sr", "random-drop"}) {
      // Without noise, gluing the original's measurement to the original changes nothing; later it does.
      EXPECT_NEAR(number(photo, glue, 1, 3), number(photo, "", 1, 3), 2e-3) << glue;
      EXPECT_GT(std::abs(number(photo, glue, 3, 3) - number(photo, "", 3, 3)), 1e-3) << glue;
    }
  }
  EXPECT_GT(readPhoto(at("out/plot.png")).image.width, 400);
  EXPECT_GT(readPhoto(at("out/strip.png")).image.height, 3 * 32);
}

TEST_F(Analyse, RoundTripsGoOnAfterAPhotoThatCannotBeRead) {
  std::ofstream(at("broken.png")) << "no picture";
  const auto result = p2l({"analyse", "round-trip", "broken.png", "photo0.png", "--trips", "1", "--size", "32",
                           "--threads", "1", "--out", "out"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("broken.png"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("1 of the photos could not be read"), std::string::npos) << result.err;
  EXPECT_EQ(rows("out/numbers.csv").size(), 1u);
  const auto none = p2l({"analyse", "round-trip", "broken.png", "--trips", "1", "--out", "none"});
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_NE(none.err.find("None of the photos could be read"), std::string::npos) << none.err;
}

TEST_F(Analyse, BadUsage) {
  EXPECT_EQ(p2l({"analyse"}).exit_code, 2);
  EXPECT_EQ(p2l({"analyse", "round-trip", "--out", "out"}).exit_code, 2);
  EXPECT_EQ(p2l({"analyse", "round-trip", "photo0.png", "--out", "out", "--glue", "fog"}).exit_code, 2);
  EXPECT_EQ(p2l({"analyse", "spread", "photo0.png", "--task", "sr", "--seeds", "1", "--out", "out"}).exit_code, 2);
  const auto missing = p2l({"analyse", "round-trip", "none.png", "--out", "out"});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_NE(missing.err.find("There is no file none.png."), std::string::npos) << missing.err;
}

}  // namespace
}  // namespace p2l
