// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>
#include <thread>

#include "core/types/run_control.h"

namespace p2l::cli {

/// While it lives, the first Ctrl-C (or SIGTERM) asks the run to stop; the second ends the program at once.
class InterruptGuard {
 public:
  explicit InterruptGuard(RunControl& control);
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

 private:
  struct sigaction old_interrupt_ {};
  struct sigaction old_terminate_ {};
  std::thread listener_;
};

}  // namespace p2l::cli
