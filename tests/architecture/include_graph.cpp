// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/include_graph.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <regex>
#include <stdexcept>

#include "tests/architecture/rooms.h"

namespace p2l::architecture {
namespace fs = std::filesystem;
namespace {

bool isSource(const fs::path& path) {
  const auto extension = path.extension();
  return extension == ".h" || extension == ".cpp" || extension == ".def";
}

std::vector<Include> includesOf(const fs::path& path) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*(["<])([^">]+)[">])re");
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path.string() + " cannot be read");
  std::vector<Include> includes;
  std::smatch match;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.find("include") != std::string::npos && std::regex_search(line, match, pattern))
      includes.push_back({number, match[2], match[1] == "\""});
  }
  return includes;
}

bool isOuter(const std::string& path) {
  return path.starts_with("ui/") || path.starts_with("app/");
}

bool isTorch(const std::string& target) {
  return target.starts_with("ATen/") || target.starts_with("torch/") || target.starts_with("c10/");
}

bool isQt(const std::string& target) {
  static const std::regex pattern("^Q[A-Z][A-Za-z]*(/.*)?$|^Qt[A-Z].*|^q[a-z]*custom.*");
  return std::regex_match(target, pattern);
}

std::optional<std::size_t> rowOf(const std::string& room) {
  for (std::size_t row = 0; row < kRows.size(); ++row) {
    if (std::find(kRows[row].begin(), kRows[row].end(), room) != kRows[row].end()) return row;
  }
  return {};
}

/// A sentence for each include that `problem` has words for.
std::vector<std::string> findings(const Sources& sources,
                                  const std::function<std::string(const std::string& file, const Include&)>& problem) {
  std::vector<std::string> sentences;
  for (const auto& [file, includes] : sources) {
    for (const auto& include : includes) {
      const auto words = problem(file, include);
      if (!words.empty())
        sentences.push_back(file + ":" + std::to_string(include.line) + ": includes " + include.target + ", " + words);
    }
  }
  return sentences;
}

/// The files that ui and app include, directly or through others, and these themselves; each with the file that leads
/// to it (of their own ones: empty).
std::map<std::string, std::string> seenFromOutside(const Sources& sources) {
  std::map<std::string, std::string> seen;
  std::vector<std::string> open;
  for (const auto& [file, includes] : sources) {
    if (isOuter(file) && seen.emplace(file, "").second) open.push_back(file);
  }
  while (!open.empty()) {
    const auto file = open.back();
    open.pop_back();
    for (const auto& include : sources.at(file)) {
      if (sources.contains(include.target) && seen.emplace(include.target, file).second) open.push_back(include.target);
    }
  }
  return seen;
}

using RoomIncludes = std::map<std::string, std::set<std::string>>;

/// Rooms that a room includes, directly or through others; ends where includes go round in a circle.
std::set<std::string> reachableFrom(const std::string& room, const RoomIncludes& includes) {
  std::set<std::string> reached;
  std::vector<std::string> open = {room};
  while (!open.empty()) {
    const auto found = includes.find(open.back());
    open.pop_back();
    if (found == includes.end()) continue;
    for (const auto& next : found->second) {
      if (reached.insert(next).second) open.push_back(next);
    }
  }
  return reached;
}

}  // namespace

Sources readSources(const std::string& root, const std::vector<std::string>& folders) {
  Sources sources;
  for (const auto& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(root) / folder)) {
      if (entry.is_regular_file() && isSource(entry.path()))
        sources[fs::relative(entry.path(), root).generic_string()] = includesOf(entry.path());
    }
  }
  return sources;
}

std::string roomOf(const std::string& path) {
  return fs::path(path).parent_path().generic_string();
}

std::vector<std::string> unknownIncludes(const Sources& sources) {
  return findings(sources, [&](const std::string&, const Include& include) -> std::string {
    const bool generated = include.target.ends_with(".moc");
    return !include.quoted || generated || sources.contains(include.target)
               ? ""
               : "which is no file; give the path from the root of the tree";
  });
}

std::vector<std::string> unknownRooms(const Sources& sources) {
  std::set<std::string> rooms;
  for (const auto& [file, includes] : sources) rooms.insert(roomOf(file));
  std::vector<std::string> sentences;
  for (const auto& room : rooms) {
    if (!rowOf(room)) sentences.push_back(room + ": has no place in tests/architecture/rooms.h");
  }
  return sentences;
}

std::vector<std::string> upwardIncludes(const Sources& sources) {
  return findings(sources, [&](const std::string& file, const Include& include) -> std::string {
    const auto from = roomOf(file), to = roomOf(include.target);
    const auto row = rowOf(from), other = rowOf(to);
    if (from == to || !row || !other || *other < *row) return {};
    return *other == *row ? "a room beside its own" : "a room above its own";
  });
}

std::vector<std::string> privateIncludes(const Sources& sources) {
  return findings(sources, [&](const std::string& file, const Include& include) -> std::string {
    const auto room = roomOf(include.target);
    const bool open = std::find(kPublicRooms.begin(), kPublicRooms.end(), room) != kPublicRooms.end();
    return isOuter(file) && room.starts_with("core") && !open
               ? "which only core sees; kPublicRooms of tests/architecture/rooms.h are for all"
               : "";
  });
}

std::vector<std::string> qtInCore(const Sources& sources) {
  return findings(sources, [&](const std::string& file, const Include& include) -> std::string {
    return file.starts_with("core/") && isQt(include.target) ? "and core has no Qt" : "";
  });
}

std::vector<std::string> torchOutsideCore(const Sources& sources) {
  const auto seen = seenFromOutside(sources);
  return findings(sources, [&](const std::string& file, const Include& include) -> std::string {
    if (!isTorch(include.target) || !seen.contains(file)) return {};
    std::string way;
    for (auto from = seen.at(file); !from.empty(); from = seen.at(from))
      way += (way.empty() ? "" : ", which is in ") + from;
    return "and only core has torch" + (way.empty() ? "" : "; this file is in " + way);
  });
}

std::vector<std::string> crowdedRooms(const Sources& sources) {
  std::map<std::string, int> counts;
  for (const auto& [file, includes] : sources) ++counts[roomOf(file)];
  std::vector<std::string> sentences;
  for (const auto& [room, count] : counts) {
    if (count > kMostSources)
      sentences.push_back(room + ": holds " + std::to_string(count) + " sources, at most " +
                          std::to_string(kMostSources) + " were expected; make two folders of it");
  }
  return sentences;
}

Edges roomEdges(const Sources& sources) {
  RoomIncludes includes;
  for (const auto& [file, lines] : sources) {
    for (const auto& include : lines) {
      if (sources.contains(include.target) && roomOf(include.target) != roomOf(file))
        includes[roomOf(file)].insert(roomOf(include.target));
    }
  }
  Edges edges;
  for (const auto& [from, rooms] : includes) {
    for (const auto& to : rooms) {
      const bool follows = std::any_of(rooms.begin(), rooms.end(), [&](const auto& other) {
        return other != to && reachableFrom(other, includes).contains(to);
      });
      if (!follows) edges.emplace(from, to);
    }
  }
  return edges;
}

}  // namespace p2l::architecture
