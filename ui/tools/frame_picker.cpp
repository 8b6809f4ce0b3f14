// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/frame_picker.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyleHints>
#include <algorithm>
#include <cmath>

#include "ui/canvas/canvas_painter.h"
#include "ui/canvas/image_canvas.h"

namespace p2l::ui {
namespace {

constexpr double kGrab = 9.0;    ///< around an edge, in logical pixels
constexpr double kHandle = 8.0;  ///< side of a handle
constexpr int kFarNudge = 10;

}  // namespace

FramePicker::FramePicker(ImageCanvas* canvas, Manner manner) : QWidget(canvas), canvas_(canvas), manner_(manner) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  hide();
  canvas->installEventFilter(this);
  connect(canvas, &ImageCanvas::viewMoved, this, qOverload<>(&QWidget::update));
  connect(canvas, &ImageCanvas::zoomChanged, this, qOverload<>(&QWidget::update));
}

void FramePicker::begin(QSize size, const QRect& frame, int smallest) {
  size_ = size;
  smallest_ = std::min({smallest, size.width(), size.height()});
  grip_ = None;
  setGeometry(canvas_->rect());
  raise();
  show();
  setFocus();
  setFrame(frame);
}

QPointF FramePicker::pixelAt(QPointF point) const {
  const auto shown = canvas_->pictureSize();
  const auto at = canvas_->imageFromWidget(point);
  return {at.x() * size_.width() / shown.width(), at.y() * size_.height() / shown.height()};
}

QRectF FramePicker::drawn(const QRectF& pixels) const {
  const auto shown = canvas_->pictureSize();
  const double sx = shown.width() / size_.width(), sy = shown.height() / size_.height();
  return {canvas_->widgetFromImage({pixels.left() * sx, pixels.top() * sy}),
          canvas_->widgetFromImage({pixels.right() * sx, pixels.bottom() * sy})};
}

QRectF FramePicker::drawnFrame() const {
  return drawn(QRectF(frame_));
}

void FramePicker::setAspect(double aspect) {
  aspect_ = aspect;
  setFrame(frame_);
}

void FramePicker::setFrame(const QRect& wanted) {
  if (size_.isEmpty()) return;
  auto size = wanted.size().expandedTo({smallest_, smallest_}).boundedTo(size_);
  if (aspect_ > 0.0) {
    // The smaller side decides, so that the rectangle stays inside of the picture.
    const double width = std::min<double>(size.width(), size.height() * aspect_);
    size = QSize(static_cast<int>(std::lround(width)), static_cast<int>(std::lround(width / aspect_)));
    size = size.expandedTo({smallest_, smallest_}).boundedTo(size_);
  }
  QRect frame(wanted.topLeft(), size);
  if (aspect_ > 0.0 && grip_ == None && size != wanted.size()) frame.moveCenter(wanted.center());
  frame.moveLeft(std::clamp(frame.left(), 0, size_.width() - size.width()));
  frame.moveTop(std::clamp(frame.top(), 0, size_.height() - size.height()));
  frame_ = frame;
  setAccessibleDescription(
      tr("%1 × %2 pixels, from %3, %4").arg(frame.width()).arg(frame.height()).arg(frame.left()).arg(frame.top()));
  emit frameChanged(frame_);
  update();
}

int FramePicker::gripAt(QPointF point) const {
  if (manner_ == Manner::Drawn) return New;
  const auto frame = drawnFrame();
  if (!frame.adjusted(-kGrab, -kGrab, kGrab, kGrab).contains(point)) return New;
  int grip = None;
  if (std::abs(point.x() - frame.left()) <= kGrab) grip |= Left;
  if (std::abs(point.x() - frame.right()) <= kGrab && !(grip & Left)) grip |= Right;
  if (std::abs(point.y() - frame.top()) <= kGrab) grip |= Top;
  if (std::abs(point.y() - frame.bottom()) <= kGrab && !(grip & Top)) grip |= Bottom;
  if (grip != None) return grip;
  return frame_.size() == size_ ? New : All;  // all of it cannot be moved
}

void FramePicker::showCursor(QPointF point) {
  const int grip = grip_ != None ? grip_ : gripAt(point);
  const bool falling = grip == (Left | Top) || grip == (Right | Bottom);
  const bool rising = grip == (Right | Top) || grip == (Left | Bottom);
  setCursor(grip == New             ? Qt::CrossCursor
            : grip == All           ? Qt::SizeAllCursor
            : falling               ? Qt::SizeFDiagCursor
            : rising                ? Qt::SizeBDiagCursor
            : grip & (Left | Right) ? Qt::SizeHorCursor
                                    : Qt::SizeVerCursor);
}

void FramePicker::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || grip_ != None) return event->ignore();
  pressed_ = pixelAt(event->position());
  pressed_frame_ = frame_;
  moved_ = false;
  grip_ = gripAt(event->position());
}

void FramePicker::mouseMoveEvent(QMouseEvent* event) {
  showCursor(event->position());
  if (grip_ == None) return event->ignore();
  const auto way = drawn(QRectF(pressed_, pressed_)).topLeft() - event->position();
  if (!moved_ && way.manhattanLength() < QGuiApplication::styleHints()->startDragDistance()) return;
  moved_ = true;
  drag(pixelAt(event->position()));
}

void FramePicker::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || grip_ == None) return event->ignore();
  grip_ = None;
  showCursor(event->position());
  if (manner_ == Manner::Drawn && moved_) emit picked(frame_);
}

void FramePicker::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  if (manner_ == Manner::Adjusted && drawnFrame().contains(event->position())) emit picked(frame_);
}

