// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/row_remarks.h"

#include <algorithm>

namespace p2l {
namespace {

std::string rowOf(const std::string& task, const std::string& method) {
  return task + ", " + method;
}

}  // namespace

void RowRemarks::add(const std::string& task, const std::string& method, const std::string& sentence) {
  if (contains(task, method, sentence)) return;
  const auto known =
      std::find_if(remarks_.begin(), remarks_.end(), [&](const auto& remark) { return remark.sentence == sentence; });
  auto& remark = known != remarks_.end() ? *known : remarks_.emplace_back(Remark{sentence, {}});
  remark.rows.push_back(rowOf(task, method));
}

bool RowRemarks::contains(const std::string& task, const std::string& method, const std::string& sentence) const {
  return std::any_of(remarks_.begin(), remarks_.end(), [&](const auto& remark) {
    return remark.sentence == sentence &&
           std::find(remark.rows.begin(), remark.rows.end(), rowOf(task, method)) != remark.rows.end();
  });
}

std::vector<std::string> RowRemarks::sentences() const {
  std::vector<std::string> all;
  for (const auto& remark : remarks_) all.push_back(remark.sentence);
  return all;
}

std::vector<std::string> RowRemarks::lines() const {
  std::vector<std::string> all;
  for (const auto& [sentence, rows] : remarks_) {
    std::string line;
    for (const auto& row : rows) line += (line.empty() ? "" : "; ") + row;
    all.push_back(line + ": " + sentence + ".");
  }
  return all;
}

}  // namespace p2l
