// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/bench.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/canvas/image_canvas.h"
#include "ui/curves/curves_plot.h"
#include "ui/run/event_log.h"
#include "ui/run/history_link.h"
#include "ui/run/step_timeline.h"
#include "ui/settings/solver_panel.h"
#include "ui/style/icons.h"
#include "ui/task/task_column.h"
#include "ui/task/task_tiles.h"
#include "ui/tools/canvas_bar.h"
#include "ui/widgets/panel_scroller.h"

namespace p2l::ui {
namespace {

constexpr int kTimeline = 34, kStrip = 60, kMargin = 10;
constexpr int kWithSparkline = 720;  // of the centre

enum Placed { Narrow, Middle, Wide };

}  // namespace

Bench::Bench(const Parts& parts, QWidget* parent) : QWidget(parent), parts_(parts) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(strip_ = buildStrip());
  row->addWidget(parts_.column);
  row->addWidget(buildCentre(), 1);
  row->addWidget(right_ = buildRight());
  connect(parts_.strip, &TaskTiles::chosen, this, [this] { showColumn(true); });
  showCurves(false);
  showLog(false);
  place();
}

QWidget* Bench::buildStrip() {
  auto* strip = new QWidget(this);
  auto* column = new QVBoxLayout(strip);
  column->setContentsMargins(8, 8, 8, 8);
  column_button_ = new QToolButton(strip);
  column_button_->setIcon(glyphIcon(Glyph::Settings));
  column_button_->setFixedSize(44, 36);
  column_button_->setCheckable(true);
  column_button_->setAccessibleName(tr("Settings"));
  column_button_->setToolTip(tr("Show the settings over the photo; Escape closes them"));
  column_button_->setFocusPolicy(Qt::StrongFocus);
  connect(column_button_, &QToolButton::clicked, this, &Bench::showColumn);
  column->addWidget(column_button_);
  column->addWidget(parts_.strip);
  column->addStretch(1);
  auto* scroller = new PanelScroller(strip, this);
  scroller->setFixedWidth(kStrip);
  return scroller;
}

QWidget* Bench::buildCentre() {
  auto* centre = new QWidget(this);
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(parts_.canvas_bar);
  column->addWidget(parts_.canvas, 1);
  column->addWidget(timeline_row_ = buildTimeline());
  column->addWidget(history_row_ = new QWidget(centre));
  history_layout_ = new QHBoxLayout(history_row_);
  history_layout_->setSpacing(0);
  history_layout_->addWidget(parts_.history, 1);
  history_layout_->addWidget(parts_.history_link);
  drawers_ = new QVBoxLayout;
  column->addLayout(drawers_);
  drawers_->addWidget(parts_.log);
  return centre;
}

QWidget* Bench::buildTimeline() {
  auto* box = new QWidget(this);
  box->setFixedHeight(kTimeline);
  box->setMinimumWidth(300);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(kMargin, 3, kMargin, 3);
  row->setSpacing(10);
  row->addWidget(parts_.timeline, 3);
  row->addWidget(parts_.sparkline);
  row->addWidget(parts_.numbers, 2);
  curves_button_ = drawerButton(tr("Curves ▴"), tr("The run's numbers over its steps, in a drawer (F4)"));
  log_button_ = drawerButton(tr("Log ▴"), tr("What has happened, in a drawer"));
  connect(curves_button_, &QToolButton::toggled, this, &Bench::showCurves);
  connect(log_button_, &QToolButton::toggled, this, &Bench::showLog);
  row->addWidget(curves_button_);
  row->addWidget(log_button_);
  return box;
}

QToolButton* Bench::drawerButton(const QString& text, const QString& tip) {
  auto* button = new QToolButton(this);
  button->setText(text);
  button->setAccessibleName(text.section(QLatin1Char(' '), 0, 0));
  button->setToolTip(tip);
  button->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button->setCheckable(true);
  button->setFocusPolicy(Qt::StrongFocus);
  return button;
}

QWidget* Bench::buildRight() {
  tabs_ = new QTabWidget(this);
  tabs_->setFixedWidth(kRightColumn);
  tabs_->setDocumentMode(true);
  tabs_->setAccessibleName(tr("Details"));
  auto* page = new QWidget;
  auto* outer = new QVBoxLayout(page);
  outer->setContentsMargins(12, 12, 12, 12);
  solver_place_ = new QVBoxLayout;
  outer->addLayout(solver_place_);
  outer->addStretch(1);
  solver_page_ = new PanelScroller(page);
  tabs_->addTab(new QWidget, tr("Curves"));
  new QVBoxLayout(tabs_->widget(0));
  tabs_->widget(0)->layout()->setContentsMargins(0, 0, 0, 0);
  tabs_->addTab(solver_page_, tr("Solver"));
  tabs_->addTab(parts_.step_numbers, tr("Step"));
  return tabs_;
}

