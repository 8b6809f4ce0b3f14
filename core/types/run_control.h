// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>

namespace p2l {

/// Thrown by RunControl::checkpoint when a stop was asked for; the engine turns it into Outcome::Cancelled. It is a
/// std::exception, so that autograd carries it through a backward pass that is under way.
struct StopRequested : std::exception {
  const char* what() const noexcept override { return "a stop was asked for"; }
};

/// Stop, pause and single step of one run, and its clock. Any thread may call the first seven; the run's own thread
/// calls the others: beginStep before each sampling step, checkpoint before each network evaluation and CG iteration.
class RunControl {
 public:
  void requestStop();
  void pause();
  void resume();
  /// Lets the run go on to the end of its current or next sampling step, then pauses it.
  void stepOnce();
  bool stopRequested() const;
  bool paused() const;
  /// True when the run will not go on after its current step by itself: paused, or at the end of a single step.
  bool pausesNext() const;
  /// Seconds since this was made, without those in which the run stood still. How long something of a run took is the
  /// difference of two.
  double secondsAtWork() const;

  /// Blocks while paused. @throws StopRequested
  void beginStep();
  /// Blocks while paused. @throws StopRequested
  void checkpoint();
  /// `told` is called each time before the run stands still, on the thread that will; what it throws comes out of
  /// beginStep or checkpoint. Empty: nothing is called.
  void setBeforeWait(std::function<void()> told);

 private:
  using Clock = std::chrono::steady_clock;
  void tellOfWait(std::unique_lock<std::mutex>& lock);
  void wait(std::unique_lock<std::mutex>& lock);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stop_ = false;
  bool paused_ = false;
  int steps_allowed_ = -1;     ///< how many more steps may begin before the run pauses; -1: no single-stepping
  bool between_steps_ = true;  ///< no step has begun, or the run waits in beginStep
  std::function<void()> before_wait_;
  const Clock::time_point made_ = Clock::now();
  Clock::duration waited_{};                      ///< without the wait in progress
  std::optional<Clock::time_point> waits_since_;  ///< of the wait in progress
};

}  // namespace p2l
