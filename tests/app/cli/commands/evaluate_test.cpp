// SPDX-License-Identifier: GPL-3.0-or-later
// `p2l evaluate` as a person or a job array runs it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "core/api/files.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Arguments = std::vector<std::string>;
using test::Result;

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Image waves(int size, float slope) {
  Image image(size, size, 3);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      for (int c = 0; c < 3; ++c) image.at(x, y, c) = 0.5f + 0.4f * std::sin(slope * x + 0.1f * y * (c + 1));
    }
  }
  return image;
}

class Evaluate : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l evaluate " + std::to_string(::getpid()) +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_ / "photos");
    for (int i = 0; i < 3; ++i)
      writePhoto(waves(40, 0.1f + 0.1f * i), at("photos/wave" + std::to_string(i) + ".png"), "");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  Result p2l(const Arguments& arguments) const { return test::runProgram(arguments, folder_.string()); }
  static Arguments evaluating(const std::string& out, const std::string& tasks, const Arguments& more = {}) {
    Arguments arguments = {"evaluate", "photos", "--size",    "32", "--steps", "2",
                           "--out",    out,      "--threads", "1",  "--tasks", tasks};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  /// Every report by its path in the folder.
  std::map<std::string, Json> reports(const std::string& out) const {
    std::map<std::string, Json> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / out / "runs")) {
      if (entry.path().extension() != ".json") continue;
      found[fs::relative(entry.path(), folder_ / out).string()] = Json::parse(slurp(entry.path()));
    }
    return found;
  }

  fs::path folder_;
};

/// Fields of one line of a CSV file without quotes.
std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> parts;
  std::istringstream stream(line);
  for (std::string part; std::getline(stream, part, ',');) parts.push_back(part);
  return parts;
}

TEST_F(Evaluate, WhatRunsRemarkIsSaidOnceWithItsRows) {
  const auto result = p2l(evaluating("said", "sr,gaussian-blur", {"--solvers", "p2l:gamma=4,ldps,p2l:K=0:gamma=4"}));
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const std::string remark = ": Nothing was projected";
  const auto at = result.err.find(remark);
  ASSERT_NE(at, std::string::npos) << result.err;
  EXPECT_EQ(result.err.find(remark, at + 1), std::string::npos) << result.err;
  const auto line = result.err.rfind('\n', at) + 1;  // after npos: 0
  EXPECT_EQ(result.err.substr(line, at - line),
            "p2l: sr, p2l:gamma=4; sr, p2l:K=0:gamma=4; gaussian-blur, p2l:gamma=4; gaussian-blur, p2l:K=0:gamma=4");
}

