// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/request/report.h"

class QPainter;

namespace p2l::ui {

class RunModel;

/// The residual over the steps, before and after the projection, with the noise level as goal; logarithmic. Dashed, the
/// same of a run that it is held against.
class ProjectionPlot : public QWidget {
  Q_OBJECT
 public:
  explicit ProjectionPlot(RunModel* model, QWidget* parent = nullptr);

  /// Steps of a run that this one is held against; empty: none.
  void setBase(const std::vector<StepReport>& steps);
  const std::vector<StepReport>& base() const { return base_; }
  QSize sizeHint() const override { return {280, 150}; }
  /// Higher where the text is large.
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paintLegend(QPainter& painter, const QRect& row) const;

  RunModel* model_;
  std::vector<StepReport> base_;
};

}  // namespace p2l::ui
