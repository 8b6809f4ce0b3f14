// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <exception>
#include <mutex>

namespace p2l {

/// Thrown by RunControl::checkpoint when a stop was asked for; the engine turns it into Outcome::Cancelled. It is a
/// std::exception, so that autograd carries it through a backward pass that is under way.
struct StopRequested : std::exception {
  const char* what() const noexcept override { return "a stop was asked for"; }
};

/// Stop, pause and single step of one run. Any thread may call the first six; the run's own thread calls the last
/// two: beginStep before each sampling step, checkpoint before each network evaluation and CG iteration.
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

  /// Blocks while paused. @throws StopRequested
  void beginStep();
  /// Blocks while paused. @throws StopRequested
  void checkpoint();

 private:
  void wait(std::unique_lock<std::mutex>& lock);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stop_ = false;
  bool paused_ = false;
  int steps_allowed_ = -1;     ///< how many more steps may begin before the run pauses; -1: no single-stepping
  bool between_steps_ = true;  ///< no step has begun, or the run waits in beginStep
};

}  // namespace p2l
