// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress/interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/types/error.h"

namespace p2l::cli {
namespace {

constexpr char kInterrupt = 'i';
constexpr char kEnd = 'e';

// A signal handler may not lock RunControl's mutex: it writes a byte into a pipe that a thread reads.
int pipe_ends[2] = {-1, -1};

void send(char byte) {
  // A full pipe or a closed end leaves nothing to be done here.
  [[maybe_unused]] const auto written = ::write(pipe_ends[1], &byte, 1);
}

void onSignal(int) {
  const int old_errno = errno;
  send(kInterrupt);
  errno = old_errno;
}

}  // namespace

InterruptGuard::InterruptGuard(RunControl& control) {
  require(::pipe2(pipe_ends, O_CLOEXEC) == 0, "No pipe can be made: too many files are open.");
  listener_ = std::thread([&control] {
    char byte = 0;
    while (true) {
      const auto count = ::read(pipe_ends[0], &byte, 1);
      if (count < 0 && errno == EINTR) continue;
      if (count != 1 || byte == kEnd) return;
      control.requestStop();
    }
  });
  struct sigaction action {};
  action.sa_handler = onSignal;
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);  // the second one finds the default action
  ::sigaction(SIGINT, &action, &old_interrupt_);
  ::sigaction(SIGTERM, &action, &old_terminate_);
}

InterruptGuard::~InterruptGuard() {
  ::sigaction(SIGINT, &old_interrupt_, nullptr);
  ::sigaction(SIGTERM, &old_terminate_, nullptr);
  send(kEnd);
  listener_.join();
  for (int& end : pipe_ends) {
    ::close(end);
    end = -1;
  }
}

}  // namespace p2l::cli
