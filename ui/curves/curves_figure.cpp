// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/curves/curves_figure.h"

#include <qcustomplot.h>

#include <QEvent>
#include <QMouseEvent>
#include <QTimer>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/curves/curves_style.h"
#include "ui/language/numbers.h"
#include "ui/style/theme.h"
#include "ui/style/wrapped_words.h"

namespace p2l::ui {

namespace {

constexpr int kReplotMilliseconds = 50;
constexpr int kFlat = 3;         ///< times as wide as high
constexpr int kNoteLines = 3;    ///< height of a stacked panel that has nothing to draw, in lines of text
constexpr int kNoteMargin = 40;  ///< of a panel's width, around and beside its sentence
constexpr int kMostDots = 120;   ///< above so many steps the points are not marked any more
const QString kCursorLayer = QStringLiteral("cursor");

QColor faded(QColor colour, int alpha) {
  colour.setAlpha(alpha);
  return colour;
}

}  // namespace

CurvesFigure::CurvesFigure(const std::vector<CurveRun>* runs, QWidget* parent)
    : QObject(parent), runs_(runs), plot_(new QCustomPlot(parent)) {
  auto locale = numberLocale();
  locale.setNumberOptions(QLocale::OmitGroupSeparator);
  plot_->setLocale(locale);  // of the axes
  plot_->setNoAntialiasingOnDrag(false);
  plot_->setAutoAddPlottableToLegend(false);
  plot_->setPlottingHint(QCP::phImmediateRefresh, false);  // painted with the window's next frame
  plot_->setFocusPolicy(Qt::NoFocus);
  plot_->setMouseTracking(true);
  plot_->addLayer(kCursorLayer, plot_->layer(QStringLiteral("main")), QCustomPlot::limAbove);
  // Its own buffer: the cursor moves without drawing a curve again.
  plot_->layer(kCursorLayer)->setMode(QCPLayer::lmBuffered);
  plot_->installEventFilter(this);
  connect(plot_, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    pressed_step_ = stepAt(event);
    if (pressed_step_ > 0) emit stepClicked(pressed_step_);
  });
  connect(plot_, &QCustomPlot::mouseRelease, this, [this] { pressed_step_ = 0; });
  connect(plot_, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
    const int step = stepAt(event);
    if (pressed_step_ > 0 && event->buttons() & Qt::LeftButton && step > 0 && step != pressed_step_) {
      pressed_step_ = step;
      emit stepClicked(step);
    }
    showValues(event);
  });
}

QWidget* CurvesFigure::widget() const {
  return plot_;
}

void CurvesFigure::rebuild(const std::vector<CurvesPlot::Curve>& curves, bool logarithmic) {
  curves_ = curves;
  logarithmic_ = logarithmic;
  plot_->clearPlottables();
  plot_->clearItems();
  plot_->plotLayout()->clear();
  panels_.clear();
  qDeleteAll(margin_groups_);
  margin_groups_.clear();

  auto* grid = new QCPLayoutGrid;
  grid->setRowSpacing(2);
  grid->setColumnSpacing(8);
  plot_->plotLayout()->addElement(0, 0, grid);
  plot_->plotLayout()->setRowSpacing(2);
  columns_ = columnsFor(plot_->size());
  const int columns = std::min(columns_, static_cast<int>(curves.size()));
  for (int i = 0; i < columns; ++i) margin_groups_ << new QCPMarginGroup(plot_);
  for (std::size_t i = 0; i < curves.size(); ++i)
    panels_.push_back(addPanel(curves[i], grid, 2 * (static_cast<int>(i) / columns), static_cast<int>(i) % columns));
  for (std::size_t i = 0; i < panels_.size(); ++i)
    panels_[i].rect->setMarginGroup(QCP::msLeft, margin_groups_[static_cast<int>(i) % columns]);
  for (Panel& panel : panels_)
    for (const CurveRun& run : *runs_) addRunTo(panel, run);
  applyPalette(palette_);
  setCursorStep(cursor_step_);
}

void CurvesFigure::runAdded() {
  for (Panel& panel : panels_) addRunTo(panel, runs_->back());
  applyPalette(palette_);
}

