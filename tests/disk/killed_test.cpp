// SPDX-License-Identifier: GPL-3.0-or-later
// History, projects and the queue when the program is killed, at each change that it makes on the disk: what was there
// stays, each file is the former or the new one, and the next start takes away what is half.
#include <cmath>
#include <filesystem>
#include <memory>
#include <set>

#include "core/archive/job_queue.h"
#include "core/archive/project.h"
#include "core/base/file.h"
#include "tests/disk/kept_on_disk.h"
#include "tests/disk/kill_each.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

/// On a file system that can exchange two names, and on one that cannot.
class KilledProgram : public test::KeptOnDisk, public testing::WithParamInterface<bool> {
 protected:
  void SetUp() override {
    KeptOnDisk::SetUp();
    p2l_disk_exchanges(GetParam());
  }
  void TearDown() override {
    p2l_disk_exchanges(true);
    KeptOnDisk::TearDown();
  }

  int killEach(const std::function<void()>& act, const std::function<void(bool)>& check) const {
    return test::killEach(disk().substr(0, disk().size() - 1), act, check);
  }
  static bool isHidden(const fs::path& path) { return path.filename().string().rfind('.', 0) == 0; }
  /// After the next start.
  void expectNothingHalf(const std::string& folder) const {
    for (const auto& entry : fs::recursive_directory_iterator(disk(folder)))
      EXPECT_FALSE(isHidden(entry.path())) << entry.path();
  }
  void expectWholeHistory(std::size_t least) const {
    expectWhole(least);
    expectNothingHalf("history");
  }
  static StepPictures stepPictures() {
    StepPictures pictures;
    for (const int step : {1, 2}) {
      auto frame = std::make_shared<Frame>();
      frame->width = frame->height = 8;
      frame->bytes.assign(8 * 8 * 3, std::uint8_t{100});
      pictures[step] = frame;
    }
    return pictures;
  }
};

TEST_P(KilledProgram, WhileItKeepsARun) {
  RunArchive history(disk("history"));
  writePhoto(Image(24, 20, 3, 0.3f), at("dog.png"), "");
  const auto dog = readPhoto(at("dog.png"));
  auto second = run("second", 2000);
  second.photo_path = at("dog.png");
  second.photo_sha256 = fileSha256(at("dog.png"));
  const int killed = killEach(
      [&] {
        history.keep(second, {Image(24, 20, 3, 0.4f), Image(4, 4, 3), {}, dog.origin},
                     {second.photo_path, second.photo_sha256, dog});
      },
      [&](bool done) { expectWholeHistory(done ? 2 : 1); });
  EXPECT_GE(killed, 20);  // four files: made, locked, written, on the disk, in their place
}

TEST_P(KilledProgram, WhileItKeepsARunAnew) {
  RunArchive history(disk("history"));
  history.keepSteps(first_, stepPictures());
  auto again = run("first", 1000);
  again.id = first_;
  std::set<bool> seen;
  const int killed = killEach([&] { keep(history, again, 0.8f); },
                              [&](bool done) {
                                expectWholeHistory(1);
                                const float grey = readPhoto(history.resultPath(first_)).image.pixels[0];
                                EXPECT_TRUE(std::abs(grey - 0.8f) < 1e-3f || (!done && std::abs(grey - 0.2f) < 1e-3f));
                                EXPECT_EQ(history.steps(first_).size(), 2u) << "grey " << grey;
                                seen.insert(grey > 0.5f);
                                keep(history, again, 0.2f);
                              });
  EXPECT_GE(killed, 15);
  EXPECT_EQ(seen.size(), 2u);
}

TEST_P(KilledProgram, WhileItKeepsTheStepsOfARun) {
  RunArchive history(disk("history"));
  const int killed = killEach([&] { history.keepSteps(first_, stepPictures()); },
                              [&](bool done) {
                                expectWholeHistory(1);
                                const auto steps = history.steps(first_).size();
                                EXPECT_TRUE(steps == 2 || (!done && steps == 0)) << steps;
                                fs::remove(history.stepsPath(first_));
                              });
  EXPECT_GE(killed, 3);
}

TEST_P(KilledProgram, WhileItNamesARun) {
  RunArchive history(disk("history"));
  const auto former = history.all().front();
  auto renamed = former;
  renamed.name = "another name";
  const int killed = killEach([&] { history.update(renamed); },
                              [&](bool done) {
                                expectWholeHistory(1);
                                const auto name = history.all().front().name;
                                EXPECT_TRUE(name == "another name" || (!done && name == "first")) << name;
                                history.update(former);
                              });
  EXPECT_GE(killed, 3);
}

TEST_P(KilledProgram, WhileItRemovesARun) {
  RunArchive history(disk("history"));
  auto second = run("second", 2000);
  keep(history, second, 0.4f);
  const int killed = killEach([&] { history.remove(second.id); },
                              [&](bool done) {
                                expectWholeHistory(1);
                                EXPECT_EQ(history.all().front().id, first_);
                                EXPECT_TRUE(!done || history.all().size() == 1);
                                keep(history, second, 0.4f);
                              });
  EXPECT_GE(killed, 4);
}

