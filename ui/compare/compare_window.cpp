// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_window.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/canvas/image_canvas.h"
#include "ui/compare/compare_grid.h"
#include "ui/compare/compare_table.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/frame_image.h"
#include "ui/document/run_model.h"
#include "ui/run/run_status.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/studio_style.h"

namespace p2l::ui {
namespace {

using Topic = MessageBar::Topic;

constexpr int kGridHeight = 560, kNumbersHeight = 230;
constexpr int kChoicesWidth = 250;
constexpr int kMostSteps = 1000;
constexpr int kReferences = 1;  // canvases before those of the runs

QToolButton* buttonOf(QAction* action, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setDefaultAction(action);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setAccessibleName(action->text());
  button->setFocusPolicy(Qt::StrongFocus);
  return button;
}

}  // namespace

CompareWindow::CompareWindow(const Catalogue& catalogue, RunModel* document, CompareSession* compare, QWidget* parent)
    : QWidget(parent), catalogue_(catalogue), document_(document), compare_(compare) {
  setObjectName(QStringLiteral("compare_window"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(buildChoices());
  row->addWidget(buildResults(), 1);
  connectSession();
  showState();
  const QSettings settings;
  rows_->restoreState(settings.value(QStringLiteral("compare/rows")).toByteArray());
  columns_->restoreState(settings.value(QStringLiteral("compare/columns")).toByteArray());
}

QWidget* CompareWindow::buildChoices() {
  auto* box = new QWidget(this);
  box->setFixedWidth(kChoicesWidth);
  auto* column = new QVBoxLayout(box);
  column->setSpacing(8);
  auto* buttons = new QHBoxLayout;
  const auto action = [&](const QString& text, const QString& help, Qt::Key key, Glyph glyph) {
    auto* made = new QAction(glyphIcon(glyph), text, this);
    made->setShortcut(QKeySequence(key));
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);  // the other pages have theirs
    made->setToolTip(QStringLiteral("%1 (%2)").arg(help, made->shortcut().toString(QKeySequence::NativeText)));
    addAction(made);
    auto* button = buttonOf(made, box);
    if (key == Qt::Key_F5)
      setLook(button, Look::Primary);
    else
      button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    buttons->addWidget(button, key == Qt::Key_F5 ? 1 : 0);
    if (key == Qt::Key_F5) button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return made;
  };
  run_ = action(tr("Compare"), tr("Run all ticked rows in turn"), Qt::Key_F5, Glyph::Play);
  run_->setIcon(glyphIcon(Glyph::Play, QPalette::HighlightedText));
  pause_ = action(tr("Pause"), tr("Pause or resume"), Qt::Key_F6, Glyph::Pause);
  pause_->setCheckable(true);
  stop_ = action(tr("Stop"), tr("Stop the comparison and keep what is done"), Qt::Key_F7, Glyph::Stop);
  column->addLayout(buttons);
  progress_ = new RunStatus(box);
  progress_->setAccessibleName(tr("Progress of the comparison"));
  progress_->setRange(0, 1);
  progress_->setValue(0);
  column->addWidget(progress_);

  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  set_ = new QComboBox(box);
  set_->setAccessibleName(tr("What is compared"));
  set_->addItem(tr("Solvers"));
  set_->addItem(tr("From LDPS to P2L"));
  set_->setToolTip(
      tr("Solvers with values that suit them, or the ladder\n"
         "LDPS → with projection → with the prompt tuned (P2L),\n"
         "all with P2L's values"));
  form->addRow(tr("&What"), set_);
  steps_ = new QSpinBox(box);
  steps_->setAccessibleName(tr("Steps of every run"));
  steps_->setToolTip(tr("Sampling steps; “as set” keeps each run's own number"));
  steps_->setRange(0, kMostSteps);
  steps_->setSpecialValueText(tr("as set"));
  form->addRow(tr("S&teps"), steps_);
  column->addLayout(form);
  list_ = new QListWidget(box);
  list_->setAccessibleName(tr("Runs to be compared"));
  list_->setSpacing(2);
  column->addWidget(list_, 1);
  auto* help = new QLabel(tr("All get the same measurement, mask and seed: those of the main window."), box);
  help->setWordWrap(true);
  help->setForegroundRole(QPalette::PlaceholderText);
  column->addWidget(help);
  take_ = new QPushButton(tr("Use these &settings"), box);
  take_->setAccessibleName(tr("Use these settings in the main window"));
  take_->setToolTip(tr("Copy the settings of the selected run to the main window"));
  column->addWidget(take_);
  return box;
}

QWidget* CompareWindow::buildResults() {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  messages_ = new MessageBar(box);
  column->addWidget(messages_);
  auto* upper = new QWidget(box);
  auto* upper_column = new QVBoxLayout(upper);
  upper_column->setContentsMargins(0, 0, 0, 0);
  upper_column->setSpacing(0);
  grid_ = new CompareGrid(upper);
  grid_->setEmptyText(tr("Tick what to compare, then press Compare (F5)."));
  auto* view = new QHBoxLayout;
  view->setContentsMargins(8, 4, 8, 4);
  auto* linked = new QCheckBox(tr("&Linked zoom and pan"), upper);
  linked->setChecked(true);
  linked->setToolTip(tr("Zoom and pan all pictures together"));
  auto* fit = new QPushButton(tr("&Fit"), upper);
  fit->setAccessibleName(tr("Fit the pictures"));
  fit->setToolTip(tr("Show the whole pictures"));
  view->addWidget(linked);
  view->addWidget(fit);
  auto* hint = new QLabel(tr("Hold B to see the measurement."), upper);
  hint->setForegroundRole(QPalette::PlaceholderText);
  view->addStretch(1);
  view->addWidget(hint);
  upper_column->addWidget(grid_, 1);
  upper_column->addLayout(view);
  connect(linked, &QCheckBox::toggled, grid_, &CompareGrid::setLinked);
  connect(fit, &QPushButton::clicked, grid_, &CompareGrid::fit);

  table_ = new CompareTable(box);
  curves_ = new CurvesPlot(box);
  columns_ = new QSplitter(Qt::Horizontal, box);
  columns_->addWidget(table_);
  columns_->addWidget(curves_);
  columns_->setStretchFactor(0, 1);
  columns_->setStretchFactor(1, 1);
  rows_ = new QSplitter(Qt::Vertical, box);
  rows_->addWidget(upper);
  rows_->addWidget(columns_);
  rows_->setStretchFactor(0, 1);
  rows_->setSizes({kGridHeight, kNumbersHeight});
  for (auto* splitter : {rows_, columns_}) splitter->setChildrenCollapsible(false);
  column->addWidget(rows_, 1);
  return box;
}

void CompareWindow::connectSession() {
  connect(run_, &QAction::triggered, this, &CompareWindow::begin);
  connect(pause_, &QAction::triggered, this, [this](bool paused) {
    compare_->setPaused(paused);
    showProgress();
  });
  connect(stop_, &QAction::triggered, compare_, &CompareSession::stop);
  connect(set_, &QComboBox::currentIndexChanged, this, &CompareWindow::refresh);
  connect(list_, &QListWidget::itemChanged, this, &CompareWindow::showState);
  connect(table_, &QTableWidget::itemSelectionChanged, this, &CompareWindow::showState);
  connect(take_, &QPushButton::clicked, this, [this] {
    const int row = table_->currentRow();
    if (row >= 0) emit settingsWanted(compare_->runs()[row].request, compare_->pictures());
  });
  connect(compare_, &CompareSession::reset, this, &CompareWindow::showRuns);
  connect(compare_, &CompareSession::runningChanged, this, &CompareWindow::showState);
  connect(compare_, &CompareSession::began, this, [this](int index, const RunStart& start) {
    const auto& run = compare_->runs()[index];
    curves_->addRun(run.id, run.label, start.noise_level);
    table_->showRun(compare_->runs(), index);
    showBefore(index, start);
    showProgress();
  });
  connect(compare_, &CompareSession::stepped, this, [this](int index, const StepReport& report) {
    curves_->appendStep(compare_->runs()[index].id, report);
    table_->showRun(compare_->runs(), index);
    showProgress();
  });
  connect(compare_, &CompareSession::pictureArrived, this, &CompareWindow::showPicture);
  connect(compare_, &CompareSession::ended, this, [this](int index) {
    const auto& run = compare_->runs()[index];
    table_->showRun(compare_->runs(), index);
    showPicture(index);
    if (run.result) {
      document_->keepRun(tr("Compared: %1").arg(run.label), run.request, compare_->pictures(), photo_, run.result,
                         run.evolution);
    }
    if (!run.problem.isEmpty()) messages_->showProblem(Topic::Run, tr("%1: %2").arg(run.label, run.problem));
  });
  connect(curves_, &CurvesPlot::failed, this,
          [this](const QString& sentence) { messages_->showProblem(Topic::File, sentence); });
}

void CompareWindow::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

std::vector<CompareChoice> CompareWindow::choicesFor(const RestoreRequest& request, int steps) const {
  return set_->currentIndex() == static_cast<int>(CompareSet::Ladder) ? ladderChoices(catalogue_, request, steps)
                                                                      : solverChoices(catalogue_, request, steps);
}

void CompareWindow::choose(CompareSet set) {
  if (!compare_->isRunning()) set_->setCurrentIndex(static_cast<int>(set));
}

void CompareWindow::refresh() {
  if (compare_->isRunning()) return;
  const auto request = document_->request();
  choices_ = choicesFor(request, 0);
  showChoices();
  const auto* photo = document_->photo();
  setWindowTitle(photo != nullptr ? tr("Compare solvers – %1").arg(photo->label) : tr("Compare solvers"));
  showState();
}

void CompareWindow::showChoices() {
  const QSignalBlocker quiet(list_);
  QStringList unticked;  // of the same set, they stay as they are
  for (int i = 0; i < list_->count(); ++i) {
    const auto* item = list_->item(i);
    if (item->checkState() == Qt::Unchecked && item->flags().testFlag(Qt::ItemIsEnabled)) unticked << item->text();
  }
  list_->clear();
  for (const auto& choice : choices_) {
    auto* item = new QListWidgetItem(choice.label, list_);
    item->setToolTip(choice.help);
    item->setFlags(choice.possible ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                                   : Qt::ItemIsSelectable);
    item->setCheckState(choice.possible && !unticked.contains(choice.label) ? Qt::Checked : Qt::Unchecked);
  }
}

void CompareWindow::begin() {
  messages_->clear(Topic::Run);
  if (document_->isRunning()) {
    return messages_->showProblem(Topic::Run, tr("A run is in progress in the main window: stop it or wait for it."));
  }
  if (document_->photo() == nullptr) {
    return messages_->showProblem(Topic::Run, tr("There is no picture yet: open one in the main window."));
  }
  if (const auto question = document_->openQuestion(); !question.isEmpty())
    return messages_->showProblem(Topic::Run, question);
  RestoreRequest request;
  const auto pictures = document_->pictures(request);
  const auto choices = choicesFor(request, steps_->value());
  std::vector<CompareRun> runs;
  for (int i = 0; i < list_->count() && i < static_cast<int>(choices.size()); ++i) {
    if (list_->item(i)->checkState() != Qt::Checked || !choices[i].possible) continue;
    CompareRun run;
    run.label = choices[i].label;
    run.request = choices[i].request;
    runs.push_back(std::move(run));
  }
  photo_ = document_->openedPhoto();
  compare_->start(std::move(runs), pictures);
}

void CompareWindow::showRuns() {
  const int count = static_cast<int>(compare_->runs().size());
  grid_->setCount(kReferences + count);
  curves_->clearRuns();
  table_->showRuns(compare_->runs());
  const auto measured = document_->measured();
  const auto* photo = document_->photo();
  for (int i = 0; i < grid_->count(); ++i) {
    const auto before = measured ? measured->before : photo != nullptr ? photo->shown : QImage();
    grid_->canvas(i)->setBefore(before, i < kReferences ? tr("Measurement y") : captionOf(i - kReferences));
    if (i >= kReferences) grid_->canvas(i)->setCompareMode(ImageCanvas::CompareMode::AfterOnly);
  }
  showState();
}

void CompareWindow::showBefore(int index, const RunStart& start) {
  if (index == 0) {
    grid_->canvas(0)->setBefore(imageFromFrame(start.measurement), tr("Measurement y"));
    if (start.truth) grid_->canvas(0)->setAfter(imageFromFrame(start.truth), tr("Original"));
  }
  grid_->canvas(kReferences + index)->setBefore(imageFromFrame(start.measurement), captionOf(index));
}

QString CompareWindow::captionOf(int index) const {
  const auto& run = compare_->runs()[index];
  switch (run.state) {
    case CompareRun::State::Waiting:
      return tr("%1: waiting").arg(run.label);
    case CompareRun::State::Failed:
      return tr("%1: failed").arg(run.label);
    case CompareRun::State::Running:
      if (run.evolution.count() == 0) return tr("%1: preparing").arg(run.label);
      return tr("%1: step %2 of %3").arg(run.label).arg(run.evolution.last()->report.step).arg(run.steps);
    case CompareRun::State::Stopped:
      return tr("%1: stopped after step %2").arg(run.label).arg(run.last.step);
    case CompareRun::State::Done:
      return run.label;
  }
  return {};
}

void CompareWindow::showPicture(int index) {
  const auto& run = compare_->runs()[index];
  auto* canvas = grid_->canvas(kReferences + index);
  if (run.result) {
    canvas->setAfter(run.result->picture, captionOf(index));
  } else if (const auto newest = run.evolution.last()) {
    canvas->setAfter(imageFromFrame(newest->estimate), captionOf(index));
  } else if (const auto measured = document_->measured()) {
    canvas->setBefore(measured->before, captionOf(index));
  }
}

void CompareWindow::showProgress() {
  const auto& runs = compare_->runs();
  int done = 0, all = 0;
  for (const auto& run : runs) {
    all += run.steps;
    done +=
        run.state == CompareRun::State::Waiting || run.state == CompareRun::State::Running ? run.last.step : run.steps;
  }
  progress_->setRange(0, std::max(1, all));
  progress_->setValue(done);
  const int current = compare_->current();
  if (current < 0) {
    progress_->setFormat(runs.empty() ? tr("Ready") : tr("Done"));
    for (const auto& run : runs) {
      if (run.state != CompareRun::State::Done) progress_->setFormat(tr("Ended before all were done"));
    }
    return;
  }
  const auto text = tr("Run %1 of %2, step %3").arg(current + 1).arg(runs.size()).arg(runs[current].last.step);
  progress_->setFormat(compare_->isPaused() ? tr("%1, paused").arg(text) : text);
}

void CompareWindow::showState() {
  const bool running = compare_->isRunning();
  bool any = false;
  for (int i = 0; i < list_->count(); ++i) any = any || list_->item(i)->checkState() == Qt::Checked;
  run_->setEnabled(!running && any);
  pause_->setEnabled(running);
  pause_->setChecked(compare_->isPaused());
  stop_->setEnabled(running);
  for (QWidget* widget : {static_cast<QWidget*>(set_), static_cast<QWidget*>(list_), static_cast<QWidget*>(steps_)})
    widget->setEnabled(!running);
  take_->setEnabled(table_->currentRow() >= 0 && !running);
  showProgress();
}

void CompareWindow::hideEvent(QHideEvent* event) {
  QSettings settings;
  settings.setValue(QStringLiteral("compare/rows"), rows_->saveState());
  settings.setValue(QStringLiteral("compare/columns"), columns_->saveState());
  QWidget::hideEvent(event);
}

}  // namespace p2l::ui
