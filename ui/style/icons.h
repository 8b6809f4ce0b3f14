// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPalette>

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
  StepOn,
  TooSmall,
  OutOfFocus,
  Shaken,
  Scratched,
  Noisy,
  Blocks,
  Menu,
  Settings,
  Crop,
  Part,
  Former,
};

/// A line drawing in the application's text colour of the moment: sharp at any size, right in every theme.
/// `role`: the text's colour that it has while its control is enabled.
QIcon glyphIcon(Glyph glyph, QPalette::ColorRole role = QPalette::ButtonText);
/// A play glyph that becomes pause when the button is checked.
QIcon playPauseIcon();

}  // namespace p2l::ui
