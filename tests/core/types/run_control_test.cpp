// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/run_control.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace p2l {
namespace {

using namespace std::chrono_literals;

/// A run of many short steps with a checkpoint in each, on its own thread.
class FakeRun {
 public:
  explicit FakeRun(int steps) {
    thread_ = std::thread([this, steps] {
      try {
        for (int i = 0; i < steps; ++i) {
          control.beginStep();
          begun = i + 1;
          control.checkpoint();
          finished = i + 1;
        }
      } catch (const StopRequested&) {
        stopped = true;
      }
      ended = true;
    });
  }
  ~FakeRun() {
    control.requestStop();
    if (thread_.joinable()) thread_.join();
  }
  void join() { thread_.join(); }

  RunControl control;
  std::atomic<int> begun = 0;
  std::atomic<int> finished = 0;
  std::atomic<bool> stopped = false;
  std::atomic<bool> ended = false;

 private:
  std::thread thread_;
};

template <class Condition>
bool eventually(const Condition& condition) {
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(100us);
  }
  return true;
}

/// The clock stands exactly where the run does.
bool standsStill(const RunControl& control) {
  return eventually([&] {
    const double before = control.secondsAtWork();
    std::this_thread::sleep_for(1ms);
    return control.secondsAtWork() == before;
  });
}

TEST(RunControl, RunsThroughWhenLeftAlone) {
  FakeRun run(1000);
  run.join();
  EXPECT_EQ(run.finished, 1000);
  EXPECT_FALSE(run.stopped);
}

TEST(RunControl, StopEndsARunAndAPausedRun) {
  FakeRun running(1000000000);
  ASSERT_TRUE(eventually([&] { return running.finished > 10; }));
  running.control.requestStop();
  running.join();
  EXPECT_TRUE(running.stopped);
  EXPECT_TRUE(running.control.stopRequested());

  FakeRun paused(1000000000);
  paused.control.pause();
  std::this_thread::sleep_for(5ms);
  paused.control.requestStop();
  paused.join();
  EXPECT_TRUE(paused.stopped);
}

TEST(RunControl, PausedRunsStandStillUntilResumed) {
  FakeRun run(1000000000);
  run.control.pause();
  EXPECT_TRUE(run.control.paused());
  std::this_thread::sleep_for(5ms);
  const int at = run.begun;
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(run.begun, at);
  run.control.resume();
  EXPECT_FALSE(run.control.paused());
  EXPECT_TRUE(eventually([&] { return run.begun > at + 100; }));
}

TEST(RunControl, EachSingleStepIsOneStepFromTheVeryFirst) {
  RunControl control;
  control.pause();
  std::atomic<int> finished = 0;
  std::thread thread([&] {
    try {
      while (true) {
        control.beginStep();
        control.checkpoint();
        ++finished;
      }
    } catch (const StopRequested&) {
    }
  });
  for (int i = 1; i <= 500; ++i) {
    control.stepOnce();
    ASSERT_TRUE(eventually([&] { return finished == i && control.paused(); })) << i;
  }
  std::this_thread::sleep_for(10ms);
  EXPECT_EQ(finished, 500);
  control.requestStop();
  thread.join();
}

TEST(RunControl, SingleStepInsideAStepEndsThatStepOnly) {
  RunControl control;
  std::atomic<int> checkpoints = 0;
  std::atomic<int> finished = 0;
  std::atomic<bool> inside = false;
  std::thread thread([&] {
    try {
      while (true) {
        control.beginStep();
        inside = true;
        while (!control.paused() && checkpoints == 0) std::this_thread::yield();
        control.checkpoint();  // waits here: paused in the middle of the first step
        ++checkpoints;
        ++finished;
      }
    } catch (const StopRequested&) {
    }
  });
  ASSERT_TRUE(eventually([&] { return inside.load(); }));
  control.pause();
  std::this_thread::sleep_for(5ms);
  EXPECT_EQ(finished, 0);
  control.stepOnce();
  EXPECT_TRUE(eventually([&] { return finished == 1 && control.paused(); }));
  std::this_thread::sleep_for(10ms);
  EXPECT_EQ(finished, 1);
  control.requestStop();
  thread.join();
}

