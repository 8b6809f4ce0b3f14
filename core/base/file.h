// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace p2l {

using Bytes = std::vector<std::uint8_t>;

/// The whole file. @throws Error when it is missing, a folder, empty, not readable or above `limit` bytes.
Bytes readFile(const std::string& path, std::size_t limit);

/// The file that the name leads to through symbolic links, also where it is not there yet.
std::string fileBehind(const std::string& path);

/// Writes beside `path` first and takes its place only when everything is on the disk: whatever goes wrong, a file that
/// was there stays as it was. Follows symbolic links. @throws Error, also where a read-only file is there
void writeFile(const std::string& path, std::span<const std::uint8_t> bytes);
/// The same of parts that follow each other.
void writeFile(const std::string& path, const std::vector<std::span<const std::uint8_t>>& parts);

/// Removes what writeFile of a process that was killed has left in this folder. Never what is being written.
void removeLeftovers(const std::string& folder);

/// Whether a file is there that may not be written. To the superuser, too: what its owner has locked stays.
bool isReadOnly(const std::string& path);

/// @throws Error unless a file of that name can be made or replaced there; leaves nothing behind.
void checkFileCanBeWritten(const std::string& path);

}  // namespace p2l
