// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/output_check.h"

#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>

#include "core/base/file.h"
#include "core/types/error.h"

namespace p2l {
namespace {

namespace fs = std::filesystem;

std::optional<struct stat> statusOf(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

/// None for pipes and devices, which keep nothing that could be lost, and for a file in a folder that is missing.
std::optional<OutputCheck::Identity> identityOf(const fs::path& path) {
  if (const auto status = statusOf(path)) {
    if (!S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode)) return std::nullopt;
    return OutputCheck::Identity(status->st_dev, status->st_ino, "");
  }
  const fs::path file = fileBehind(path.string());
  const auto folder = statusOf(file.parent_path());
  if (!folder) return OutputCheck::Identity(0, 0, file.string());
  return OutputCheck::Identity(folder->st_dev, folder->st_ino, file.filename().string());
}

/// Calls `visit` for the files in the folder and those below it, until there are too many to be a model or photos.
void forEachFile(const fs::path& folder, const std::function<void(const fs::path& file)>& visit) {
  constexpr int kMostFiles = 200'000;
  std::error_code code;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, code), end;
  for (int i = 0; !code && entry != end && i < kMostFiles; ++i, entry.increment(code)) {
    std::error_code ignored;
    if (!entry->is_directory(ignored)) visit(entry->path());
  }
}

void note(OutputCheck::Files& files, const fs::path& path, const std::string& what) {
  if (const auto identity = identityOf(path)) files.emplace(*identity, what);
}

bool matches(const std::string& name, const std::vector<std::string>& patterns) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0; });
}

}  // namespace

void OutputCheck::reads(const std::string& what, const std::string& path, const std::vector<std::string>& patterns) {
  if (!path.empty()) inputs_.push_back({what, path, patterns});
}

void OutputCheck::writes(const std::string& what, const std::string& path) {
  if (!path.empty()) outputs_.push_back({what, path});
}

void OutputCheck::writesInto(const std::string& what, const std::string& folder,
                             const std::vector<std::string>& patterns, bool replaces) {
  if (!folder.empty()) folders_.push_back({what, folder, patterns, replaces});
}

OutputCheck::Files OutputCheck::inputFiles() const {
  Files read;
  for (const auto& input : inputs_) {
    note(read, input.path, input.what);
    std::error_code ignored;
    if (!fs::is_directory(input.path, ignored)) continue;
    forEachFile(input.path, [&](const fs::path& file) {
      if (matches(file.lexically_relative(input.path).string(), input.patterns))
        note(read, file, concat("a file of ", input.what));
    });
  }
  return read;
}

OutputCheck::Refusal OutputCheck::refusal() const {
  const auto read = inputFiles();
  for (const auto& output : outputs_) {
    const auto identity = identityOf(output.path);
    if (!identity) continue;
    if (const auto found = read.find(*identity); found != read.end()) return {Refusal::Why::Input, found->second};
    if (isReadOnly(output.path)) return {Refusal::Why::ReadOnly, {}};
  }
  return {};
}

std::string OutputCheck::problem() const {
  const auto read = inputFiles();
  Files written;
  for (const auto& output : outputs_) {
    const auto identity = identityOf(output.path);
    if (!identity) continue;
    if (const auto found = read.find(*identity); found != read.end()) {
      return concat(output.what, ": ", output.path, " is an input of this command (", found->second,
                    "), which would be lost: give another name.");
    }
    if (isReadOnly(output.path))
      return concat(output.what, ": ", output.path, " is there already and read-only: give another name.");
    if (const auto [found, added] = written.emplace(*identity, output.what); !added) {
      return concat(output.what, " and ", found->second, " name the same file, ", output.path,
                    ": give each its own name.");
    }
  }
  for (const auto& folder : folders_) {
    if (auto problem = problemIn(folder, read); !problem.empty()) return problem;
  }
  return {};
}

std::string OutputCheck::problemIn(const Folder& folder, const Files& read) const {
  const fs::path root = fileBehind(folder.path);
  std::string problem;
  forEachFile(root, [&](const fs::path& file) {
    const auto name = file.lexically_relative(root).string();
    if (!problem.empty() || !matches(name, folder.patterns)) return;
    const auto refuse = [&](const auto&... what) {
      problem = concat(folder.what, ": ", folder.path, " holds ", name, what..., ": give another folder.");
    };
    std::error_code none;
    if (fs::is_symlink(file, none))
      return refuse(", a link whose name an output has there; the file that it leads to would be lost");
    const auto identity = identityOf(file);
    const auto found = identity ? read.find(*identity) : read.end();
    if (found != read.end())
      return refuse(", an input of this command (", found->second, ") whose name an output has there");
    if (folder.replaces && isReadOnly(file)) refuse(", a read-only file whose name an output has there");
  });
  if (!problem.empty()) return problem;
  for (const auto& output : outputs_) {
    if (fileBehind(output.path) == root) {
      return concat(output.what, " and ", folder.what, " name the same path, ", output.path,
                    ", which cannot be a file and a folder: give each its own name.");
    }
    const auto name = fs::path(fileBehind(output.path)).lexically_relative(root).string();
    if (name.empty() || name.starts_with("..") || !matches(name, folder.patterns)) continue;
    return concat(output.what, ": ", output.path, " has the name of a file that ", folder.what,
                  " writes: give another name.");
  }
  for (const auto& other : folders_) {
    if (&other == &folder) break;
    if (fileBehind(other.path) == root && other.patterns == folder.patterns)
      return concat(folder.what, " and ", other.what, " name the same folder, ", folder.path, ".");
  }
  return {};
}

}  // namespace p2l
