// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace p2l::ui {

/// Fusion with ticks, radio dots and slider handles that can be told from their ground in both themes: Fusion outlines
/// them in a darker shade of the window, which a dark window swallows. Progress bars are plain, because they are
/// painted with every step of a run: Fusion's gradient and glow are the costliest part of such an event.
class StudioStyle : public QProxyStyle {
  Q_OBJECT
 public:
  StudioStyle();
  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
  void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                   const QWidget* widget) const override;
  void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                          const QWidget* widget) const override;
};

}  // namespace p2l::ui
