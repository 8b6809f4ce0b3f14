// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <string>

#include "tests/disk/failing_disk.h"
#include "tests/support/temporary_folder.h"

namespace p2l::test {

inline constexpr int kMostChanges = 200;

/// A full disk, a read-only one, a broken one, and one whose folder vanished while the program ran.
inline constexpr int kRefusals[] = {ENOSPC, EROFS, EIO, ENOENT};

/// A sentence that says what the disk said.
inline void expectSentence(const std::string& text, int error) {
  EXPECT_NE(text.find(std::strerror(error)), std::string::npos) << text;
  EXPECT_EQ(text.find('\n'), std::string::npos) << text;
  EXPECT_EQ(text.empty() ? ' ' : text.back(), '.') << text;
}

/// Acts again and again, refused at its first change, at its second ..., until nothing is refused. `check` looks at
/// what is there after each; `done` says whether the act went through all the same. @return how often it was refused
inline int refuseEach(const std::string& folder, int error, const std::function<void()>& act,
                      const std::function<void(bool done)>& check) {
  for (int nth = 1; nth < kMostChanges; ++nth) {
    SCOPED_TRACE(concat("refused from change ", nth, " on: ", std::strerror(error)));
    std::string problem;
    bool refused = false;
    {
      const FailingDisk disk(folder, nth, error);
      problem = problemOf(act);
      refused = FailingDisk::refused(nth);
    }
    if (!problem.empty()) expectSentence(problem, error);
    EXPECT_TRUE(refused || problem.empty()) << problem;
    check(problem.empty());
    if (!refused || testing::Test::HasFailure()) return nth - 1;
  }
  ADD_FAILURE() << "It never ends.";
  return 0;
}

}  // namespace p2l::test
