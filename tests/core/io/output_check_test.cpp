// SPDX-License-Identifier: GPL-3.0-or-later
// No output is an input or another output, under whatever name.
#include "core/io/output_check.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "core/base/file.h"
#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using test::expectParts;
using test::problemOf;

class OutputCheckOfFiles : public test::TemporaryFolder {
 protected:
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  /// The problem of one output beside the input photo.png.
  std::string written(const std::string& output) const {
    OutputCheck check;
    check.reads("the photo", at("photo.png"));
    check.writes("--out", output);
    return check.problem();
  }
};

TEST_F(OutputCheckOfFiles, AnInputIsFoundUnderEveryName) {
  write("photo.png", "x");
  write("other.png", "x");
  fs::create_directory(at("folder"));
  fs::create_symlink(at("photo.png"), at("soft.png"));
  fs::create_hard_link(at("photo.png"), at("hard.png"));
  fs::create_directory_symlink(folder_, at("link"));
  for (const auto* name : {"photo.png", "./photo.png", "folder/../photo.png", "soft.png", "hard.png", "link/photo.png",
                           "link/link/soft.png"}) {
    expectParts(written(at(name)), {"--out: ", name, "is an input of this command (the photo)"});
  }
  for (const auto* name : {"other.png", "new.png", "link/new.png", "photo.png.new"}) EXPECT_EQ(written(at(name)), "");
  EXPECT_EQ(written(""), "");

  const auto before = fs::current_path();
  fs::current_path(folder_);
  EXPECT_NE(written("photo.png"), "");
  EXPECT_EQ(written("photo2.png"), "");
  fs::current_path(before);
}

TEST_F(OutputCheckOfFiles, ARefusalSaysWhatTheFileIs) {
  using Why = OutputCheck::Refusal::Why;
  write("photo.png", "x");
  write("model/unet.safetensors", "x");
  write("locked.png", "x");
  ::chmod(at("locked.png").c_str(), 0444);
  const auto refusal = [&](const std::string& output) {
    OutputCheck check;
    check.reads("the photo", at("photo.png"));
    check.reads("the model", at("model"), {"*.safetensors"});
    check.writes("", at(output));
    return check.refusal();
  };
  EXPECT_EQ(refusal("photo.png").why, Why::Input);
  EXPECT_EQ(refusal("photo.png").input, "the photo");
  EXPECT_EQ(refusal("model/unet.safetensors").input, "a file of the model");
  EXPECT_EQ(refusal("locked.png").why, Why::ReadOnly);
  EXPECT_EQ(refusal("new.png").why, Why::None);
}

TEST_F(OutputCheckOfFiles, TwoOutputsAreTwoFiles) {
  fs::create_directory_symlink(folder_, at("link"));
  const auto both = [&](const std::string& a, const std::string& b) {
    OutputCheck check;
    check.writes("--out", a);
    check.writes("--report", b);
    return check.problem();
  };
  expectParts(both(at("a.png"), at("a.png")), {"--report and --out name the same file"});
  EXPECT_NE(both(at("a.png"), at("link/a.png")), "") << "a file that does not exist yet";
  write("old.png", "x");
  fs::create_hard_link(at("old.png"), at("hard.png"));
  EXPECT_NE(both(at("old.png"), at("hard.png")), "");
  EXPECT_EQ(both(at("a.png"), at("b.png")), "");
  EXPECT_EQ(both("/dev/null", "/dev/null"), "") << "nothing is lost there";
  EXPECT_EQ(both(at("no/a.png"), at("no/b.png")), "") << "said by the check for writing";
  EXPECT_NE(both(at("no/a.png"), at("no/a.png")), "");
}

TEST_F(OutputCheckOfFiles, FoldersOfOutputsAndOfInputs) {
  write("steps/step_0003.png", "x");
  write("steps/photo.png", "x");
  write("model/unet/weights.safetensors", "x");
  write("model/report.json", "x");
  const auto into = [&](const std::string& photo, const std::string& out) {
    OutputCheck check;
    check.reads("the photo", at(photo));
    check.writes("--out", at(out));
    check.writesInto("--snapshots", at("steps"), {"step_*.png"});
    return check.problem();
  };
  EXPECT_EQ(into("steps/photo.png", "o.png"), "");
  expectParts(into("steps/step_0003.png", "o.png"), {"--snapshots", "step_0003.png", "the photo"});
  expectParts(into("steps/photo.png", "steps/step_0001.png"), {"--out", "that --snapshots writes"});
  EXPECT_EQ(into("steps/photo.png", "steps/result.png"), "");
  expectParts(into("steps/photo.png", "steps"), {"--out and --snapshots name the same path"});

  const auto beside = [&](const std::string& out) {
    OutputCheck check;
    check.reads("--model", at("model"), {"*.safetensors"});
    check.writes("--save-embedding", at(out));
    return check.problem();
  };
  expectParts(beside("model/unet/weights.safetensors"), {"--save-embedding", "a file of --model"});
  EXPECT_EQ(beside("model/report.json"), "") << "a person's own";
  EXPECT_EQ(beside("model/new.safetensors"), "");
}

