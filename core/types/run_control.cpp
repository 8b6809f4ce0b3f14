// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/run_control.h"

namespace p2l {

void RunControl::requestStop() {
  const std::lock_guard lock(mutex_);
  stop_ = true;
  changed_.notify_all();
}

void RunControl::pause() {
  const std::lock_guard lock(mutex_);
  paused_ = true;
  steps_allowed_ = -1;
}

void RunControl::resume() {
  const std::lock_guard lock(mutex_);
  paused_ = false;
  steps_allowed_ = -1;
  changed_.notify_all();
}

void RunControl::stepOnce() {
  const std::lock_guard lock(mutex_);
  paused_ = false;
  steps_allowed_ = between_steps_ ? 1 : 0;  // inside a step: no further one
  changed_.notify_all();
}

bool RunControl::stopRequested() const {
  const std::lock_guard lock(mutex_);
  return stop_;
}

bool RunControl::paused() const {
  const std::lock_guard lock(mutex_);
  return paused_;
}

bool RunControl::pausesNext() const {
  const std::lock_guard lock(mutex_);
  return paused_ || steps_allowed_ == 0;
}

void RunControl::beginStep() {
  std::unique_lock lock(mutex_);
  between_steps_ = true;
  if (steps_allowed_ == 0) {
    paused_ = true;
    steps_allowed_ = -1;
  }
  wait(lock);
  if (steps_allowed_ > 0) --steps_allowed_;
  between_steps_ = false;
}

void RunControl::checkpoint() {
  std::unique_lock lock(mutex_);
  wait(lock);
}

void RunControl::wait(std::unique_lock<std::mutex>& lock) {
  changed_.wait(lock, [this] { return stop_ || !paused_; });
  if (stop_) throw StopRequested();
}

}  // namespace p2l
