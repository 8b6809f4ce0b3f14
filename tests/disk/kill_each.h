// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>

#include "core/types/error.h"
#include "tests/disk/failing_disk.h"

namespace p2l::test {

inline constexpr int kMostKills = 400;

/// Acts in a process of its own, which is killed before its nth change below `folder`.
/// @return whether it was; else it has come to its end
inline bool killedAt(const std::string& folder, int nth, const std::function<void()>& act) {
  constexpr unsigned kPatience = 60;  // seconds
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(kPatience);
    p2l_disk_refuse(folder.c_str(), nth, kKilled);
    int code = 0;
    try {
      act();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
      code = 1;
    }
    ::_exit(code);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return true;
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "it ended with status " << status;
  return false;
}

/// Acts again and again, killed at its first change, at its second ..., until it comes to its end. `check` looks at
/// what is there after each, as the next start of the program does. @return how often it was killed
inline int killEach(const std::string& folder, const std::function<void()>& act,
                    const std::function<void(bool done)>& check) {
  for (int nth = 1; nth < kMostKills; ++nth) {
    SCOPED_TRACE(concat("killed at change ", nth));
    const bool killed = killedAt(folder, nth, act);
    if (!testing::Test::HasFailure()) check(!killed);
    if (!killed || testing::Test::HasFailure()) return nth - 1;
  }
  ADD_FAILURE() << "It never ends.";
  return 0;
}

}  // namespace p2l::test
