// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/task/kernel_canvas.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "ui/base/frame_image.h"

namespace p2l::ui {
namespace {

constexpr int kFiner = 8;  // the drawing is made so many times as large and reduced, so that lines are smooth

}  // namespace

KernelCanvas::KernelCanvas(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Blur kernel"));
  setToolTip(tr("What one white point looks like in the photo"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void KernelCanvas::setPicture(const QImage& picture) {
  picture_ = picture;
  update();
}

void KernelCanvas::setDrawing(bool drawing) {
  drawing_ = drawing;
  setCursor(drawing ? Qt::CrossCursor : Qt::ArrowCursor);
  setToolTip(drawing ? tr("Draw how the camera moved") : tr("What one white point looks like in the photo"));
}

void KernelCanvas::setDrawn(std::shared_ptr<const Image> drawn) {
  strokes_.clear();
  drawn_ = std::move(drawn);
  former_ = qimageFromImage(*drawn_).convertToFormat(QImage::Format_Grayscale8);
  setPicture(former_);
}

void KernelCanvas::clearDrawn() {
  strokes_.clear();
  former_ = {};
  drawn_.reset();
  emit drawnChanged();
}

QRectF KernelCanvas::square() const {
  const double side = std::min(width(), height());
  return {(width() - side) / 2.0, (height() - side) / 2.0, side, side};
}

QPointF KernelCanvas::kernelPoint(QPointF position) const {
  const auto area = square();
  return (position - area.topLeft()) * (kSide / area.width());
}

void KernelCanvas::rasterise() {
  QImage fine(kSide * kFiner, kSide * kFiner, QImage::Format_Grayscale8);
  fine.fill(Qt::black);
  QPainter painter(&fine);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(kFiner, kFiner);
  painter.setPen(QPen(Qt::white, 1.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  for (const auto& stroke : strokes_) stroke.size() == 1 ? painter.drawPoint(stroke[0]) : painter.drawPolyline(stroke);
  painter.end();
  auto picture = fine.scaled(kSide, kSide, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                     .convertToFormat(QImage::Format_Grayscale8);
  for (int y = 0; y < former_.height(); ++y) {
    const auto *before = former_.constScanLine(y), *end = before + former_.width();
    auto* row = picture.scanLine(y);
    std::transform(before, end, row, row, [](uchar a, uchar b) { return std::max(a, b); });
  }
  drawn_ = std::make_shared<const Image>(imageFromQImage(picture));
  setPicture(picture);
}

void KernelCanvas::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(square(), Qt::black);
  if (!picture_.isNull()) painter.drawImage(square(), picture_);
  if (!drawing_ || drawn_) return;
  painter.setPen(Qt::white);
  painter.drawText(square().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap,
                   tr("Draw how the camera moved"));
}

void KernelCanvas::mousePressEvent(QMouseEvent* event) {
  if (!drawing_ || event->button() != Qt::LeftButton) return;
  stroke_active_ = true;
  strokes_ << QPolygonF({kernelPoint(event->position())});
  rasterise();
}

void KernelCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (!stroke_active_) return;
  strokes_.last() << kernelPoint(event->position());
  rasterise();
}

void KernelCanvas::mouseReleaseEvent(QMouseEvent*) {
  if (std::exchange(stroke_active_, false)) emit drawnChanged();
}

}  // namespace p2l::ui
