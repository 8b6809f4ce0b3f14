// SPDX-License-Identifier: GPL-3.0-or-later
// Where the labels of curves and of the goal stand.
#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/curves/curves_figure.h"
#include "ui/curves/curves_style.h"

namespace p2l::ui {
namespace {

constexpr int kLabelRoom = 14;           ///< pixels between two labels of lines
constexpr int kLabelEnd = 12;            ///< pixels between a label and the end of its line
constexpr int kLabelSlack = 8;           ///< pixels: the axis moves a little with its numbers
constexpr int kDot = 8;                  ///< pixels, of a label
constexpr int kLaidOut = 40;             ///< pixels: a panel has no size before it is drawn
constexpr int kWide = 420, kHigh = 150;  ///< pixels of a panel from which on labels may touch a line

/// In pixels; a projection is a line of one point.
std::vector<std::vector<QPointF>> linesOf(const QCPAxis& x, const QCPAxis& y, const QCPGraph& values,
                                          const QCPGraph& projections) {
  std::vector<std::vector<QPointF>> lines(1);
  for (const QCPGraphData& point : *values.data())
    lines.back().emplace_back(x.coordToPixel(point.key), y.coordToPixel(point.value));
  for (const QCPGraphData& mark : *projections.data())
    lines.push_back({{x.coordToPixel(mark.key), y.coordToPixel(mark.value)}});
  return lines;
}

bool isSmall(const QCPAxisRect& rect) {
  return rect.width() < kWide || rect.height() < kHigh;
}

}  // namespace

QCPItemText* CurvesFigure::addLabel(const Panel& panel, const QString& text) {
  auto* label = new QCPItemText(plot_);
  label->setText(text);
  label->setFont(plot_->font());
  label->setClipAxisRect(panel.rect);
  label->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
  label->setPadding(QMargins(0, 0, kLabelEnd, 2));
  label->position->setAxisRect(panel.rect);
  label->position->setAxes(panel.rect->axis(QCPAxis::atBottom), panel.rect->axis(QCPAxis::atLeft));
  label->position->setType(QCPItemPosition::ptPlotCoords);
  return label;
}

QCPItemEllipse* CurvesFigure::addDot(const Panel& panel, QCPItemText* label) {
  label->setPadding(QMargins(0, 0, kLabelEnd + kDot + 4, 2));
  auto* dot = new QCPItemEllipse(plot_);
  dot->setClipAxisRect(panel.rect);
  dot->setPen(Qt::NoPen);
  for (QCPItemPosition* corner : {dot->topLeft, dot->bottomRight}) {
    corner->setType(QCPItemPosition::ptAbsolute);
    corner->setParentAnchor(label->right);
  }
  dot->topLeft->setCoords(-kLabelEnd - kDot, -kDot / 2 - 1);
  dot->bottomRight->setCoords(-kLabelEnd, kDot / 2 - 1);
  return dot;
}

void CurvesFigure::placeLabels(Panel& panel) {
  auto *x_axis = panel.rect->axis(QCPAxis::atBottom), *y = panel.rect->axis(QCPAxis::atLeft);
  std::vector<double> taken;  // pixels
  std::vector<QRectF> placed;
  panel.has_room = true;
  const double height = plot_->fontMetrics().height();
  const auto place = [&](QCPItemText* label, double x, double value) {
    const auto pixel = placeLabelNear(y->coordToPixel(value), kLabelRoom, panel.rect->top(), taken);
    label->setVisible(pixel.has_value());
    panel.has_room = panel.has_room && pixel;
    if (!pixel) return;
    const double width = plot_->fontMetrics().horizontalAdvance(label->text()) + label->padding().right() + kLabelSlack;
    const double end = labelEnd(x_axis->coordToPixel(x), width, panel.rect->left(), panel.rect->right());
    label->position->setCoords(x_axis->pixelToCoord(end), y->pixelToCoord(*pixel));
    placed.emplace_back(end - width, *pixel - height - label->padding().bottom(), width, height);
  };
  const bool several = panel.labels.size() > 1 && (!has_legend_ || saving_);
  for (std::size_t i = panel.labels.size(); i-- > 0;) {  // where there is no room for all, the newest have theirs
    const auto& values = *panel.lines[i].values->data();
    auto last = values.constEnd();
    while (last != values.constBegin() && !std::isfinite((last - 1)->value)) --last;
    const bool any = last != values.constBegin();
    panel.labels[i]->setVisible(any && several);
    if (any && several) place(panel.labels[i], (last - 1)->key, (last - 1)->value);
    panel.dots[i]->setVisible(panel.labels[i]->visible());
  }
  for (const Lines& each : panel.lines) {
    const auto lines =
        placed.empty() ? std::vector<std::vector<QPointF>>() : linesOf(*x_axis, *y, *each.values, *each.projections);
    const auto lies = [&](const QRectF& label) {
      const auto words = label.adjusted(0, 0, -kLabelEnd, 0);
      return std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return isCrossed(words, line); });
    };
    panel.has_room = panel.has_room && std::none_of(placed.begin(), placed.end(), lies);
  }
  placeGoalLabel(panel, placed);
}

