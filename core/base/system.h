// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace p2l {

/// The largest resident memory that this process has had so far, in MiB. NaN where the system does not tell.
double peakMemoryMb();

/// The memory of the computer, in MiB. NaN where the system does not tell.
double totalMemoryMb();

/// Tells glibc's allocator to keep the memory that tensors give back: they are taken and given by the megabyte
/// thousands of times a run, and fetching fresh pages took 6 % of a run's processor time. To be called before threads
/// are started; elsewhere it does nothing.
void keepFreedMemory();

/// The folder that the running program lies in, without a slash at its end. @throws Error
std::string executableFolder();

}  // namespace p2l