TEST_P(KilledProgram, WhileItMakesTheFirstHistory) {
  const int killed = killEach(
      [&] {
        RunArchive history(disk("another"));
        keep(history, run("first", 1000), 0.2f);
      },
      [&](bool done) {
        const RunArchive again(disk("another"));
        std::vector<std::string> damaged;
        EXPECT_GE(again.all(&damaged).size(), done ? 1u : 0u);
        EXPECT_TRUE(damaged.empty());
        expectNothingHalf("another");
        fs::remove_all(disk("another"));
      });
  EXPECT_GE(killed, 18);
}

TEST_P(KilledProgram, WhileTheNextStartTidiesUp) {
  RunArchive history(disk("history"));
  auto again = run("first", 1000);
  again.id = first_;
  history.keepSteps(first_, stepPictures());
  const auto folder = disk("history");
  int tidied = 0;
  for (int kill = 1, next_kill = 1; kill < test::kMostKills; ++next_kill) {
    SCOPED_TRACE(concat("killed at change ", kill, ", and at change ", next_kill, " of the next start"));
    if (!test::killedAt(folder, kill, [&] { keep(history, again, 0.8f); })) break;
    const bool killed = test::killedAt(folder, next_kill, [&] { RunArchive{folder}; });
    expectWholeHistory(1);
    EXPECT_EQ(history.steps(first_).size(), 2u);
    if (HasFailure()) return;
    tidied += killed ? 1 : 0;
    if (!killed) {
      kill += kill < 20 ? 5 : 1;  // up to the moment when the run gets into its place they are much the same
      next_kill = 0;
    }
  }
  EXPECT_GE(tidied, 10);
}

TEST_P(KilledProgram, WhileItSavesAProject) {
  const RunArchive history(disk("history"));
  const auto former = saveFormerProject(history);
  const auto path = disk("projects/a.p2l");
  auto project = former;
  project.photo_label = "new";
  const int killed = killEach([&] { saveProject(path, project, history, photo_); },
                              [&](bool done) {
                                RunArchive elsewhere(at("elsewhere"));
                                const auto opened = openProject(path, elsewhere);
                                EXPECT_TRUE(opened.photo_label == "new" || (!done && opened.photo_label == "former"));
                                EXPECT_EQ(opened.runs.size(), 1u);
                                expectWholeHistory(1);
                                for (const auto& entry : fs::directory_iterator(disk("projects")))
                                  EXPECT_TRUE(entry.path() == path || isHidden(entry.path())) << entry.path();
                                removeLeftovers(disk("projects"));
                                expectNothingHalf("projects");
                                saveProject(path, former, history, photo_);
                              });
  EXPECT_GE(killed, 3);
  const auto first_project = disk("projects/b.p2l");
  killEach([&] { saveProject(first_project, project, history, photo_); },
           [&](bool done) {
             EXPECT_TRUE(!done || fs::exists(first_project));
             RunArchive elsewhere(at("elsewhere"));
             EXPECT_TRUE(!fs::exists(first_project) || openProject(first_project, elsewhere).photo_label == "new");
             fs::remove(first_project);
           });
}

TEST_P(KilledProgram, WhileItTakesOverAProject) {
  Project project;
  {
    RunArchive other(at("other"));
    project = projectOfAnother(other);
    other.keepSteps(project.runs[0], stepPictures());
    saveProject(at("b.p2l"), project, other, photo_);
  }
  RunArchive history(disk("history"));
  const int killed = killEach([&] { openProject(at("b.p2l"), history); },
                              [&](bool done) {
                                expectWholeHistory(done ? 3 : 1);
                                EXPECT_TRUE(!done || history.steps(project.runs[0]).size() == 2);
                                for (const auto& id : project.runs) history.remove(id);
                              });
  EXPECT_GE(killed, 20);
}

TEST_P(KilledProgram, WhileItChangesTheQueue) {
  RestoreRequest request;
  request.photo = at("cat.png");
  RequestPictures pictures;
  pictures.masks = {Image(24, 20, 1, 1.0f)};
  JobQueue(disk("queue")).add({at("cat.png")}, request, pictures, at("results"), false);
  const auto first = JobQueue(disk("queue")).jobs().front().id;
  const int killed = killEach(
      [&] {
        JobQueue queue(disk("queue"));
        queue.setState(first, QueuedJob::State::Waiting);
        queue.add({at("cat.png")}, request, pictures, {}, false);
        queue.setState(queue.jobs().back().id, QueuedJob::State::Done);
        queue.move(first, 1);
        queue.clearEnded();
      },
      [&](bool) {
        JobQueue again(disk("queue"));
        ASSERT_FALSE(again.jobs().empty());
        EXPECT_NE(again.find(first), nullptr);
        for (const auto& job : again.jobs()) EXPECT_EQ(again.picturesOf(job).masks.size(), 1u) << job.id;
        expectNothingHalf("queue");
      });
  EXPECT_GE(killed, 25);
}

INSTANTIATE_TEST_SUITE_P(FileSystems, KilledProgram, testing::Bool(), [](const auto& info) {
  return std::string(info.param ? "ThatExchangeNames" : "ThatDoNotExchangeNames");
});

}  // namespace
}  // namespace p2l
