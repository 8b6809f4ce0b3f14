// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace p2l::architecture {

/// An include line of a source.
struct Include {
  int line = 0;
  std::string target;   ///< as it stands between the quotes or brackets
  bool quoted = false;  ///< "..." and not <...>
};

/// Sources (.h, .cpp, .def) by their path from the root, with what they include.
using Sources = std::map<std::string, std::vector<Include>>;

/// The sources of folders of a tree. @throws std::runtime_error when one cannot be read
Sources readSources(const std::string& root, const std::vector<std::string>& folders);

/// The folder of a file.
std::string roomOf(const std::string& path);

// Each finding is a sentence that begins with file and line (of folders: with the folder).

/// Quoted includes that are no file of the tree.
std::vector<std::string> unknownIncludes(const Sources& sources);
/// Rooms that kRows does not place.
std::vector<std::string> unknownRooms(const Sources& sources);
/// Includes of a higher row, or of another room in the same row.
std::vector<std::string> upwardIncludes(const Sources& sources);
/// Includes of rooms of core that are not public, in ui and app.
std::vector<std::string> privateIncludes(const Sources& sources);
/// Includes of Qt in core.
std::vector<std::string> qtInCore(const Sources& sources);
/// Includes of torch in ui and app, and in what they include, directly or through others.
std::vector<std::string> torchOutsideCore(const Sources& sources);
/// Folders with more sources than kMostSources.
std::vector<std::string> crowdedRooms(const Sources& sources);

using Edges = std::set<std::pair<std::string, std::string>>;
/// Which room includes which, without those edges that follow from others.
Edges roomEdges(const Sources& sources);

}  // namespace p2l::architecture
