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
constexpr int kLeastWidth = 100;  ///< of a caption over small pictures
constexpr int kTitleLetter = 11;
constexpr int kLine = 18;
const cv::Scalar kInk(20, 20, 20);

/// Broken between words where a line would be wider than that; a word alone may be.
std::vector<std::string> linesOf(const std::string& text, int width) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string given; std::getline(stream, given);) {
    lines.emplace_back();
    std::istringstream words(given);
    for (std::string word; words >> word;) {
      auto& line = lines.back();
      const auto longer = line.empty() ? word : line + " " + word;
      if (line.empty() || Canvas::textWidth(longer, kLetter) <= width)
        line = longer;
      else
        lines.push_back(word);
    }
  }
  return lines;
}

}  // namespace

Image panelOf(const std::vector<Tile>& tiles, int per_row, const std::vector<std::string>& row_titles) {
  require(!tiles.empty() && per_row > 0, "A panel needs pictures");
  int width = 0, height = 0, caption_width = 0;
  for (const auto& tile : tiles) {
    width = std::max(width, tile.picture.width);
    height = std::max(height, tile.picture.height);
  }
  std::vector<std::vector<std::string>> captions;
  std::size_t most_lines = 0;
  for (const auto& tile : tiles) {
    captions.push_back(linesOf(tile.caption, std::max(width, kLeastWidth)));
    for (const auto& line : captions.back()) caption_width = std::max(caption_width, Canvas::textWidth(line, kLetter));
    most_lines = std::max(most_lines, captions.back().size());
  }
  const int lines = static_cast<int>(most_lines);
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
    for (const auto& line : captions[i]) {
      canvas.text(line, left, y + kLetter + 3, kLetter, kInk);
      y += kLine;
    }
    if (!tiles[i].picture.empty())
      canvas.picture(tiles[i].picture, left, topOf(i / columns) + title_height + lines * kLine);
  }
  return canvas.image();
}

}  // namespace p2l::cli
