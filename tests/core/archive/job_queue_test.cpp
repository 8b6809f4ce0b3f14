// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/archive/job_queue.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;
using State = QueuedJob::State;

class JobQueueTest : public test::TemporaryFolder {
 protected:
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  JobQueue queue() const { return JobQueue(at("queue")); }
  static RestoreRequest settings() {
    RestoreRequest request;
    request.mode = Mode::Restore;
    request.degradation().id = "denoise";
    return request;
  }
  std::vector<State> states(const JobQueue& queue) const {
    std::vector<State> states;
    for (const auto& job : queue.jobs()) states.push_back(job.state);
    return states;
  }
};

TEST_F(JobQueueTest, SurvivesARestart) {
  RequestPictures given;
  Image mask(6, 5, 1, 0.0f);
  mask.at(2, 2, 0) = 1.0f;
  given.masks = {mask};
  {
    auto queue = this->queue();
    EXPECT_EQ(queue.add({at("a.png"), at("b.png"), at("c.png")}, settings(), given, at("out"), false), 3);
    queue.setState(queue.jobs()[0].id, State::Done);
    queue.setState(queue.jobs()[1].id, State::Running);
  }
  const auto again = queue();
  EXPECT_EQ(states(again), (std::vector<State>{State::Done, State::Waiting, State::Waiting}));  // it was killed
  EXPECT_EQ(again.next()->request.photo, at("b.png"));
  EXPECT_EQ(again.next()->output, at("out/b-restored.png"));
  EXPECT_EQ(again.next()->request.degradation().id, "denoise");
  ASSERT_EQ(again.picturesOf(*again.next()).masks.size(), 1u);
  EXPECT_EQ(again.picturesOf(*again.next()).masks[0]->pixels, mask.pixels);
}

TEST_F(JobQueueTest, OrderRetryAndCancel) {
  auto queue = this->queue();
  queue.add({at("a.png"), at("b.png"), at("c.png")}, settings(), {}, "", false);
  const auto a = queue.jobs()[0].id, c = queue.jobs()[2].id;
  queue.move(c, -5);
  EXPECT_EQ(queue.next()->id, c);
  queue.move(c, 1);
  EXPECT_EQ(queue.next()->id, a);
  queue.setState(a, State::Failed, "It is no picture.");
  EXPECT_EQ(queue.next()->id, c);
  queue.retry(a);
  EXPECT_EQ(queue.next()->id, a);
  queue.cancelAll();
  EXPECT_EQ(queue.next(), nullptr);
  queue.clearEnded();
  EXPECT_TRUE(this->queue().jobs().empty());
  std::ifstream log(queue.logPath());
  const std::string text((std::istreambuf_iterator<char>(log)), {});
  EXPECT_NE(text.find("failed  " + at("a.png") + ": It is no picture."), std::string::npos) << text;
}

// A folder that is given again holds photos and results.
TEST_F(JobQueueTest, ResultsOfItsPhotosAreNoPhotos) {
  auto queue = this->queue();
  EXPECT_EQ(
      queue.add({at("a.jpg"), at("a-restored.png"), at("a-restored-2.png"), at("b.jpg")}, settings(), {}, "", false),
      2);
  EXPECT_EQ(queue.jobs()[0].request.photo, at("a.jpg"));
  EXPECT_EQ(queue.jobs()[1].request.photo, at("b.jpg"));
  EXPECT_EQ(queue.add({at("c-restored.png")}, settings(), {}, "", false), 1);  // given by itself, it is one
  EXPECT_EQ(queue.jobs()[2].output, at("c-restored-restored.png"));
}

TEST_F(JobQueueTest, NoResultIsWrittenOver) {
  write("a-restored.png", "x");
  auto queue = this->queue();
  queue.add({at("a.png"), at("b.png")}, settings(), {}, "", true);
  EXPECT_EQ(states(queue), (std::vector<State>{State::Skipped, State::Waiting}));
  queue.add({at("a.png"), at("b.png")}, settings(), {}, "", false);
  EXPECT_EQ(queue.jobs()[2].output, at("a-restored-2.png"));
  EXPECT_EQ(queue.jobs()[3].output, at("b-restored-2.png"));  // the first one is still to be written
}

// What was looked up before holds, so that a slow drive is asked nothing; what may have been written since is asked
// for.
TEST_F(JobQueueTest, FilesThatWereLookedUpAreNotAskedForAgain) {
  for (const char* name : {"a-restored.png", "a-restored-2.png", "c-restored.png"}) write(name, "x");
  RunControl control;
  const std::vector<std::string> photos = {at("a.png"), at("b.png")};
  auto there = resultFilesOf(photos, "", control);
  EXPECT_EQ(there, (FilesThere{{at("a-restored.png"), true},
                               {at("a-restored-2.png"), true},
                               {at("a-restored-3.png"), false},
                               {at("b-restored.png"), false}}));
  EXPECT_EQ(resultFilesOf({at("a.png"), at("a-restored.png")}, at("out"), control),
            (FilesThere{{at("out/a-restored.png"), false}}));
  auto queue = this->queue();
  for (const char* name : {"a-restored.png", "a-restored-2.png"}) fs::remove(at(name));
  queue.add(photos, settings(), {}, "", true, there);
  EXPECT_EQ(states(queue), (std::vector<State>{State::Skipped, State::Waiting}));
  queue.add({at("a.png"), at("b.png"), at("c.png")}, settings(), {}, "", false, there);
  EXPECT_EQ(queue.jobs()[2].output, at("a-restored-3.png"));
  EXPECT_EQ(queue.jobs()[3].output, at("b-restored-2.png"));  // the first one is still to be written
  EXPECT_EQ(queue.jobs()[4].output, at("c-restored-2.png"));  // it was not looked up

  write("b-restored.png", "x");
  for (const auto& job : std::vector<QueuedJob>(queue.jobs())) queue.setState(job.id, State::Done);
  queue.add({at("b.png")}, settings(), {}, "", true, there);
  EXPECT_EQ(queue.jobs().back().state, State::Skipped);
  control.requestStop();
  EXPECT_THROW(resultFilesOf(photos, "", control), StopRequested);
}

TEST_F(JobQueueTest, ADamagedQueueIsNamed) {
  write("queue/queue.json", "[{\"id\": 3}]");
  EXPECT_NE(test::problemOf([&] { queue(); }).find("queue.json is no queue of P2L Studio"), std::string::npos);
}

}  // namespace
}  // namespace p2l
