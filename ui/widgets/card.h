// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace p2l::ui {

/// A part of a page on a ground of its own, with round corners and a thin line around it.
class Card : public QFrame {
  Q_OBJECT
 public:
  using QFrame::QFrame;

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace p2l::ui
