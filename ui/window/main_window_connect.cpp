// SPDX-License-Identifier: GPL-3.0-or-later
// Who follows whom, and what the actions do.
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>

#include "core/api/files.h"
#include "ui/canvas/canvas_presenter.h"
#include "ui/canvas/image_canvas.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compare_run_bar.h"
#include "ui/compare/compare_session.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/undo_places.h"
#include "ui/exports/figure_dialog.h"
#include "ui/files/file_desk.h"
#include "ui/jobs/detail_blend.h"
#include "ui/jobs/live_preview.h"
#include "ui/learn/learn_model.h"
#include "ui/learn/learn_page.h"
#include "ui/run/run_bar.h"
#include "ui/run/step_timeline.h"
#include "ui/settings/detail_row.h"
#include "ui/settings/quality_row.h"
#include "ui/settings/solver_panel.h"
#include "ui/style/tab_order.h"
#include "ui/task/degradation_panel.h"
#include "ui/task/task_column.h"
#include "ui/tools/canvas_bar.h"
#include "ui/tools/live_inset.h"
#include "ui/tools/mask_tool_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/bench.h"
#include "ui/window/help_dialogs.h"
#include "ui/window/main_actions.h"
#include "ui/window/main_window.h"
#include "ui/window/model_desk.h"
#include "ui/window/photo_tools.h"
#include "ui/window/status_line.h"
#include "ui/window/top_bar.h"

