// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/run_control.h"

#include <utility>

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

double RunControl::secondsAtWork() const {
  const std::lock_guard lock(mutex_);
  const auto until = waits_since_ ? *waits_since_ : Clock::now();
  return std::chrono::duration<double>(until - made_ - waited_).count();
}

void RunControl::setBeforeWait(std::function<void()> told) {
  const std::lock_guard lock(mutex_);
  before_wait_ = std::move(told);
}

void RunControl::beginStep() {
  std::unique_lock lock(mutex_);
  between_steps_ = true;
  if (paused_ || steps_allowed_ == 0) tellOfWait(lock);  // before paused() says that a single step is over
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
  if (paused_) tellOfWait(lock);
  wait(lock);
}

void RunControl::tellOfWait(std::unique_lock<std::mutex>& lock) {
  if (stop_ || !before_wait_) return;
  const auto told = before_wait_;
  lock.unlock();
  told();
  lock.lock();
}

void RunControl::wait(std::unique_lock<std::mutex>& lock) {
  if (paused_ && !stop_) {
    waits_since_ = Clock::now();
    changed_.wait(lock, [this] { return stop_ || !paused_; });
    waited_ += Clock::now() - *waits_since_;
    waits_since_.reset();
  }
  if (stop_) throw StopRequested();
}

}  // namespace p2l
