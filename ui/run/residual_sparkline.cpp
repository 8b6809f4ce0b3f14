// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/residual_sparkline.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/document/run_model.h"
#include "ui/style/theme.h"

namespace p2l::ui {

ResidualSparkline::ResidualSparkline(RunModel* model, QWidget* parent) : QWidget(parent), model_(model) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  setAccessibleName(tr("Residual of the steps' estimates"));
  setToolTip(
      tr("Residual ‖y − A D(ẑ₀)‖ of each step's estimate; dashed: the noise level, its goal. The result's residual is "
         "‖y − A x‖, of the picture x after the last step."));
  const auto redraw = qOverload<>(&QWidget::update);
  connect(model, &RunModel::stepsReset, this, redraw);
  connect(model, &RunModel::stepAdded, this, redraw);
  connect(model, &RunModel::cursorChanged, this, redraw);
  connect(model, &RunModel::resultReady, this, redraw);
}

void ResidualSparkline::paintEvent(QPaintEvent*) {
  std::vector<std::pair<int, double>> values;
  for (const auto& [step, report] : model_->reports()) {
    if (report.residual > 0 && std::isfinite(report.residual)) values.emplace_back(step, std::log(report.residual));
  }
  if (values.empty()) return;
  const double goal = model_->stepsNoiseLevel();
  const double goal_level = goal > 0 ? std::log(goal) : values.back().second;
  auto [low, high] = std::minmax_element(values.begin(), values.end(),
                                         [](const auto& a, const auto& b) { return a.second < b.second; });
  const double bottom = std::min(low->second, goal_level), top = std::max(high->second, goal_level);
  const double span = std::max(top - bottom, 1e-3), pad = 3;
  const int steps = std::max(2, model_->stepCount());
  const auto at = [&](double step, double level) {
    return QPointF(pad + (width() - 2 * pad) * (step - 1) / (steps - 1),
                   pad + (height() - 2 * pad) * (top - level) / span);
  };
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  if (goal > 0) {
    painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 1, Qt::CustomDashLine));
    auto pen = painter.pen();
    pen.setDashPattern({3, 3});
    painter.setPen(pen);
    painter.drawLine(at(1, goal_level), at(steps, goal_level));
  }
  const auto& accent = studioColours(palette()).accent;
  painter.setPen(QPen(accent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  QPolygonF line;
  for (const auto& [step, level] : values) line << at(step, level);
  painter.drawPolyline(line);
  const auto shown = std::find_if(values.begin(), values.end(),
                                  [&](const auto& value) { return value.first == model_->cursor().step; });
  if (shown == values.end()) return;
  painter.setPen(Qt::NoPen);
  painter.setBrush(palette().color(QPalette::WindowText));
  painter.drawEllipse(at(shown->first, shown->second), 2.6, 2.6);
}

}  // namespace p2l::ui
