// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace p2l::ui {

/// Where a picture lies in a pane: zoom and the picture's point at the pane's centre. Geometry only. Lengths in the
/// pane are logical pixels, zoom counts device pixels.
class CanvasView {
 public:
  static constexpr double kSmallestZoom = 0.01;
  static constexpr double kLargestZoom = 128.0;

  /// A picture of another size: one of the same shape keeps the part in view, any other is fitted.
  void setImageSize(QSizeF size);
  void setPaneSize(QSizeF size);
  void setDevicePixelRatio(double ratio);

  QSizeF imageSize() const { return image_; }
  double zoom() const { return zoom_; }
  /// Logical pixels per pixel of the picture.
  double scale() const { return zoom_ / ratio_; }
  bool isFitted() const { return fitted_; }

  void fit();
  /// Keeps the picture's point under `anchor` (in the pane) where it is, as far as the picture stays in view.
  void zoomAt(double zoom, QPointF anchor);
  void panBy(QPointF pane_pixels);
  /// The next of the round zoom factors (25 %, 33 %, 50 %, ...) in this direction.
  double nextZoom(bool larger) const;

  /// The picture's corner lies on a whole device pixel, so that it is sharp at 100 %.
  QPointF paneFromImage(QPointF point) const;
  QPointF imageFromPane(QPointF point) const;
  /// The whole picture, in the pane's coordinates.
  QRectF imageRect() const;

 private:
  double fitZoom() const;
  QPointF unsnappedFromPane(QPointF point) const;
  void keepInView();

  QSizeF image_;
  QSizeF pane_{1, 1};
  QPointF origin() const;

  QPointF centre_;
  double zoom_ = 1.0;
  double ratio_ = 1.0;
  bool fitted_ = true;
};

}  // namespace p2l::ui
