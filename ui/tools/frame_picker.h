// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QWidget>

namespace p2l::ui {

class ImageCanvas;

/// A rectangle that a person draws over the picture of a canvas. Covers the canvas while it is shown; wheel and middle
/// button still zoom and pan. The arrow keys move the rectangle by a pixel (Shift: ten), with Ctrl they size it.
class FramePicker : public QWidget {
  Q_OBJECT
 public:
  /// Adjusted: it has handles and stays until Enter. Drawn: each press begins a new one, and its release picks it.
  enum class Manner { Adjusted, Drawn };

  FramePicker(ImageCanvas* canvas, Manner manner);

  /// Shows itself with this rectangle, in pixels of a picture of `size`, which the canvas shows.
  void begin(QSize size, const QRect& frame, int smallest);
  void end() { hide(); }

  QRect frame() const { return frame_; }
  /// Within the picture, not smaller than the smallest, with the aspect.
  void setFrame(const QRect& frame);
  /// Width by height of every rectangle from now on; 0: any.
  void setAspect(double aspect);
  double aspect() const { return aspect_; }
  /// Where the rectangle is drawn, in the canvas's coordinates.
  QRectF drawnFrame() const;

 signals:
  void frameChanged(const QRect& frame);
  /// Enter, a double click inside, or the release of a drawn one.
  void picked(const QRect& frame);
  void cancelled();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  /// What the mouse has: edges that follow it (bits), all of it, or the other corner of a new one.
  enum Grip { None = 0, Left = 1, Top = 2, Right = 4, Bottom = 8, All = 16, New = 32 };

  int gripAt(QPointF point) const;
  void showCursor(QPointF point);
  QPointF pixelAt(QPointF point) const;
  QRectF drawn(const QRectF& pixels) const;
  void drag(QPointF pixel);
  void nudge(int dx, int dy, bool size);
  /// The rectangle between a corner that stays and the mouse.
  QRect stretched(QPointF fixed, QPointF moving, bool wide, bool high) const;

  ImageCanvas* canvas_;
  Manner manner_;
  QSize size_;
  QRect frame_, pressed_frame_;
  int smallest_ = 1;
  double aspect_ = 0.0;
  int grip_ = None;
  bool moved_ = false;
  QPointF pressed_;  ///< in pixels of the picture
};

}  // namespace p2l::ui
