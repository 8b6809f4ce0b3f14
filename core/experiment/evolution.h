// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace p2l {

/// The step, from 1, that each column of a run's strip shows: equally spaced from the first to the last. A run of fewer
/// steps than columns leaves columns free, which are 0; of one column it is the last step.
std::vector<int> shownSteps(int steps, int columns);

}  // namespace p2l