TEST_F(OutputCheckOfFiles, WhatIsReadOnlyStays) {
  write("locked.png", "kept");
  write("steps/step_0002.png", "kept");
  ::chmod(at("locked.png").c_str(), 0444);
  ::chmod(at("steps/step_0002.png").c_str(), 0444);
  expectParts(written(at("locked.png")), {"--out: ", "locked.png is there already and read-only: give another name."});
  for (const bool replaces : {true, false}) {
    OutputCheck check;
    check.writesInto("--snapshots", at("steps"), {"step_*.png"}, replaces);
    EXPECT_EQ(check.problem().find("holds step_0002.png, a read-only file") != std::string::npos, replaces);
  }
  const Bytes bytes = {'n', 'e', 'w'};
  expectParts(problemOf([&] { writeFile(at("locked.png"), bytes); }), {"locked.png cannot be written", "read-only"});
  expectParts(problemOf([&] { checkFileCanBeWritten(at("locked.png")); }), {"locked.png cannot", "read-only"});
  EXPECT_EQ(readFile(at("locked.png"), 100), (Bytes{'k', 'e', 'p', 't'}));
  ::chmod(at("locked.png").c_str(), 0644);
  EXPECT_EQ(written(at("locked.png")), "");
  EXPECT_EQ(problemOf([&] { writeFile(at("locked.png"), bytes); }), "");
}

/// Nobody named what the link leads to. A name that a person typed is followed (photo_file_test.cpp).
TEST_F(OutputCheckOfFiles, ALinkInAFolderOfOutputsIsRefused) {
  write("mine.png", "kept");
  fs::create_directory(at("steps"));
  const auto problem = [&] {
    OutputCheck check;
    check.writesInto("--snapshots", at("steps"), {"step_*.png"});
    return check.problem();
  };
  fs::create_symlink(at("mine.png"), at("steps/other.png"));
  EXPECT_EQ(problem(), "");
  fs::create_symlink(at("mine.png"), at("steps/step_0001.png"));
  expectParts(problem(), {"--snapshots: ", "steps holds step_0001.png, a link", "give another folder."});
  fs::remove(at("steps/step_0001.png"));
  fs::create_symlink(at("nowhere.png"), at("steps/step_0001.png"));
  EXPECT_NE(problem(), "") << "a file would be made there";
}

TEST_F(OutputCheckOfFiles, ALinkToAFileThatIsNotThereYetIsFollowed) {
  fs::create_directory(at("folder"));
  fs::create_symlink("folder/new.png", at("first.png"));
  fs::create_symlink("first.png", at("link.png"));
  OutputCheck check;
  check.writes("--out", at("link.png"));
  check.writes("--report", at("folder/new.png"));
  expectParts(check.problem(), {"--report and --out name the same file"});
  EXPECT_EQ(problemOf([&] { checkFileCanBeWritten(at("link.png")); }), "");
  EXPECT_FALSE(fs::exists(at("folder/new.png")));
  const Bytes bytes = {'n', 'e', 'w'};
  writeFile(at("link.png"), bytes);
  EXPECT_TRUE(fs::is_symlink(at("link.png")));
  EXPECT_EQ(readFile(at("folder/new.png"), 100), bytes);
  fs::create_symlink("round.png", at("round.png"));
  EXPECT_NE(problemOf([&] { writeFile(at("round.png"), bytes); }), "");
}

TEST_F(OutputCheckOfFiles, TheFinalNameIsTriedAndNothingIsLeft) {
  const auto problem = [&](const std::string& name) { return problemOf([&] { checkFileCanBeWritten(at(name)); }); };
  expectParts(problem(std::string(256, 'n') + ".png"), {".png cannot be written: File name too long"});
  expectParts(problem("no/a.png"), {"there is no folder"});
  EXPECT_EQ(problem("a.png"), "");
  write("old.png", "kept");
  EXPECT_EQ(problem("old.png"), "");
  EXPECT_EQ(fs::file_size(at("old.png")), 4u);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
  if (::geteuid() != 0) {
    fs::create_directory(at("locked"));
    ::chmod(at("locked").c_str(), 0500);
    expectParts(problem("locked/a.png"), {"locked/a.png cannot be written"});
    ::chmod(at("locked").c_str(), 0700);
  }
}

}  // namespace
}  // namespace p2l
