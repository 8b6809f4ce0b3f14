// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panel_scroller.h"

#include <QEvent>
#include <QStyle>
#include <algorithm>

namespace p2l::ui {
namespace {
constexpr int kSmallestWidth = 310;  // explanations of two or three lines
}

PanelScroller::PanelScroller(QWidget* panel, QWidget* parent) : QScrollArea(parent) {
  setWidget(panel);
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::NoFocus);  // its controls have it
  takeWidth();
}

void PanelScroller::takeWidth() {
  const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
  setMinimumWidth(std::max(kSmallestWidth, widget()->minimumSizeHint().width() + bar));
}

bool PanelScroller::eventFilter(QObject* object, QEvent* event) {
  if (object == widget() && event->type() == QEvent::LayoutRequest) takeWidth();
  return QScrollArea::eventFilter(object, event);
}

}  // namespace p2l::ui
