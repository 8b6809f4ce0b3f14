// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QPen>
#include <QPointF>
#include <QRectF>
#include <QSharedPointer>
#include <cstddef>
#include <optional>
#include <vector>

class QCPAxisTicker;

namespace p2l::ui {

/// So many runs have colours of their own.
inline constexpr std::size_t kRunColours = 12;
/// The line of the run at this place, for a light or dark palette: the first six are solid, the others dashed, too.
/// After kRunColours the colours repeat with another dash pattern; 36 lines are of their own.
QPen runPen(std::size_t index, const QPalette& palette);

/// Pixels that the name of a line takes at most.
inline constexpr int kMostLabel = 150;

/// Numbers on a logarithmic axis that are readable over half a decade as over ten: multiples 1, 2, 5 of powers of ten,
/// powers alone where these would be too many, and evenly spaced ones where they would be too few.
QSharedPointer<QCPAxisTicker> logarithmicTicker();

/// Where a label is placed that belongs at `wanted`, in pixels from the top: there, or above each label of `taken` that
/// is nearer than `room`. Enters it into `taken`, which is sorted from the bottom up.
double placeLabel(double wanted, double room, std::vector<double>& taken);
/// The same, below `top` and no farther than two labels from `wanted`: a label far from its line says nothing. Nothing,
/// and nothing is entered, where there is no such place.
std::optional<double> placeLabelNear(double wanted, double room, double top, std::vector<double>& taken);
/// Whether lines through these points, in pixels and from left to right, cross the area. NaN: a gap in the line.
bool isCrossed(const QRectF& area, const std::vector<QPointF>& line);
/// Where a label of this size stands beside a level line from `plot`'s left to its right, in pixels: at the right end,
/// the left or the middle, above it or below, inside the plot, where none of `lines` and `labels` is. Above its right
/// end where all are taken.
QRectF placeBesideLevel(QSizeF label, double level, const QRectF& plot, const std::vector<std::vector<QPointF>>& lines,
                        const std::vector<QRectF>& labels);
/// Where a label of `width` pixels ends that belongs to the left of `wanted`: there, or farther right, so that it
/// begins inside a plot from `left` to `right`.
double labelEnd(double wanted, double width, double left, double right);

}  // namespace p2l::ui