int CurvesFigure::columnsFor(QSize size) {
  // Side by side where it is flat, stacked where it is narrow.
  return size.width() >= kFlat * size.height() ? 4 : size.width() >= size.height() ? 2 : 1;
}

CurvesFigure::Panel CurvesFigure::addPanel(CurvesPlot::Curve curve, QCPLayoutGrid* grid, int row, int column) {
  Panel panel{curve,
              new QCPAxisRect(plot_),
              new QCPTextElement(plot_, curveTitle(curve)),
              nullptr,
              nullptr,
              {},
              {},
              {},
              {},
              {},
              {},
              nullptr,
              row + 1};
  QFont font = plot_->font();
  font.setBold(true);
  panel.title->setFont(font);
  panel.title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
  panel.title->setMargins(QMargins(6, 4, 2, 0));
  grid->addElement(row, column, panel.title);
  grid->addElement(row + 1, column, panel.rect);
  grid->setRowStretchFactor(row, 0.001);
  panel.rect->setMinimumMargins(QMargins(8, 4, 12, 4));
  for (QCPAxis* axis : panel.rect->axes()) {
    axis->setLayer(QStringLiteral("axes"));
    axis->grid()->setLayer(QStringLiteral("grid"));
    axis->setTickLabelFont(plot_->font());
    axis->setLabelFont(plot_->font());
    axis->setNumberFormat(QStringLiteral("gb"));
    axis->setNumberPrecision(4);
  }
  panel.rect->setupFullAxesBox();
  auto steps = QSharedPointer<QCPAxisTickerFixed>::create();
  steps->setTickStep(1);
  steps->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
  steps->setTickCount(7);
  QCPAxis* x = panel.rect->axis(QCPAxis::atBottom);
  x->setTicker(steps);
  x->setSubTicks(false);
  for (const auto side : {QCPAxis::atTop, QCPAxis::atRight}) {
    panel.rect->axis(side)->setTicks(false);
    panel.rect->axis(side)->setTickLabels(false);
  }

  panel.message = new QCPItemText(plot_);
  panel.message->position->setAxisRect(panel.rect);
  panel.message->position->setType(QCPItemPosition::ptAxisRectRatio);
  panel.message->position->setCoords(0.5, 0.5);
  panel.message->setClipAxisRect(panel.rect);
  panel.message->setFont(plot_->font());

  panel.cursor = new QCPItemStraightLine(plot_);
  panel.cursor->setLayer(kCursorLayer);
  panel.cursor->setClipAxisRect(panel.rect);
  for (QCPItemPosition* point : {panel.cursor->point1, panel.cursor->point2}) {
    point->setAxisRect(panel.rect);
    point->setAxes(x, panel.rect->axis(QCPAxis::atLeft));
    point->setTypeX(QCPItemPosition::ptPlotCoords);
    point->setTypeY(QCPItemPosition::ptAxisRectRatio);
  }
  return panel;
}

QPen CurvesFigure::penOf(std::size_t run, const QPalette& palette) const {
  const int pen = (*runs_)[run].pen;
  return runPen(pen < 0 ? run : static_cast<std::size_t>(pen), palette);
}

void CurvesFigure::addRunTo(Panel& panel, const CurveRun& run) {
  QCPAxis* x = panel.rect->axis(QCPAxis::atBottom);
  QCPAxis* y = panel.rect->axis(QCPAxis::atLeft);
  const bool new_goal =
      panel.curve == CurvesPlot::Curve::Residual && run.noise_level > 0 &&
      std::find(panel.goal_levels.begin(), panel.goal_levels.end(), run.noise_level) == panel.goal_levels.end();
  if (new_goal) {
    auto* goal = plot_->addGraph(x, y);
    goal->setName(CurvesPlot::tr("Noise level σ√m (goal)"));
    panel.goals.push_back(goal);
    panel.goal_levels.push_back(run.noise_level);
    panel.goal_runs.push_back(panel.lines.size());
    if (panel.goal_label == nullptr) panel.goal_label = addLabel(panel, CurvesPlot::tr("noise level, the goal"));
  }
  Lines lines{plot_->addGraph(x, y), plot_->addGraph(x, y)};
  lines.projections->setName(panel.curve == CurvesPlot::Curve::Residual ? CurvesPlot::tr("After the projection")
                                                                        : CurvesPlot::tr("Projection"));
  lines.projections->setLineStyle(QCPGraph::lsNone);
  panel.lines.push_back(lines);
  panel.labels.push_back(addLabel(panel, plot_->fontMetrics().elidedText(run.shown(), Qt::ElideMiddle, kMostLabel)));
  panel.dots.push_back(addDot(panel, panel.labels.back()));
  for (const auto& [step, report] : run.steps) addReport(panel, run, panel.lines.size() - 1, report);
}

