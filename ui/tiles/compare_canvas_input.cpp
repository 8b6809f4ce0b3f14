// SPDX-License-Identifier: GPL-3.0-or-later
// Mouse and keys of the compared pictures.
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/tiles/compare_canvas.h"

namespace p2l::ui {
namespace {

QRect pixelsBetween(QPointF one, QPointF other) {
  const QPointF from(std::min(one.x(), other.x()), std::min(one.y(), other.y()));
  const QPointF to(std::max(one.x(), other.x()), std::max(one.y(), other.y()));
  const QPoint corner(static_cast<int>(std::floor(from.x())), static_cast<int>(std::floor(from.y())));
  return {corner, QPoint(static_cast<int>(std::ceil(to.x())) - 1, static_cast<int>(std::ceil(to.y())) - 1)};
}

}  // namespace

bool CompareCanvas::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return Zoomable::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const auto text = captionTip(help->pos());
  QRectF told;
  if (!text.isEmpty()) told = captionRect(pictureAt(help->pos()));
  if (!text.isEmpty() && told.isNull()) told = captionArea(pictureAt(help->pos()));
  QToolTip::showText(help->globalPos(), text, this, told.toAlignedRect());  // without a text it hides
  return true;
}

bool CompareCanvas::canPan() const {
  if (views_.empty()) return false;
  const auto drawn = views_.front().imageRect().size();
  const auto room = cell(0).size();
  return drawn.width() > room.width() + 1 || drawn.height() > room.height() + 1;
}

void CompareCanvas::updateCursor(QPointF point) {
  Qt::CursorShape shape = Qt::ArrowCursor;
  if (drag_ == Drag::Pan)
    shape = Qt::ClosedHandCursor;
  else if (drag_ == Drag::Divider || dividerAt(point.x()) >= 0)
    shape = Qt::SplitHCursor;
  else if (count() > 0 && (area_tool_ || !canPan()) && !space_held_)
    shape = Qt::CrossCursor;
  else if (count() > 0)
    shape = Qt::OpenHandCursor;
  if (cursor().shape() != shape) setCursor(shape);
}

void CompareCanvas::wheelEvent(QWheelEvent* event) {
  const int index = pictureAt(event->position());
  if (index < 0 || event->angleDelta().y() == 0) return event->ignore();
  zoomAt(index, zoomAfterWheel(views_[index].zoom(), *event), event->position());
  event->accept();
}

void CompareCanvas::mousePressEvent(QMouseEvent* event) {
  const QPointF point = event->position();
  const int index = pictureAt(point);
  if (index < 0 || drag_ != Drag::None) return event->ignore();
  const bool left = event->button() == Qt::LeftButton;
  if (!left && event->button() != Qt::MiddleButton) return event->ignore();
  press_point_ = last_point_ = point;
  dragged_ = index;
  click_possible_ = left;
  if (const int divider = dividerAt(point.x()); left && divider >= 0) {
    drag_ = Drag::Divider;
    dragged_ = divider;
    click_possible_ = false;
  } else if (!left || space_held_) {
    drag_ = Drag::Pan;
    click_possible_ = false;
  }
  updateCursor(point);
}

void CompareCanvas::mouseMoveEvent(QMouseEvent* event) {
  const QPointF point = event->position();
  if (click_possible_ && isDrag(press_point_, point)) {
    click_possible_ = false;
    const bool area = area_tool_ || !canPan() || event->modifiers().testFlag(Qt::ShiftModifier);
    drag_ = area ? Drag::Area : Drag::Pan;
    area_start_ = views_[dragged_].imageFromPane(press_point_ - cell(dragged_).topLeft());
  }
  switch (drag_) {
    case Drag::Pan:
      views_[dragged_].panBy(point - last_point_);
      moved(dragged_);
      break;
    case Drag::Divider:
      moveDivider(dragged_, point.x() / std::max(1, width()));
      break;
    case Drag::Area:
      setArea(pixelsBetween(area_start_, views_[dragged_].imageFromPane(point - cell(dragged_).topLeft())));
      break;
    case Drag::None:
      break;
  }
  last_point_ = point;
  hover(point);
}

void CompareCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (click_possible_ && event->button() == Qt::LeftButton) {
    if (mode_ == Mode::Split && !dividers_.empty()) {
      // The nearest divider comes to the click.
      const double fraction = event->position().x() / std::max(1, width());
      const auto nearest = std::min_element(dividers_.begin(), dividers_.end(), [fraction](double one, double other) {
        return std::abs(one - fraction) < std::abs(other - fraction);
      });
      moveDivider(static_cast<int>(nearest - dividers_.begin()), fraction);
    } else if (!area_.isEmpty()) {
      setArea({});
    }
  }
  click_possible_ = false;
  drag_ = Drag::None;
  hover(event->position());
}

void CompareCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  const int index = pictureAt(event->position());
  if (index < 0 || event->button() != Qt::LeftButton || mode_ == Mode::Split) return;
  if (views_[index].isFitted())
    zoomAt(index, 1.0, event->position());
  else
    fit();
}