TEST_F(Evaluate, TablesAreTheMeansOfTheReports) {
  const auto result = p2l(evaluating("out", "sr,random-drop"));
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_NE(result.out.find("24/24 "), std::string::npos) << result.out;
  const auto done = reports("out");
  EXPECT_EQ(done.size(), 3u * 2u * 4u);

  // Means by hand, from the reports alone.
  std::map<std::string, std::vector<double>> psnr;
  for (const auto& [path, report] : done) {
    const auto& place = report["evaluation"];
    psnr[place["task"].get<std::string>() + "," + place["method"].get<std::string>()].push_back(report["psnr"]);
    for (const char* number : {"ssim", "residual", "noise_level", "seconds"}) {
      EXPECT_TRUE(report[number].is_number()) << path << " " << number;
    }
    EXPECT_TRUE(fs::exists(folder_ / "out" / fs::path(path).replace_extension(".png"))) << path;
  }
  EXPECT_EQ(psnr.size(), 8u);
  std::istringstream summary(slurp(at("out/summary.csv")));
  std::string line;
  std::getline(summary, line);
  ASSERT_TRUE(line.starts_with("task,method,made_by,photos,psnr_mean,psnr_std,ssim_mean")) << line;
  int rows = 0;
  const auto table = slurp(at("out/table.md"));
  for (; std::getline(summary, line); ++rows) {
    const auto row = fields(line);
    const auto& numbers = psnr.at(row[0] + "," + row[1]);
    ASSERT_EQ(numbers.size(), 3u);
    const double mean = (numbers[0] + numbers[1] + numbers[2]) / 3.0;
    const double squares =
        std::pow(numbers[0] - mean, 2) + std::pow(numbers[1] - mean, 2) + std::pow(numbers[2] - mean, 2);
    EXPECT_EQ(row[3], "3");
    EXPECT_NEAR(std::stod(row[4]), mean, 1e-9) << line;
    EXPECT_NEAR(std::stod(row[5]), std::sqrt(squares / 2.0), 1e-9) << line;
    char cell[64];
    std::snprintf(cell, sizeof cell, "%.2f ± %.2f", mean, std::sqrt(squares / 2.0));
    EXPECT_NE(table.find(cell), std::string::npos) << cell << "\n" << table;
    EXPECT_EQ(row[2], row[1] != "plain" ? "" : row[0] == "sr" ? "bicubic" : "Telea");
  }
  EXPECT_EQ(rows, 8);
  std::istringstream results(slurp(at("out/results.csv")));
  for (rows = -1; std::getline(results, line);) ++rows;
  EXPECT_EQ(rows, 24);
  const auto page = slurp(at("out/table.html"));
  for (const char* panel : {"panels/sr-median.png", "panels/sr-worst.png", "panels/random-drop-median.png",
                            "panels/random-drop-worst.png"}) {
    EXPECT_GT(readPhoto(at(std::string("out/") + panel)).image.width, 6 * 32) << panel;
    EXPECT_NE(page.find(panel), std::string::npos) << panel;
  }
}

TEST_F(Evaluate, PlainBaselineAndRoundTripAreThoseOfTheOtherCommands) {
  ASSERT_EQ(p2l(evaluating("out", "sr,random-drop", {"--solvers", "ldps"})).exit_code, 0);
  const auto done = reports("out");
  std::string seed;  // of the photo's measurements
  const auto number = [&](const std::string& task, const std::string& method, const char* field) {
    for (const auto& [path, report] : done) {
      const auto& place = report["evaluation"];
      if (place["photo"].get<std::string>().starts_with("wave1-") && place["task"] == task &&
          place["method"] == method) {
        seed = std::to_string(report["request"]["measurement_seed"].get<int>());
        return report[field].get<double>();
      }
    }
    return std::nan("");
  };
  ASSERT_TRUE(std::isfinite(number("sr", "ldps", "psnr")));
  ASSERT_EQ(p2l({"degrade", "photos/wave1.png", "--task", "random-drop", "--size", "32", "--out", "y.png", "--report",
                 "plain.json", "--seed", seed})
                .exit_code,
            0);
  const auto plain = Json::parse(slurp(at("plain.json")));
  EXPECT_NEAR(number("random-drop", "plain", "psnr"), plain["psnr_telea"], 1e-9);
  EXPECT_NEAR(number("random-drop", "plain", "ssim"), plain["ssim_telea"], 1e-9);
  ASSERT_EQ(p2l({"restore", "photos/wave1.png", "--task", "sr", "--solver", "ldps", "--size", "32", "--steps", "2",
                 "--threads", "1", "--measurement-seed", seed, "--out", "x.png", "--report", "x.json"})
                .exit_code,
            0);
  const auto restored = Json::parse(slurp(at("x.json")));
  EXPECT_NEAR(number("sr", "ldps", "psnr"), restored["psnr"], 1e-9);
  EXPECT_NEAR(number("sr", "ldps", "residual"), restored["residual"], 1e-9);
  EXPECT_NEAR(number("sr", "plain", "psnr"), restored["psnr_measurement"], 1e-9);
  EXPECT_NEAR(number("sr", "autoencoder", "psnr"), restored["psnr_autoencoder"], 1e-6);
  EXPECT_NEAR(number("sr", "autoencoder", "residual"), restored["residual_autoencoder"], 1e-4);
}

