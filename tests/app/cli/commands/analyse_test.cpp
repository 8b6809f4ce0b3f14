// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/api/files.h"
#include "core/experiment/evolution.h"
#include "core/experiment/spread.h"
#include "core/types/error.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

TEST(Spread, MeanAndDeviationByHand) {
  Spread spread;
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

TEST(Spread, CalibrationByHand) {
  const auto groups = calibrationOf({0.3f, 0.1f, 0.4f, 0.2f}, {3.0f, 1.0f, 4.0f, 2.0f}, 2);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_NEAR(groups[0].spread, std::sqrt((0.01 + 0.04) / 2.0), 1e-6);
  EXPECT_NEAR(groups[0].error, std::sqrt((1.0 + 4.0) / 2.0), 1e-6);
  EXPECT_NEAR(groups[1].spread, std::sqrt((0.09 + 0.16) / 2.0), 1e-6);
  EXPECT_NEAR(groups[1].error, std::sqrt((9.0 + 16.0) / 2.0), 1e-6);
  EXPECT_THROW(calibrationOf({0.1f}, {0.1f}, 2), Error);
  EXPECT_THROW(calibrationOf({0.1f, 0.2f}, {0.1f}, 1), Error);
}

TEST(Evolution, ColumnsAreEquallySpacedSteps) {
  using Steps = std::vector<int>;
  EXPECT_EQ(shownSteps(9, 5), (Steps{1, 3, 5, 7, 9}));
  EXPECT_EQ(shownSteps(30, 2), (Steps{1, 30}));
  EXPECT_EQ(shownSteps(30, 1), (Steps{30}));
  EXPECT_EQ(shownSteps(3, 5), (Steps{1, 2, 0, 3, 0}));  // three steps, each once
  EXPECT_EQ(shownSteps(1, 3), (Steps{1, 0, 0}));
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

  // The means of the first 1 and of all samples are the first sample and the mean.
  EXPECT_EQ(table[0][6], table[0][1]);
  EXPECT_EQ(table[kSeeds - 1][6], table[kSeeds][1]);
  EXPECT_EQ(table[kSeeds - 1][7], table[kSeeds][3]);
  EXPECT_NE(table[1][6], table[1][1]);
  EXPECT_EQ(readPhoto(at("out/plot.png")).image.width, readPhoto(at("out/calibration.png")).image.width);
  // Tenths of the pixels: together they are the error of the mean and the variance of the samples.
  const auto tenths = rows("out/calibration.csv");
  ASSERT_EQ(tenths.size(), 10u);
  double spread_squares = 0.0, error_squares = 0.0;
  for (std::size_t i = 0; i < tenths.size(); ++i) {
    if (i > 0) {
      EXPECT_LE(std::stod(tenths[i - 1][0]), std::stod(tenths[i][0]));
    }
    spread_squares += std::pow(std::stod(tenths[i][0]), 2) / 10.0;
    error_squares += std::pow(std::stod(tenths[i][1]), 2) / 10.0;
  }
  EXPECT_NEAR(spread_squares, variance, 0.02 * variance);
  EXPECT_NEAR(error_squares, of_mean, 0.02 * of_mean);
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
  EXPECT_TRUE(fs::exists(at("out/plot.png")));  // of the residual
  EXPECT_FALSE(fs::exists(at("out/calibration.csv")));
}

TEST_F(Analyse, ProjectionNumbersAreThoseOfTheRun) {
  const Arguments request = {"photo0.png", "--task", "random-drop", "--solver", "p2l", "--set",     "K=0", "--set",
                             "gamma=2",    "--size", "32",          "--steps",  "6",   "--threads", "1"};
  const auto with = [&](Arguments arguments, const Arguments& more) {
    arguments.insert(arguments.end(), request.begin(), request.end());
    arguments.insert(arguments.end(), more.begin(), more.end());
    return p2l(arguments);
  };
  const auto result = with({"analyse", "projection"}, {"--out", "out"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("3 of 6 steps projected"), std::string::npos) << result.out;
  ASSERT_EQ(with({"restore"}, {"--out", "x.png", "--report", "x.json"}).exit_code, 0);
  const auto report = nlohmann::json::parse(std::ifstream(at("x.json")));
  const auto table = rows("out/projection.csv");
  std::size_t row = 0;
  for (const auto& step : report["steps"]) {
    EXPECT_EQ(step["residual_projected"].is_null(), !step["projected"]);
    if (!step["projected"]) continue;
    ASSERT_LT(row, table.size());
    EXPECT_EQ(std::stoi(table[row][0]), step["step"]);
    EXPECT_EQ(std::stoi(table[row][1]), step["t"]);
    EXPECT_NEAR(std::stod(table[row][2]), step["residual"], 1e-4);
    EXPECT_NEAR(std::stod(table[row][3]), step["residual_projected"], 1e-4);
    EXPECT_NEAR(std::stod(table[row][5]), report["noise_level"], 1e-4);
    // A weighted mean of y and the estimate is nearer to y; the autoencoder gives some of that up.
    EXPECT_LT(std::stod(table[row][3]), std::stod(table[row][2]));
    EXPECT_GT(std::stod(table[row][4]), std::stod(table[row][3]));
    ++row;
  }
  EXPECT_EQ(row, 3u);
  EXPECT_EQ(table.size(), row);
  EXPECT_GT(readPhoto(at("out/projection.png")).image.width, 400);
  // Truth, measurement, before, projected, encoded again, and two maps.
  EXPECT_GT(readPhoto(at("out/panel.png")).image.width, 7 * 32);

  // A A^T = I on a mask: gluing leaves no residual. The range of the encoder knows no data.
  const auto numbersWith = [&](const char* kind) {
    EXPECT_EQ(with({"analyse", "projection"}, {"--set", std::string("projection=") + kind, "--quiet", "--out", kind})
                  .exit_code,
              0);
    return rows(std::string(kind) + "/projection.csv");
  };
  for (const auto& glued : numbersWith("gluing")) EXPECT_LT(std::stod(glued[3]), 1e-3);
  for (const auto& of_range : numbersWith("range")) EXPECT_EQ(of_range[3], of_range[2]);
}

TEST_F(Analyse, ProjectionOfEverySolverThatDeclaresIt) {
  const auto numbersOf = [&](const Arguments& solver) {
    Arguments arguments = {"analyse", "projection", "photo0.png", "--task", "sr",    "--size",
                           "32",      "--quiet",    "--threads",  "1",      "--out", solver.back()};
    arguments.insert(arguments.end(), {"--solver"});
    arguments.insert(arguments.end(), solver.begin(), solver.end() - 1);
    const auto result = p2l(arguments);
    EXPECT_EQ(result.exit_code, 0) << solver.back() << ": " << result.err;
    EXPECT_EQ(result.out, "");
    return rows(solver.back() + "/projection.csv");
  };
  for (const auto& numbers : numbersOf({"latino", "--steps", "3", "latino"}))
    EXPECT_LT(std::stod(numbers[3]), std::stod(numbers[2]));
  for (const auto& numbers : numbersOf({"treg", "--steps", "4", "treg"}))
    EXPECT_LT(std::stod(numbers[3]), std::stod(numbers[2]));
  // ReSample moves pictures first, and latents later: those have no picture of their own.
  const auto resample =
      numbersOf({"resample", "--steps", "6", "--set", "every=1", "--set", "iterations=3", "resample"});
  ASSERT_EQ(resample.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(resample[i][3].empty(), i >= 2) << i;
  // Pixels are not encoded.
  for (const auto& numbers : numbersOf({"dds", "--model", "p2l-tiny-pixel", "--steps", "3", "dds"}))
    EXPECT_EQ(numbers[3], numbers[4]);
}

TEST_F(Analyse, ProjectionOfAMeasuredPhoto) {
  const auto result =
      p2l({"analyse", "projection", "photo0.png", "--task", "gaussian-blur", "--measured", "--set", "K=0", "--set",
           "gamma=1", "--size", "32", "--steps", "2", "--threads", "1", "--quiet", "--out", "out"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(rows("out/projection.csv").size(), 2u);
  EXPECT_TRUE(fs::exists(at("out/panel.png")));
}

TEST_F(Analyse, ProjectionRefusesWhatDoesNotProject) {
  const auto refusal = [&](const Arguments& more, int exit_code) {
    Arguments arguments = {"analyse", "projection", "photo0.png", "--task", "sr", "--size", "32", "--steps", "2"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    arguments.insert(arguments.end(), {"--threads", "1", "--quiet", "--out", "out"});
    const auto result = p2l(arguments);
    EXPECT_EQ(result.exit_code, exit_code) << result.out;
    return result.err.substr(0, result.err.find('\n'));
  };
  EXPECT_EQ(refusal({"--solver", "ldps"}, 2),
            "p2l: The solver ldps does not project; those that do are: p2l, treg, resample, latino, dds, diffpir.");
  const std::string none = "p2l: With these values p2l projects in none of its 2 steps: choose others.";
  EXPECT_EQ(refusal({"--set", "projection=off"}, 2), none);
  EXPECT_EQ(refusal({"--set", "gamma=50", "--set", "K=0"}, 2), none);
  EXPECT_EQ(refusal({"--solver", "treg", "--set", "until=0"}, 2),
            "p2l: With these values treg projects in none of its 2 steps: choose others.");
  EXPECT_FALSE(fs::exists(at("out")));
}

TEST_F(Analyse, EvolutionHasARowForEverySolver) {
  const auto result =
      p2l({"analyse", "evolution", "photo0.png", "--task", "sr", "--solvers", "ldps,p2l:K=0,latino", "--size", "32",
           "--steps", "4", "--columns", "3", "--seed", "5", "--threads", "1", "--out", "out"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("2/3 p2l:K=0: "), std::string::npos) << result.out;
  const auto table = rows("out/evolution.csv");
  ASSERT_EQ(table.size(), 3u * 5u);
  const char* const solvers[] = {"ldps", "p2l:K=0", "latino"};
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_EQ(table[i][0], solvers[i / 5]);
    EXPECT_EQ(table[i][1], i % 5 == 4 ? "result" : std::to_string(i % 5 + 1));
    EXPECT_GT(std::stod(table[i][3]), 0.0);
    EXPECT_TRUE(std::isfinite(std::stod(table[i][5])));
  }
  // The rows are the runs that `restore` makes, each with its own preset.
  for (const std::string solver : {"ldps", "latino"}) {
    ASSERT_EQ(p2l({"restore", "photo0.png", "--task", "sr", "--solver", solver, "--size", "32", "--steps", "4",
                   "--seed", "5", "--threads", "1", "--quiet", "--out", "x.png", "--report", "x.json"})
                  .exit_code,
              0);
    const auto report = nlohmann::json::parse(std::ifstream(at("x.json")));
    const std::size_t first = solver == "ldps" ? 0 : 10;
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(std::stoi(table[first + i][2]), report["steps"][i]["t"]);
      EXPECT_NEAR(std::stod(table[first + i][3]), report["steps"][i]["residual"], 1e-3);
      EXPECT_NEAR(std::stod(table[first + i][5]), report["steps"][i]["psnr"], 1e-3);
    }
    EXPECT_NEAR(std::stod(table[first + 4][5]), report["psnr"], 1e-3);
  }
  const auto strips = readPhoto(at("out/evolution.png")).image;  // 3 rows of measurement, 3 estimates and result
  EXPECT_GT(strips.width, 5 * 32);
  EXPECT_GT(strips.height, 3 * 32);
  EXPECT_TRUE(fs::exists(at("out/psnr.png")));
  EXPECT_TRUE(fs::exists(at("out/residual.png")));
}

TEST_F(Analyse, EvolutionOfAMeasuredPhotoKnowsNoPsnr) {
  const auto result =
      p2l({"analyse", "evolution", "photo0.png", "--task", "gaussian-blur", "--measured", "--solvers", "ldps", "--size",
           "32", "--steps", "2", "--columns", "4", "--threads", "1", "--quiet", "--out", "out"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, "");
  const auto table = rows("out/evolution.csv");
  ASSERT_EQ(table.size(), 3u);
  EXPECT_EQ(table[0].size(), 5u);  // nothing after the last comma
  EXPECT_TRUE(fs::exists(at("out/residual.png")));
  EXPECT_FALSE(fs::exists(at("out/psnr.png")));
}

TEST_F(Analyse, EvolutionGoesOnAfterARunThatFails) {
  const auto result = p2l({"analyse", "evolution", "photo0.png", "--task", "sr", "--solvers",
                           "latent_daps:lr=0.1:tau=0.001,ldps:rho=0.1", "--size", "32", "--steps", "3", "--threads",
                           "1", "--quiet", "--out", "out"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("p2l: latent_daps:lr=0.1:tau=0.001: The run diverged"), std::string::npos) << result.err;
  const auto table = rows("out/evolution.csv");
  ASSERT_EQ(table.size(), 4u);
  EXPECT_EQ(table[0][0], "ldps:rho=0.1");
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
  for (const Arguments& more : {Arguments{"--solvers", "none"}, Arguments{"--solvers", "dps"},
                                Arguments{"--solvers", "p2l:rho=x"}, Arguments{"--columns", "0"}}) {
    Arguments arguments = {"analyse", "evolution", "photo0.png", "--task", "sr", "--out", "bad"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    EXPECT_EQ(p2l(arguments).exit_code, 2) << more.back();
  }
  EXPECT_FALSE(fs::exists(at("bad")));
  const auto missing = p2l({"analyse", "round-trip", "none.png", "--out", "out"});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_NE(missing.err.find("There is no file none.png."), std::string::npos) << missing.err;
}

}  // namespace
}  // namespace p2l
