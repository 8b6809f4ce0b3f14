// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace p2l {

/// What is remarked about the runs of a table: each sentence once, with all rows that it concerns.
class RowRemarks {
 public:
  /// Of the runs of one method on one task. Sentences end without a full stop, as those of a report.
  void add(const std::string& task, const std::string& method, const std::string& sentence);
  bool contains(const std::string& task, const std::string& method, const std::string& sentence) const;
  /// Without their rows, in the order in which they came.
  std::vector<std::string> sentences() const;
  /// "sr, p2l; inpaint, p2l: Nothing was projected.", in the order in which they came.
  std::vector<std::string> lines() const;

 private:
  struct Remark {
    std::string sentence;
    std::vector<std::string> rows;
  };

  std::vector<Remark> remarks_;
};

}  // namespace p2l