QRect FramePicker::stretched(QPointF fixed, QPointF moving, bool wide, bool high) const {
  auto size = QSizeF(std::abs(moving.x() - fixed.x()), std::abs(moving.y() - fixed.y()));
  if (!wide) size.setWidth(aspect_ > 0.0 ? size.height() * aspect_ : pressed_frame_.width());
  if (!high) size.setHeight(aspect_ > 0.0 ? size.width() / aspect_ : pressed_frame_.height());
  if (aspect_ > 0.0 && wide && high) {
    const double width = std::max(size.width(), size.height() * aspect_);
    size = {width, width / aspect_};
  }
  // Within the picture, on the mouse's side of the corner that stays.
  const bool to_left = wide && moving.x() < fixed.x(), to_top = high && moving.y() < fixed.y();
  const double room_x = to_left ? fixed.x() : size_.width() - fixed.x();
  const double room_y = to_top ? fixed.y() : size_.height() - fixed.y();
  const double fit = std::min({1.0, room_x / std::max(1.0, size.width()), room_y / std::max(1.0, size.height())});
  if (aspect_ > 0.0) size *= fit;
  size = size.boundedTo({room_x, room_y}).expandedTo(QSizeF(smallest_, smallest_));
  const QPointF corner(fixed.x() - (to_left ? size.width() : 0.0), fixed.y() - (to_top ? size.height() : 0.0));
  return {qRound(corner.x()), qRound(corner.y()), qRound(size.width()), qRound(size.height())};
}

void FramePicker::drag(QPointF pixel) {
  if (grip_ == All) return setFrame(pressed_frame_.translated((pixel - pressed_).toPoint()));
  const QPointF inside(std::clamp(pixel.x(), 0.0, double(size_.width())),
                       std::clamp(pixel.y(), 0.0, double(size_.height())));
  if (grip_ == New) {
    const QPointF from(std::clamp(std::round(pressed_.x()), 0.0, double(size_.width())),
                       std::clamp(std::round(pressed_.y()), 0.0, double(size_.height())));
    return setFrame(stretched(from, inside, true, true));
  }
  const QRectF former(pressed_frame_);
  const QPointF fixed(grip_ & Left ? former.right() : former.left(), grip_ & Top ? former.bottom() : former.top());
  setFrame(stretched(fixed, inside, grip_ & (Left | Right), grip_ & (Top | Bottom)));
}

void FramePicker::nudge(int dx, int dy, bool size) {
  if (!size) return setFrame(frame_.translated(dx, dy));
  auto wanted = frame_.size() + QSize(dx, dy);
  if (aspect_ > 0.0)
    wanted = dx != 0 ? QSize(wanted.width(), qRound(wanted.width() / aspect_))
                     : QSize(qRound(wanted.height() * aspect_), wanted.height());
  const auto corner = frame_.topLeft();
  setFrame(QRect(corner, wanted.boundedTo(size_ - QSize(corner.x(), corner.y()))));
}

void FramePicker::keyPressEvent(QKeyEvent* event) {
  const int step = event->modifiers() & Qt::ShiftModifier ? kFarNudge : 1;
  const bool size = event->modifiers() & Qt::ControlModifier;
  switch (event->key()) {
    case Qt::Key_Left:
      return nudge(-step, 0, size);
    case Qt::Key_Right:
      return nudge(step, 0, size);
    case Qt::Key_Up:
      return nudge(0, -step, size);
    case Qt::Key_Down:
      return nudge(0, step, size);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      emit picked(frame_);
      return;
    case Qt::Key_Escape:
      emit cancelled();
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

bool FramePicker::eventFilter(QObject* watched, QEvent* event) {
  if (watched == canvas_ && event->type() == QEvent::Resize) setGeometry(canvas_->rect());
  return QWidget::eventFilter(watched, event);
}

void FramePicker::paintEvent(QPaintEvent*) {
  if (size_.isEmpty()) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing, false);
  const auto frame = drawnFrame();
  QPainterPath outside;
  outside.addRect(drawn(QRectF({0, 0}, size_)) & QRectF(rect()));
  QPainterPath inside;
  inside.addRect(frame);
  painter.fillPath(outside - inside, QColor(0, 0, 0, 140));
  painter.setPen(QPen(QColor(255, 255, 255, 90), 1));
  if (manner_ == Manner::Adjusted) {
    for (const int third : {1, 2}) {
      const double x = frame.left() + frame.width() * third / 3, y = frame.top() + frame.height() * third / 3;
      painter.drawLine(QLineF(x, frame.top(), x, frame.bottom()));
      painter.drawLine(QLineF(frame.left(), y, frame.right(), y));
    }
  }
  painter.setPen(QPen(QColor(0, 0, 0, 160), 3));
  painter.drawRect(frame);
  painter.setPen(QPen(hasFocus() ? palette().color(QPalette::Highlight) : QColor(Qt::white), hasFocus() ? 2 : 1));
  painter.drawRect(frame);
  if (manner_ == Manner::Adjusted) {
    painter.setPen(QPen(QColor(0, 0, 0, 160), 1));
    painter.setBrush(Qt::white);
    for (const double x : {frame.left(), frame.center().x(), frame.right()}) {
      for (const double y : {frame.top(), frame.center().y(), frame.bottom()}) {
        if (QPointF(x, y) == frame.center()) continue;
        painter.drawRect(QRectF(x - kHandle / 2, y - kHandle / 2, kHandle, kHandle));
      }
    }
  }
  drawCaption(painter, frame & QRectF(rect()), Qt::AlignLeft, tr("%1 × %2").arg(frame_.width()).arg(frame_.height()));
}

}  // namespace p2l::ui
