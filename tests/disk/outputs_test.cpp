// SPDX-License-Identifier: GPL-3.0-or-later
// Outputs of p2l on a disk that is full, read-only or broken, and in a folder that vanishes: exit code 1, a sentence,
// and what was there stays, as it does when p2l is killed. The program is the real one, with failing_disk.cpp before
// the C library.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/api/files.h"
#include "core/types/error.h"
#include "tests/disk/refuse_each.h"
#include "tests/support/program.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

class RefusedOutputs : public test::TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    fs::create_directories(disk());
    fs::create_directories(folder_ / "temporary");
    Image photo(64, 64, 3);
    for (std::size_t i = 0; i < photo.pixels.size(); ++i) photo.pixels[i] = static_cast<float>(i % 97) / 96.0f;
    writePhoto(photo, at("photo.png"), "");
  }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  std::string disk(const std::string& name = {}) const { return (folder_ / "disk" / name).string(); }

  test::Result refused(const std::vector<std::string>& arguments, int nth, int error,
                       const fs::path& library = P2L_FAILING_DISK) const {
    ::setenv("P2L_DISK", concat((folder_ / "disk").string(), ":", nth, ":", error).c_str(), 1);
    // LD_PRELOAD ends a name at a space, and the folder of the clone may have one.
    fs::remove(at("failing_disk.so"));
    fs::create_symlink(library, at("failing_disk.so"));
    ::setenv("LD_PRELOAD", at("failing_disk.so").c_str(), 1);
    ::setenv("TMPDIR", at("temporary").c_str(), 1);
    ::setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 0);
    const auto result = test::runProgram(arguments, folder_.string());
    ::unsetenv("LD_PRELOAD");
    ::unsetenv("P2L_DISK");
    ::unsetenv("TMPDIR");
    return result;
  }
  static std::string slurp(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// What p2l said, without its name and the line's end.
  static std::string sentence(const test::Result& result) {
    const std::string name = "p2l: ";
    EXPECT_EQ(result.err.rfind(name, 0), 0u) << result.err;
    EXPECT_EQ(result.err.back(), '\n');
    return result.err.substr(name.size(), result.err.size() - name.size() - 1);
  }
};

TEST_F(RefusedOutputs, AreASentenceEachAndWhatWasThereStays) {
  const std::string earlier = "earlier";
  const std::vector<std::string> arguments = {"degrade",    "photo.png", "--task",      "motion-blur", "--out",
                                              "disk/a.png", "--report",  "disk/a.json", "--quiet"};
  for (const int error : {ENOSPC, EROFS, ENOENT}) {  // ENOENT: the folder is gone
    int nth = 1;
    const int step = error == ENOSPC ? 1 : 3;
    for (; nth < test::kMostChanges; nth += step) {
      SCOPED_TRACE(concat("change ", nth, ": ", std::strerror(error)));
      for (const char* name : {"a.png", "a.json"}) std::ofstream(disk(name)) << earlier;
      const auto result = refused(arguments, nth, error);
      const auto entries = fs::directory_iterator(disk());
      EXPECT_EQ(std::distance(begin(entries), end(entries)), 2);  // nothing half is left
      const bool has_picture = slurp(disk("a.png")) != earlier, has_report = slurp(disk("a.json")) != earlier;
      if (has_picture) {
        EXPECT_EQ(readPhoto(disk("a.png")).image.width, 64);
      }
      if (has_report) {
        EXPECT_EQ(slurp(disk("a.json")).substr(slurp(disk("a.json")).size() - 2), "}\n");
      }
      if (result.exit_code == 0) {
        EXPECT_TRUE(has_picture && has_report);
        break;
      }
      EXPECT_EQ(result.exit_code, 1);
      test::expectSentence(sentence(result), error);
      if (HasFailure()) return;
    }
    EXPECT_GE(nth, 9);  // each output is tried before the work, then made, written, put on the disk and in its place
  }
}

