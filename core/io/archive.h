// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/io/file.h"

namespace p2l {

/// Files of a .zip or .tar.gz by their path in it, read by libarchive; nothing is unpacked to the disk.
/// @param members what is wanted @param limit most bytes that a member may have
/// @throws Error naming an archive that cannot be read, and a member that it lacks or that is larger
std::map<std::string, Bytes> readArchive(const std::string& path, const std::vector<std::string>& members,
                                         std::size_t limit);

}  // namespace p2l
