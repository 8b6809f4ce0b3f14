// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QStatusBar>
#include <QVBoxLayout>

#include "core/api/files.h"
#include "ui/canvas/canvas_presenter.h"
#include "ui/canvas/image_canvas.h"
#include "ui/canvas/mask_tool_bar.h"
#include "ui/canvas/pixel_readout.h"
#include "ui/compare/compare_session.h"
#include "ui/compare/compare_window.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/model_store.h"
#include "ui/files/file_desk.h"
#include "ui/run/past_runs_panel.h"
#include "ui/run/result_summary.h"
#include "ui/run/run_bar.h"
#include "ui/run/step_timeline.h"
#include "ui/settings/degradation_panel.h"
#include "ui/settings/solver_panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/panel_scroller.h"
#include "ui/window/help_dialogs.h"
#include "ui/window/main_actions.h"
#include "ui/window/model_desk.h"

namespace p2l::ui {
namespace {

using Topic = MessageBar::Topic;

constexpr int kLayoutVersion = 3;
constexpr QSize kFirstSize(1400, 900);
constexpr int kCurvesHeight = 210;
constexpr int kStatusMs = 5000;
constexpr int kClampedMs = 8000;

}  // namespace

MainWindow::MainWindow(const Catalogue& catalogue, QWidget* parent)
    : QMainWindow(parent), catalogue_(catalogue), document_(new RunModel(this)) {
  setObjectName(QStringLiteral("main_window"));
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
  setAcceptDrops(true);
  setCentralWidget(buildCentre());
  buildDocks();
  statusBar()->addPermanentWidget(new PixelReadout(widgets_.canvas, this));
  files_ = new FileDesk(document_, widgets_.curves, messages_, this);
  models_ = new ModelDesk(document_, widgets_.solver, this);
  compare_ = new CompareSession(this);
  actions_ = new MainActions(this, widgets_.bar, document_->undoStack());
  for (auto* dock : findChildren<QDockWidget*>()) actions_->docks->addAction(dock->toggleViewAction());
  connectViews();
  connectMessages();
  connectActions();
  restoreSettings();
  showTitle();
  QStringList warnings;
  for (const auto& warning : catalogue_.warnings) warnings << QString::fromStdString(warning);
  if (!warnings.isEmpty()) messages_->showProblem(Topic::Start, warnings.join(QLatin1Char('\n')));
}

MainWindow::~MainWindow() {
  // Its background work reads the catalogue and the panel's store, which are gone before the window's children are.
  delete models_;
}

QWidget* MainWindow::buildCentre() {
  auto* centre = new QWidget(this);
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(widgets_.bar = new RunBar(centre));
  column->addWidget(messages_ = new MessageBar(centre));
  column->addWidget(widgets_.canvas = new ImageCanvas(centre), 1);
  column->addWidget(widgets_.timeline = new StepTimeline(centre));
  column->addWidget(summary_ = new ResultSummary(document_, centre));
  return centre;
}

void MainWindow::buildDocks() {
  auto* undo_stack = document_->undoStack();
  widgets_.degradation = new DegradationPanel(catalogue_, document_->mask(), undo_stack);
  widgets_.solver = new SolverPanel(catalogue_, undo_stack);
  widgets_.curves = new CurvesPlot(this);
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  addDock(QStringLiteral("degradation"), tr("Degradation"), new PanelScroller(widgets_.degradation),
          Qt::LeftDockWidgetArea);
  addDock(QStringLiteral("solver"), tr("Restoration"), new PanelScroller(widgets_.solver), Qt::RightDockWidgetArea);
  curves_dock_ = addDock(QStringLiteral("curves"), tr("Curves"), widgets_.curves, Qt::BottomDockWidgetArea);
  resizeDocks({curves_dock_}, {kCurvesHeight}, Qt::Vertical);
  auto* history =
      addDock(QStringLiteral("history"), tr("History"), new PastRunsPanel(document_, this), Qt::BottomDockWidgetArea);
  resizeDocks({curves_dock_, history}, {3, 1}, Qt::Horizontal);
}

QDockWidget* MainWindow::addDock(const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area) {
  auto* dock = new QDockWidget(title, this);
  dock->setObjectName(name);
  dock->setWidget(content);
  addDockWidget(area, dock);
  return dock;
}

void MainWindow::connectViews() {
  new CanvasPresenter(document_, widgets_.canvas);
  widgets_.bar->follow(document_);
  messages_->follow(document_);
  widgets_.timeline->follow(document_);
  widgets_.curves->follow(document_);
  widgets_.solver->follow(document_);
  widgets_.degradation->follow(document_);
  connect(widgets_.bar, &RunBar::titleChanged, this, &MainWindow::showTitle);
  connect(document_, &RunModel::photoChanged, this, &MainWindow::showTitle);
  connect(compare_, &CompareSession::runningChanged, document_, [this](bool running) {
    document_->block(running ? tr("Solvers are being compared: stop the comparison or wait for it.") : QString());
  });
}

void MainWindow::connectMessages() {
  connect(widgets_.degradation, &DegradationPanel::failed, this,
          [this](const QString& sentence) { messages_->showProblem(Topic::File, sentence); });
  connect(widgets_.degradation, &DegradationPanel::remarked, this,
          [this](const QString& sentences) { messages_->showNote(Topic::File, sentences); });
  const auto showClamped = [this](const QString& sentence) { statusBar()->showMessage(sentence, kClampedMs); };
  connect(widgets_.degradation, &DegradationPanel::clamped, this, showClamped);
  connect(widgets_.solver, &SolverPanel::clamped, this, showClamped);
  connect(files_, &FileDesk::status, this, [this](const QString& text) { statusBar()->showMessage(text, kStatusMs); });
}

void MainWindow::showCompareWindow(CompareSet set) {
  if (compare_window_ == nullptr) {
    compare_window_ = new CompareWindow(catalogue_, document_, compare_, this);
    compare_window_->curves()->setSaveCheck(
        [this](const QString& path) { return files_->problemOfSaving(tr("Export curves"), path); });
    connect(compare_window_, &CompareWindow::settingsWanted, this,
            [this](const RestoreRequest& request, const JobPictures& pictures) {
              document_->recall(request, pictures);
              activateWindow();
            });
  }
  compare_window_->choose(set);
  compare_window_->show();
  compare_window_->raise();
  compare_window_->activateWindow();
}

void MainWindow::connectActions() {
  actions_->connectTo(document_);
  actions_->connectTo(widgets_.canvas);
  actions_->connectTo(files_);
  connect(actions_->paint_mask, &QAction::triggered, widgets_.degradation->paintButton(), &QPushButton::setChecked);
  connect(actions_->models, &QAction::triggered, models_, &ModelDesk::showManager);
  connect(actions_->compare_solvers, &QAction::triggered, this, [this] { showCompareWindow(CompareSet::Solvers); });
  connect(actions_->compare_ladder, &QAction::triggered, this, [this] { showCompareWindow(CompareSet::Ladder); });
  connect(actions_->full_screen, &QAction::toggled, this,
          [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
  connect(actions_->reset_layout, &QAction::triggered, this, [this] { restoreState(first_layout_, kLayoutVersion); });
  connect(actions_->quit, &QAction::triggered, this, &QWidget::close);
  connect(actions_->open_embedding, &QAction::triggered, this, &MainWindow::askEmbedding);
  connect(widgets_.solver, &SolverPanel::embeddingWanted, this, &MainWindow::askEmbedding);
  connect(files_, &FileDesk::embeddingOpened, widgets_.solver, &SolverPanel::startFrom);
  connect(widgets_.canvas, &ImageCanvas::filesDropped, files_,
          [this](const QStringList& paths) { files_->open(paths.first()); });
  widgets_.degradation->maskTools()->setSaveCheck(
      [this](const QString& path) { return files_->problemOfSaving(tr("Export mask"), path, /*is_mask=*/true); });
  connect(actions_->diagnostics, &QAction::triggered, this, [this] {
    const auto& loaded = document_->loaded();
    QApplication::clipboard()->setText(diagnosticsText(loaded.info, loaded.problem, document_->result()));
    statusBar()->showMessage(tr("The diagnostics are in the clipboard."), kStatusMs);
  });
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

void MainWindow::start(const QString& photo) {
  files_->open(photo.isEmpty()
                   ? QString::fromStdString(resourceFolder()) + QStringLiteral("/photos/skimage_chelsea.png")
                   : photo);
  files_->offerKeptResult();
  const auto& model = widgets_.solver->models()->chosen();
  document_->loadModel(model.key, model.device, model.options);
}

QString MainWindow::summary() const {
  return summary_->text();
}

void MainWindow::showTitle() {
  QStringList parts;
  if (const auto share = widgets_.bar->titlePart(); !share.isEmpty()) parts << share;
  if (document_->photo() != nullptr) parts << document_->photo()->label;
  parts << tr("P2L Studio");
  setWindowTitle(parts.join(QStringLiteral(" – ")));
}

void MainWindow::restoreSettings() {
  const auto room = screen()->availableGeometry().size();
  resize(kFirstSize.boundedTo(room * 0.95));
  first_layout_ = saveState(kLayoutVersion);
  const QSettings settings;
  const bool first_time = !restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
  if (first_time && room.width() < kFirstSize.width()) setWindowState(Qt::WindowMaximized);
  restoreState(settings.value(QStringLiteral("state")).toByteArray(), kLayoutVersion);
  actions_->keep_exif->setChecked(settings.value(QStringLiteral("keep_exif"), true).toBool());
  actions_->setTheme(
      static_cast<Theme>(settings.value(QStringLiteral("theme"), static_cast<int>(Theme::System)).toInt()));
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!files_->mayClose()) return event->ignore();
  document_->stop();
  compare_->stop();
  if (compare_window_ != nullptr) compare_window_->close();
  QSettings settings;
  settings.setValue(QStringLiteral("geometry"), saveGeometry());
  settings.setValue(QStringLiteral("state"), saveState(kLayoutVersion));
  QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (FileDesk::canOpen(event->mimeData())) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  if (files_->openData(event->mimeData())) event->acceptProposedAction();
}

}  // namespace p2l::ui
