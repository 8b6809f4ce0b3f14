// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/weights/safetensors.h"

namespace p2l {

/// The files of a folder that a person chose. Nothing outside of that folder is ever opened, whatever names and links
/// in it say.
class FolderFiles {
 public:
  /// @throws Error when there is no such folder.
  explicit FolderFiles(const std::string& folder);

  /// A folder inside, which has the same border. @throws Error as path() does.
  FolderFiles folder(const std::string& relative) const;

  const std::string& path() const { return base_; }
  bool has(const std::string& relative) const;
  bool hasFolder(const std::string& relative) const;
  /// The place of a file or folder inside, which need not be there.
  /// @throws Error when the name leads out of the chosen folder: `..`, an absolute path, or a link.
  std::string path(const std::string& relative) const;

  /// The safetensors files of a network: `<stem>.safetensors`, the shards that `<stem>.safetensors.index.json` lists,
  /// or the fp16 variants of these where only they are there. @throws Error naming the file that is missing or wrong.
  std::vector<std::string> weightFiles(const std::string& stem) const;
  /// The same, opened. Every tensor that an index lists must be where it says.
  std::vector<std::shared_ptr<const SafetensorsFile>> openWeights(const std::string& stem) const;

 private:
  FolderFiles(std::string border, std::string base) : border_(std::move(border)), base_(std::move(base)) {}
  std::string weightName(const std::string& stem) const;

  std::string border_;  ///< the chosen folder, without links
  std::string base_;
};

}  // namespace p2l
