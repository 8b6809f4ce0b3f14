// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QStatusBar>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>

#include "core/api/engine.h"
#include "core/api/files.h"
#include "ui/canvas/image_canvas.h"
#include "ui/document/mask_editor.h"
#include "ui/canvas/mask_tool_bar.h"
#include "ui/compare/compare_session.h"
#include "ui/compare/compare_window.h"
#include "ui/curves/curves_plot.h"
#include "ui/document/model_store.h"
#include "ui/files/file_desk.h"
#include "ui/files/recent_files.h"
#include "ui/run/past_runs_panel.h"
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

MainWindow::MainWindow(const Catalogue& catalogue, QWidget* parent) : QMainWindow(parent), catalogue_(catalogue) {
  setObjectName(QStringLiteral("main_window"));
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
  setAcceptDrops(true);
  widgets_.undo_stack = new QUndoStack(this);
  buildCentre();
  buildDocks();
  session_ = new RunSession(widgets_, this);
  past_runs_ = new PastRunsPanel(&session_->pastRuns(), this);
  auto* history = addDock(QStringLiteral("history"), tr("History"), past_runs_, Qt::BottomDockWidgetArea);
  resizeDocks({curves_dock_, history}, {3, 1}, Qt::Horizontal);
  files_ = new FileDesk(session_, widgets_.curves, messages_, this);
  models_ = new ModelDesk(session_, widgets_.solver, this);
  compare_ = new CompareSession(this);
  actions_ = new MainActions(this, widgets_.bar, widgets_.undo_stack);
  for (auto* dock : findChildren<QDockWidget*>()) actions_->docks->addAction(dock->toggleViewAction());
  connectRun();
  connectView();
  connectHelp();
  connectFiles();
  restoreSettings();
  showRecent();
  showTitle();
  QStringList warnings;
  for (const auto& warning : catalogue_.warnings) warnings << QString::fromStdString(warning);
  if (!warnings.isEmpty()) messages_->showProblem(Topic::Start, warnings.join(QLatin1Char('\n')));
}

MainWindow::~MainWindow() = default;

void MainWindow::buildCentre() {
  auto* centre = new QWidget(this);
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  messages_ = new MessageBar(centre);
  canvas_ = new ImageCanvas(centre);
  widgets_.canvas = canvas_;
  widgets_.bar = new RunBar(centre);
  widgets_.timeline = new StepTimeline(centre);
  summary_ = new QLabel(centre);
  summary_->setContentsMargins(8, 3, 8, 5);
  summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // a long line must not widen the window
  summary_->setWordWrap(true);
  summary_->setAccessibleName(tr("Result in numbers"));
  summary_->setToolTip(
      tr("PSNR and SSIM against the photo, with the PSNR of the measurement and of the autoencoder alone,\n"
         "which bounds every latent solver; ‖y − A x‖ with the noise level σ√m as its goal; seconds."));
  summary_->setText(noResultText());
  for (QWidget* widget : {static_cast<QWidget*>(widgets_.bar), static_cast<QWidget*>(messages_)})
    column->addWidget(widget);
  column->addWidget(canvas_, 1);
  column->addWidget(widgets_.timeline);
  column->addWidget(summary_);
  setCentralWidget(centre);
  pixel_ = new QLabel(this);
  statusBar()->addPermanentWidget(pixel_);
}

void MainWindow::buildDocks() {
  widgets_.mask = new MaskEditor(widgets_.undo_stack, this);
  canvas_->setMaskEditor(widgets_.mask);
  widgets_.degradation = new DegradationPanel(catalogue_, widgets_.mask, widgets_.undo_stack);
  widgets_.solver = new SolverPanel(catalogue_, widgets_.undo_stack);
  widgets_.curves = new CurvesPlot(this);
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  addDock(QStringLiteral("degradation"), tr("Degradation"), new PanelScroller(widgets_.degradation),
          Qt::LeftDockWidgetArea);
  addDock(QStringLiteral("solver"), tr("Restoration"), new PanelScroller(widgets_.solver), Qt::RightDockWidgetArea);
  curves_dock_ = addDock(QStringLiteral("curves"), tr("Curves"), widgets_.curves, Qt::BottomDockWidgetArea);
  resizeDocks({curves_dock_}, {kCurvesHeight}, Qt::Vertical);
}

QDockWidget* MainWindow::addDock(const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area) {
  auto* dock = new QDockWidget(title, this);
  dock->setObjectName(name);
  dock->setWidget(content);
  addDockWidget(area, dock);
  return dock;
}

QString MainWindow::noResultText() const {
  return tr("No result yet: press Run.");
}

