// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/projection_plot.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/document/run_model.h"
#include "ui/steps/tile_style.h"

namespace p2l::ui {
namespace {

constexpr int kLabels = 70, kPad = 8;

using Values = std::vector<std::pair<int, double>>;

template <class Read>
Values valuesOf(const std::map<int, StepReport>& reports, Read read) {
  Values values;
  for (const auto& [step, report] : reports) {
    const double value = read(report);
    if (std::isfinite(value) && value > 0) values.emplace_back(step, std::log(value));
  }
  return values;
}

}  // namespace

ProjectionPlot::ProjectionPlot(RunModel* model, QWidget* parent) : QWidget(parent), model_(model) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setMaximumHeight(220);
  setAccessibleName(tr("Residual over the steps, before and after the projection"));
  const auto redraw = qOverload<>(&QWidget::update);
  connect(model, &RunModel::stepsReset, this, redraw);
  connect(model, &RunModel::stepAdded, this, redraw);
  connect(model, &RunModel::cursorChanged, this, redraw);
}

void ProjectionPlot::paintEvent(QPaintEvent*) {
  const auto before = valuesOf(model_->reports(), [](const StepReport& report) { return report.residual; });
  const auto after = valuesOf(model_->reports(), [](const StepReport& report) { return report.residual_projected; });
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto caption = fontMetrics().height();
  const QRectF area(kPad, kPad, width() - kLabels - 2 * kPad, height() - caption - 2 * kPad);
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(QRect(0, height() - caption, width(), caption), Qt::AlignHCenter, tr("residual over the steps"));
  painter.setPen(palette().color(QPalette::Mid));
  painter.drawLine(area.topLeft(), area.bottomLeft());
  painter.drawLine(area.bottomLeft(), area.bottomRight());
  if (before.empty()) return;
  const double noise = model_->stepsNoiseLevel();
  double low = noise > 0 ? std::log(noise) : before.back().second, high = low;
  for (const auto* values : {&before, &after}) {
    for (const auto& [step, value] : *values) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  const int steps = std::max(2, model_->stepCount());
  const auto at = [&](double step, double value) {
    return QPointF(area.left() + area.width() * (step - 1) / (steps - 1),
                   area.bottom() - 4 - (area.height() - 8) * (value - low) / std::max(high - low, 1e-3));
  };
  std::vector<double> labelled;  // their heights, so that no two lie over each other
  const auto label = [&](double height, const QString& text, const QColor& colour) {
    for (const double other : labelled) {
      if (std::abs(other - height) < caption) height = other + (height < other ? -caption : caption);
    }
    labelled.push_back(height);
    painter.setPen(colour);
    painter.drawText(QRectF(area.right() + 6, height - caption / 2.0, kLabels, caption), Qt::AlignVCenter, text);
  };
  const auto draw = [&](const Values& values, StepPicture picture, const QString& text) {
    if (values.empty()) return;
    const auto ink = tileInk(picture, palette());
    painter.setPen(QPen(ink, 2));
    QPolygonF line;
    for (const auto& [step, value] : values) line << at(step, value);
    painter.drawPolyline(line);
    label(line.last().y(), text, ink);
    const auto shown = std::find_if(values.begin(), values.end(),
                                    [&](const auto& value) { return value.first == model_->cursor().step; });
    if (shown == values.end()) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(at(shown->first, shown->second), 3.5, 3.5);
    painter.setBrush(Qt::NoBrush);
  };
  draw(before, StepPicture::Estimate, tr("estimate"));
  draw(after, StepPicture::Projected, tr("projected"));
  if (noise <= 0) return;
  const auto grey = palette().color(QPalette::PlaceholderText);
  painter.setPen(QPen(grey, 1, Qt::DashLine));
  painter.drawLine(at(1, std::log(noise)), at(steps, std::log(noise)));
  label(at(1, std::log(noise)).y(), tr("noise level"), grey);
}

}  // namespace p2l::ui