TEST_F(Evaluate, KilledAndStartedAgainLosesAndRepeatsNothing) {
  const Arguments slow = {"evaluate", "photos",  "--tasks", "sr",    "--solvers", "ldps",      "--size",
                          "32",       "--steps", "40",      "--out", "out",       "--threads", "1"};
  std::string first;  // the first run that is finished
  {
    const auto probe = p2l({"evaluate", "photos/wave0.png", "--tasks", "sr", "--solvers", "ldps", "--size", "32",
                            "--steps", "1", "--out", "probe", "--threads", "1"});
    ASSERT_EQ(probe.exit_code, 0) << probe.err;
    for (const auto& [path, report] : reports("probe")) {
      if (report["evaluation"]["method"] == "ldps") first = path;
    }
  }
  ASSERT_FALSE(first.empty());
  const auto killed = test::interruptProgram(slow, folder_.string(), at("out/" + first), SIGKILL);
  EXPECT_EQ(killed.exit_code, 128 + SIGKILL);
  const auto before = reports("out");  // every one of them can be read
  ASSERT_GE(before.size(), 1u);
  ASSERT_LT(before.size(), 9u);
  EXPECT_FALSE(fs::exists(at("out/table.md")));
  std::map<std::string, fs::file_time_type> times;
  for (const auto& [path, report] : before) times[path] = fs::last_write_time(folder_ / "out" / path);

  const auto again = p2l(slow);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  const auto left = 9 - before.size();
  EXPECT_NE(again.out.find(std::to_string(left) + "/" + std::to_string(left) + " "), std::string::npos) << again.out;
  EXPECT_EQ(reports("out").size(), 9u);
  for (const auto& [path, time] : times) EXPECT_EQ(fs::last_write_time(folder_ / "out" / path), time) << path;
  EXPECT_TRUE(fs::exists(at("out/table.md")));

  const auto third = p2l(slow);
  EXPECT_EQ(third.exit_code, 0);
  EXPECT_EQ(third.out.find("/9 "), std::string::npos) << third.out;
}

TEST_F(Evaluate, BadPhotosAreListedAndStopNothing) {
  std::ofstream(at("photos/wave00.png")) << "no picture";
  const auto result = p2l(evaluating("out", "sr", {"--solvers", "ldps", "photos/none.jpg"}));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("photos/wave00.png is not a picture of a known kind"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("There is no file photos/none.jpg."), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("6 runs could not be done; out/failed says why."), std::string::npos) << result.err;
  EXPECT_EQ(reports("out").size(), 9u);
  EXPECT_NE(slurp(at("out/table.md")).find("photos/wave00.png is not a picture of a known kind"), std::string::npos);

  const auto collected = p2l({"evaluate", "--collect", "--out", "out"});
  EXPECT_EQ(collected.exit_code, 1);
  EXPECT_NE(collected.err.find("2 photos or runs could not be done"), std::string::npos) << collected.err;

  // Mended and run again, it is no failure any more.
  writePhoto(waves(40, 0.7f), at("photos/wave00.png"), "");
  const auto mended = p2l(evaluating("out", "sr", {"--solvers", "ldps"}));
  EXPECT_EQ(mended.exit_code, 0) << mended.err;
  EXPECT_EQ(reports("out").size(), 12u);
}

