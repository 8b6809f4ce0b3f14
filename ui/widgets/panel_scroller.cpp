// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panel_scroller.h"

namespace p2l::ui {

PanelScroller::PanelScroller(QWidget* panel, QWidget* parent) : QScrollArea(parent) {
  setWidget(panel);
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::NoFocus);  // its controls have it
  // The ground is that of what it stands on.
  viewport()->setAutoFillBackground(false);
  panel->setAutoFillBackground(false);
}

}  // namespace p2l::ui
