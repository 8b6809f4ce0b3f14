// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

class QPushButton;

namespace p2l::ui {

/// How a control looks beside its kind: Primary is the one button that a page is for; Segment is a part of a Segmented;
/// Tile is a card with an icon; Link is a text that leads elsewhere.
enum class Look { Plain, Primary, Segment, Tile, Link };
void setLook(QWidget* widget, Look look);
Look lookOf(const QWidget* widget);
/// The button that a dialog is for: Return presses it, and it is seen that it does.
void makePrimary(QPushButton* button);

/// Fusion with quiet controls: 28 pixels high, corners of 6 pixels, one accent, a ring of 2 pixels around what has the
/// keyboard's focus. Ticks, dots and slider handles can be told from their ground in both themes: Fusion outlines them
/// in a darker shade of the window, which a dark window swallows. Progress bars are plain, because they are painted
/// with every step of a run. Lists of choices, spin boxes and sliders take the wheel only where they have the focus,
/// and do not get it by the wheel: a panel is scrolled without changing what lies under the pointer.
class StudioStyle : public QProxyStyle {
  Q_OBJECT
 public:
  static constexpr int kControl = 28;
  static constexpr double kRadius = 6;

  StudioStyle();
  void polish(QWidget* widget) override;
  void unpolish(QWidget* widget) override;
  using QProxyStyle::polish;
  using QProxyStyle::unpolish;
  int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                QStyleHintReturn* data) const override;
  QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                         const QWidget* widget) const override;
  QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                       const QWidget* widget) const override;
  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
  void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                   const QWidget* widget) const override;
  void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                          const QWidget* widget) const override;
  bool eventFilter(QObject* object, QEvent* event) override;
};

}  // namespace p2l::ui
