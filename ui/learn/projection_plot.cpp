// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/projection_plot.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/document/run_model.h"
#include "ui/steps/tile_style.h"

namespace p2l::ui {
namespace {

constexpr int kLabels = 70, kRows = 5, kPad = 8, kSample = 18, kHighest = 340;

using Values = std::vector<std::pair<int, double>>;

/// A run's residual before the projection or after it.
struct Curve {
  StepPicture picture;
  bool dashed;
  Values values;  ///< logarithms by step
};

Curve curveOf(const std::vector<StepReport>& reports, StepPicture picture, bool dashed) {
  Curve curve{picture, dashed, {}};
  for (const auto& report : reports) {
    const double value = picture == StepPicture::Projected ? report.residual_projected : report.residual;
    if (std::isfinite(value) && value > 0) curve.values.emplace_back(report.step, std::log(value));
  }
  return curve;
}

}  // namespace

ProjectionPlot::ProjectionPlot(RunModel* model, QWidget* parent) : QWidget(parent), model_(model) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setMaximumHeight(kHighest);
  setAccessibleName(tr("Residual over the steps, before and after the projection"));
  const auto redraw = qOverload<>(&QWidget::update);
  connect(model, &RunModel::stepsReset, this, redraw);
  connect(model, &RunModel::stepAdded, this, redraw);
  connect(model, &RunModel::cursorChanged, this, redraw);
}

QSize ProjectionPlot::minimumSizeHint() const {
  return {160, std::max(90, kRows * fontMetrics().height())};
}

void ProjectionPlot::setBase(const std::vector<StepReport>& steps) {
  base_ = steps;
  setAccessibleDescription(steps.empty() ? QString() : tr("dashed: as in the lesson"));
  update();
}

void ProjectionPlot::paintLegend(QPainter& painter, const QRect& row) const {
  int left = row.left();
  const auto entry = [&](Qt::PenStyle style, const QString& text) {
    painter.setPen(QPen(palette().color(QPalette::WindowText), 2, style));
    painter.drawLine(left, row.center().y(), left + kSample, row.center().y());
    left += kSample + kPad / 2;
    painter.drawText(QRect(left, row.top(), row.right() - left, row.height()), Qt::AlignVCenter, text);
    left += fontMetrics().horizontalAdvance(text) + 2 * kPad;
  };
  entry(Qt::SolidLine, tr("this run"));
  entry(Qt::DashLine, tr("as in the lesson"));
}

void ProjectionPlot::paintEvent(QPaintEvent*) {
  std::vector<StepReport> reports;
  for (const auto& [step, report] : model_->reports()) reports.push_back(report);
  std::vector<Curve> curves;
  for (const auto picture : {StepPicture::Estimate, StepPicture::Projected}) {
    curves.push_back(curveOf(base_, picture, true));
    curves.push_back(curveOf(reports, picture, false));
  }
  std::erase_if(curves, [](const Curve& curve) { return curve.values.empty(); });
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto caption = fontMetrics().height();
  const int top = base_.empty() ? kPad : kPad + caption;
  int labels = kLabels;
  for (const auto& text : {tr("projected"), tr("estimate"), tr("noise level")})
    labels = std::max(labels, fontMetrics().horizontalAdvance(text));
  const QRectF area(kPad, top, width() - labels - 2 * kPad, height() - caption - kPad - top);
  if (!base_.empty()) paintLegend(painter, QRect(kPad, 0, width() - 2 * kPad, caption));
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(QRect(0, height() - caption, width(), caption), Qt::AlignHCenter, tr("residual over the steps"));
  painter.setPen(palette().color(QPalette::Mid));
  painter.drawLine(area.topLeft(), area.bottomLeft());
  painter.drawLine(area.bottomLeft(), area.bottomRight());
  if (curves.empty()) return;
  const double noise = model_->stepsNoiseLevel();
  double low = noise > 0 ? std::log(noise) : curves.front().values.back().second, high = low;
  int steps = std::max(2, model_->stepCount());
  for (const auto& curve : curves) {
    for (const auto& [step, value] : curve.values) {
      low = std::min(low, value);
      high = std::max(high, value);
      steps = std::max(steps, step);
    }
  }
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
    painter.drawText(QRectF(area.right() + 6, height - caption / 2.0, labels, caption), Qt::AlignVCenter, text);
  };
  for (const auto& curve : curves) {
    const auto ink = tileInk(curve.picture, palette());
    painter.setPen(QPen(ink, 2, curve.dashed ? Qt::DashLine : Qt::SolidLine));
    QPolygonF line;
    for (const auto& [step, value] : curve.values) line << at(step, value);
    painter.drawPolyline(line);
    if (curve.dashed) continue;
    label(line.last().y(), curve.picture == StepPicture::Projected ? tr("projected") : tr("estimate"), ink);
    const auto shown = std::find_if(curve.values.begin(), curve.values.end(),
                                    [&](const auto& value) { return value.first == model_->cursor().step; });
    if (shown == curve.values.end()) continue;
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(at(shown->first, shown->second), 3.5, 3.5);
    painter.setBrush(Qt::NoBrush);
  }
  if (noise <= 0) return;
  const auto grey = palette().color(QPalette::PlaceholderText);
  painter.setPen(QPen(grey, 1, Qt::DotLine));
  painter.drawLine(at(1, std::log(noise)), at(steps, std::log(noise)));
  label(at(1, std::log(noise)).y(), tr("noise level"), grey);
}

}  // namespace p2l::ui
