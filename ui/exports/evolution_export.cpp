// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exports/evolution_export.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/base/frame_image.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"

namespace p2l::ui {
namespace {

constexpr int kMostSteps = 10;  // with measurement and result: three rows of four
constexpr int kColumns = 4;
constexpr int kTile = 320;
constexpr int kGap = 16;
constexpr int kTextHeight = 26;
constexpr int kTextPixels = 15;

QString captionOf(const StepReport& report) {
  const auto step = tr("Step %1").arg(report.step);
  if (std::isfinite(report.psnr)) return tr("%1, %2 dB").arg(step, numberText(report.psnr, 2));
  if (std::isfinite(report.residual)) return tr("%1, residual %2").arg(step, numberText(report.residual, 2));
  return step;
}

QString captionOf(const RunReport& report) {
  if (std::isfinite(report.metric("psnr"))) return tr("Result, %1 dB").arg(numberText(report.metric("psnr"), 2));
  const auto residual = residualText(report, 2, /*goal=*/false);
  return residual.isEmpty() ? tr("Result") : tr("Result, %1").arg(residual);
}

struct Tile {
  QImage image;
  QString caption;
};

std::vector<Tile> tilesOf(const Evolution& evolution) {
  std::vector<Tile> tiles;
  if (evolution.result && !evolution.result->before.isNull())
    tiles.push_back({evolution.result->before, tr("Measurement")});
  const int count = static_cast<int>(evolution.steps.size());
  const int shown = std::min(count, kMostSteps);
  for (int i = 0; i < shown; ++i) {
    const auto& step = evolution.steps[shown > 1 ? std::size_t(std::lround(double(i) * (count - 1) / (shown - 1))) : 0];
    tiles.push_back({imageFromFrame(step->estimate), captionOf(step->report)});
  }
  if (evolution.result) tiles.push_back({evolution.result->picture, captionOf(evolution.result->outcome.report)});
  return tiles;
}

}  // namespace

QImage contactSheet(const Evolution& evolution, const QString& title) {
  const auto tiles = tilesOf(evolution);
  if (tiles.empty()) return {};
  const int columns = std::min<int>(kColumns, static_cast<int>(tiles.size()));
  const int rows = (static_cast<int>(tiles.size()) + columns - 1) / columns;
  const QSize first = tiles.back().image.size();
  const QSize tile = first.scaled(kTile, kTile, Qt::KeepAspectRatio);
  QImage sheet(columns * (tile.width() + kGap) + kGap,
               kGap + kTextHeight + rows * (tile.height() + kTextHeight + kGap) + kGap, QImage::Format_RGB32);
  sheet.fill(Qt::white);
  QPainter painter(&sheet);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.setPen(Qt::black);
  auto font = painter.font();
  font.setPixelSize(kTextPixels);
  painter.setFont(font);
  const QRect above(kGap, kGap / 2, sheet.width() - 2 * kGap, kTextHeight);
  painter.drawText(above, Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(title, Qt::ElideRight, above.width()));
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const int column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
    const QPoint corner(kGap + column * (tile.width() + kGap),
                        kGap + kTextHeight + row * (tile.height() + kTextHeight + kGap));
    const auto& image = tiles[i].image;
    const QRect box(corner, tile);
    const auto scaled = image.size().scaled(tile, Qt::KeepAspectRatio);
    painter.drawImage(corner, image.scaled(scaled, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    painter.drawText(QRect(box.left(), box.bottom() + 1, box.width(), kTextHeight), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(tiles[i].caption, Qt::ElideRight, box.width()));
  }
  return sheet;
}

std::vector<std::shared_ptr<const Frame>> animationFrames(const Evolution& evolution) {
  std::vector<std::shared_ptr<const Frame>> frames;
  for (const auto& step : evolution.steps) {
    if (step->estimate) frames.push_back(step->estimate);
  }
  if (!evolution.result || evolution.result->outcome.picture.empty()) return frames;
  const auto last = std::make_shared<const Frame>(frameFromImage(evolution.result->outcome.picture));
  // The steps of a photo with an odd size may be padded ones: the result says how large the pictures are.
  std::erase_if(frames,
                [&](const auto& frame) { return frame->width != last->width || frame->height != last->height; });
  frames.push_back(last);
  return frames;
}

}  // namespace p2l::ui
