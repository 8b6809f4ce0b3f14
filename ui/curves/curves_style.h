// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QPen>
#include <QSharedPointer>

class QCPAxisTicker;

namespace p2l::ui {

/// The line of the run at this place, for a light or dark palette.
QPen runPen(std::size_t index, const QPalette& palette);

/// Numbers on a logarithmic axis that are readable over half a decade as over ten: multiples 1, 2, 5 of powers of ten,
/// powers alone where these would be too many, and evenly spaced ones where they would be too few.
QSharedPointer<QCPAxisTicker> logarithmicTicker();

}  // namespace p2l::ui
