// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace p2l {

/// SHA-256 over the files' bytes, one file after the other, as 64 hexadecimal digits. Hashing gigabytes takes seconds,
/// so results are remembered in `p2l-studio/weight-hashes.json` of the user's cache folder ($XDG_CACHE_HOME or
/// ~/.cache) by path, size and time of change. A cache that cannot be read or written is done without. @throws Error
/// naming a file that cannot be read.
std::string hashOfWeights(const std::vector<std::string>& files);

}  // namespace p2l