void MainWindow::connectRun() {
  const auto* bar = widgets_.bar;
  connect(bar->runAction(), &QAction::triggered, session_, &RunSession::run);
  connect(bar->pauseAction(), &QAction::triggered, session_, &RunSession::setPaused);
  connect(bar->stepAction(), &QAction::triggered, session_, &RunSession::stepOnce);
  connect(bar->stopAction(), &QAction::triggered, session_, &RunSession::stop);
  connect(bar, &RunBar::titleChanged, this, &MainWindow::showTitle);
  connect(session_, &RunSession::problem, this,
          [this](const QString& sentence) { messages_->showProblem(Topic::Run, sentence); });
  connect(session_, &RunSession::remarked, this,
          [this](const QString& sentences) { messages_->showNote(Topic::Run, sentences); });
  connect(session_, &RunSession::solved, this, [this] { messages_->clear(Topic::Run); });
  connect(session_, &RunSession::runningChanged, this,
          [this, waiting = tr("The numbers appear with the result.")](bool running) {
            if (summary_->text() == (running ? noResultText() : waiting))
              summary_->setText(running ? waiting : noResultText());
          });
  connect(session_, &RunSession::resultReady, this,
          [this](const ResultPtr& result) { summary_->setText(summaryText(result->outcome)); });
  connect(session_, &RunSession::broughtBack, this, [this](const ResultPtr& result) {
    summary_->setText(result ? summaryText(result->outcome)
                             : tr("The picture was discarded to save memory; press Run."));
    showTitle();
  });
  connect(past_runs_, &PastRunsPanel::chosen, session_, &RunSession::bringBack);
  connect(widgets_.degradation, &DegradationPanel::failed, this,
          [this](const QString& sentence) { messages_->showProblem(Topic::File, sentence); });
  connect(widgets_.degradation, &DegradationPanel::remarked, this,
          [this](const QString& sentences) { messages_->showNote(Topic::File, sentences); });
  const auto showClamped = [this](const QString& sentence) { statusBar()->showMessage(sentence, kClampedMs); };
  connect(widgets_.degradation, &DegradationPanel::clamped, this, showClamped);
  connect(widgets_.solver, &SolverPanel::clamped, this, showClamped);
  connect(widgets_.solver, &SolverPanel::modelRequested, this, &MainWindow::modelRequested);
  connect(widgets_.solver, &SolverPanel::modelRequested, models_, [this] { models_->setTimes({}, {}); });
  connect(models_, &ModelDesk::timePredicted, widgets_.bar, &RunBar::showExpected);
  connect(actions_->models, &QAction::triggered, models_, &ModelDesk::showManager);
  connect(actions_->compare_solvers, &QAction::triggered, this, [this] { showCompareWindow(CompareSet::Solvers); });
  connect(actions_->compare_ladder, &QAction::triggered, this, [this] { showCompareWindow(CompareSet::Ladder); });
  connect(compare_, &CompareSession::runningChanged, session_, [this](bool running) {
    session_->block(running ? tr("Solvers are being compared: stop the comparison or wait for it.") : QString());
  });
}

void MainWindow::showCompareWindow(CompareSet set) {
  if (compare_window_ == nullptr) {
    compare_window_ = new CompareWindow(catalogue_, session_, compare_, this);
    compare_window_->curves()->setSaveCheck(
        [this](const QString& path) { return files_->problemOfSaving(tr("Export curves"), path); });
    connect(compare_window_, &CompareWindow::settingsWanted, this,
            [this](const RestoreRequest& request, const JobPictures& pictures) {
              session_->recall(request, pictures);
              activateWindow();
            });
  }
  compare_window_->choose(set);
  compare_window_->show();
  compare_window_->raise();
  compare_window_->activateWindow();
}

