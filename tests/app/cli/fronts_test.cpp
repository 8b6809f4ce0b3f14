// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/fronts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "core/api/files.h"
#include "core/experiment/record.h"

namespace p2l::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> labels(const std::vector<FrontPoint>& points) {
  std::vector<std::string> names;
  for (const auto& point : points) names.push_back(point.label);
  return names;
}

TEST(Fronts, HaveWhatNothingElseBeats) {
  EXPECT_EQ(labels(paretoFront(
                {{"sharp", 25.0, 0.2}, {"beaten", 24.5, 0.25}, {"faithful", 26.0, 0.3}, {"both", 25.5, 0.22}})),
            (std::vector<std::string>{"sharp", "both", "faithful"}));
  EXPECT_EQ(labels(paretoFront({{"first", 25.0, 0.2}, {"its equal", 25.0, 0.2}, {"worse by one", 25.0, 0.3}})),
            (std::vector<std::string>{"first"}));
  EXPECT_TRUE(paretoFront({}).empty());
}

class DrawnFronts : public testing::Test {
 protected:
  void SetUp() override {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / (std::string("p2l_fronts_") + info->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    summary_.tasks = {"sr", "motion-blur"};
    summary_.methods = {"p2l", "ldps", kPlain, kAutoencoder};
    place("sr", "p2l", 25.4, "lpips_vgg", 0.35);
    place("sr", "ldps", 23.1, "lpips_vgg", 0.45);
    place("sr", kPlain, 24.8, "lpips_vgg", 0.38, "bicubic");
    place("sr", kAutoencoder, 28.7, "lpips_vgg", 0.2);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void place(const std::string& task, const std::string& method, double psnr, const std::string& lpips, double distance,
             const std::string& made_by = "") {
    auto& cell = summary_.cells[{task, method}];
    cell.made_by = made_by;
    cell.by_metric["psnr"] = {1, psnr};
    cell.by_metric[lpips] = {1, distance};
  }

  fs::path folder_;
  Summary summary_;
};

TEST_F(DrawnFronts, AreOfTasksThatHaveThreeMethodsWithBoth) {
  const auto files = writeFronts(folder_.string(), summary_);
  ASSERT_EQ(files.size(), 1u);
  EXPECT_EQ(files[0].path, "fronts/sr.png");
  EXPECT_NE(files[0].caption.find("LPIPS (VGG)"), std::string::npos) << files[0].caption;
  EXPECT_GT(readPhoto((folder_ / files[0].path).string()).image.width, 100);
}

TEST_F(DrawnFronts, TakeAlexWhereVggIsNotKnown) {
  for (const char* method : {"p2l", "ldps", "psld"}) place("motion-blur", method, 25.0, "lpips_alex", 0.3);
  summary_.methods.emplace_back("psld");
  const auto files = writeFronts(folder_.string(), summary_);
  ASSERT_EQ(files.size(), 2u);
  EXPECT_NE(files[1].caption.find("LPIPS (Alex)"), std::string::npos) << files[1].caption;
}

TEST_F(DrawnFronts, LeaveOutWhatIsAsMeasured) {
  place("motion-blur", "p2l", 27.0, "lpips_vgg", 0.3);
  place("motion-blur", "ldps", 18.0, "lpips_vgg", 0.5);
  place("motion-blur", kPlain, 19.0, "lpips_vgg", 0.5, "as measured");
  EXPECT_EQ(writeFronts(folder_.string(), summary_).size(), 1u);  // two are no front
}

TEST_F(DrawnFronts, GiveARowOneColourWhereThereIsAFrontAndWhereThereIsNone) {
  const auto pixelsOfTheFirstColour =
      [&](double lpips_of_ldps) {  // blue: the dots of p2l in the figure and in the legend
        place("sr", "ldps", 23.1, "lpips_vgg", lpips_of_ldps);
        const auto image = readPhoto((folder_ / writeFronts(folder_.string(), summary_).at(0).path).string()).image;
        int count = 0;
        for (std::size_t i = 0; i < image.pixels.size(); i += 3) {
          const auto near = [&](std::size_t c, int level) {
            return std::abs(255.0f * image.pixels[i + c] - level) < 2.0f;
          };
          count += near(0, 0) && near(1, 114) && near(2, 178);
        }
        return count;
      };
  const int without = pixelsOfTheFirstColour(0.45), with = pixelsOfTheFirstColour(0.30);
  EXPECT_GT(without, 10);
  EXPECT_NEAR(with, without, without / 5) << "the front's line is of another colour and beneath the dots";
}

TEST_F(DrawnFronts, NameTheBestAloneWhereRowsAreMany) {
  const auto drawnWith = [&](const std::string& prefix, int rows) {
    summary_ = {};
    summary_.tasks = {"sr"};
    for (int i = 0; i < rows; ++i) {
      const auto method = i == 0 ? std::string("best") : prefix + std::to_string(i);
      summary_.methods.push_back(method);
      place("sr", method, 27.0 - i, "lpips_vgg", 0.2 + 0.01 * i);
    }
    const auto files = writeFronts(folder_.string(), summary_);
    return readPhoto((folder_ / files.at(0).path).string()).image.pixels;
  };
  EXPECT_NE(drawnWith("some ", 6), drawnWith("other ", 6));
  EXPECT_EQ(drawnWith("some ", 20), drawnWith("other ", 20));
}

}  // namespace
}  // namespace p2l::cli
