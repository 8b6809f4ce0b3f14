// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace p2l::ui {

/// Scrolls a panel up and down; the panel is as wide as it.
class PanelScroller : public QScrollArea {
  Q_OBJECT
 public:
  explicit PanelScroller(QWidget* panel, QWidget* parent = nullptr);
};

}  // namespace p2l::ui
