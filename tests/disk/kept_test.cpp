// SPDX-License-Identifier: GPL-3.0-or-later
// History, projects and the queue on a disk that is full, read-only or broken: a sentence, and what was there stays.
#include <filesystem>

#include "core/archive/job_queue.h"
#include "core/archive/project.h"
#include "core/experiment/record.h"
#include "core/types/error.h"
#include "tests/disk/kept_on_disk.h"
#include "tests/disk/refuse_each.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

class RefusingDisk : public test::KeptOnDisk, public testing::WithParamInterface<int> {
 protected:
  int refuseEach(const std::function<void()>& act, const std::function<void(bool)>& check) const {
    return test::refuseEach((folder_ / "disk").string(), GetParam(), act, check);
  }
};

TEST_P(RefusingDisk, ARunThatCannotBeKeptTakesNoOtherWithIt) {
  RunArchive history(disk("history"));
  int turn = 0;
  const int refused = refuseEach([&] { keep(history, run("second", 2000 + turn++), 0.4f); },
                                 [&](bool done) { expectWhole(done ? 2 : 1); });
  EXPECT_GE(refused, 12);  // three files: made, written, on the disk, in their place
}

TEST_P(RefusingDisk, ThePhotoOfARunThatCannotBeKeptTakesNoRoom) {
  RunArchive history(disk("history"));
  writePhoto(Image(24, 20, 3, 0.3f), at("dog.png"), "");
  const auto dog = readPhoto(at("dog.png"));
  const auto photos = [this] {
    const auto files = fs::directory_iterator(disk("history/photos"));
    return std::distance(begin(files), end(files));
  };
  EXPECT_EQ(photos(), 1);
  int turn = 0, kept = 0;
  const int refused = refuseEach(
      [&] {
        auto other = run("other", 2000 + turn++);
        other.photo_path = at("dog.png");
        other.photo_sha256 = fileSha256(at("dog.png"));
        history.keep(other, {Image(24, 20, 3, 0.4f), Image(4, 4, 3), {}, dog.origin},
                     {other.photo_path, other.photo_sha256, dog});
      },
      [&](bool done) {
        kept += done ? 1 : 0;
        EXPECT_EQ(photos(), kept > 0 ? 2 : 1);
      });
  EXPECT_GE(refused, 12);
  EXPECT_GT(kept, 0);
}

TEST_P(RefusingDisk, ARunThatIsKeptAnewStaysAsItWas) {
  RunArchive history(disk("history"));
  auto again = run("first", 1000);
  again.id = first_;
  const int refused = refuseEach([&] { keep(history, again, 0.8f); },
                                 [&](bool done) {
                                   expectWhole(1);
                                   const float grey = readPhoto(history.resultPath(first_)).image.pixels[0];
                                   EXPECT_NEAR(grey, done ? 0.8f : 0.2f, 1e-3f);
                                 });
  EXPECT_GE(refused, 12);
}

TEST_P(RefusingDisk, ANameThatCannotBeWrittenLeavesTheFormer) {
  RunArchive history(disk("history"));
  auto renamed = history.all().front();
  renamed.name = "another name";
  const int refused = refuseEach([&] { history.update(renamed); },
                                 [&](bool done) {
                                   expectWhole(1);
                                   EXPECT_EQ(history.all().front().name, done ? "another name" : "first");
                                 });
  EXPECT_GE(refused, 3);
}

TEST_P(RefusingDisk, AProjectIsTheFormerOrTheNewOne) {
  const RunArchive history(disk("history"));
  auto project = saveFormerProject(history);
  project.photo_label = "new";
  const int refused = refuseEach([&] { saveProject(disk("projects/a.p2l"), project, history, photo_); },
                                 [&](bool done) {
                                   RunArchive elsewhere(at("elsewhere"));
                                   const auto opened = openProject(disk("projects/a.p2l"), elsewhere);
                                   EXPECT_EQ(opened.photo_label, done ? "new" : "former");
                                   EXPECT_EQ(opened.runs.size(), 1u);
                                   const auto files = fs::directory_iterator(disk("projects"));
                                   EXPECT_EQ(std::distance(begin(files), end(files)), 1);
                                 });
  EXPECT_GE(refused, 3);
}

TEST_P(RefusingDisk, AProjectThatCannotBeTakenOverLeavesTheHistoryWhole) {
  {
    RunArchive other(at("other"));
    const auto project = projectOfAnother(other);
    saveProject(at("b.p2l"), project, other, photo_);
  }
  RunArchive history(disk("history"));
  const int refused =
      refuseEach([&] { openProject(at("b.p2l"), history); }, [&](bool done) { expectWhole(done ? 3 : 1); });
  EXPECT_GE(refused, 12);
}

TEST_P(RefusingDisk, TheQueueGoesOnInThisProcessAndIsWholeOnTheDisk) {
  RestoreRequest request;
  request.photo = at("cat.png");
  RequestPictures pictures;
  pictures.masks = {Image(24, 20, 1, 1.0f)};
  JobQueue(disk("queue")).add({at("cat.png")}, request, pictures, at("results"), false);
  const int refused = refuseEach(
      [&] {
        JobQueue queue(disk("queue"));
        const auto first = queue.jobs().front().id;
        const auto problem = test::problemOf([&] { queue.setState(first, QueuedJob::State::Done); });
        EXPECT_EQ(queue.jobs().front().state, QueuedJob::State::Done);
        const auto before = queue.jobs().size();
        const auto other = test::problemOf([&] { queue.add({at("cat.png")}, request, pictures, {}, false); });
        EXPECT_TRUE(queue.jobs().size() == before + 1 || !other.empty());
        require(problem.empty() && other.empty(), problem.empty() ? other : problem);
      },
      [&](bool) {
        const JobQueue again(disk("queue"));
        ASSERT_FALSE(again.jobs().empty());
        for (const auto& job : again.jobs()) EXPECT_EQ(again.picturesOf(job).masks.size(), 1u);
      });
  EXPECT_GE(refused, 8);
}

INSTANTIATE_TEST_SUITE_P(Refusals, RefusingDisk, testing::ValuesIn(test::kRefusals),
                         [](const auto& info) { return std::string(::strerrorname_np(info.param)); });

}  // namespace
}  // namespace p2l
