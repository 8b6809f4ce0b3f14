// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/api/image.h"

namespace p2l::cli {

/// A line of a plot. Points that are not finite are left out.
struct Curve {
  std::string label;
  std::vector<double> x, y;
  std::vector<double> deviation;  ///< half the height of a band around the line; empty: none
};

/// Ticks at round numbers that cover [low, high], about `count` of them.
std::vector<double> roundTicks(double low, double high, int count);

/// The curves in one frame with axes, ticks and legend; ASCII labels.
Image linePlot(const std::string& title, const std::string& x_label, const std::string& y_label,
               const std::vector<Curve>& curves);

}  // namespace p2l::cli
