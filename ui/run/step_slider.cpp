// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/step_slider.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/style/theme.h"

namespace p2l::ui {

namespace {

constexpr double kHandleRadius = 8;
constexpr double kGroove = 4;

}  // namespace

StepSlider::StepSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent) {
  setRange(1, 1);
  setFocusPolicy(Qt::StrongFocus);
}

QSize StepSlider::sizeHint() const {
  return {240, static_cast<int>(2 * kHandleRadius + 8)};
}
QSize StepSlider::minimumSizeHint() const {
  return {60, static_cast<int>(2 * kHandleRadius + 8)};
}

void StepSlider::setAvailable(int last) {
  available_ = std::clamp(last, 0, maximum());
  update();
}

double StepSlider::xOf(int step) const {
  const double room = width() - 2 * kHandleRadius - 4;
  const double fraction = maximum() > minimum() ? double(step - minimum()) / (maximum() - minimum()) : 0.0;
  return kHandleRadius + 2 + room * fraction;
}

int StepSlider::stepAt(double x) const {
  const double room = width() - 2 * kHandleRadius - 4;
  if (room <= 0) return minimum();
  return minimum() + static_cast<int>(std::lround((x - kHandleRadius - 2) / room * (maximum() - minimum())));
}

void StepSlider::choose(int step) {
  if (available_ < 1) return;
  step = std::clamp(step, minimum(), available_);
  setValue(step);
  emit stepChosen(step);
}

void StepSlider::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  setSliderDown(true);
  choose(stepAt(event->position().x()));
}

void StepSlider::mouseMoveEvent(QMouseEvent* event) {
  if (!isSliderDown()) return event->ignore();
  const int step = std::clamp(stepAt(event->position().x()), minimum(), std::max(minimum(), available_));
  if (step != value()) choose(step);
}

void StepSlider::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return event->ignore();
  setSliderDown(false);
  update();
}

void StepSlider::wheelEvent(QWheelEvent* event) {
  const int delta = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
  if (delta != 0) choose(value() + (delta > 0 ? 1 : -1));
  event->accept();
}

void StepSlider::keyPressEvent(QKeyEvent* event) {
  const int page = std::max(1, (maximum() - minimum()) / 10);
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
      return choose(value() - 1);
    case Qt::Key_Right:
    case Qt::Key_Up:
      return choose(value() + 1);
    case Qt::Key_PageDown:
      return choose(value() - page);
    case Qt::Key_PageUp:
      return choose(value() + page);
    case Qt::Key_Home:
      return choose(minimum());
    case Qt::Key_End:
      return choose(available_);
    default:
      event->ignore();  // the timeline knows more keys
  }
}

void StepSlider::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QPalette& colours = palette();
  const double y = height() / 2.0;
  const auto groove = [&](double from, double to, const QColor& colour) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(from - kGroove / 2, y - kGroove / 2, to - from + kGroove, kGroove), kGroove / 2,
                            kGroove / 2);
  };
  QColor rest = colours.color(QPalette::WindowText);
  rest.setAlpha(40);
  groove(xOf(minimum()), xOf(maximum()), rest);
  if (!isEnabled() || available_ < 1) return;

  const auto accent = studioColours(colours).accent;
  QColor reachable = accent;
  reachable.setAlpha(110);
  groove(xOf(minimum()), xOf(available_), reachable);
  groove(xOf(minimum()), xOf(value()), accent);
  // Ticks only where they are far enough apart to tell steps.
  if (maximum() > minimum() && (xOf(maximum()) - xOf(minimum())) / (maximum() - minimum()) > 7) {
    QColor tick = colours.color(QPalette::Window);
    tick.setAlpha(170);
    painter.setBrush(tick);
    for (int step = minimum(); step <= maximum(); ++step) painter.drawEllipse(QPointF(xOf(step), y), 1.2, 1.2);
  }
  painter.setPen(hasFocus() ? QPen(accent, 2) : QPen(Qt::NoPen));
  painter.setBrush(colours.color(QPalette::WindowText));
  painter.drawEllipse(QPointF(xOf(value()), y), kHandleRadius - 1, kHandleRadius - 1);
}

}  // namespace p2l::ui