void CurvesFigure::addReport(Panel& panel, const CurveRun&, std::size_t index, const StepReport& report) {
  const double value = curveValue(panel.curve, report);
  const double shown = std::isfinite(value) ? value : qQNaN();
  Lines& lines = panel.lines[index];
  for (QCPGraph* graph : {lines.values, lines.projections}) graph->data()->remove(report.step);
  lines.values->addData(report.step, shown);
  const double mark = projectionValue(panel.curve, report);
  if (std::isfinite(mark)) lines.projections->addData(report.step, mark);
}

void CurvesFigure::stepAdded(std::size_t index, const StepReport& report) {
  const CurveRun& run = (*runs_)[index];
  for (Panel& panel : panels_) addReport(panel, run, index, report);
  replotSoon();
}

void CurvesFigure::replotSoon() {
  if (replot_pending_) return;
  replot_pending_ = true;
  QTimer::singleShot(kReplotMilliseconds, this, [this] {
    replot_pending_ = false;
    updateRanges();
    plot_->replot(QCustomPlot::rpQueuedReplot);
  });
}

int CurvesFigure::lastStep() const {
  int last = 0;
  for (const CurveRun& run : *runs_)
    for (const auto& [step, report] : run.steps) last = std::max({last, step, report.steps});
  return last;
}

void CurvesFigure::updateRanges() {
  const int steps = std::max(lastStep(), 2);
  for (Panel& panel : panels_) updateRange(panel, steps);
  chooseLegend();
  nameTheSteps();
}

void CurvesFigure::nameTheSteps() {
  const auto axis = [](const Panel& panel) { return panel.rect->axis(QCPAxis::atBottom); };
  const auto columns = static_cast<std::size_t>(std::min(columns_, static_cast<int>(panels_.size())));
  for (std::size_t i = 0; i < panels_.size(); ++i) {
    bool below = false;  // a plot with axes in the same column
    for (std::size_t other = i + columns; other < panels_.size(); other += columns)
      below = below || axis(panels_[other])->visible();
    axis(panels_[i])->setLabel(below ? QString() : CurvesPlot::tr("Step"));
  }
}

void CurvesFigure::updateRange(Panel& panel, int steps) {
  const double pad = std::clamp(0.02 * steps, 0.4, 0.9);  // step 0 does not exist
  panel.rect->axis(QCPAxis::atBottom)->setRange(1 - pad, steps + pad);
  for (std::size_t i = 0; i < panel.goals.size(); ++i)
    panel.goals[i]->setData({1 - pad, steps + pad}, {panel.goal_levels[i], panel.goal_levels[i]}, true);

  double low = HUGE_VAL, high = -HUGE_VAL, low_positive = HUGE_VAL;
  bool any = false;
  const auto include = [&](double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
    if (value > 0) low_positive = std::min(low_positive, value);
  };
  for (const Lines& lines : panel.lines) {
    for (const QCPGraphData& point : *lines.values->data()) {
      include(point.value);
      any = any || std::isfinite(point.value);
    }
    for (const QCPGraphData& point : *lines.projections->data()) include(point.value);
    const bool dots = lines.values->dataCount() <= kMostDots;
    lines.values->setScatterStyle(dots ? QCPScatterStyle(QCPScatterStyle::ssDisc, 3.5) : QCPScatterStyle::ssNone);
  }
  panel.message->setVisible(!any);
  const bool begun = std::any_of(runs_->begin(), runs_->end(), [](const CurveRun& run) { return !run.steps.empty(); });
  const auto note = panel.curve == CurvesPlot::Curve::Psnr
                        ? CurvesPlot::tr("PSNR needs the true picture\n(Truth known)")
                    : begun ? CurvesPlot::tr("Not computed with these settings")
                            : CurvesPlot::tr("No values yet");
  QStringList rows;
  for (const auto& row : note.split(QLatin1Char('\n')))
    rows << wrappedWords(row, QFontMetricsF(plot_->font()), panelWidth() - kNoteMargin);
  panel.message->setText(rows.join(QLatin1Char('\n')));
  showAxes(panel, any || !begun);
  for (const double goal : panel.goal_levels) include(goal);

  QCPAxis* y = panel.rect->axis(QCPAxis::atLeft);
  const bool logarithmic = logarithmic_ && curveMayBeLogarithmic(panel.curve) && std::isfinite(low_positive);
  y->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  if (logarithmic) {
    const double margin = std::max(1.05, std::pow(high / low_positive, 0.06));
    y->setRange(low_positive / margin, high * margin);
    y->setTicker(logarithmicTicker());
  } else {
    if (!(low <= high)) low = 0, high = 1;
    const double margin = high > low ? 0.06 * (high - low) : std::max(0.1 * std::abs(high), 0.5);
    y->setRange(low - margin, high + margin);
    y->setTicker(QSharedPointer<QCPAxisTicker>::create());
  }
  y->ticker()->setTickCount(std::clamp(panel.rect->height() / 32, 2, 8));
  placeLabels(panel);
}

