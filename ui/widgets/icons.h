// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace p2l::ui {

enum class Glyph {
  Brush,
  Eraser,
  Rectangle,
  Lasso,
  Invert,
  Clear,
  Import,
  Export,
  First,
  Previous,
  Play,
  Pause,
  Next,
  Last,
  Live,
  Stop,
};

/// A line drawing in the application's text colour of the moment: sharp at any size, right in every theme.
QIcon glyphIcon(Glyph glyph);
/// A play glyph that becomes pause when the button is checked.
QIcon playPauseIcon();

}  // namespace p2l::ui
