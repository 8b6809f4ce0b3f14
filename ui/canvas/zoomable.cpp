// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/zoomable.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QStyleHints>
#include <QWheelEvent>
#include <cmath>

namespace p2l::ui {
namespace {

constexpr double kArrowPan = 48;

}  // namespace

bool Zoomable::obeyKey(const QKeyEvent& event) {
  const bool control = event.modifiers() & Qt::ControlModifier;
  switch (event.key()) {
    case Qt::Key_Left:
      panBy({kArrowPan, 0});
      return true;
    case Qt::Key_Right:
      panBy({-kArrowPan, 0});
      return true;
    case Qt::Key_Up:
      panBy({0, kArrowPan});
      return true;
    case Qt::Key_Down:
      panBy({0, -kArrowPan});
      return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      zoomIn();
      return true;
    case Qt::Key_Minus:
      zoomOut();
      return true;
    case Qt::Key_0:
      if (control) fit();
      return control;
    case Qt::Key_1:
      if (control) actualSize();
      return control;
    default:
      return false;
  }
}

double Zoomable::zoomAfterWheel(double zoom, const QWheelEvent& event) {
  return zoom * std::pow(1.25, event.angleDelta().y() / 120.0);
}

bool Zoomable::isDrag(QPointF pressed, QPointF now) {
  return (now - pressed).manhattanLength() > QGuiApplication::styleHints()->startDragDistance();
}

}  // namespace p2l::ui