double CurvesFigure::panelWidth() const {
  return static_cast<double>(plot_->width()) / std::clamp(columns_, 1, std::max(1, static_cast<int>(panels_.size())));
}

void CurvesFigure::showAxes(Panel& panel, bool show) {
  for (QCPAxis* axis : panel.rect->axes()) axis->setVisible(show);
  panel.cursor->setVisible(show && cursor_step_ > 0);
  if (columns_ > 1 || panels_.size() == 1 || show == panel.has_axes) return;
  panel.has_axes = show;
  panel.rect->setMinimumSize(50, show ? 50 : kNoteLines * plot_->fontMetrics().height());
  qobject_cast<QCPLayoutGrid*>(panel.rect->layout())->setRowStretchFactor(panel.row, show ? 1.0 : 0.001);
  replotSoon();  // the others have another height
}

void CurvesFigure::setCursorStep(int step) {
  cursor_step_ = step;
  for (Panel& panel : panels_) {
    panel.cursor->setVisible(step > 0 && panel.rect->axis(QCPAxis::atBottom)->visible());
    panel.cursor->point1->setCoords(step, 0);
    panel.cursor->point2->setCoords(step, 1);
  }
  if (panels_.empty() || cursor_pending_) return;
  // In an event of its own: after a change of the curves the cursor's layer draws the whole plot.
  cursor_pending_ = true;
  QTimer::singleShot(0, this, [this] {
    cursor_pending_ = false;
    if (!replot_pending_) plot_->layer(kCursorLayer)->replot();
  });
}