void Bench::place() {
  const int wanted = isNarrow() ? Narrow : isWide() ? Wide : Middle;
  const bool first = placed_ < 0;
  if (wanted != placed_) {
    placed_ = wanted;
    const bool wide = wanted == Wide;
    parts_.column->lendSolver(wide);
    if (wide) {
      solver_place_->addWidget(parts_.solver);
      parts_.solver->show();
      tabs_->widget(0)->layout()->addWidget(parts_.curves);
      parts_.curves->setMinimumHeight(0);
      parts_.curves->setMaximumHeight(QWIDGETSIZE_MAX);
    } else {
      drawers_->insertWidget(0, parts_.curves);
      parts_.curves->setFixedHeight(kDrawer);
    }
    parts_.curves->setShowAll(true);
    column_shown_ = false;
  }
  const bool narrow = wanted == Narrow, shown = !photo_only_;
  strip_->setVisible(narrow && shown);
  right_->setVisible(wanted == Wide && shown);
  curves_button_->setVisible(wanted != Wide);
  parts_.curves->setVisible(wanted == Wide || (shown && curves_button_->isChecked()));
  parts_.log->setVisible(shown && log_button_->isChecked());
  for (auto* widget : {static_cast<QWidget*>(parts_.canvas_bar), timeline_row_, history_row_})
    widget->setVisible(shown);
  parts_.sparkline->setVisible(width() - (narrow ? kStrip : TaskColumn::kWidth) >= kWithSparkline);
  if (first && column_wanted_) offerColumn(true);
  placeColumn();
  placeHistory();
}

void Bench::placeHistory() {
  const bool drawer = !parts_.log->isHidden() || (placed_ != Wide && !parts_.curves->isHidden());  // lies below it
  const int foot = drawer ? 0 : std::clamp(foot_, 0, kMostFoot);
  history_layout_->setContentsMargins(0, 0, kMargin, foot);
  parts_.history->setFixedHeight(PastRunsPanel::kHeight - foot);
}

void Bench::leaveFoot(int pixels) {
  foot_ = pixels;
  placeHistory();
}

void Bench::placeColumn() {
  auto* row = static_cast<QHBoxLayout*>(layout());
  const bool over = placed_ == Narrow;
  const bool in_row = row->indexOf(parts_.column) >= 0;
  if (over && in_row) {
    row->removeWidget(parts_.column);
    parts_.column->raise();
  } else if (!over && !in_row) {
    row->insertWidget(1, parts_.column);
  }
  parts_.column->setVisible(!photo_only_ && (!over || column_shown_));
  if (over) parts_.column->setGeometry(kStrip, 0, TaskColumn::kWidth, height());
  column_button_->setChecked(over && column_shown_);
}

void Bench::showCurves(bool shown) {
  curves_button_->setChecked(shown);
  if (shown) makeRoom(log_button_);
  curves_button_->setText(shown ? tr("Curves ▾") : tr("Curves ▴"));
  place();
}

void Bench::showLog(bool shown) {
  log_button_->setChecked(shown);
  if (shown) makeRoom(curves_button_);
  log_button_->setText(shown ? tr("Log ▾") : tr("Log ▴"));
  parts_.log->setFixedHeight(kDrawer / 2);
  place();
}

void Bench::makeRoom(QToolButton* other) {
  if (placed_ != Wide && window()->height() < kForTwoDrawers) other->setChecked(false);
}

void Bench::offerColumn(bool wanted) {
  column_wanted_ = wanted;
  if (placed_ != Narrow || column_shown_ == wanted || !(wanted || column_offered_)) return;
  showColumn(wanted);
  column_offered_ = wanted;
}

void Bench::showColumn(bool shown) {
  column_shown_ = shown;
  column_offered_ = false;
  const auto* focused = window()->focusWidget();
  if (!shown && placed_ == Narrow && focused != nullptr && parts_.column->isAncestorOf(focused))
    parts_.canvas->setFocus();
  placeColumn();
}

void Bench::setPhotoOnly(bool only) {
  photo_only_ = only;
  place();
}

void Bench::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  place();
}

void Bench::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Escape || !(placed_ == Narrow && column_shown_)) return QWidget::keyPressEvent(event);
  showColumn(false);
}

}  // namespace p2l::ui
