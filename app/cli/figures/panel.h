// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/types/image.h"

namespace p2l::cli {

/// A picture with what is written above it (ASCII; a line break starts a second line, as does a
/// word that goes beyond the picture).
struct Tile {
  Image picture;
  std::string caption;
};

/// The pictures side by side, at most `per_row` in a row, pixel for pixel on white. Grey becomes RGB. A tile without a
/// picture keeps its place free. `row_titles`: written above the rows; empty, or one for each.
Image panelOf(const std::vector<Tile>& tiles, int per_row, const std::vector<std::string>& row_titles = {});

}  // namespace p2l::cli
