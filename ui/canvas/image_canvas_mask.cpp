// SPDX-License-Identifier: GPL-3.0-or-later
// The mask over the pictures of the image canvas.
#include <QPainter>
#include <algorithm>

#include "ui/canvas/canvas_painter.h"
#include "ui/canvas/image_canvas.h"
#include "ui/document/mask_editor.h"

namespace p2l::ui {

namespace {

QRectF scaledRect(const QRectF& rect, double sx, double sy) {
  return {rect.x() * sx, rect.y() * sy, rect.width() * sx, rect.height() * sy};
}

}  // namespace

void ImageCanvas::setMaskEditor(MaskEditor* editor) {
  if (mask_editor_) mask_editor_->disconnect(this);
  mask_editor_ = editor;
  if (editor) {
    connect(editor, &MaskEditor::changed, this, &ImageCanvas::maskChanged);
    connect(editor, &MaskEditor::brushSizeChanged, this, qOverload<>(&ImageCanvas::update));
    connect(editor, &MaskEditor::toolChanged, this, qOverload<>(&ImageCanvas::update));
  }
  updateCursor();
  update();
}

void ImageCanvas::setMaskEditing(bool editing) {
  if (!editing && mask_editor_) mask_editor_->cancelStroke();
  mask_editing_ = editing;
  updateCursor();
  update();
}

void ImageCanvas::setMaskVisible(bool visible) {
  mask_visible_ = visible;
  update();
}

void ImageCanvas::maskChanged(QRect area) {
  if (!mask_editor_ || isEmpty() || mask_editor_->size().isEmpty()) return update();
  const double sx = view_.imageSize().width() / mask_editor_->size().width();
  const double sy = view_.imageSize().height() / mask_editor_->size().height();
  const QRectF in_image = scaledRect(area, sx, sy);
  for (const Side side : {Side::Before, Side::After}) {
    const QRectF pane_rect = pane(side);
    const QRectF drawn(view_.paneFromImage(in_image.topLeft()), view_.paneFromImage(in_image.bottomRight()));
    update((drawn.translated(pane_rect.topLeft()) & pane_rect).toAlignedRect().adjusted(-2, -2, 2, 2));
  }
}

QColor ImageCanvas::maskColour() const {
  const bool after = before_.isNull() || (mode_ == CompareMode::AfterOnly && !after_.isNull());
  return maskColourFor(after ? after_.image() : before_.image());
}

QPointF ImageCanvas::maskPoint(QPointF widget_point) const {
  const QPointF p = view_.imageFromPane(widget_point - stroke_pane_.topLeft());
  const QSizeF image = view_.imageSize();
  return {p.x() * mask_editor_->size().width() / image.width(), p.y() * mask_editor_->size().height() / image.height()};
}

void ImageCanvas::paintMask(QPainter& painter, const QRectF& seen, int percent) {
  if (!mask_editor_ || mask_editor_->size().isEmpty() || !(mask_visible_ || mask_editing_)) return;
  const QImage mask = mask_editor_->image();
  const double sx = mask.width() / view_.imageSize().width(), sy = mask.height() / view_.imageSize().height();
  const auto paneFromMask = [&](QPointF p) { return view_.paneFromImage({p.x() / sx, p.y() / sy}); };
  if (!mask_editor_->isEmpty()) {
    // The mask's own bytes, read as indices into a table of shades: no copy of a large mask at each stroke.
    const auto colour = maskColour();
    QVector<QRgb> shades(256);
    for (int i = 0; i < 256; ++i) shades[i] = qRgba(colour.red(), colour.green(), colour.blue(), i * percent / 100);
    QImage overlay(mask.constBits(), mask.width(), mask.height(), mask.bytesPerLine(), QImage::Format_Indexed8);
    overlay.setColorTable(shades);
    const QRectF part(view_.imageFromPane(seen.topLeft()), view_.imageFromPane(seen.bottomRight()));
    const QRect pixels = scaledRect(part, sx, sy).toAlignedRect().adjusted(-1, -1, 1, 1) & mask.rect();
    if (!pixels.isEmpty()) {
      painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
      painter.drawImage(QRectF(paneFromMask(pixels.topLeft()), paneFromMask(pixels.bottomRight() + QPoint(1, 1))),
                        overlay, pixels);
    }
  }
  const QPolygonF outline = mask_editor_->pendingOutline();
  if (outline.isEmpty()) return;
  QPolygonF drawn;
  for (const QPointF& p : outline) drawn << paneFromMask(p);
  painter.setRenderHint(QPainter::Antialiasing);
  auto filling = maskColour();
  filling.setAlpha(40);
  painter.setBrush(filling);
  painter.setPen(QPen(Qt::black, 1));
  painter.drawPolygon(drawn);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(Qt::white, 1, Qt::DashLine));
  painter.drawPolygon(drawn);
}

void ImageCanvas::paintMaskCursor(QPainter& painter) {
  const QRectF circle = maskCursorRect();
  if (circle.isEmpty()) return;
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(QColor(0, 0, 0, 200), 3));
  painter.drawEllipse(circle);
  painter.setPen(QPen(Qt::white, 1.2));
  painter.drawEllipse(circle);
  painter.restore();
}

QRectF ImageCanvas::maskCursorRect() const {
  if (!mask_editing_ || !hovering_ || drag_ == Drag::Pan || space_held_ || !mask_editor_ || isEmpty()) return {};
  const auto tool = mask_editor_->tool();
  if ((tool != MaskEditor::Tool::Brush && tool != MaskEditor::Tool::Eraser) || mask_editor_->size().isEmpty())
    return {};
  const double scale = view_.scale() * view_.imageSize().width() / mask_editor_->size().width();
  const double diameter = std::max(3.0, mask_editor_->brushSize() * scale);
  return {hover_point_.x() - diameter / 2, hover_point_.y() - diameter / 2, diameter, diameter};
}

}  // namespace p2l::ui
