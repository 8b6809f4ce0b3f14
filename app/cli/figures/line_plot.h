// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/types/image.h"

namespace p2l::cli {

/// A line of a plot. Points that are not finite are left out.
struct Curve {
  std::string label;
  std::vector<double> x, y;
  std::vector<double> deviation = {};  ///< half the height of a band around the line; empty: none
  bool joined = true;                  ///< false: dots alone
  bool dots = true;                    ///< false: the line alone, in grey and beneath the others
};

/// How numbers lie on the axes.
struct PlotScale {
  bool log_y = false;    ///< what is not positive is left out
  bool x_falls = false;  ///< x grows to the left
};

/// Ticks at round numbers that cover [low, high], about `count` of them.
std::vector<double> roundTicks(double low, double high, int count);

/// 1, 2 and 5 times the powers of ten that cover [low, high], or the powers alone where those are many. 0 < low < high
std::vector<double> logTicks(double low, double high);

/// The curves in one frame with axes, ticks, and a legend in the corner where it hides least; ASCII labels. Seven
/// colours; the eighth curve and on have hollow dots.
Image linePlot(const std::string& title, const std::string& x_label, const std::string& y_label,
               const std::vector<Curve>& curves, const PlotScale& scale = {});

}  // namespace p2l::cli