void MainWindow::connectView() {
  connect(actions_->compare, &QActionGroup::triggered, this,
          [this](QAction* action) { canvas_->setCompareMode(action->data().value<ImageCanvas::CompareMode>()); });
  connect(canvas_, &ImageCanvas::compareModeChanged, this, [this](ImageCanvas::CompareMode mode) {
    for (auto* action : actions_->compare->actions())
      action->setChecked(action->data().value<ImageCanvas::CompareMode>() == mode);
  });
  connect(actions_->before, &QActionGroup::triggered, this,
          [this](QAction* action) { session_->setBefore(static_cast<RunSession::Before>(action->data().toInt())); });
  connect(actions_->fit, &QAction::triggered, canvas_, &ImageCanvas::fit);
  connect(actions_->actual_size, &QAction::triggered, canvas_, &ImageCanvas::actualSize);
  connect(actions_->zoom_in, &QAction::triggered, canvas_, &ImageCanvas::zoomIn);
  connect(actions_->zoom_out, &QAction::triggered, canvas_, &ImageCanvas::zoomOut);
  connect(canvas_, &ImageCanvas::pixelHovered, this, &MainWindow::showPixel);
  connect(actions_->theme, &QActionGroup::triggered, this, [](QAction* action) {
    const auto theme = static_cast<Theme>(action->data().toInt());
    applyTheme(*qApp, theme);
    QSettings().setValue(QStringLiteral("theme"), static_cast<int>(theme));
  });
  connect(actions_->full_screen, &QAction::toggled, this,
          [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
  connect(actions_->reset_layout, &QAction::triggered, this, [this] { restoreState(first_layout_, kLayoutVersion); });

  auto* paint = widgets_.degradation->paintButton();
  connect(actions_->paint_mask, &QAction::triggered, paint, &QPushButton::setChecked);
  const auto showPainting = [this](bool painting) { actions_->paint_mask->setChecked(painting); };
  connect(widgets_.degradation, &DegradationPanel::maskPaintingChanged, this, showPainting);
}

void MainWindow::connectHelp() {
  connect(actions_->shortcuts, &QAction::triggered, this,
          [this] { showShortcutList(this, actions_->withShortcuts()); });
  connect(actions_->about, &QAction::triggered, this, [this] { showAboutBox(this); });
  connect(actions_->diagnostics, &QAction::triggered, this, [this] {
    QApplication::clipboard()->setText(diagnosticsText(model_, model_problem_, session_->result()));
    statusBar()->showMessage(tr("The diagnostics are in the clipboard."), kStatusMs);
  });
}

void MainWindow::connectFiles() {
  connect(actions_->keep_exif, &QAction::toggled, this, [this](bool keep) {
    files_->setKeepExif(keep);
    QSettings().setValue(QStringLiteral("keep_exif"), keep);
  });
  connect(actions_->open, &QAction::triggered, files_, &FileDesk::askOpen);
  connect(actions_->paste, &QAction::triggered, files_, &FileDesk::paste);
  connect(actions_->save_result, &QAction::triggered, files_, &FileDesk::askSaveResult);
  connect(actions_->save_measurement, &QAction::triggered, files_, &FileDesk::askSaveMeasurement);
  connect(actions_->export_csv, &QAction::triggered, files_, &FileDesk::askExportCsv);
  connect(actions_->export_pdf, &QAction::triggered, files_, &FileDesk::askExportPdf);
  connect(actions_->export_sheet, &QAction::triggered, files_, &FileDesk::askExportSheet);
  connect(actions_->export_animation, &QAction::triggered, files_, &FileDesk::askExportAnimation);
  connect(actions_->save_embedding, &QAction::triggered, files_, &FileDesk::askSaveEmbedding);
  connect(actions_->open_embedding, &QAction::triggered, this, &MainWindow::askEmbedding);
  connect(widgets_.solver, &SolverPanel::embeddingWanted, this, &MainWindow::askEmbedding);
  connect(files_, &FileDesk::embeddingOpened, widgets_.solver, &SolverPanel::startFrom);
  connect(actions_->quit, &QAction::triggered, this, &QWidget::close);
  connect(canvas_, &ImageCanvas::filesDropped, files_,
          [this](const QStringList& paths) { files_->open(paths.first()); });
  connect(widgets_.curves, &CurvesPlot::failed, this,
          [this](const QString& sentence) { messages_->showProblem(Topic::File, sentence); });
  widgets_.curves->setSaveCheck(
      [this](const QString& path) { return files_->problemOfSaving(tr("Export curves"), path); });
  widgets_.degradation->maskTools()->setSaveCheck(
      [this](const QString& path) { return files_->problemOfSaving(tr("Export mask"), path, /*is_mask=*/true); });
  connect(files_, &FileDesk::opened, this, [this] {
    summary_->setText(noResultText());
    showTitle();
  });
  connect(files_, &FileDesk::recentChanged, this, &MainWindow::showRecent);
  connect(files_, &FileDesk::status, this, [this](const QString& text) { statusBar()->showMessage(text, kStatusMs); });
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
  emit modelRequested(model.key, model.device, model.options);
}

QString MainWindow::summary() const {
  return summary_->text();
}

void MainWindow::showRecent() {
  fillRecentMenu(actions_->recent, [this](const QString& path) { files_->open(path); });
}

void MainWindow::showPixel(QPoint pixel, const QColor& before, const QColor& after) {
  const auto text = [](const QColor& colour) {
    if (!colour.isValid()) return QStringLiteral("–");
    return QStringLiteral("%1 %2 %3").arg(colour.red()).arg(colour.green()).arg(colour.blue());
  };
  const auto place = tr("(%1, %2)  before %3  after %4").arg(pixel.x()).arg(pixel.y()).arg(text(before), text(after));
  pixel_->setText(pixel.x() < 0 ? QString() : place);
}

void MainWindow::modelLoaded(const ModelInfo& model, double seconds) {
  model_ = model;
  model_problem_.clear();
  messages_->clear(Topic::Model);
  widgets_.solver->showModel(model);
  widgets_.solver->showModelText(tr("%1 million weights, best at %2 × %2; ready after %3\u00a0s")
                                     .arg(static_cast<double>(model.parameters) / 1e6, 0, 'f', 1)
                                     .arg(model.training_size)
                                     .arg(seconds, 0, 'f', 1));
}

void MainWindow::modelFailed(const QString& sentence) {
  model_problem_ = sentence;
  widgets_.solver->showModelText(tr("The model could not be loaded."));
  messages_->showProblem(Topic::Model, sentence);
}

void MainWindow::networksTimed(const ModelInfo& model, const NetworkTimes& times) {
  models_->setTimes(model, times);
}

void MainWindow::showTitle() {
  QStringList parts;
  if (const auto share = widgets_.bar->titlePart(); !share.isEmpty()) parts << share;
  if (session_->photo() != nullptr) parts << session_->photo()->label;
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
  session_->stop();
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