TEST(RunControl, ResumeEndsSingleStepping) {
  FakeRun run(1000000000);
  run.control.stepOnce();
  ASSERT_TRUE(eventually([&] { return run.control.paused(); }));
  const int at = run.begun;
  run.control.resume();
  EXPECT_TRUE(eventually([&] { return run.begun > at + 100; }));
}

TEST(RunControl, NoWakeUpIsLostUnderAStormOfRequests) {
  FakeRun run(1000000000);
  for (int i = 0; i < 20000; ++i) {
    run.control.pause();
    if (i % 3 == 0) run.control.stepOnce();
    run.control.resume();
  }
  const int at = run.begun;
  EXPECT_TRUE(eventually([&] { return run.begun > at; }));
  run.control.pause();
  run.control.requestStop();
  run.join();
  EXPECT_TRUE(run.stopped);
}

TEST(RunControl, SecondsAtWorkLeaveOutPausesAndTheWaitsBetweenSingleSteps) {
  const auto began = std::chrono::steady_clock::now();
  FakeRun run(1000000000);
  const auto work = [&] { return run.control.secondsAtWork(); };
  const auto wall = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(); };
  std::this_thread::sleep_for(20ms);
  EXPECT_GE(work(), 0.02);
  run.control.pause();
  ASSERT_TRUE(standsStill(run.control));
  const double at_pause = work();
  std::this_thread::sleep_for(250ms);
  EXPECT_EQ(work(), at_pause);
  run.control.stepOnce();
  ASSERT_TRUE(eventually([&] { return run.control.paused(); }));
  ASSERT_TRUE(standsStill(run.control));
  std::this_thread::sleep_for(250ms);
  run.control.resume();
  ASSERT_TRUE(eventually([&] { return work() > at_pause + 0.01; }));
  run.control.pause();
  ASSERT_TRUE(standsStill(run.control));
  EXPECT_LT(work(), wall() - 0.5);
  std::this_thread::sleep_for(50ms);
  run.control.requestStop();
  run.join();
  const double at_end = work();
  EXPECT_LT(at_end, wall() - 0.55);  // the wait that a stop ended, too
}

TEST(RunControl, TellsBeforeEachWaitAndNeverOtherwise) {
  RunControl control;
  int told = 0;
  std::vector<bool> paused;
  control.setBeforeWait([&] {
    ++told;
    paused.push_back(control.paused());  // would never return if it were called under the lock
    control.resume();
  });
  control.beginStep();
  control.checkpoint();
  EXPECT_EQ(told, 0);
  control.pause();
  control.checkpoint();
  EXPECT_EQ(told, 1);
  control.pause();
  control.beginStep();
  EXPECT_EQ(told, 2);
  control.stepOnce();  // inside a step: up to its end
  control.checkpoint();
  EXPECT_EQ(told, 2);
  control.beginStep();
  EXPECT_EQ(told, 3);
  EXPECT_EQ(paused, std::vector<bool>({true, true, false}));  // a single step is told of before it counts as over
  control.pause();
  control.requestStop();
  EXPECT_THROW(control.checkpoint(), StopRequested);
  EXPECT_EQ(told, 3);
}

TEST(RunControl, WhatIsThrownBeforeAWaitEndsTheRun) {
  RunControl control;
  control.setBeforeWait([] { throw std::runtime_error("the copy failed"); });
  control.pause();
  EXPECT_THROW(control.checkpoint(), std::runtime_error);
  EXPECT_THROW(control.beginStep(), std::runtime_error);
  control.setBeforeWait({});
  control.resume();
  EXPECT_NO_THROW(control.checkpoint());
}

TEST(RunControl, StopBeforeTheFirstStepIsKept) {
  RunControl control;
  control.requestStop();
  EXPECT_THROW(control.beginStep(), StopRequested);
  EXPECT_THROW(control.checkpoint(), StopRequested);
}

}  // namespace
}  // namespace p2l