TEST_F(RefusedOutputs, AreTheFormerOrTheNewOnesWhenItIsKilled) {
  const std::string earlier = "earlier";
  const std::vector<std::string> arguments = {"degrade",    "photo.png", "--task",      "motion-blur", "--out",
                                              "disk/a.png", "--report",  "disk/a.json", "--quiet"};
  for (const bool there : {true, false}) {
    int nth = 1;
    for (bool killed = true; killed && nth < test::kMostChanges; ++nth) {
      SCOPED_TRACE(concat("killed at change ", nth, there ? "" : ", new names"));
      for (const char* name : {"a.png", "a.json"}) {
        fs::remove(disk(name));
        if (there) std::ofstream(disk(name)) << earlier;
      }
      const auto result = refused(arguments, nth, test::kKilled);
      killed = result.exit_code == 128 + SIGKILL;
      EXPECT_TRUE(killed || result.exit_code == 0) << result.exit_code << ": " << result.err;
      const auto isNew = [&](const char* name) { return fs::exists(disk(name)) && slurp(disk(name)) != earlier; };
      EXPECT_TRUE(!there || (fs::exists(disk("a.png")) && fs::exists(disk("a.json"))));
      EXPECT_TRUE(killed || (isNew("a.png") && isNew("a.json")));
      EXPECT_TRUE(!isNew("a.png") || test::problemOf([&] { readPhoto(disk("a.png")); }).empty());
      EXPECT_TRUE(!isNew("a.json") || slurp(disk("a.json")).ends_with("}\n"));
      for (const auto& entry : fs::directory_iterator(disk())) {
        const auto name = entry.path().filename().string();
        const bool is_temporary = name.starts_with(".p2l-");
        EXPECT_TRUE(name == "a.png" || name == "a.json" || is_temporary) << name;
        if (is_temporary) fs::remove_all(entry.path());
      }
      if (HasFailure()) return;
    }
    EXPECT_GE(nth, 14);  // as above, with what is locked and removed
  }
}

TEST_F(RefusedOutputs, ARunIsNotLost) {
  const std::vector<std::string> arguments = {"restore", "photo.png",  "--task",   "motion-blur", "--size",
                                              "64",      "--steps",    "2",        "--set",       "K=0",
                                              "--out",   "disk/a.png", "--report", "a.json",      "--quiet"};
  // The first two changes try the name before the run, the third is the result's.
  const auto result = refused(arguments, 3, ENOSPC);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find(std::strerror(ENOSPC)), std::string::npos) << result.err;
  EXPECT_FALSE(fs::exists(disk("a.png")));
  const auto rescued = fs::directory_iterator(at("temporary"));
  ASSERT_EQ(std::distance(begin(rescued), end(rescued)), 1) << result.err;
  const auto path = fs::directory_iterator(at("temporary"))->path().string();
  EXPECT_NE(result.err.find(path), std::string::npos) << result.err;
  EXPECT_EQ(readPhoto(path).image.width, 64);
  EXPECT_FALSE(readPhoto(path).request_json.empty());
  EXPECT_TRUE(fs::exists(at("a.json"))) << "one output that cannot be written keeps the other from it";
}

TEST_F(RefusedOutputs, ADumpThatFailsLeavesThePicture) {
  const std::vector<std::string> arguments = {"restore", "photo.png", "--task", "motion-blur", "--size",
                                              "64",      "--steps",   "2",      "--set",       "K=0",
                                              "--out",   "a.png",     "--dump", "disk/d",      "--quiet"};
  const auto result = refused(arguments, 3, ENOSPC);  // as above
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("There is no dump"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find(std::strerror(ENOSPC)), std::string::npos) << result.err;
  EXPECT_FALSE(fs::exists(disk("d")));
  EXPECT_EQ(readPhoto(at("a.png")).image.width, 64);
}

TEST_F(RefusedOutputs, AreRefusedInACloneWhosePathHasASpace) {
  const auto library = folder_ / "a clone" / "failing_disk.so";
  fs::create_directories(library.parent_path());
  fs::copy_file(P2L_FAILING_DISK, library);
  const auto result =
      refused({"degrade", "photo.png", "--task", "sr", "--out", "disk/a.png", "--quiet"}, 1, ENOSPC, library);
  EXPECT_EQ(result.exit_code, 1);
  test::expectSentence(sentence(result), ENOSPC);
}

}  // namespace
}  // namespace p2l
