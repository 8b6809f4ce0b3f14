// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace p2l::ui {

/// The colours of the spread and the error with their numbers: black is 0, white the largest.
class HeatScale : public QWidget {
  Q_OBJECT
 public:
  explicit HeatScale(QWidget* parent = nullptr);

  /// In grey levels; 0: not known yet.
  void setLargest(double grey_levels);
  QSize sizeHint() const override { return {200, 200}; }
  QSize minimumSizeHint() const override { return {72, 72}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  double largest_ = 0.0;
};

}  // namespace p2l::ui
