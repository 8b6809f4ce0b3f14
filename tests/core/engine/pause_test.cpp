// SPDX-License-Identifier: GPL-3.0-or-later
// A run that stands still: its time does not go on, and of its steps nothing is held back.
#include <ATen/ops/full.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <thread>

#include "core/api/session.h"
#include "core/engine/snapshot_tap.h"

namespace p2l {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr double kPaused = 0.5;  ///< seconds

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

bool eventually(const std::function<bool()>& condition) {
  const auto start = Clock::now();
  while (!condition()) {
    if (secondsSince(start) > 20.0) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

/// Lets the run go on when it has stood still for kPaused.
void resumeLater(RunControl& control) {
  EXPECT_TRUE(eventually([&] {
    const double before = control.secondsAtWork();
    std::this_thread::sleep_for(1ms);
    return control.secondsAtWork() == before;
  }));
  std::this_thread::sleep_for(std::chrono::duration<double>(kPaused));
  control.resume();
}

/// Pauses the run after its second step.
class Pauses : public RunObserver {
 public:
  explicit Pauses(RunControl& control) : control_(control) {}
  ~Pauses() override {
    if (resumes_.joinable()) resumes_.join();
  }
  void runStarted(const RunStart&) override { started = Clock::now(); }
  void stepFinished(std::uint64_t, const StepReport& report) override {
    if (report.step != 2) return;
    control_.pause();
    resumes_ = std::thread([this] { resumeLater(control_); });
  }
  Clock::time_point started;

 private:
  RunControl& control_;
  std::thread resumes_;
};

TEST(Pause, CountsNeitherInTheSecondsOfARunNorOfItsSteps) {
  Session session;
  RestoreRequest request;
  request.device = "cpu";
  request.solver = "ldps";
  request.sampler_values = {{"steps", 4.0}};
  RunInputs inputs;
  inputs.photo = Image(32, 32, 3);
  RunControl control;
  Pauses observer(control);
  const auto outcome = session.run(request, inputs, observer, control);
  const double wall = secondsSince(observer.started);
  ASSERT_EQ(outcome.status, Outcome::Status::Completed) << outcome.message;
  EXPECT_LT(outcome.report.seconds, wall - 0.8 * kPaused);
  double steps = 0.0;
  for (const auto& step : outcome.report.steps) steps += step.seconds;
  EXPECT_EQ(outcome.report.steps.size(), 4u);
  EXPECT_GT(steps, 0.0);
  EXPECT_LT(steps, outcome.report.seconds + 0.1 * kPaused);
}

class Counts : public RunObserver {
 public:
  void stepFinished(std::uint64_t, const StepReport&) override { ++steps; }
  void pictureReady(std::shared_ptr<const Snapshot>) override { ++pictures; }
  std::atomic<int> steps = 0, pictures = 0;
};

class PausedTap : public testing::Test {
 protected:
  ~PausedTap() override {
    control_.requestStop();
    if (run_.joinable()) run_.join();
  }
  /// A run whose step is told of as on a GPU, when the next is under way; it goes on with `then`.
  void runOfAStep(const std::function<void(RunControl&)>& then) {
    SnapshotTap::Context context;
    context.steps = 9;
    context.height = context.width = 16;
    context.prompt_embedding = at::zeros({1, 1, 4});
    context.overlap = true;
    tap_.emplace(std::move(context), observer_, control_);
    StepView view;
    view.z_t = view.z0_hat = view.z_prev = at::zeros({1, 4, 2, 2});
    view.x0_hat = at::zeros({1, 3, 16, 16});
    view.C.prompt = at::zeros({1, 1, 4});
    view.residual = at::full({}, 2.0f);
    control_.beginStep();
    tap_->step(view);
    ASSERT_EQ(observer_.steps, 0);
    run_ = std::thread([this, then] {
      try {
        then(control_);
      } catch (const StopRequested&) {
      }
    });
  }
  bool told() {
    return eventually([this] { return observer_.steps == 1 && observer_.pictures == 1; });
  }

  RunControl control_;
  Counts observer_;
  std::optional<SnapshotTap> tap_;
  std::thread run_;
};

TEST_F(PausedTap, TellsOfTheStepBeforeARunStandsStillInTheNext) {
  runOfAStep([](RunControl& control) {
    control.beginStep();
    while (true) control.checkpoint();
  });
  std::this_thread::sleep_for(5ms);
  EXPECT_EQ(observer_.steps, 0);
  control_.pause();
  EXPECT_TRUE(told());
  EXPECT_TRUE(control_.paused());
}

TEST_F(PausedTap, TellsOfTheStepWhenAPauseIsAskedForRightBehindIt) {
  runOfAStep([](RunControl& control) {
    control.pause();
    control.beginStep();
  });
  EXPECT_TRUE(told());
}

TEST_F(PausedTap, TellsOfTheStepThatASingleStepEndsWith) {
  runOfAStep([](RunControl& control) {
    control.stepOnce();
    control.beginStep();
  });
  EXPECT_TRUE(told());
  EXPECT_TRUE(eventually([this] { return control_.paused(); }));
}

TEST_F(PausedTap, ARunWithoutItsTapWaitsAllTheSame) {
  runOfAStep([this](RunControl& control) {
    tap_.reset();
    control.pause();
    control.beginStep();
  });
  EXPECT_TRUE(eventually([this] { return control_.paused(); }));
  std::this_thread::sleep_for(5ms);
  EXPECT_EQ(observer_.steps, 0);
}

}  // namespace
}  // namespace p2l
