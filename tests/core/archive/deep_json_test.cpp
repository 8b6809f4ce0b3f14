// SPDX-License-Identifier: GPL-3.0-or-later
// Files of strangers may nest lists deeper than a copy or a dump of them can follow: none of them may end the program.
#include <gtest/gtest.h>

#include <cstdint>

#include "core/api/measure.h"
#include "core/api/presets.h"
#include "core/archive/job_queue.h"
#include "core/archive/kept_run.h"
#include "core/archive/project.h"
#include "core/experiment/recipe.h"
#include "core/insight/lesson.h"
#include "core/io/archive.h"
#include "core/types/json_nesting.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

using test::problemOf;

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

class DeepJson : public test::TemporaryFolder {
 protected:
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  const std::string deep_ = nested(1'000'000);  // 8 MB of stack end at some 100,000
};

/// A PNG's text chunk with its check sum (PNG specification, annex D).
std::string textChunk(const std::string& text) {
  const auto big = [](std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 255u);
    return bytes;
  };
  const std::string body = std::string("tEXtDescription") + '\0' + text;
  std::uint32_t sum = 0xffffffffu;
  for (const char c : body) {
    sum ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ (sum & 1u ? 0xedb88320u : 0u);
  }
  return big(static_cast<std::uint32_t>(body.size() - 4)) + body + big(~sum);
}

TEST(JsonNesting, CountsWhatIsOutsideOfTexts) {
  EXPECT_FALSE(nestsTooDeep(nested(kDeepestJson)));
  EXPECT_TRUE(nestsTooDeep(nested(kDeepestJson + 1)));
  EXPECT_TRUE(nestsTooDeep(std::string(kDeepestJson + 1, '{'))) << "unfinished";
  EXPECT_FALSE(nestsTooDeep("[\"\\\"" + nested(500) + "\"]"));
  std::string side_by_side;
  for (int i = 0; i < 500; ++i) side_by_side += "[],";
  EXPECT_FALSE(nestsTooDeep("[" + side_by_side + "0]"));
}

TEST_F(DeepJson, IsASentenceInEveryFileOfWords) {
  const auto catalogue = readCatalogue();
  const auto request = R"({"p2l": 4, "photo": )" + deep_ + "}";
  EXPECT_NE(problemOf([&] { requestFromJson(request); }).find("deep"), std::string::npos);
  EXPECT_NE(problemOf([&] { reportFromJson(R"({"request": )" + deep_ + "}"); }), "");
  EXPECT_NE(problemOf([&] { presetsFromJson(R"({"presets": )" + deep_ + "}", "a.json", catalogue); }), "");
  EXPECT_NE(problemOf([&] { lessonFromJson(R"({"request": )" + deep_ + "}", "a.json", catalogue); }), "");
  EXPECT_NE(problemOf([&] { recipeFromJson(R"({"rows": )" + deep_ + "}", "a.json"); }), "");
  EXPECT_NE(problemOf([&] { Captions{write("captions.json", R"({"a.png": )" + deep_ + "}")}; }), "");
  write("run/run.json", R"({"kept": {"id": "a", "request": )" + deep_ + "}}");
  EXPECT_NE(problemOf([&] { readKeptRun(at("run")); }), "");
  write("queue/queue.json", R"([{"id": "a", "request": )" + deep_ + "}]");
  EXPECT_NE(problemOf([&] { JobQueue{at("queue")}; }).find("no queue of P2L Studio"), std::string::npos);
}

TEST_F(DeepJson, InAProjectIsASentence) {
  const auto text = R"({"p2l_project": 1, "runs": )" + deep_ + "}";
  writeZip(at("a.p2l"), {{"project.json", Bytes(text.begin(), text.end())}});
  RunArchive history(at("history"));
  EXPECT_NE(problemOf([&] { openProject(at("a.p2l"), history); }).find("cannot be opened"), std::string::npos);
}

TEST_F(DeepJson, InAPhotoIsAComment) {
  writePhoto(Image(6, 4, 3, 0.5f), at("photo.png"), "");
  auto bytes = readTextFile(at("photo.png"));
  bytes.insert(8 + 25, textChunk(R"({"p2l": 4, "mask_png": "x", "a": )" + deep_ + "}"));  // behind the header
  const auto photo = readPhoto(write("deep.png", bytes));
  EXPECT_EQ(photo.image.width, 6);
  EXPECT_EQ(photo.request_json, "");
}

}  // namespace
}  // namespace p2l
