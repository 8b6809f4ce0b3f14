// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace p2l::ui {

class RunModel;

/// The residual of each step's estimate, of the run shown, on a logarithmic scale, with the noise level as its goal.
class ResidualSparkline : public QWidget {
  Q_OBJECT
 public:
  explicit ResidualSparkline(RunModel* model, QWidget* parent = nullptr);

  QSize sizeHint() const override { return {148, 24}; }
  QSize minimumSizeHint() const override { return {60, 20}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  RunModel* model_;
};

}  // namespace p2l::ui
