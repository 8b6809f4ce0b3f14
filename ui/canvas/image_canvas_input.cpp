// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse, keys and drops of the image canvas.
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QUrl>
#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas_painter.h"
#include "ui/canvas/image_canvas.h"
#include "ui/document/mask_editor.h"

namespace p2l::ui {

namespace {

constexpr double kArrowDivider = 16;

QStringList localFiles(const QMimeData* data) {
  QStringList paths;
  for (const QUrl& url : data->urls())
    if (url.isLocalFile()) paths << url.toLocalFile();
  return paths;
}

QColor colourAt(const QImage& image, QPointF point, QSizeF size) {
  if (image.isNull() || size.isEmpty()) return {};
  const int x = static_cast<int>(point.x() * image.width() / size.width());
  const int y = static_cast<int>(point.y() * image.height() / size.height());
  return image.rect().contains(x, y) ? image.pixelColor(x, y) : QColor();
}

}  // namespace

bool ImageCanvas::onDivider(QPointF point) const {
  if (shownMode() != CompareMode::Split) return false;
  // While a mask is painted the line lies in the way: only its handle is grabbed then.
  if (mask_editing_) return QLineF(point, dividerHandle(dividerX(), height())).length() <= kDividerGrab + 1;
  return std::abs(point.x() - dividerX()) <= kDividerGrab;
}

void ImageCanvas::updateCursor() {
  const QRectF drawn = view_.imageRect();
  const QRectF pane_rect = pane(Side::Before);
  const bool pannable = drawn.width() > pane_rect.width() + 1 || drawn.height() > pane_rect.height() + 1;
  Qt::CursorShape shape = Qt::ArrowCursor;
  if (isEmpty())
    shape = Qt::ArrowCursor;
  else if (drag_ == Drag::Pan)
    shape = Qt::ClosedHandCursor;
  else if (drag_ == Drag::Divider || divider_hovered_)
    shape = Qt::SplitHCursor;
  else if (mask_editing_ && !space_held_)
    shape = Qt::CrossCursor;
  else if (pannable || space_held_)
    shape = Qt::OpenHandCursor;
  if (cursor().shape() != shape) setCursor(shape);
}

void ImageCanvas::wheelEvent(QWheelEvent* event) {
  if (isEmpty() || event->angleDelta().y() == 0) return event->ignore();
  zoomAt(zoomAfterWheel(view_.zoom(), *event), event->position());
  event->accept();
}

void ImageCanvas::mousePressEvent(QMouseEvent* event) {
  if (isEmpty() || drag_ != Drag::None) return;
  const QPointF point = event->position();
  press_point_ = last_point_ = point;
  click_possible_ = false;
  const bool left = event->button() == Qt::LeftButton;
  if (event->button() == Qt::MiddleButton || (left && space_held_)) {
    drag_ = Drag::Pan;
  } else if (left && onDivider(point)) {
    drag_ = Drag::Divider;
    divider_offset_ = point.x() - dividerX();
  } else if (mask_editing_ && mask_editor_ && (left || event->button() == Qt::RightButton)) {
    drag_ = Drag::Mask;
    stroke_pane_ = paneAt(point);
    mask_editor_->beginStroke(maskPoint(point), event->button() == Qt::RightButton);
  } else if (left) {
    click_possible_ = true;
  } else {
    return event->ignore();
  }
  drag_button_ = event->button();
  updateCursor();
  update();
}

void ImageCanvas::mouseMoveEvent(QMouseEvent* event) {
  const QPointF point = event->position();
  if (click_possible_ && isDrag(press_point_, point)) {
    click_possible_ = false;
    drag_ = Drag::Pan;
    emit dragMovesPicture();
  }
  switch (drag_) {
    case Drag::Pan:
      panBy(point - last_point_);
      break;
    case Drag::Divider:
      setDividerFraction((point.x() - divider_offset_) / std::max(1, width()));
      break;
    case Drag::Mask:
      if (mask_editor_) mask_editor_->moveStroke(maskPoint(point));
      break;
    case Drag::None:
      break;
  }
  last_point_ = point;
  hover(point);
}

void ImageCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (click_possible_ && event->button() == Qt::LeftButton) {
    click_possible_ = false;
    if (shownMode() == CompareMode::Split) setDividerFraction(event->position().x() / std::max(1, width()));
  } else if (drag_ != Drag::None && event->button() == drag_button_) {
    if (drag_ == Drag::Mask && mask_editor_) mask_editor_->endStroke(maskPoint(event->position()));
    drag_ = Drag::None;
  }
  hover(event->position());
  updateCursor();
  update();
}

void ImageCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (isEmpty() || event->button() != Qt::LeftButton) return;
  if (mask_editing_ && !onDivider(event->position())) return mousePressEvent(event);
  if (shownMode() == CompareMode::Split)
    setDividerFraction(0.5);
  else if (view_.isFitted())
    zoomAt(1.0, event->position());
  else
    fit();
}

void ImageCanvas::hover(QPointF point) {
  const QRectF old_circle = maskCursorRect();
  hover_point_ = point;
  hovering_ = rect().contains(point.toPoint());
  if (mask_editing_) update(old_circle.united(maskCursorRect()).toAlignedRect().adjusted(-3, -3, 3, 3));

  const bool on_divider = hovering_ && drag_ == Drag::None && onDivider(point);
  if (on_divider != divider_hovered_) {
    divider_hovered_ = on_divider;
    update();
  }
  updateCursor();

  const QPointF p = imageFromWidget(point);
  const QRectF image({0, 0}, view_.imageSize());
  const bool inside = hovering_ && p.x() >= 0 && p.y() >= 0 && p.x() < image.width() && p.y() < image.height();
  if (inside) {
    emit pixelHovered(QPoint(static_cast<int>(p.x()), static_cast<int>(p.y())),
                      colourAt(before_.image(), p, image.size()), colourAt(after_.image(), p, image.size()));
  } else if (pixel_announced_) {
    emit pixelHovered(QPoint(-1, -1), QColor(), QColor());
  }
  pixel_announced_ = inside;
}

void ImageCanvas::leaveEvent(QEvent*) {
  hover(QPointF(-1, -1));
}

void ImageCanvas::keyPressEvent(QKeyEvent* event) {
  const bool control = event->modifiers() & Qt::ControlModifier;
  if (isEmpty()) return QWidget::keyPressEvent(event);
  const bool sideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
  if (sideways && event->modifiers() & Qt::ShiftModifier && shownMode() == CompareMode::Split) {
    const double way = event->key() == Qt::Key_Left ? -kArrowDivider : kArrowDivider;
    return setDividerFraction((dividerX() + way) / std::max(1, width()));
  }
  if (obeyKey(*event)) return;
  switch (event->key()) {
    case Qt::Key_Escape:
      if (mask_editor_ && mask_editor_->strokeActive()) {
        mask_editor_->cancelStroke();
        drag_ = Drag::None;
        return update();
      }
      break;
    case Qt::Key_B:
    case Qt::Key_S:
    case Qt::Key_Space:
      if (control || event->modifiers() & Qt::AltModifier) break;
      if (event->isAutoRepeat()) return;
      if (event->key() == Qt::Key_B) before_held_ = true;
      if (event->key() == Qt::Key_S) flicker_held_ = true;
      if (event->key() == Qt::Key_Space) space_held_ = true;
      updateFlicker();
      updateCursor();
      return update();
    default:
      break;
  }
  QWidget::keyPressEvent(event);
}

void ImageCanvas::keyReleaseEvent(QKeyEvent* event) {
  if (event->isAutoRepeat()) return;
  switch (event->key()) {
    case Qt::Key_B:
      before_held_ = false;
      break;
    case Qt::Key_S:
      flicker_held_ = false;
      break;
    case Qt::Key_Space:
      space_held_ = false;
      break;
    default:
      return QWidget::keyReleaseEvent(event);
  }
  updateFlicker();
  updateCursor();
  update();
}

void ImageCanvas::focusOutEvent(QFocusEvent* event) {
  before_held_ = flicker_held_ = space_held_ = false;
  updateFlicker();
  QWidget::focusOutEvent(event);
  update();
}

void ImageCanvas::dragEnterEvent(QDragEnterEvent* event) {
  if (localFiles(event->mimeData()).isEmpty()) return event->ignore();
  event->acceptProposedAction();
  drop_hovering_ = true;
  update();
}

void ImageCanvas::dragLeaveEvent(QDragLeaveEvent*) {
  drop_hovering_ = false;
  update();
}

void ImageCanvas::dropEvent(QDropEvent* event) {
  drop_hovering_ = false;
  update();
  const QStringList paths = localFiles(event->mimeData());
  if (paths.isEmpty()) return event->ignore();
  event->acceptProposedAction();
  emit filesDropped(paths);
}

}  // namespace p2l::ui
