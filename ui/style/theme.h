// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

class QApplication;

namespace p2l::ui {

enum class Theme { System, Light, Dark };

/// The colours of a theme. System: Dark when the desktop's own window colour, as first seen, is dark.
QPalette themePalette(Theme theme);

/// Colours of the studio that a palette has no role for. Text on `panel` and on the window reads well in `warning`.
struct StudioColours {
  QColor panel;    ///< ground of columns, bars and cards
  QColor line;     ///< thin lines between them
  QColor accent;   ///< lines, outlines and icons of what is chosen; a ground under text is QPalette::Highlight
  QColor canvas;   ///< around a picture
  QColor good;     ///< reached, saved
  QColor warning;  ///< long, large, not certain
};
const StudioColours& studioColours(const QPalette& palette);

/// Fusion style with the theme's palette. May be called again at any time; widgets get a PaletteChange event.
void applyTheme(QApplication& application, Theme theme);

/// Whether a palette is a dark one, for colours that a palette has no role for.
bool isDark(const QPalette& palette);

/// WCAG contrast ratio of two opaque colours, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

}  // namespace p2l::ui
