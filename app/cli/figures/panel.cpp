// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figures/panel.h"

#include <algorithm>
#include <sstream>

#include "app/cli/figures/canvas.h"
#include "core/types/error.h"

namespace p2l::cli {
namespace {

constexpr int kMargin = 8;
constexpr int kGap = 5;  ///< between captions
constexpr int kLetter = 9;
constexpr int kTitleLetter = 11;
constexpr int kLine = 18;
const cv::Scalar kInk(20, 20, 20);

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

Image panelOf(const std::vector<Tile>& tiles, int per_row, const std::vector<std::string>& row_titles) {
  require(!tiles.empty() && per_row > 0, "A panel needs pictures");
  int width = 0, height = 0, lines = 0, caption_width = 0;
  for (const auto& tile : tiles) {
    width = std::max(width, tile.picture.width);
    height = std::max(height, tile.picture.height);
    const auto caption = linesOf(tile.caption);
    for (const auto& line : caption) caption_width = std::max(caption_width, Canvas::textWidth(line, kLetter));
    lines = std::max(lines, static_cast<int>(caption.size()));
  }
  const int columns = std::min(per_row, static_cast<int>(tiles.size()));
  const int pitch = std::max(width + kMargin, caption_width + kGap);
  const int rows = (static_cast<int>(tiles.size()) + columns - 1) / columns;
  const int title_height = row_titles.empty() ? 0 : kLine + 2 * kMargin;
  const int row_height = title_height + lines * kLine + height + kMargin;
  const auto topOf = [&](std::size_t row) { return kMargin + static_cast<int>(row) * row_height; };
  Canvas canvas(columns * pitch + kMargin, topOf(rows));
  for (std::size_t row = 0; row < row_titles.size(); ++row) {
    canvas.text(row_titles[row], kMargin, topOf(row) + kMargin + kTitleLetter, kTitleLetter, kInk);
  }
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const int left = kMargin + static_cast<int>(i) % columns * pitch;
    int y = topOf(i / columns) + title_height;
    for (const auto& line : linesOf(tiles[i].caption)) {
      canvas.text(line, left, y + kLetter + 3, kLetter, kInk);
      y += kLine;
    }
    if (!tiles[i].picture.empty())
      canvas.picture(tiles[i].picture, left, topOf(i / columns) + title_height + lines * kLine);
  }
  return canvas.image();
}

}  // namespace p2l::cli