TEST_F(Evaluate, ShardsMakeTheWholeTogether) {
  ASSERT_EQ(p2l(evaluating("whole", "sr,random-drop")).exit_code, 0);
  for (const char* shard : {"1/3", "2/3", "3/3"}) {
    const auto result = p2l(evaluating("parts", "sr,random-drop", {"--shard", shard, "--quiet"}));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(reports("parts").size(), shard[0] == '1' ? 8u : shard[0] == '2' ? 16u : 24u);
  }
  const auto collected = p2l({"evaluate", "--collect", "--out", "parts"});
  ASSERT_EQ(collected.exit_code, 0) << collected.err;
  const auto whole = reports("whole"), parts = reports("parts");
  ASSERT_EQ(whole.size(), parts.size());
  for (const auto& [path, report] : whole) {
    ASSERT_TRUE(parts.count(path)) << path;
    for (const char* field : {"psnr", "ssim", "residual", "request", "evaluation"}) {
      EXPECT_EQ(report[field], parts.at(path)[field]) << path << " " << field;
    }
  }
}

TEST_F(Evaluate, CtrlCKeepsWhatIsDone) {
  const Arguments arguments = {
      "evaluate", "photos/wave0.png", "--tasks", "sr",    "--solvers", "ldps,p2l:K=20", "--size",
      "32",       "--steps",          "60",      "--out", "out",       "--threads",     "1"};
  ASSERT_EQ(p2l({"evaluate", "photos/wave0.png", "--tasks", "sr", "--solvers", "ldps", "--size", "32", "--steps", "1",
                 "--out", "probe", "--threads", "1"})
                .exit_code,
            0);
  std::string first;
  for (const auto& [path, report] : reports("probe")) {
    if (report["evaluation"]["method"] == "ldps") first = path;
  }
  const auto result = test::interruptProgram(arguments, folder_.string(), at("out/" + first));
  EXPECT_EQ(result.exit_code, 130);
  EXPECT_NE(result.err.find("p2l: Stopped. Finished runs are kept in out"), std::string::npos) << result.err;
  EXPECT_EQ(reports("out").size(), 1u);
}

/// Before the first run: of the solvers' runs that are left.
TEST_F(Evaluate, TheTimeIsSaidBeforeLongRuns) {
  const auto evaluate = [&](const std::string& solvers, const std::string& out) {
    return Arguments{"evaluate", "photos", "--tasks",   "sr", "--solvers", solvers,
                     "--size",   "128",    "--threads", "1",  "--out",     out};
  };
  ASSERT_EQ(p2l({"evaluate", "photos/wave0.png", "--tasks", "sr", "--solvers", "latino:steps=1", "--size", "128",
                 "--out", "probe", "--threads", "1"})
                .exit_code,
            0);
  std::string first;
  for (const auto& [path, report] : reports("probe")) {
    if (report["evaluation"]["method"] == "latino:steps=1") first = path;
  }
  const auto result =
      test::interruptProgram(evaluate("latino:steps=1,ldps:steps=1000", "out"), folder_.string(), at("out/" + first));
  EXPECT_EQ(result.exit_code, 130) << result.err;
  EXPECT_NE(result.err.find("p2l: These 6 runs take about "), std::string::npos) << result.err;
  EXPECT_NE(result.err.find(" (3003 steps).\n"), std::string::npos) << result.err;
}

TEST_F(Evaluate, RunsOfOtherSettingsAreNotMixed) {
  ASSERT_EQ(p2l(evaluating("out", "sr", {"--solvers", "ldps"})).exit_code, 0);
  const auto refused = p2l(evaluating("out", "sr", {"--solvers", "ldps", "--noise", "0.1"}));
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("noise is 0.01 there and 0.1 here. Give another --out"), std::string::npos) << refused.err;
  EXPECT_EQ(p2l(evaluating("out", "sr", {"--solvers", "ldps", "--set", "ldps.rho=0.5"})).exit_code, 2);
  // More tasks and solvers join it.
  ASSERT_EQ(p2l(evaluating("out", "sr:factor=8", {"--solvers", "ldps:rho=0.5"})).exit_code, 0);
  EXPECT_EQ(reports("out").size(), 18u);
}

