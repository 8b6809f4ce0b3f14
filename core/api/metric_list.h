// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/types/catalogue_rows.h"

namespace p2l {

/// The metrics there are, in the order of a table's columns.
const std::vector<MetricSpec>& metricList();

}  // namespace p2l
