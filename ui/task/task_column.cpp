// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/task/task_column.h"

#include <QPainter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/settings/quality_row.h"
#include "ui/settings/solver_panel.h"
#include "ui/style/studio_style.h"
#include "ui/style/theme.h"
#include "ui/task/degradation_panel.h"
#include "ui/widgets/panel_scroller.h"
#include "ui/widgets/segmented.h"

namespace p2l::ui {
namespace {

constexpr int kMargin = 12;
enum LabPage { Solver, Degradation };

/// A scrolled page of which `column` takes the contents.
QWidget* scrolled(QVBoxLayout*& column) {
  auto* page = new QWidget;
  auto* outer = new QVBoxLayout(page);
  outer->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  outer->setSpacing(9);
  column = new QVBoxLayout;
  column->setSpacing(9);
  outer->addLayout(column);
  outer->addStretch(1);
  return new PanelScroller(page);
}

}  // namespace

TaskColumn::TaskColumn(DegradationPanel* degradation, SolverPanel* solver, QualityRow* quality, QWidget* parent)
    : QWidget(parent), degradation_(degradation), solver_(solver), quality_(quality), faces_(new QStackedWidget(this)) {
  setObjectName(QStringLiteral("taskColumn"));
  setFixedWidth(kWidth);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 1, 0);
  column->setSpacing(0);
  faces_->addWidget(buildRestore());
  faces_->addWidget(buildLab());
  column->addWidget(faces_);
  place();
}

QWidget* TaskColumn::buildRestore() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  QVBoxLayout* inner = nullptr;
  column->addWidget(scrolled(inner), 1);
  restore_task_ = new QVBoxLayout;
  inner->addLayout(restore_task_);
  inner->addWidget(quality_);
  extras_ = new QVBoxLayout;
  inner->addLayout(extras_);
  auto* lab = new QToolButton(page);
  setLook(lab, Look::Link);
  lab->setText(tr("Solver and all parameters: Lab ▸"));
  lab->setAccessibleName(tr("Solver and all parameters"));
  lab->setToolTip(tr("Every slider, in the place of this column"));
  lab->setFocusPolicy(Qt::StrongFocus);
  connect(lab, &QToolButton::clicked, this, &TaskColumn::labWanted);
  auto* foot = new QHBoxLayout;
  foot->setContentsMargins(2, 2, kMargin, 8);
  foot->addWidget(lab);
  foot->addStretch(1);
  column->addLayout(foot);
  return page;
}

QWidget* TaskColumn::buildLab() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, kMargin, 0, 0);
  column->setSpacing(0);
  lab_choice_ = new Segmented(tr("Settings shown"), page);
  lab_choice_->setEven(true);
  lab_choice_->add(tr("Solver"), tr("How the photo is restored: solver, preset, parameters, model"));
  lab_choice_->add(tr("Degradation"), tr("What happened to the photo, or is done to it"));
  lab_choice_->setCurrent(Solver);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(kMargin, 0, kMargin, 0);
  head->addWidget(lab_choice_);
  column->addLayout(head);
  lab_pages_ = new QStackedWidget(page);
  lab_pages_->addWidget(scrolled(lab_solver_));
  lab_pages_->addWidget(scrolled(lab_task_));
  column->addWidget(lab_pages_, 1);
  connect(lab_choice_, &Segmented::chosen, lab_pages_, &QStackedWidget::setCurrentIndex);
  return page;
}

void TaskColumn::setFace(Face face) {
  face_ = face;
  place();
}

void TaskColumn::lendSolver(bool lent) {
  lent_ = lent;
  place();
}

void TaskColumn::place() {
  const bool lab = face_ == Face::Lab;
  (lab ? lab_task_ : restore_task_)->addWidget(degradation_);
  degradation_->setFace(lab ? DegradationPanel::Face::Full : DegradationPanel::Face::Plain);
  degradation_->show();
  quality_->setActive(!lab);
  if (!lent_) {
    lab_solver_->addWidget(solver_);
    solver_->show();
  }
  lab_choice_->setVisible(!lent_);
  lab_pages_->setCurrentIndex(lent_ ? Degradation : lab_choice_->current());
  faces_->setCurrentIndex(lab ? 1 : 0);
}

void TaskColumn::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const auto& colours = studioColours(palette());
  painter.fillRect(rect(), colours.panel);
  painter.fillRect(QRect(width() - 1, 0, 1, height()), colours.line);
}

}  // namespace p2l::ui
