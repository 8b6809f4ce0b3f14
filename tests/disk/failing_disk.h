// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cerrno>
#include <string>

// Of failing_disk.cpp, a library that stands between a program and the C library.
extern "C" {
/// From the `nth` change (1 ..) of files below `folder` on, every one is refused with `error`. 0: none is. Where it is
/// kKilled, the process is killed at that change, as kill -9 would.
void p2l_disk_refuse(const char* folder, int nth, int error);
/// How many changes there were since then.
int p2l_disk_changes();
/// Whether two names of folders can be exchanged, as most file systems can.
void p2l_disk_exchanges(bool can);
}

namespace p2l::test {

/// In place of an error. Then what removes, shortens or locks a file counts as a change, too, and what is written at
/// that moment is there by half.
inline constexpr int kKilled = -1;

/// While it is there, the disk below `folder` refuses every change from the nth on: ENOSPC (full), EROFS (read-only),
/// EIO (broken), ENOENT (gone).
class FailingDisk {
 public:
  FailingDisk(const std::string& folder, int nth, int error = ENOSPC) { p2l_disk_refuse(folder.c_str(), nth, error); }
  ~FailingDisk() { p2l_disk_refuse("", 0, 0); }
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;

  /// Whether a change has been refused.
  static bool refused(int nth) { return p2l_disk_changes() >= nth; }
};

}  // namespace p2l::test
