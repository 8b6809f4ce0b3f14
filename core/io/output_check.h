// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace p2l {

/// What one command, or one save, reads and writes. No output may be an input or another output, by whatever name:
/// files are compared by device and inode, those that do not exist yet by their folder's and their own name.
/// Names are empty where nothing is meant; pipes and devices may be written to more than once.
class OutputCheck {
 public:
  /// A file that is read, or a folder of which files are read whose names match one of the patterns (as a shell's; *
  /// takes / too). `what` is how a sentence calls it: "the photo", "--mask".
  void reads(const std::string& what, const std::string& path, const std::vector<std::string>& patterns = {"*"});
  /// A file that is written.
  void writes(const std::string& what, const std::string& path);
  /// A folder in which files are written whose names match one of the patterns.
  void writesInto(const std::string& what, const std::string& folder, const std::vector<std::string>& patterns);

  /// One sentence about the first file that would be lost; empty: none.
  std::string problem() const;

 private:
  struct File {
    std::string what, path;
  };
  struct Folder {
    std::string what, path;
    std::vector<std::string> patterns;
  };
  std::vector<File> outputs_;
  std::vector<Folder> inputs_, folders_;  ///< inputs may be files
};

}  // namespace p2l
