// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/file.h"

namespace p2l {

/// Files of a .zip or .tar.gz by their path in it, read by libarchive; nothing is unpacked to the disk.
/// @param members what is wanted @param limit most bytes that a member may have @param total that all of them may have
/// @throws Error naming an archive that cannot be read, and a member that it lacks or that is larger
std::map<std::string, Bytes> readArchive(const std::string& path, const std::vector<std::string>& members,
                                         std::size_t limit, std::size_t total = SIZE_MAX);

/// Writes a .zip of these files in their order, uncompressed; as safely as writeFile. @throws Error
void writeZip(const std::string& path, const std::vector<std::pair<std::string, Bytes>>& members);

}  // namespace p2l
