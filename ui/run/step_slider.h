// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSlider>

namespace p2l::ui {

/// A horizontal slider over steps of which only the first `available` can be reached; a click goes there at once.
class StepSlider : public QSlider {
  Q_OBJECT
 public:
  explicit StepSlider(QWidget* parent = nullptr);

  void setAvailable(int last);
  int available() const { return available_; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 signals:
  /// A person moved the slider here.
  void stepChosen(int step);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void choose(int step);
  int stepAt(double x) const;
  double xOf(int step) const;

  int available_ = 0;
};

}  // namespace p2l::ui