void CurvesFigure::applyPalette(const QPalette& palette) {
  palette_ = palette;
  const QColor text = palette.color(QPalette::Text), base = palette.color(QPalette::Base);
  plot_->setBackground(QBrush(base));
  for (Panel& panel : panels_) {
    panel.title->setTextColor(text);
    panel.message->setColor(palette.color(QPalette::PlaceholderText));
    if (panel.goal_label != nullptr) panel.goal_label->setColor(palette.color(QPalette::PlaceholderText));
    panel.cursor->setPen(QPen(faded(text, 190), 1.4));
    for (QCPAxis* axis : panel.rect->axes()) {
      const QPen pen(faded(text, 130), 1);
      axis->setBasePen(pen);
      axis->setTickPen(pen);
      axis->setSubTickPen(pen);
      axis->setTickLabelColor(text);
      axis->setLabelColor(text);
      axis->grid()->setPen(QPen(faded(text, 34), 1));
      axis->grid()->setZeroLinePen(axis->grid()->pen());
    }
    for (std::size_t i = 0; i < panel.goals.size(); ++i) {
      // Of several goals each has the colour of its (first) run.
      const QColor own = panel.goals.size() == 1 ? text : penOf(panel.goal_runs[i], palette).color();
      panel.goals[i]->setPen(QPen(faded(own, 210), 1.4, Qt::DashLine));
    }
    for (std::size_t i = 0; i < panel.lines.size(); ++i) {
      const QPen pen = penOf(i, palette);
      panel.lines[i].values->setPen(pen);
      panel.lines[i].projections->setPen(pen);
      panel.labels[i]->setColor(text);
      panel.dots[i]->setBrush(pen.color());
      panel.labels[i]->setBrush(faded(base, 150));  // readable over another line
      panel.lines[i].projections->setScatterStyle(
          QCPScatterStyle(QCPScatterStyle::ssDiamond, QPen(pen.color(), 1.3), QBrush(base), 8));
    }
  }
  updateRanges();
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void CurvesFigure::layOut(const QRect& viewport) {
  plot_->setViewport(viewport);
  for (const auto phase : {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout})
    plot_->plotLayout()->update(phase);
}

bool CurvesFigure::savePdf(const QString& path) {
  const QPalette shown = palette_;
  const QSize size = panels_.size() == 1 ? QSize(760, 460) : columns_ > 1 ? QSize(900, 640) : QSize(760, 960);
  const int cursor_step = cursor_step_;
  const QRect screen = plot_->viewport();
  saving_ = true;
  layOut({{}, size});  // where labels have a place is reckoned by it
  setCursorStep(0);
  applyPalette(themePalette(Theme::Light));
  const bool saved = plot_->savePdf(path, size.width(), size.height(), QCP::epAllowCosmetic,
                                    QStringLiteral("P2L Studio"), CurvesPlot::tr("Curves of the runs"));
  saving_ = false;
  layOut(screen);
  applyPalette(shown);
  setCursorStep(cursor_step);
  return saved;
}

const CurvesFigure::Panel* CurvesFigure::panelAt(QPoint point) const {
  for (const Panel& panel : panels_)
    if (panel.rect->rect().contains(point)) return &panel;
  return nullptr;
}

int CurvesFigure::stepAt(const QMouseEvent* event) const {
  const Panel* panel = panelAt(event->pos());
  const int last = lastStep();
  if (!panel || last < 1) return 0;
  const double x = panel->rect->axis(QCPAxis::atBottom)->pixelToCoord(event->position().x());
  return std::clamp(static_cast<int>(std::lround(x)), 1, last);
}

void CurvesFigure::showValues(const QMouseEvent* event) {
  const Panel* panel = panelAt(event->pos());
  const int step = stepAt(event);
  if (!panel || step < 1) return QToolTip::hideText();
  QString rows;
  int timestep = -1;
  for (std::size_t i = 0; i < runs_->size(); ++i) {
    const CurveRun& run = (*runs_)[i];
    const auto found = run.steps.find(step);
    if (found == run.steps.end()) continue;
    timestep = found->second.timestep;
    const double value = curveValue(panel->curve, found->second);
    const double mark = projectionValue(panel->curve, found->second);
    QString after;
    if (std::isfinite(mark))
      after = mark == value ? QStringLiteral(" ◇") : QStringLiteral(" → ◇ %1").arg(shortNumber(mark, 5));
    rows += QStringLiteral("<br><span style='color:%1'>■</span> %2: %3%4")
                .arg(penOf(i, QToolTip::palette()).color().name(), run.shown().toHtmlEscaped(),
                     std::isfinite(value) ? shortNumber(value, 5) : CurvesPlot::tr("unknown"), after);
  }
  if (rows.isEmpty()) return QToolTip::hideText();
  const QString head = CurvesPlot::tr("Step %1, t = %2").arg(step).arg(timestep);
  QToolTip::showText(event->globalPosition().toPoint(),
                     QStringLiteral("<b>%1</b> – %2%3").arg(curveName(panel->curve), head, rows), plot_);
}

bool CurvesFigure::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) {
    replotSoon();
    if (curves_.size() > 1 && columnsFor(plot_->size()) != columns_)
      QTimer::singleShot(0, this, [this] { rebuild(curves_, logarithmic_); });
  }
  if (event->type() == QEvent::Show || event->type() == QEvent::Resize)
    if (plot_->bufferDevicePixelRatio() != plot_->devicePixelRatioF())
      plot_->setBufferDevicePixelRatio(plot_->devicePixelRatioF());
  return QObject::eventFilter(watched, event);
}

}  // namespace p2l::ui