TEST_F(Evaluate, PromptsStepsAndEmbeddingsAreRows) {
  ASSERT_EQ(p2l({"restore",
                 "photos/wave0.png",
                 "--task",
                 "sr",
                 "--size",
                 "32",
                 "--steps",
                 "2",
                 "--threads",
                 "1",
                 "--prompt",
                 "a photo of a face",
                 "--set",
                 "K=2",
                 "--set",
                 "lr=0.1",
                 "--quiet",
                 "--out",
                 "x.png",
                 "--save-embedding",
                 "tuned.safetensors"})
                .exit_code,
            0);
  const std::string rows =
      "p2l:K=0:prompt=a red flower,p2l:K=0:prompt=a photo of the sea at night,p2l:K=0,p2l:K=0:steps=1,"
      "p2l:K=0:embedding=tuned.safetensors";
  const Arguments command = {
      "evaluate", "photos/wave0.png", "--size", "32",    "--steps",   "2",         "--out", "out", "--threads",
      "1",        "--tasks",          "sr",     "--set", "p2l.rho=3", "--solvers", rows};
  const auto result = p2l(command);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto done = reports("out");
  EXPECT_EQ(done.size(), 5u + 2u);
  std::map<std::string, Json> by_row;
  for (const auto& [path, report] : done) by_row[report["evaluation"]["method"]] = report;
  const auto table = slurp(at("out/table.md"));
  const auto flower = by_row.at("p2l:K=0:prompt=a red flower"),
             sea = by_row.at("p2l:K=0:prompt=a photo of the sea at night"), none = by_row.at("p2l:K=0"),
             one = by_row.at("p2l:K=0:steps=1"), tuned = by_row.at("p2l:K=0:embedding=tuned.safetensors");
  EXPECT_EQ(flower["request"]["prompt"], "a red flower");
  EXPECT_EQ(sea["request"]["prompt"], "a photo of the sea at night");
  EXPECT_EQ(none["request"]["prompt"], "");
  EXPECT_EQ(one["request"]["sampler_values"]["steps"], 1);
  EXPECT_EQ(none["request"]["sampler_values"]["steps"], 2);
  EXPECT_EQ(tuned["request"]["embedding"], "tuned.safetensors");
  std::set<double> numbers;
  for (const auto& report : {flower, sea, none, one, tuned}) {
    numbers.insert(report["residual"].get<double>());
    EXPECT_NE(table.find("\n| " + report["evaluation"]["method"].get<std::string>() + " |"), std::string::npos)
        << table;
  }
  EXPECT_EQ(numbers.size(), 5u);  // every row is another run

  // A row is the run that `restore` makes of the same values.
  const auto seed = std::to_string(flower["request"]["measurement_seed"].get<int>());
  ASSERT_EQ(p2l({"restore",
                 "photos/wave0.png",
                 "--task",
                 "sr",
                 "--size",
                 "32",
                 "--steps",
                 "2",
                 "--threads",
                 "1",
                 "--set",
                 "K=0",
                 "--set",
                 "rho=3",
                 "--measurement-seed",
                 seed,
                 "--prompt",
                 "a red flower",
                 "--quiet",
                 "--out",
                 "y.png",
                 "--report",
                 "y.json"})
                .exit_code,
            0);
  const auto restored = Json::parse(slurp(at("y.json")));
  for (const char* field : {"psnr", "ssim", "residual"})
    EXPECT_NEAR(flower[field], restored[field].get<double>(), 1e-9) << field;

  // The same command has nothing left to do; another embedding in the file is another run.
  const auto again = p2l(command);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(again.out.find("/7 "), std::string::npos) << again.out;
  ASSERT_EQ(p2l({"restore", "photos/wave1.png", "--task", "sr", "--size", "32", "--steps", "2", "--threads", "1",
                 "--set", "K=2", "--quiet", "--out", "x.png", "--save-embedding", "tuned.safetensors"})
                .exit_code,
            0);
  const auto other = p2l(command);
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_NE(other.err.find("with other settings: the embedding in tuned.safetensors is another. Give another --out"),
            std::string::npos)
      << other.err;
  std::ofstream(at("tuned.safetensors")) << "no weights";
  const auto damaged = p2l(command);
  EXPECT_EQ(damaged.exit_code, 2);
  EXPECT_NE(damaged.err.find("tuned.safetensors"), std::string::npos) << damaged.err;
}

