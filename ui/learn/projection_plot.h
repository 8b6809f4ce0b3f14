// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace p2l::ui {

class RunModel;

/// The residual over the steps, before and after the projection, with the noise level as goal; logarithmic.
class ProjectionPlot : public QWidget {
  Q_OBJECT
 public:
  explicit ProjectionPlot(RunModel* model, QWidget* parent = nullptr);

  QSize sizeHint() const override { return {280, 150}; }
  QSize minimumSizeHint() const override { return {160, 90}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  RunModel* model_;
};

}  // namespace p2l::ui
