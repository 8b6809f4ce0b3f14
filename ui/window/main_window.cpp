// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include <QAction>
#include <QActionGroup>
#include <QDropEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>

#include "core/api/presets.h"
#include "ui/canvas/image_canvas.h"
#include "ui/compare/compare_run_bar.h"
#include "ui/compare/compare_session.h"
#include "ui/curves/curves_plot.h"
#include "ui/files/file_desk.h"
#include "ui/jobs/detail_blend.h"
#include "ui/jobs/live_preview.h"
#include "ui/run/event_log.h"
#include "ui/run/history_link.h"
#include "ui/run/past_runs_panel.h"
#include "ui/run/residual_sparkline.h"
#include "ui/run/result_summary.h"
#include "ui/run/run_bar.h"
#include "ui/run/step_numbers.h"
#include "ui/run/step_timeline.h"
#include "ui/settings/quality_row.h"
#include "ui/settings/solver_panel.h"
#include "ui/task/degradation_panel.h"
#include "ui/task/task_column.h"
#include "ui/task/task_tiles.h"
#include "ui/tools/canvas_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/segmented.h"
#include "ui/window/bench.h"
#include "ui/window/main_actions.h"
#include "ui/window/model_desk.h"
#include "ui/window/status_line.h"
#include "ui/window/top_bar.h"

namespace p2l::ui {
namespace {

using Topic = MessageBar::Topic;

/// Of several choices the one that is made: to press it changes nothing.
bool isTheChosenOne(const QAbstractButton& button) {
  return button.isChecked() &&
         (button.autoExclusive() || qobject_cast<const Segmented*>(button.parentWidget()) != nullptr);
}

}  // namespace

MainWindow::MainWindow(const Catalogue& catalogue, QWidget* parent)
    : QMainWindow(parent), catalogue_(catalogue), document_(new RunModel(this)) {
  setObjectName(QStringLiteral("main_window"));
  setAcceptDrops(true);
  setMinimumSize(kSmallest);
  buildViews();
  buildBench();
  buildPages();
  connectViews();
  connectMessages();
  connectActions();
  restoreSettings();
  widgets_.quality->take();
  showTitle();
  QStringList warnings;
  for (const auto& warning : catalogue_.warnings) warnings << QString::fromStdString(warning);
  if (!warnings.isEmpty()) messages_->showProblem(Topic::Start, warnings.join(QLatin1Char('\n')));
}

MainWindow::~MainWindow() {
  hide();  // pages that are left put back what is a person's own, while all that takes it is there
  // They refer to the catalogue and the panel's store, which are gone before the window's children are.
  delete models_;
  delete compare_;
  delete live_;
  delete detail_;
}

void MainWindow::buildViews() {
  widgets_.bar = new RunBar(this);
  widgets_.top = new TopBar(widgets_.bar, this);  // first in the order of Tab
  // The document has the commands of undo: a panel's own would carry values across solvers.
  widgets_.degradation = new DegradationPanel(catalogue_, document_->mask(), nullptr);
  widgets_.solver = new SolverPanel(catalogue_, nullptr);
  widgets_.quality = new QualityRow(catalogue_, document_, widgets_.solver);
  widgets_.column = new TaskColumn(widgets_.degradation, widgets_.solver, widgets_.quality);
  widgets_.canvas = new ImageCanvas;
  widgets_.canvas_bar = new CanvasBar(document_, widgets_.canvas);
  messages_ = new MessageBar;
  widgets_.timeline = new StepTimeline;
  summary_ = new ResultSummary(document_);
  widgets_.curves = new CurvesPlot;
  widgets_.history = new HistoryLink(&document_->pastRuns(), this);
}

void MainWindow::buildBench() {
  auto* strip = new TaskTiles(catalogue_, TaskTiles::Shape::Icons);
  connect(strip, &TaskTiles::chosen, widgets_.degradation, &DegradationPanel::chooseDegradation);
  connect(document_, &RunModel::taskChanged, strip,
          [this, strip] { strip->setCurrent(document_->request().degradation().id); });
  widgets_.bench =
      new Bench({widgets_.column, strip, widgets_.canvas_bar, widgets_.canvas, widgets_.timeline,
                 new ResidualSparkline(document_), summary_, new PastRunsPanel(catalogue_, document_), widgets_.history,
                 widgets_.curves, new EventLog(document_), widgets_.solver, new StepNumbers(document_)},
                this);
}

void MainWindow::buildPages() {
  widgets_.status = new StatusLine(document_, widgets_.canvas, this);
  setStatusBar(widgets_.status);
  messages_->lieAlong(widgets_.status, widgets_.status->end(), Bench::kMostFoot);
  files_ = new FileDesk(document_, widgets_.curves, messages_, this);
  models_ = new ModelDesk(document_, widgets_.solver, this);
  compare_ = new CompareSession(catalogue_, document_, this);
  compare_bar_ = new CompareRunBar(compare_);
  compare_bar_->setInUse(false);
  widgets_.top->addRun(compare_bar_);
  actions_ = new MainActions(this, widgets_.bar, document_->undoStack());
  for (const auto* action : actions_->pages->actions()) widgets_.top->addPage(action->text(), action->toolTip());
  widgets_.top->setMenus(actions_->menus());
  widgets_.top->setSaveActions(actions_->saving());
  widgets_.top->setOpenAction(actions_->open);
  auto* centre = new QWidget(this);
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(widgets_.top);
  column->addWidget(pages_ = new QStackedWidget(centre), 1);
  pages_->addWidget(widgets_.bench);
  setCentralWidget(centre);
}

void MainWindow::reloadPresets() {
  catalogue_.presets = readPresets(catalogue_);
  widgets_.solver->presetsChanged();
}

void MainWindow::askEmbedding() {
  if (!widgets_.solver->readsText()) {
    return messages_->showProblem(
        Topic::File,
        tr("The model %1 works on pixels and reads no text: choose a latent model to start from an embedding.")
            .arg(widgets_.solver->model()));
  }
  files_->askOpenEmbedding();
}

QString MainWindow::summary() const {
  return summary_->text();
}

void MainWindow::setTitlePart(const QString& part) {
  if (std::exchange(title_part_, part) != part) showTitle();
}

void MainWindow::setProject(const QString& path, bool changed) {
  const auto name =
      path.isEmpty() ? QString() : QFileInfo(path).fileName() + (changed ? QStringLiteral("*") : QString());
  if (std::exchange(project_, name) != name) showTitle();
}

void MainWindow::showTitle() {
  QStringList parts;
  for (const auto& share : {widgets_.bar->titlePart(), compare_bar_->titlePart(), title_part_}) {
    if (!share.isEmpty()) parts << share;
  }
  if (!project_.isEmpty()) parts << project_;
  if (document_->photo() != nullptr) parts << document_->photo()->label;
  parts << tr("P2L Studio");
  setWindowTitle(parts.join(QStringLiteral(" – ")));
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (!enter || page() >= Page::Compare) return QMainWindow::keyPressEvent(event);
  // Enter presses the button that has the focus, and Run elsewhere: also on what is chosen already.
  auto* button = qobject_cast<QAbstractButton*>(focusWidget());
  button != nullptr && !isTheChosenOne(*button) ? button->click() : widgets_.bar->runAction()->trigger();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (FileDesk::canOpen(event->mimeData())) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  if (files_->openData(event->mimeData())) event->acceptProposedAction();
}

}  // namespace p2l::ui
