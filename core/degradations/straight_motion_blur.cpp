// SPDX-License-Identifier: GPL-3.0-or-later
//
// Straight motion blur: during the exposure the camera moved evenly along a line of L pixels.
//
//   A x = w * reflect(x),   w_k = 1/L integral over |t| <= L/2 of b(t cos a - k_x) b(-t sin a - k_y) dt
//
// b(u) = max(0, 1 - |u|) is linear interpolation: A x is the mean of the pictures, moved along the line and read
// between their pixels, so that w changes smoothly with length and angle. Between two crossings of the line with the
// grid the integrand is a polynomial of degree 2, which Simpson's rule integrates exactly.
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/degradations/blur.h"

namespace p2l {
namespace {

/// Where the line p(t) = t (dx, dy), |t| <= half, enters another cell of the grid, with both ends.
std::vector<double> crossings(double dx, double dy, double half) {
  std::vector<double> times = {-half, half};
  for (const double slope : {dx, dy}) {
    if (std::abs(slope) < 1e-12) continue;
    const auto most = static_cast<int>(std::floor(half * std::abs(slope)));
    for (int k = -most; k <= most; ++k) times.push_back(k / slope);
  }
  std::sort(times.begin(), times.end());
  return times;
}

at::Tensor lineKernel(double length, double degrees) {
  const double angle = degrees * std::numbers::pi / 180.0, half = length / 2.0;
  const double dx = std::cos(angle), dy = -std::sin(angle);  // rows are counted downwards
  const auto reach = static_cast<std::int64_t>(std::ceil(half)) + 1;
  at::Tensor kernel = at::zeros({2 * reach + 1, 2 * reach + 1}, at::kDouble);
  auto weights = kernel.accessor<double, 2>();
  // Both are those of the cell that the piece lies in, also at its ends.
  const auto add = [&](double t, double column, double row, double weight) {
    const double u = t * dx - column, v = t * dy - row;
    const auto x = static_cast<std::int64_t>(column) + reach, y = static_cast<std::int64_t>(row) + reach;
    weights[y][x] += weight * (1.0 - u) * (1.0 - v);
    weights[y][x + 1] += weight * u * (1.0 - v);
    weights[y + 1][x] += weight * (1.0 - u) * v;
    weights[y + 1][x + 1] += weight * u * v;
  };
  const auto times = crossings(dx, dy, half);
  for (std::size_t i = 0; i + 1 < times.size(); ++i) {
    const double begin = times[i], end = times[i + 1], middle = (begin + end) / 2.0, sixth = (end - begin) / 6.0;
    const double column = std::floor(middle * dx), row = std::floor(middle * dy);
    add(begin, column, row, sixth);
    add(middle, column, row, 4.0 * sixth);
    add(end, column, row, sixth);
  }
  return kernel.clamp_min(0.0);  // rounding at the ends of a piece
}

}  // namespace

DegradationEntry straight_motion_blur() {
  DegradationEntry entry;
  entry.info.id = "straight-motion-blur";
  entry.info.label = "Straight motion blur";
  entry.info.help =
      "The camera or the object moved evenly along a line: y is the mean of x moved along L pixels in the direction α, "
      "read between pixels by linear interpolation; the picture is reflected at its border.";
  entry.info.reference = "Banham and Katsaggelos, Digital Image Restoration, IEEE Signal Processing Magazine 1997";
  ParamSpec length = realParam("length", "L", "Length", 1.0, 100.0, 12.0,
                               "Length L of the movement. Larger smears farther.", ParamScale::Logarithmic);
  length.unit = "px";
  ParamSpec angle = realParam("angle", "α", "Angle", 0.0, 180.0, 0.0,
                              "Direction α of the movement, counter-clockwise: 0 is horizontal, 90 vertical.");
  angle.unit = "°";
  entry.info.parameters = {length, angle};
  entry.info.blurs = true;
  entry.info.width_key = "length";
  entry.info.angle_key = "angle";
  entry.make = [](const DegradationContext& context) {
    return makeBlur(context.height, context.width,
                    lineKernel(numberOf(context.values, "length"), numberOf(context.values, "angle")));
  };
  return entry;
}

}  // namespace p2l