void CompareCanvas::hover(QPointF point) {
  updateCursor(point);
  const QPointF place = imageFromWidget(point);
  const QPoint pixel(static_cast<int>(std::floor(place.x())), static_cast<int>(std::floor(place.y())));
  const bool inside = QRect({0, 0}, frame_).contains(pixel);
  if (inside || hovered_) emit pixelHovered(inside ? pixel : QPoint(-1, -1));
  hovered_ = inside;
}

void CompareCanvas::leaveEvent(QEvent*) {
  hover(QPointF(-1, -1));
}

bool CompareCanvas::moveByKey(const QKeyEvent& event) {
  if (mode_ != Mode::Split || dividers_.empty() || !event.modifiers().testFlag(Qt::ShiftModifier)) return false;
  const int last = static_cast<int>(dividers_.size()) - 1;
  key_divider_ = std::clamp(key_divider_, 0, last);  // there may be fewer of them now
  const double way = static_cast<double>(kArrowDivider) / std::max(1, width());
  switch (event.key()) {
    case Qt::Key_Left:
      moveDivider(key_divider_, dividers_[key_divider_] - way);
      return true;
    case Qt::Key_Right:
      moveDivider(key_divider_, dividers_[key_divider_] + way);
      return true;
    case Qt::Key_Up:
      key_divider_ = std::max(0, key_divider_ - 1);
      return true;
    case Qt::Key_Down:
      key_divider_ = std::min(last, key_divider_ + 1);
      return true;
    default:
      return false;
  }
}

QRect CompareCanvas::middleArea() const {
  constexpr double kShare = 1.0 / 3.0;
  const auto& view = views_[front()];
  const QRectF pane({0, 0}, cell(front()).size());
  const QRectF seen =
      QRectF(view.imageFromPane(pane.topLeft()), view.imageFromPane(pane.bottomRight())) & QRectF({0, 0}, frame_);
  const QSizeF size = (seen.size() * kShare).expandedTo({1, 1});
  QRectF middle({0, 0}, size);
  middle.moveCenter(seen.center());
  return pixelsBetween(middle.topLeft(), middle.bottomRight());
}

void CompareCanvas::holdArea(bool held) {
  if (std::exchange(area_held_, held) == held) return;
  updateAccessibleText();
  update();
}

bool CompareCanvas::moveAreaByKey(const QKeyEvent& event) {
  const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
  if (count() == 0 || frame_.isEmpty()) return false;
  if (event.key() == Qt::Key_A && modifiers == Qt::NoModifier) {
    const bool begins = area_.isEmpty();
    if (begins) setArea(middleArea());
    holdArea(begins || !area_held_);
    return true;
  }
  const bool resized = modifiers == Qt::ShiftModifier;
  if (!area_held_ || (!resized && modifiers != Qt::NoModifier)) return false;
  const int way = std::max(1, qRound(kArrowArea / views_[front()].scale()));
  QPoint by;
  switch (event.key()) {
    case Qt::Key_Left:
      by = {-way, 0};
      break;
    case Qt::Key_Right:
      by = {way, 0};
      break;
    case Qt::Key_Up:
      by = {0, -way};
      break;
    case Qt::Key_Down:
      by = {0, way};
      break;
    default:
      return false;
  }
  const QRect frame({0, 0}, frame_);
  auto area = area_ & frame;  // the frame may be another one by now
  if (area.isEmpty()) area = middleArea();
  if (resized) {  // its lower right corner is moved
    area.setRight(std::clamp(area.right() + by.x(), area.left(), frame.right()));
    area.setBottom(std::clamp(area.bottom() + by.y(), area.top(), frame.bottom()));
  } else {
    area.moveLeft(std::clamp(area.left() + by.x(), 0, frame.width() - area.width()));
    area.moveTop(std::clamp(area.top() + by.y(), 0, frame.height() - area.height()));
  }
  setArea(area);
  return true;
}

void CompareCanvas::keyPressEvent(QKeyEvent* event) {
  if (moveAreaByKey(*event) || moveByKey(*event) || obeyKey(*event)) return;
  switch (event->key()) {
    case Qt::Key_Escape:
      if (!area_.isEmpty()) return setArea({});
      break;
    case Qt::Key_Space:
      space_held_ = true;
      return updateCursor(last_point_);
    default:
      break;
  }
  QWidget::keyPressEvent(event);
}

void CompareCanvas::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Space || event->isAutoRepeat()) return QWidget::keyReleaseEvent(event);
  space_held_ = false;
  updateCursor(last_point_);
}

void CompareCanvas::focusOutEvent(QFocusEvent* event) {
  space_held_ = false;  // it is let go elsewhere
  updateCursor(last_point_);
  QWidget::focusOutEvent(event);
}

void CompareCanvas::contextMenuEvent(QContextMenuEvent* event) {
  const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
  const int index = keyboard ? front() : pictureAt(event->pos());
  if (index < 0 || index >= count()) return event->ignore();
  emit menuWanted(index, keyboard ? mapToGlobal(cell(index).center().toPoint()) : event->globalPos());
}

}  // namespace p2l::ui
