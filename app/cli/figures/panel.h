// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/api/image.h"

namespace p2l::cli {

/// A picture with what is written above it (ASCII; a line break starts a second line).
struct Tile {
  Image picture;
  std::string caption;
};

/// The pictures side by side, at most `per_row` in a row, pixel for pixel on white. Grey becomes RGB.
Image panelOf(const std::vector<Tile>& tiles, int per_row);

}  // namespace p2l::cli