TEST_F(Evaluate, EveryPhotoHasMasksOfItsOwn) {
  const Arguments twice = {"--solvers", "ldps", "--measurements", "2"};
  ASSERT_EQ(p2l(evaluating("out", "random-drop,sr", twice)).exit_code, 0);
  const auto done = reports("out");
  EXPECT_EQ(done.size(), 3u * 2u * 2u * 3u);
  std::map<std::string, std::map<std::string, std::set<int>>> seeds;  // by task and method, photo
  std::map<std::string, std::vector<double>> psnr;                    // of random-drop's ldps, by photo
  std::set<std::string> masks;
  for (const auto& [path, report] : done) {
    const auto& place = report["evaluation"];
    const std::string photo = place["photo"], task = place["task"], method = place["method"];
    seeds[task + method][photo].insert(report["request"]["measurement_seed"].get<int>());
    EXPECT_EQ(path.ends_with(".2.json"), place.contains("measurement")) << path;
    if (task != "random-drop") continue;
    if (method == "ldps") psnr[photo].push_back(report["psnr"]);
    const auto measured = fs::path(path).filename().replace_extension(".png");
    masks.insert(slurp(folder_ / "out/runs/random-drop/measured" / measured));
  }
  EXPECT_EQ(masks.size(), 6u);
  for (const auto& [place, of_photos] : seeds) {
    EXPECT_EQ(of_photos, seeds.begin()->second) << place;  // all methods restore one measurement
    std::set<int> all;
    for (const auto& [photo, numbers] : of_photos) all.insert(numbers.begin(), numbers.end());
    EXPECT_EQ(all.size(), 6u) << place;
  }

  // A photo counts once in a table, by the mean of its measurements, and the table says how many there are.
  double sum = 0.0;
  for (const auto& [photo, numbers] : psnr) sum += (numbers.at(0) + numbers.at(1)) / 2.0;
  const auto summary = slurp(at("out/summary.csv"));
  const auto line = fields(summary.substr(summary.find("random-drop,ldps,")));
  EXPECT_EQ(line[3], "3");
  EXPECT_NEAR(std::stod(line[4]), sum / 3.0, 1e-9);
  const auto table = slurp(at("out/table.md"));
  EXPECT_NE(table.find("random-drop: photos 3; 6 masks;"), std::string::npos) << table;
  EXPECT_NE(table.find("sr: photos 3; 6 draws of noise;"), std::string::npos) << table;

  // It keeps them in any company: alone, and with one measurement.
  ASSERT_EQ(p2l({"evaluate", "photos/wave1.png", "--size", "32", "--steps", "2", "--threads", "1", "--solvers", "ldps",
                 "--tasks", "random-drop", "--out", "alone"})
                .exit_code,
            0);
  for (const auto& [path, report] : reports("alone")) {
    ASSERT_TRUE(done.count(path)) << path;
    EXPECT_EQ(report["request"], done.at(path)["request"]) << path;
    EXPECT_EQ(report["psnr"], done.at(path)["psnr"]) << path;
  }

  // Runs that earlier versions made with one mask for all photos are no part of it.
  for (auto [path, report] : done) {
    report["request"]["measurement_seed"] = nullptr;
    std::ofstream(at("out/" + path)) << report.dump(2);
  }
  const auto old = p2l(evaluating("out", "random-drop,sr", twice));
  EXPECT_EQ(old.exit_code, 2);
  EXPECT_NE(old.err.find("with other settings: measurement_seed is"), std::string::npos) << old.err;
  EXPECT_NE(old.err.find("Give another --out"), std::string::npos) << old.err;
}

