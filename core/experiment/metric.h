// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace p2l {

/// A number of a run that a table shows.
struct Metric {
  enum class Better { Higher, Lower, Neither };
  const char* key;    ///< field of a report
  const char* label;  ///< with unit, as a table shows it
  int digits;         ///< after the point
  Better better;
  bool of_set = false;  ///< of all photos together, not of each
};

/// In the order of a table's columns.
const std::vector<Metric>& metricList();

}  // namespace p2l
