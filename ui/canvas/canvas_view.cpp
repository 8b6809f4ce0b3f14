// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/canvas_view.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace p2l::ui {

void CanvasView::setImageSize(QSizeF size) {
  if (size == image_) return;
  const QSizeF old = image_;
  image_ = size;
  if (size.isEmpty()) return;
  const bool same_shape =
      !old.isEmpty() && std::abs(old.width() * size.height() - size.width() * old.height()) <=
                            1.5 * std::max(old.width() + size.width(), old.height() + size.height());
  if (fitted_ || !same_shape) return fit();
  const double growth = size.width() / old.width();
  centre_ *= growth;
  zoom_ = std::clamp(zoom_ / growth, kSmallestZoom, kLargestZoom);
  keepInView();
}

void CanvasView::setPaneSize(QSizeF size) {
  pane_ = size.expandedTo(QSizeF(1, 1));
  if (fitted_)
    fit();
  else
    keepInView();
}

void CanvasView::setDevicePixelRatio(double ratio) {
  if (ratio == ratio_ || ratio <= 0) return;
  ratio_ = ratio;
  if (fitted_) fit();
}

double CanvasView::fitZoom() const {
  if (image_.isEmpty()) return 1.0;
  const double zoom = ratio_ * std::min(pane_.width() / image_.width(), pane_.height() / image_.height());
  return std::clamp(zoom, kSmallestZoom, kLargestZoom);
}

void CanvasView::fit() {
  fitted_ = true;
  centre_ = QPointF(image_.width() / 2, image_.height() / 2);
  zoom_ = fitZoom();
}

void CanvasView::zoomAt(double zoom, QPointF anchor) {
  // The exact mapping: rounding must not add up over many zooms.
  const QPointF fixed = unsnappedFromPane(anchor);
  zoom_ = std::clamp(zoom, kSmallestZoom, kLargestZoom);
  fitted_ = false;
  centre_ += fixed - unsnappedFromPane(anchor);
  keepInView();
}

void CanvasView::panBy(QPointF pane_pixels) {
  fitted_ = false;
  centre_ -= pane_pixels / scale();
  keepInView();
}

void CanvasView::keepInView() {
  // The pane's centre never leaves the picture, so that at least a quarter of one of them shows the other.
  centre_.setX(std::clamp(centre_.x(), 0.0, std::max(0.0, image_.width())));
  centre_.setY(std::clamp(centre_.y(), 0.0, std::max(0.0, image_.height())));
}

double CanvasView::nextZoom(bool larger) const {
  static constexpr std::array kZooms{0.01,    0.02, 0.03,    0.05, 0.0625, 0.0833, 0.125, 0.1667, 0.25,
                                     1.0 / 3, 0.5,  2.0 / 3, 1.0,  1.5,    2.0,    3.0,   4.0,    6.0,
                                     8.0,     12.0, 16.0,    24.0, 32.0,   48.0,   64.0,  96.0,   128.0};
  if (larger) {
    const auto next = std::upper_bound(kZooms.begin(), kZooms.end(), zoom_ * 1.001);
    return next == kZooms.end() ? kLargestZoom : *next;
  }
  const auto next = std::lower_bound(kZooms.begin(), kZooms.end(), zoom_ / 1.001);
  return next == kZooms.begin() ? kSmallestZoom : *std::prev(next);
}

QPointF CanvasView::origin() const {
  const QPointF exact = QPointF(pane_.width() / 2, pane_.height() / 2) - centre_ * scale();
  return {std::round(exact.x() * ratio_) / ratio_, std::round(exact.y() * ratio_) / ratio_};
}

QPointF CanvasView::unsnappedFromPane(QPointF point) const {
  return (point - QPointF(pane_.width() / 2, pane_.height() / 2)) / scale() + centre_;
}

QPointF CanvasView::paneFromImage(QPointF point) const {
  return point * scale() + origin();
}

QPointF CanvasView::imageFromPane(QPointF point) const {
  return (point - origin()) / scale();
}

QRectF CanvasView::imageRect() const {
  return {origin(), image_ * scale()};
}

}  // namespace p2l::ui
