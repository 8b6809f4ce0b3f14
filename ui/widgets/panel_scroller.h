// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace p2l::ui {

/// Scrolls a panel up and down and is always as wide as the panel needs.
class PanelScroller : public QScrollArea {
  Q_OBJECT
 public:
  explicit PanelScroller(QWidget* panel, QWidget* parent = nullptr);

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void takeWidth();
};

}  // namespace p2l::ui