namespace p2l::ui {
namespace {

using Topic = MessageBar::Topic;

constexpr int kStatusMs = 5000;
constexpr int kClampedMs = 8000;

}  // namespace

void MainWindow::connectViews() {
  new CanvasPresenter(document_, widgets_.canvas);
  live_ = new LivePreview(catalogue_, document_, this);
  new LiveInset(live_, widgets_.canvas);
  detail_ = new DetailBlend(catalogue_, document_, this);
  widgets_.column->extras()->addWidget(new DetailRow(catalogue_, document_, widgets_.solver));
  document_->setCatalogue(&catalogue_);
  widgets_.bar->follow(document_);
  messages_->follow(document_);
  widgets_.timeline->follow(document_);
  widgets_.curves->follow(document_);
  widgets_.solver->follow(document_);
  widgets_.degradation->follow(document_);
  widgets_.quality->follow();
  order_ = new TabOrder(centralWidget());
  connect(document_, &RunModel::settingsChanged, order_, &TabOrder::refresh);
  connect(widgets_.top, &TopBar::pageChosen, order_, &TabOrder::refresh);
  connect(compare_, &CompareSession::listChanged, order_, &TabOrder::refresh);
  connect(widgets_.bar, &RunBar::titleChanged, this, &MainWindow::showTitle);
  connect(document_, &RunModel::photoChanged, this, &MainWindow::showTitle);
  connect(widgets_.column, &TaskColumn::labWanted, this, [this] { turnTo(Page::Lab); });
  connect(widgets_.top, &TopBar::pageChosen, this, [this](int index) {
    if (index != static_cast<int>(page())) turnTo(static_cast<Page>(index));
  });
  connect(document_, &RunModel::runningChanged, widgets_.bench, [this](bool running) {
    if (running) widgets_.bench->showColumn(false);  // in a narrow window it lies over the photo
  });
  connect(compare_bar_, &CompareRunBar::titleChanged, this, &MainWindow::showTitle);
  widgets_.top->setRunsPage(static_cast<int>(Page::Compare));
  connect(widgets_.top, &TopBar::runsDropped, &document_->pastRuns(), &PastRuns::compare);
  connect(&document_->pastRuns(), &PastRuns::compareWanted, this, [this](const QList<int>& runs) {
    showPage(Page::Compare);
    compare_page_->addRuns(runs);
  });
  connect(compare_, &CompareSession::runningChanged, document_, [this](bool running) {
    document_->block(running ? tr("Solvers are being compared: stop the comparison or wait for it.") : QString());
  });
}

void MainWindow::buildComparison() {
  compare_page_ = new ComparePage(catalogue_, document_, compare_);
  auto* scroller = new QScrollArea(pages_);  // on a small screen
  scroller->setFrameShape(QFrame::NoFrame);
  scroller->setWidgetResizable(true);
  scroller->setFocusPolicy(Qt::NoFocus);
  scroller->setWidget(compare_page_);
  pages_->addWidget(scroller);
  compare_scroller_ = scroller;
  connect(compare_page_, &ComparePage::settingsWanted, this,
          [this](const RestoreRequest& request, const JobPictures& pictures) {
            document_->nameChange(tr("settings of the comparison"));
            const auto lost = document_->recall(request, pictures);
            showPage(Page::Lab);
            if (!lost.isEmpty()) messages_->showNote(Topic::Run, lost.join(QLatin1Char(' ')));
          });
  connect(compare_bar_, &CompareRunBar::failed, this,
          [this](const QString& sentence) { compare_page_->messages()->showProblem(Topic::Run, sentence); });
  connect(compare_page_, &ComparePage::status, this,
          [this](const QString& text) { statusBar()->showMessage(text, kStatusMs); });
  compare_page_->setSaveCheck([this](const QString& path) { return files_->problemOfSaving(path); });
  files_->addAtStake([this] { return compare_page_->atStake(); });
}

void MainWindow::buildLearn() {
  const auto own = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/lessons");
  auto* model = new LearnModel(catalogue_, document_, own);
  learn_page_ = new LearnPage(model, pages_);
  pages_->addWidget(learn_page_);
  for (auto changed : {&LearnModel::lessonChanged, &LearnModel::questionChanged, &LearnModel::figuresChanged})
    connect(model, changed, order_, &TabOrder::refresh);
  for (auto changed : {&LearnModel::lessonChanged, &LearnModel::questionChanged})
    connect(model, changed, this, [this, model] { widgets_.bar->setElsewhere(model->runsElsewhere()); });
  connect(model, &LearnModel::lessonChanged, this, [this, model] {
    emit lessonOpened(model->current() >= 0);
    models_->setRunsFollow(model->runsSettings());
  });
  connect(learn_page_, &LearnPage::status, this,
          [this](const QString& text) { statusBar()->showMessage(text, kStatusMs); });
  connect(learn_page_, &LearnPage::stepsCounted, widgets_.bar, &RunBar::setCounted);
  connect(learn_page_, &LearnPage::figuresWanted, actions_->figures, &QAction::trigger);
  learn_page_->setSaveCheck([this](const QString& path) { return files_->problemOfSaving(path); });
  files_->addInputs([model](OutputCheck& check) { model->stateFilesSetAside(check); });
}

void MainWindow::connectMessages() {
  connect(messages_, &MessageBar::coveredChanged, widgets_.bench, &Bench::leaveFoot);
  connect(widgets_.degradation, &DegradationPanel::failed, this,
          [this](const QString& sentence) { messages_->showProblem(Topic::Task, sentence); });
  connect(widgets_.degradation, &DegradationPanel::remarked, this,
          [this](const QString& sentences) { messages_->showNote(Topic::Task, sentences); });
  const auto showClamped = [this](const QString& sentence) { statusBar()->showMessage(sentence, kClampedMs); };
  connect(widgets_.degradation, &DegradationPanel::clamped, this, showClamped);
  connect(widgets_.solver, &SolverPanel::clamped, this, showClamped);
  connect(widgets_.canvas, &ImageCanvas::dragMovesPicture, this, [this] {
    if (widgets_.degradation->isBrushDown())
      statusBar()->showMessage(tr("The mouse moves the picture now: press M, or choose a tool, to paint the mask."),
                               kStatusMs);
  });
  connect(files_, &FileDesk::status, this, [this](const QString& text) { statusBar()->showMessage(text, kStatusMs); });
}

void MainWindow::guardComparison() {
  auto* stack = document_->undoStack();
  const auto guard = [this, stack](const QAction* action, int ahead, void (QUndoStack::*step)()) {
    action->disconnect(stack);
    connect(action, &QAction::triggered, stack, [this, stack, ahead, step] {
      const auto* next = stack->command(stack->index() + ahead);
      const bool unseen = next != nullptr && page() != Page::Compare && compare_->isRunning();
      if (!unseen || !CompareSession::isListChange(*next)) return (stack->*step)();
      showPage(Page::Compare);
      compare_page_->messages()->showProblem(
          Topic::Run, tr("This would change the comparison in progress: wait for its end, or do it again here."));
    });
  };
  guard(actions_->undo, -1, &QUndoStack::undo);
  guard(actions_->redo, 0, &QUndoStack::redo);
}

void MainWindow::connectActions() {
  guardComparison();
  actions_->connectTo(document_);
  actions_->connectTo(widgets_.canvas);
  actions_->connectTo(files_);
  connect(actions_->paint_mask, &QAction::triggered, widgets_.degradation->paintButton(), &QPushButton::setChecked);
  photo_tools_ = new PhotoTools(
      {document_, widgets_.canvas, widgets_.canvas_bar, widgets_.bar, messages_, models_, actions_}, this);
  connect(files_, &FileDesk::opened, this, [this] {
    // To work on it. Restore and Lab are two columns beside one canvas: the one that was chosen stays.
    if (page() >= Page::Compare && !document_->isSample()) showPage(Page::Restore);
    widgets_.quality->photoOpened();
  });
  connect(actions_->models, &QAction::triggered, models_, &ModelDesk::showManager);
  connect(actions_->figures, &QAction::triggered, this, [this] {
    const auto* dialog = FigureDialog::showFor(catalogue_, document_, this);
    auto* lessons = learn_page_->model();
    connect(dialog, &FigureDialog::began, lessons, &LearnModel::expectFigures, Qt::UniqueConnection);
    connect(dialog, &FigureDialog::drawn, lessons, &LearnModel::addFigure, Qt::UniqueConnection);
  });
  connect(actions_->compare_solvers, &QAction::triggered, this, [this] { showCompare(CompareSet::Solvers); });
  connect(actions_->compare_ladder, &QAction::triggered, this, [this] { showCompare(CompareSet::Ladder); });
  connect(actions_->pages, &QActionGroup::triggered, this,
          [this](const QAction* action) { turnTo(static_cast<Page>(action->data().toInt())); });
  // A lesson's settings are no changes of a person's.
  connect(this, &MainWindow::lessonOpened, this, [this](bool open) {
    actions_->undo->setEnabled(!open && document_->undoStack()->canUndo());
    actions_->redo->setEnabled(!open && document_->undoStack()->canRedo());
    actions_->paint_mask->setEnabled(!open);
  });
  // A change that is taken back is seen.
  places_ = new UndoPlaces(
      document_->undoStack(), [this] { return static_cast<int>(page()); },
      [this](int index) {
        const auto made = static_cast<Page>(index);
        const bool photo_only = actions_->photo_only->isChecked() && made >= Page::Compare;
        if (!photo_only && !(made == Page::Learn && hasLesson())) showPage(made);
      },
      this);
  connect(actions_->photo_only, &QAction::toggled, this, &MainWindow::setPhotoOnly);
  connect(actions_->live, &QAction::toggled, live_, [this](bool on) {
    live_->setEnabled(on);
    QSettings().setValue(QStringLiteral("live_preview"), on);
  });
  widgets_.canvas_bar->addSwitch(actions_->live);
  const std::pair<QAction*, QToolButton*> drawers[] = {{actions_->curves, widgets_.bench->curvesButton()},
                                                       {actions_->log, widgets_.bench->logButton()}};
  for (const auto& [action, button] : drawers) {
    connect(action, &QAction::toggled, button, &QToolButton::setChecked);
    connect(button, &QToolButton::toggled, action, &QAction::setChecked);
  }
  connect(actions_->full_screen, &QAction::toggled, this,
          [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
  connect(actions_->quit, &QAction::triggered, this, &QWidget::close);
  connect(actions_->open_embedding, &QAction::triggered, this, &MainWindow::askEmbedding);
  connect(widgets_.solver, &SolverPanel::embeddingWanted, this, &MainWindow::askEmbedding);
  connect(files_, &FileDesk::embeddingOpened, widgets_.solver, &SolverPanel::startFrom);
  connect(widgets_.canvas, &ImageCanvas::filesDropped, files_,
          [this](const QStringList& paths) { files_->openPaths(paths); });
  files_->addInputs([this](OutputCheck& check) {
    for (const auto& entry : compare_->entries()) check.reads("the compared picture", entry.path.toStdString());
  });
  files_->addAtStake([this] { return photo_tools_->atStake(); });
  files_->addAtStake([this] {
    if (!compare_->isRunning()) return QStringList();
    using State = CompareEntry::State;
    const auto count = [this](std::initializer_list<State> states) {
      return std::count_if(compare_->entries().begin(), compare_->entries().end(), [&](const auto& entry) {
        return std::find(states.begin(), states.end(), entry.state) != states.end();
      });
    };
    return QStringList(
        tr("The comparison in progress, which is offered again at the next start. Runs that wait or have "
           "begun: %1.")
            .arg(count({State::Waiting, State::Running})));
  });
  connect(widgets_.degradation->maskTools(), &MaskToolBar::exported, files_, &FileDesk::keepMask);
  widgets_.degradation->maskTools()->setSaveCheck(
      [this](const QString& path) { return files_->problemOfSaving(path, /*is_mask=*/true); });
  connect(actions_->diagnostics, &QAction::triggered, this, [this] {
    const auto& loaded = document_->loaded();
    QApplication::clipboard()->setText(diagnosticsText(loaded.info, loaded.problem, document_->result()));
    statusBar()->showMessage(tr("The diagnostics are in the clipboard."), kStatusMs);
  });
}

}  // namespace p2l::ui
