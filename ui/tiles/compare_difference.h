// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRect>
#include <QStringList>
#include <memory>
#include <vector>

#include "core/types/image.h"

class QPainter;

namespace p2l::ui {

/// How two pictures x and r differ at a pixel; means over the colours, on [0, 1].
enum class DifferenceKind {
  Error,     ///< x - r
  Absolute,  ///< |x - r|
  Squared,   ///< (x - r)^2
  Relative,  ///< |x - r| / (|r| + 0.01)
};

/// "E", "AE", "SE", "RAE" and the formula.
QString shortName(DifferenceKind kind);
QString formulaOf(DifferenceKind kind);

/// The largest value that the colours tell apart: `range` for differences, its square for squared ones.
double largestOf(DifferenceKind kind, double range);
/// The colour of a value: of a signed one blue below and red above grey, of the others from black to yellow.
QRgb differenceColour(DifferenceKind kind, double value, double range);
/// The difference as a picture of `size`; both are stretched over it. Not on the GUI thread when they are large.
QImage differenceMap(const QImage& picture, const QImage& reference, QSize size, DifferenceKind kind, double range);
/// One pixel of it before it becomes a colour: on the scale of the colour bar.
double differenceAt(const QImage& picture, const QImage& reference, QSize size, DifferenceKind kind, QPoint pixel);
/// A range that suits all pictures: kShownShare of their differences are within it. 1, 2 or 5 times a power of ten, so
/// that it stays as pictures change a little, and no smaller than kSmallestRange. Not on the GUI thread.
double fittingRange(const std::vector<QImage>& pictures, const QImage& reference, QSize size, DifferenceKind kind);
inline constexpr double kShownShare = 0.99, kSmallestRange = 0.005;
/// Colours with their numbers, and lines over them, in the bottom right corner of `area`; half as wide without lines.
void drawColourBar(QPainter& painter, const QRectF& area, DifferenceKind kind, double range, const QStringList& lines);
/// What it takes where there is room, by the height of a line; with a note, or without.
QSizeF colourBarSize(double line, bool note);

/// The colour of a share of the largest spread or error: black at 0, then red, yellow, and white at 1.
QRgb heatColour(double share);
/// Its colours with their numbers and what they are of, in the bottom left corner of `area`. `most`: at their end.
void drawHeatBar(QPainter& painter, const QRectF& area, double most, const QString& what);

/// A picture for numbers: its samples where they are at hand, else what is on the screen. Or a map, whose colours stand
/// for numbers of its own.
struct MeasuredPicture {
  QImage shown;
  std::shared_ptr<const Image> exact;                               ///< of the same size; null: none
  std::shared_ptr<const std::vector<float>> map_numbers = nullptr;  ///< of a map: on [0, 1], row by row; null: none

  QSize size() const { return shown.size(); }
};

/// What is in a rectangle of a picture or a map, in grey levels of 0 .. 255, and of a picture against two others of its
/// size; NaN where there is none.
struct AreaStatistics {
  double mean = 0.0, deviation = 0.0;
  double psnr_truth, psnr_reference;
};
AreaStatistics areaStatistics(const MeasuredPicture& picture, const MeasuredPicture& truth,
                              const MeasuredPicture& reference, const QRect& area);

}  // namespace p2l::ui
