// SPDX-License-Identifier: GPL-3.0-or-later
// What a person or another program writes into the file of --request.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/api/files.h"
#include "core/request/request.h"
#include "core/types/error.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

class RequestFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              concat("p2l request ", ::getpid(), ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    Image photo(32, 32, 3);
    for (std::size_t i = 0; i < photo.pixels.size(); ++i) photo.pixels[i] = static_cast<float>(i % 97) / 97.0f;
    writePhoto(photo, at("photo.png"), "");
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  /// `p2l degrade` of a request with this text.
  test::Result degrade(const std::string& text, const std::string& name = "r.json") const {
    std::ofstream(at(name)) << text;
    return test::runProgram({"degrade", "--request", name, "--out", "y.png", "--report", "report.json"},
                            folder_.string());
  }
  void expectRefusal(const std::string& text, const std::string& sentence, const std::string& name = "r.json") const {
    const auto result = degrade(text, name);
    EXPECT_NE(result.exit_code, 0) << text;
    EXPECT_EQ(result.err.find("p2l: " + name + ": "), 0u) << text << "\n" << result.err;
    EXPECT_NE(result.err.find(sentence), std::string::npos) << text << "\n" << result.err;
  }

  fs::path folder_;
};

TEST_F(RequestFile, MayBeginWithAByteOrderMark) {
  const auto result = degrade("\xEF\xBB\xBF{\"photo\": \"photo.png\", \"seed\": -0}");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(degrade("\xEF\xBB\xBF{\"photo\": \"photo.png\"}", "request").exit_code, 0);
}

TEST_F(RequestFile, IsNamedWithWhatIsWrongWithIt) {
  expectRefusal("null", "The request must be a JSON object, found a JSON null.");
  expectRefusal("5", "The request must be a JSON object, found a JSON number.", "r.txt");
  expectRefusal("[]", "The request must be a JSON object, found a JSON array.", "r.txt");
  expectRefusal("photo", "The request is not valid JSON, at byte");
  expectRefusal(R"({"photo": "photo.png", "see)", "it is cut off after its 27 bytes");
  const auto with = [](const std::string& more) { return R"({"photo": "photo.png", )" + more + "}"; };
  expectRefusal(with(R"("solver_values": {"K": 99})"),
                "the request's solver p2l: K must be a whole number from 0 to 20, found 99.");
  expectRefusal(with(R"("sampler_values": {"steps": 0})"), "the request's sampler: steps must be");
  expectRefusal(with(R"("degradations": [{"id": "sr", "values": {"factor": 99}}])"),
                "the request's task sr: factor must be");
  expectRefusal(with(R"("degradations": [{"id": "fog"}])"), "There is no task \"fog\"");
  expectRefusal(with(R"("solver": "magic")"), "There is no solver \"magic\"");
}

TEST_F(RequestFile, OptionsTakeThePlaceOfWhatIsWrong) {
  std::ofstream(at("r.json")) << R"({"photo": "photo.png", "solver_values": {"K": 99}})";
  const auto result =
      test::runProgram({"degrade", "--request", "r.json", "--task", "inpaint", "--out", "y.png"}, folder_.string());
  EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST_F(RequestFile, APresetOfAnotherVersionIsSaidAndItsValuesAreTaken) {
  ASSERT_EQ(degrade(R"({"photo": "photo.png", "preset": "p2l-tiny-sr-8"})").exit_code, 0);
  auto stored = Json::parse(readTextFile(at("report.json"))).at("request");
  const auto known = degrade(stored.dump());
  EXPECT_EQ(known.exit_code, 0);
  EXPECT_EQ(known.err, "");
  stored["preset"] = "foo";
  const auto unknown = degrade(stored.dump());
  EXPECT_EQ(unknown.exit_code, 0) << unknown.err;
  EXPECT_EQ(unknown.err,
            "p2l: r.json: The preset \"foo\" is not known here: the values that stand in the request are taken (`p2l "
            "list presets` shows the presets).\n");
}

TEST_F(RequestFile, APartOfTheModelIsNamedByItsField) {
  std::ofstream(at("r.json")) << R"({"photo": "photo.png", "vae": "nope"})";
  const auto result = test::runProgram({"restore", "--request", "r.json", "--out", "out.png"}, folder_.string());
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("vae: nope: there is no such file or folder; the folder or file of an autoencoder"),
            std::string::npos)
      << result.err;
}

TEST_F(RequestFile, TeleaIsForOneTask) {
  Image mask(32, 32, 1);
  for (int x = 8; x < 16; ++x) mask.at(x, 20, 0) = 1.0f;
  writePhoto(mask, at("m.png"), "");
  const auto result = test::runProgram({"degrade", "photo.png", "--task", "inpaint", "--mask", "m.png", "--then",
                                        "sr:factor=2", "--telea-out", "t.png", "--out", "y.png"},
                                       folder_.string());
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(
      result.err.find("p2l: --telea-out is for a single task that makes holes, such as inpaint, or a row of tasks "
                      "that ends with one, found inpaint and then sr: leave --telea-out or --then out.\n"),
      0u)
      << result.err;
  const auto none = test::runProgram({"degrade", "photo.png", "--task", "sr", "--telea-out", "t.png", "--out", "y.png"},
                                     folder_.string());
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_NE(none.err.find("found sr: leave --telea-out out.\n"), std::string::npos) << none.err;
}

}  // namespace
}  // namespace p2l
