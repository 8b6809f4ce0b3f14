// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "core/archive/project.h"
#include "core/archive/run_archive.h"
#include "core/experiment/record.h"
#include "tests/support/temporary_folder.h"

namespace p2l::test {

/// A folder as if it were a disk, with a history of one run, and a photo beside it.
class KeptOnDisk : public TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    writePhoto(Image(24, 20, 3, 0.6f), at("cat.png"), "");
    photo_ = readPhoto(at("cat.png"));
    std::filesystem::create_directories(disk());
    RunArchive history(disk("history"));
    keep(history, run("first", 1000), 0.2f);
    first_ = history.all().front().id;
  }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  std::string disk(const std::string& name = {}) const { return (folder_ / "disk" / name).string(); }

  KeptRun run(const std::string& name, std::int64_t time_ms) const {
    KeptRun run;
    run.id = keptRunId(time_ms);
    run.name = name;
    run.photo_path = at("cat.png");
    run.photo_sha256 = fileSha256(at("cat.png"));
    run.report.request = run.request;
    return run;
  }
  void keep(RunArchive& history, const KeptRun& run, float grey) const {
    history.keep(run, {Image(24, 20, 3, grey), Image(4, 4, 3), {}, photo_.origin},
                 {run.photo_path, run.photo_sha256, photo_});
  }
  /// Saved on the disk as projects/a.p2l.
  Project saveFormerProject(const RunArchive& history) const {
    Project project;
    project.photo_label = "former";
    project.photo_path = at("cat.png");
    project.photo_sha256 = fileSha256(at("cat.png"));
    project.runs = {first_};
    std::filesystem::create_directories(disk("projects"));
    saveProject(disk("projects/a.p2l"), project, history, photo_);
    return project;
  }
  /// With two runs that it puts into another history.
  Project projectOfAnother(RunArchive& other) const {
    Project project;
    project.photo_path = at("cat.png");
    project.photo_sha256 = fileSha256(at("cat.png"));
    for (int i = 0; i < 2; ++i) {
      const auto each = run("other", 5000 + i);
      keep(other, each, 0.3f);
      project.runs.push_back(each.id);
    }
    return project;
  }
  /// Each run of the history can be read, with its pictures; nothing half is left.
  void expectWhole(std::size_t least) const {
    const RunArchive again(disk("history"));
    std::vector<std::string> damaged;
    const auto runs = again.all(&damaged);
    EXPECT_TRUE(damaged.empty()) << damaged.front();
    EXPECT_GE(runs.size(), least);
    for (const auto& run : runs) {
      EXPECT_EQ(readPhoto(again.resultPath(run.id)).image.width, 24);
      EXPECT_EQ(readPhoto(again.thumbnailPath(run.id)).image.width, 4);
      EXPECT_FALSE(again.photoPath(run).empty());
    }
    for (const auto& entry : std::filesystem::directory_iterator(disk("history/photos")))
      EXPECT_NO_THROW(readPhoto(entry.path().string())) << entry.path();
  }

  Photo photo_;
  std::string first_;
};

}  // namespace p2l::test
