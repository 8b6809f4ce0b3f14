// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace p2l {

/// What one command, or one save, reads and writes. No output may be an input or another output, by whatever name:
/// files are compared by device and inode, those that do not exist yet by their folder's and their own name.
/// Names are empty where nothing is meant; pipes and devices may be written to more than once.
class OutputCheck {
 public:
  /// Device and inode of a file; of its folder, with its name, where it does not exist yet.
  using Identity = std::tuple<dev_t, ino_t, std::string>;
  using Files = std::map<Identity, std::string>;  ///< with what a sentence calls them

  /// A file that is read, or a folder of which files are read whose names match one of the patterns (as a shell's; *
  /// takes / too). `what` is how a sentence calls it: "the photo", "--mask".
  void reads(const std::string& what, const std::string& path, const std::vector<std::string>& patterns = {"*"});
  /// A file that is written, in the place of one that is there unless that is read-only.
  void writes(const std::string& what, const std::string& path);
  /// A folder in which files are written whose names match one of the patterns. None of them may be a link there:
  /// nobody named the file that it leads to. `replaces`: whether files that are there are written anew.
  void writesInto(const std::string& what, const std::string& folder, const std::vector<std::string>& patterns,
                  bool replaces = true);

  /// One sentence about the first file that would be lost; empty: none.
  std::string problem() const;

  /// Why the first refused file of writes() is refused by itself, for those who have words of their own.
  struct Refusal {
    enum class Why { None, Input, ReadOnly } why = Why::None;
    std::string input;  ///< as reads() calls it, "the photo"; "a file of the model" of a folder
  };
  Refusal refusal() const;

 private:
  struct File {
    std::string what, path;
  };
  struct Folder {
    std::string what, path;
    std::vector<std::string> patterns;
    bool replaces = true;
  };
  Files inputFiles() const;
  std::string problemIn(const Folder& folder, const Files& read) const;

  std::vector<File> outputs_;
  std::vector<Folder> inputs_, folders_;  ///< inputs may be files
};

}  // namespace p2l
