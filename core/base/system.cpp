// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/system.h"

#ifdef __linux__
#include <malloc.h>
#endif

#include <filesystem>
#include <fstream>
#include <limits>
#include <string_view>
#include <system_error>

#include "core/types/error.h"

namespace p2l {

namespace {

/// The kB of a line "label  1234 kB" of a file under /proc, in MiB.
double mebibytesFrom(const char* file, std::string_view label) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(label)) return std::stod(line.substr(label.size())) / 1024.0;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

double peakMemoryMb() {
  // Not getrusage: its ru_maxrss survives exec, so that a small program started by a large one looks large.
  return mebibytesFrom("/proc/self/status", "VmHWM:");
}

double totalMemoryMb() {
  return mebibytesFrom("/proc/meminfo", "MemTotal:");
}

void keepFreedMemory() {
#ifdef __linux__
  mallopt(M_ARENA_MAX, 1);              // an arena of another thread would map and unmap heaps of 64 MB
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the largest that glibc takes
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
#endif
}

std::string executableFolder() {
  std::error_code code;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", code);
  require(!code, "The program's own folder cannot be found: /proc/self/exe: ", code.message(), ".");
  return program.parent_path().string();
}

}  // namespace p2l
