// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace p2l {

/// The largest resident memory that this process has had so far, in MiB. NaN where the system does not tell.
double peakMemoryMb();

/// The folder that the running program lies in, without a slash at its end. @throws Error
std::string executableFolder();

}  // namespace p2l
