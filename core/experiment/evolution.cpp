// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/evolution.h"

#include <cmath>

namespace p2l {

std::vector<int> shownSteps(int steps, int columns) {
  std::vector<int> shown;
  int before = 0;
  for (int column = 0; column < columns; ++column) {
    const double place = columns > 1 ? static_cast<double>(column) / (columns - 1) : 1.0;
    const int step = 1 + static_cast<int>(std::lround(place * (steps - 1)));
    shown.push_back(step > before ? step : 0);
    before = step;
  }
  return shown;
}

}  // namespace p2l
