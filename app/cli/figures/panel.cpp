// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figures/panel.h"

#include <algorithm>
#include <sstream>

#include "app/cli/figures/canvas.h"
#include "core/base/error.h"

namespace p2l::cli {
namespace {

constexpr int kMargin = 8;
constexpr int kLetter = 9;
constexpr int kLine = 18;

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// Cut until it is no wider than that.
std::string fitting(std::string line, int width) {
  while (line.size() > 1 && Canvas::textWidth(line, kLetter) > width) line.pop_back();
  return line;
}

}  // namespace

Image panelOf(const std::vector<Tile>& tiles, int per_row) {
  require(!tiles.empty() && per_row > 0, "A panel needs pictures");
  int width = 0, height = 0, lines = 0;
  for (const auto& tile : tiles) {
    width = std::max(width, tile.picture.width);
    height = std::max(height, tile.picture.height);
    lines = std::max(lines, static_cast<int>(linesOf(tile.caption).size()));
  }
  const int columns = std::min(per_row, static_cast<int>(tiles.size()));
  const int rows = (static_cast<int>(tiles.size()) + columns - 1) / columns;
  const int row_height = height + lines * kLine + kMargin;
  Canvas canvas(columns * (width + kMargin) + kMargin, rows * row_height + kMargin);
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const int left = kMargin + static_cast<int>(i) % columns * (width + kMargin);
    int y = kMargin + static_cast<int>(i) / columns * row_height;
    for (const auto& line : linesOf(tiles[i].caption)) {
      canvas.text(fitting(line, width), left, y + kLetter + 3, kLetter, {20, 20, 20});
      y += kLine;
    }
    canvas.picture(tiles[i].picture, left, kMargin + static_cast<int>(i) / columns * row_height + lines * kLine);
  }
  return canvas.image();
}

}  // namespace p2l::cli