TEST_F(Evaluate, RunsThatAnEarlierVersionRecordedAreTheSame) {
  const auto command = evaluating("out", "sr", {"--solvers", "p2l:K=0:renoise=0.5,ldps"});
  ASSERT_EQ(p2l(command).exit_code, 0);
  const auto done = reports("out");
  ASSERT_EQ(done.size(), 12u);
  for (auto [path, report] : done) {
    const auto& place = report["evaluation"];
    // Where and how they were kept before rows had prompts and embeddings.
    const auto method =
        place["method"] == "p2l:K=0:renoise=0.5" ? "p2l_K-0_renoise-0.5" : place["method"].get<std::string>();
    EXPECT_EQ(path, "runs/sr/" + method + "/" + place["photo"].get<std::string>() + ".json");
    EXPECT_EQ(place.size(), place["method"] == "plain" ? 5u : 4u) << place;
    report["request"].erase("embedding");
    std::ofstream(at("out/" + path)) << report.dump(2);
  }
  const auto again = p2l(command);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(again.out.find("/12 "), std::string::npos) << again.out;
  for (const auto& [path, report] : reports("out")) EXPECT_FALSE(report["request"].contains("embedding")) << path;
}

TEST_F(Evaluate, BadUsageIsExitCodeTwo) {
  for (const auto& [more, sentence] : std::vector<std::pair<Arguments, std::string>>{
           {{"--tasks", "fog"}, "There is no task \"fog\""},
           {{"--solvers", "magic"}, "There is no solver \"magic\""},
           {{"--solvers", "p2l", "--set", "ldps.rho=1"}, "is for the solver ldps, which --solvers does not name."},
           {{"--solvers", "p2l:prompt=a cat, black"}, "commas are between the rows"},
           {{"--solvers", "p2l:steps=0"}, "steps must be a whole number from 1 to 1000, found 0."},
           {{"--solvers", "p2l:embedding=none.safetensors"}, "none.safetensors"},
           {{"--set", "K=1"}, "--set takes solver.key=value, found K=1."},
           {{"--shard", "0/2"}, "--shard takes i/n with i from 1 to n, found 0/2."},
           {{"--steps", "0"}, "steps must be a whole number from 1 to 1000, found 0."},
           {{"--seed", "-1"}, "--seed takes a whole number"},
           {{"--captions", "c.json"}, "--captions is for --recipe"},
           {{"--pixel-model", "p2l-tiny-pixel"}, "--pixel-model is for --recipe"},
           {{"--noise", "9"}, "noise must be a number from 0 to 2"}}) {
    auto arguments = Arguments{"evaluate", "photos", "--out", "out"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto result = p2l(arguments);
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_NE(result.err.find(sentence), std::string::npos) << result.err;
  }
  EXPECT_EQ(p2l({"evaluate", "--out", "out"}).exit_code, 2);
  EXPECT_EQ(p2l({"evaluate", "photos"}).exit_code, 2);
  fs::create_directory(at("empty"));
  EXPECT_NE(p2l({"evaluate", "empty", "--out", "out"}).err.find("empty holds no picture"), std::string::npos);
  const auto nothing = p2l({"evaluate", "--collect", "--out", "out"});
  EXPECT_EQ(nothing.exit_code, 1);
  EXPECT_NE(nothing.err.find("out holds no finished run."), std::string::npos) << nothing.err;
}

TEST_F(Evaluate, ProgressSaysTheTimeThatIsLeft) {
  const auto shown = test::runProgramOnTerminal(evaluating("out", "sr"), folder_.string());
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_NE(shown.err.find("11/12  sr autoencoder wave2-"), std::string::npos) << shown.err;
  EXPECT_NE(shown.err.find("step 2/2"), std::string::npos);
  EXPECT_NE(shown.err.find(" left"), std::string::npos);
}

}  // namespace
}  // namespace p2l
