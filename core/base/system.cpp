// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/system.h"

#include <sys/resource.h>

#include <filesystem>
#include <limits>
#include <system_error>

#include "core/base/error.h"

namespace p2l {

double peakMemoryMb() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(usage.ru_maxrss) / 1024.0;  // KiB on Linux
}

std::string executableFolder() {
  std::error_code code;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", code);
  require(!code, "The program's own folder cannot be found: /proc/self/exe: ", code.message(), ".");
  return program.parent_path().string();
}

}  // namespace p2l