void CurvesFigure::chooseLegend() {
  const bool drawn = !panels_.empty() && std::all_of(panels_.begin(), panels_.end(),
                                                     [](const Panel& panel) { return panel.rect->width() > kLaidOut; });
  if (drawn && !saving_) {
    const auto lacksRoom = [](const Panel& panel) { return isSmall(*panel.rect) && !panel.has_room; };
    const bool small =
        std::any_of(panels_.begin(), panels_.end(), [](const Panel& panel) { return isSmall(*panel.rect); });
    // It takes room from the drawing: where that is small it stays, and does not come and go with each step.
    const bool wanted = small && (has_legend_ || std::any_of(panels_.begin(), panels_.end(), lacksRoom));
    if (std::exchange(has_legend_, wanted) != wanted) {
      for (Panel& panel : panels_) placeLabels(panel);
    }
  }
  showLegend();
}

void CurvesFigure::showLegend() {
  QStringList names;
  for (std::size_t i = 0; has_legend_ && runs_->size() > 1 && i < runs_->size(); ++i) {
    auto name = plot_->fontMetrics().elidedText((*runs_)[i].shown(), Qt::ElideMiddle, kMostLabel).toHtmlEscaped();
    name.replace(QLatin1Char(' '), QLatin1String("&nbsp;"));  // a name stays in its line
    names << QStringLiteral("<span style='color:%1'>●</span>&nbsp;%2").arg(penOf(i, palette_).color().name(), name);
  }
  const auto legend = names.join(QStringLiteral("&nbsp; "));
  if (!saving_ && std::exchange(legend_, legend) != legend) emit legendChanged(legend);
}

void CurvesFigure::placeGoalLabel(Panel& panel, const std::vector<QRectF>& labels) {
  if (panel.goal_label == nullptr || panel.goal_levels.empty()) return;
  const auto whole = CurvesPlot::tr("noise level, the goal");
  const auto metrics = plot_->fontMetrics();
  const bool fits = metrics.horizontalAdvance(whole) + 2 * kLabelRoom < panel.rect->width();
  panel.goal_label->setText(fits ? whole : CurvesPlot::tr("goal"));
  auto *x = panel.rect->axis(QCPAxis::atBottom), *y = panel.rect->axis(QCPAxis::atLeft);
  std::vector<std::vector<QPointF>> lines;
  for (const Lines& each : panel.lines) {
    const auto own = linesOf(*x, *y, *each.values, *each.projections);
    lines.insert(lines.end(), own.begin(), own.end());
  }
  const QRectF plot = QRectF(panel.rect->rect()).adjusted(kLabelEnd, 0, -kLabelEnd, 0);
  const QSizeF size(metrics.horizontalAdvance(panel.goal_label->text()) + kLabelSlack, metrics.height());
  const double level = y->coordToPixel(panel.goal_levels.front());
  const auto place = placeBesideLevel(size, level, plot, lines, labels);
  const auto padding = panel.goal_label->padding();
  panel.goal_label->position->setCoords(x->pixelToCoord(place.right() + padding.right()),
                                        y->pixelToCoord(place.bottom() + padding.bottom()));
}

}  // namespace p2l::ui
