// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

#include "core/types/catalogue_rows.h"

namespace p2l::ui {

inline constexpr int kStepPictures = 6;

/// The ground of a picture's label, under white text, and its outline.
QColor tileColour(StepPicture picture);
/// The same colour as text: on the window, on panels, and on the ground of any line that is lit.
QColor tileInk(StepPicture picture, const QPalette& palette);
/// The ground of an algorithm's line that is lit, which makes this picture.
QColor litGround(StepPicture picture, const QPalette& palette);

/// What stands on a picture: its symbol, and in words. `formula`: in HTML.
QString tileSymbol(StepPicture picture, ModelKind kind);
QString tileName(StepPicture picture);
/// Where there is little room.
QString tileShortName(StepPicture picture);

/// A line's formula in HTML: indices set low, and each symbol in the colour of the picture that it stands for, in
/// italics: upright, some fonts lose the hat of x̂.
QString formulaHtml(const IterationLine& line, ModelKind kind, const QPalette& palette);
/// A symbol such as z_{t-1} in HTML.
QString symbolHtml(const QString& symbol);

}  // namespace p2l::ui
