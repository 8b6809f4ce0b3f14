// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace p2l::ui {

/// A widget whose picture is zoomed and panned: keys and wheel mean the same in each.
class Zoomable : public QWidget {
  Q_OBJECT
 public slots:
  /// The whole picture, and again whenever the widget is resized, until the zoom is changed.
  virtual void fit() = 0;
  virtual void actualSize() = 0;  ///< 100 %
  virtual void zoomIn() = 0;
  virtual void zoomOut() = 0;

 protected:
  using QWidget::QWidget;
  /// Moves the picture, in logical pixels.
  virtual void panBy(QPointF way) = 0;

  /// Arrows pan, + and − zoom, Ctrl+0 fits, Ctrl+1 is 100 %. @return whether it was one of these
  bool obeyKey(const QKeyEvent& event);
  static double zoomAfterWheel(double zoom, const QWheelEvent& event);
  /// Whether the pointer has moved so far that it drags.
  static bool isDrag(QPointF pressed, QPointF now);
};

}  // namespace p2l::ui
