// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QScrollArea>
#include <QSettings>
#include <QStatusBar>
#include <QUndoStack>
#include <QVBoxLayout>

#include "core/api/engine.h"
#include "ui/curves_plot.h"
#include "ui/degradation_panel.h"
#include "ui/help_dialogs.h"
#include "ui/image_canvas.h"
#include "ui/kept_result.h"
#include "ui/main_actions.h"
#include "ui/mask_editor.h"
#include "ui/message_bar.h"
#include "ui/recent_files.h"
#include "ui/solver_panel.h"
#include "ui/step_timeline.h"

namespace p2l::ui {
namespace {

constexpr int kSampleSize = 256;
constexpr int kLayoutVersion = 1;

}  // namespace

MainWindow::MainWindow(const Catalogue& catalogue, QWidget* parent)
    : QMainWindow(parent), catalogue_(catalogue), undo_stack_(new QUndoStack(this)), opener_(new PhotoOpener(this)) {
  setObjectName(QStringLiteral("main_window"));
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
  buildCentre();
  buildDocks();
  session_ = new RunSession(widgets_, this);
  actions_ = new MainActions(this, widgets_.bar, undo_stack_);
  for (auto* dock : findChildren<QDockWidget*>()) actions_->docks->addAction(dock->toggleViewAction());
  connectActions();
  connectFiles();
  resize(1360, 860);
  first_layout_ = saveState(kLayoutVersion);
  restoreSettings();
  showRecent();
  showTitle();
  for (const auto& warning : catalogue_.warnings) messages_->showProblem(QString::fromStdString(warning));
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
  summary_->setContentsMargins(8, 3, 8, 3);
  summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  summary_->setAccessibleName(tr("Result in numbers"));
  summary_->setText(tr("No result yet: press Run."));
  column->addWidget(widgets_.bar);
  column->addWidget(messages_);
  column->addWidget(canvas_, 1);
  column->addWidget(widgets_.timeline);
  column->addWidget(summary_);
  setCentralWidget(centre);
  pixel_ = new QLabel(this);
  statusBar()->addPermanentWidget(pixel_);
}

void MainWindow::buildDocks() {
  widgets_.mask = new MaskEditor(undo_stack_, this);
  canvas_->setMaskEditor(widgets_.mask);
  widgets_.degradation = new DegradationPanel(catalogue_, widgets_.mask, undo_stack_, this);
  widgets_.solver = new SolverPanel(catalogue_, undo_stack_, this);
  widgets_.curves = new CurvesPlot(this);
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  auto* left =
      addDock(QStringLiteral("degradation"), tr("Degradation"), widgets_.degradation, Qt::LeftDockWidgetArea, true);
  auto* right = addDock(QStringLiteral("solver"), tr("Restoration"), widgets_.solver, Qt::RightDockWidgetArea, true);
  auto* bottom = addDock(QStringLiteral("curves"), tr("Curves"), widgets_.curves, Qt::BottomDockWidgetArea, false);
  resizeDocks({left, right}, {300, 310}, Qt::Horizontal);
  resizeDocks({bottom}, {220}, Qt::Vertical);
}

QDockWidget* MainWindow::addDock(const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area,
                                 bool scroll) {
  auto* dock = new QDockWidget(title, this);
  dock->setObjectName(name);
  if (scroll) {
    auto* scroller = new QScrollArea(dock);
    scroller->setWidget(content);
    scroller->setWidgetResizable(true);
    scroller->setFrameShape(QFrame::NoFrame);
    scroller->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroller->setMinimumWidth(290);
    dock->setWidget(scroller);
  } else {
    dock->setWidget(content);
  }
  addDockWidget(area, dock);
  return dock;
}

void MainWindow::connectActions() {
  connect(widgets_.bar->runAction(), &QAction::triggered, session_, &RunSession::run);
  connect(widgets_.bar->pauseAction(), &QAction::triggered, session_, &RunSession::setPaused);
  connect(widgets_.bar->stepAction(), &QAction::triggered, session_, &RunSession::stepOnce);
  connect(widgets_.bar->stopAction(), &QAction::triggered, session_, &RunSession::stop);
  connect(widgets_.bar, &RunBar::titleChanged, this, &MainWindow::showTitle);
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
  connect(actions_->theme, &QActionGroup::triggered, this, [](QAction* action) {
    const auto theme = static_cast<Theme>(action->data().toInt());
    applyTheme(*qApp, theme);
    QSettings().setValue(QStringLiteral("theme"), static_cast<int>(theme));
  });
  connect(actions_->full_screen, &QAction::toggled, this,
          [this](bool full) { full ? showFullScreen() : showNormal(); });
  connect(actions_->reset_layout, &QAction::triggered, this, [this] { restoreState(first_layout_, kLayoutVersion); });
  connect(actions_->shortcuts, &QAction::triggered, this,
          [this] { showShortcutList(this, actions_->withShortcuts()); });
  connect(actions_->about, &QAction::triggered, this, [this] { showAboutBox(this); });
  connect(actions_->diagnostics, &QAction::triggered, this, [this] {
    QApplication::clipboard()->setText(diagnosticsText(model_, model_problem_));
    statusBar()->showMessage(tr("Copied"), 3000);
  });
  connect(canvas_, &ImageCanvas::pixelHovered, this, [this](QPoint pixel, const QColor& before, const QColor& after) {
    auto text = [](const QColor& c) {
      return c.isValid() ? QStringLiteral("%1 %2 %3").arg(c.red()).arg(c.green()).arg(c.blue()) : QStringLiteral("–");
    };
    pixel_->setText(
        pixel.x() < 0
            ? QString()
            : tr("(%1, %2)  before %3  after %4").arg(pixel.x()).arg(pixel.y()).arg(text(before), text(after)));
  });
}

void MainWindow::connectFiles() {
  connect(actions_->open, &QAction::triggered, this, &MainWindow::askOpen);
  connect(actions_->paste, &QAction::triggered, this, [this] {
    const auto* data = QApplication::clipboard()->mimeData();
    if (data != nullptr && data->hasUrls() && data->urls().first().isLocalFile()) {
      openPhoto(data->urls().first().toLocalFile());
    } else if (const auto image = QApplication::clipboard()->image(); !image.isNull()) {
      opener_->openImage(image, tr("pasted picture"));
    } else {
      messages_->showProblem(tr("The clipboard holds no picture: copy one first."));
    }
  });
  connect(canvas_, &ImageCanvas::filesDropped, this, [this](const QStringList& paths) { openPhoto(paths.first()); });
  connect(actions_->save_result, &QAction::triggered, this, [this] { askSave(true); });
  connect(actions_->save_measurement, &QAction::triggered, this, [this] { askSave(false); });
  auto exportCurves = [this](const QString& filter, auto write) {
    const auto path = QFileDialog::getSaveFileName(this, tr("Export curves"), {}, filter);
    QString error;
    if (!path.isEmpty() && !write(path, &error)) messages_->showProblem(error);
  };
  connect(actions_->export_csv, &QAction::triggered, this, [this, exportCurves] {
    exportCurves(tr("CSV (*.csv)"),
                 [this](const QString& path, QString* error) { return widgets_.curves->exportCsv(path, error); });
  });
  connect(actions_->export_pdf, &QAction::triggered, this, [this, exportCurves] {
    exportCurves(tr("PDF (*.pdf)"),
                 [this](const QString& path, QString* error) { return widgets_.curves->exportPdf(path, error); });
  });
  connect(actions_->quit, &QAction::triggered, this, &QWidget::close);
  connect(opener_, &PhotoOpener::opened, this, &MainWindow::photoOpened);
  connect(opener_, &PhotoOpener::failed, messages_, &MessageBar::showProblem);
  connect(opener_, &PhotoOpener::saveFailed, messages_,
          [this](const QString& sentence) { messages_->showProblem(sentence); });
  connect(opener_, &PhotoOpener::saved, this, [this](const QString& path, const QString& remark, const QString& tag) {
    if (tag == QStringLiteral("kept")) return;
    if (tag == QStringLiteral("result")) {
      session_->markSaved();
      forgetKeptResult();
      emit resultSaved(path);
    }
    statusBar()->showMessage(tr("Saved %1").arg(path), 5000);
    if (!remark.isEmpty()) messages_->showNote(remark);
  });
  for (auto signal : {&DegradationPanel::failed})
    connect(widgets_.degradation, signal, messages_, &MessageBar::showProblem);
  connect(widgets_.curves, &CurvesPlot::failed, messages_, &MessageBar::showProblem);
  connect(session_, &RunSession::problem, messages_, &MessageBar::showProblem);
  connect(widgets_.solver, &SolverPanel::modelRequested, this, &MainWindow::modelRequested);
  connect(session_, &RunSession::resultReady, this, [this](const OutcomePtr& outcome) {
    summary_->setText(summaryText(*outcome));
    opener_->save(std::make_shared<Image>(outcome->picture), keptResultPath(), jsonFromRequest(outcome->report.request),
                  QStringLiteral("kept"));
  });
}

void MainWindow::openPhoto(const QString& path) {
  opener_->open(path);
}

void MainWindow::openSample() {
  widgets_.solver->setWorkingSize(kSampleSize);
  openPhoto(QString::fromStdString(resourceFolder()) + QStringLiteral("/photos/skimage_chelsea.png"));
  offerKeptResult();
}

void MainWindow::photoOpened(std::shared_ptr<const OpenedPhoto> photo) {
  messages_->hide();
  undo_stack_->clear();  // strokes belong to the mask of the former picture
  session_->setPhoto(photo);
  summary_->setText(tr("No result yet: press Run."));
  if (!photo->path.isEmpty()) rememberRecent(photo->path);
  for (const auto& remark : photo->photo.remarks) messages_->showNote(QString::fromStdString(remark));
  if (!photo->photo.request_json.empty()) {
    messages_->offer(tr("This picture was made by P2L Studio."), tr("Recall its settings"), [this, photo] {
      try {
        session_->recall(requestFromJson(photo->photo.request_json));
      } catch (const std::exception& error) {
        messages_->showProblem(QString::fromUtf8(error.what()));
      }
    });
  }
  showTitle();
}

void MainWindow::askOpen() {
  const auto path =
      QFileDialog::getOpenFileName(this, tr("Open photo"), QSettings().value(QStringLiteral("folder")).toString(),
                                   tr("Pictures (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.bmp);;All files (*)"));
  if (!path.isEmpty()) openPhoto(path);
}

void MainWindow::askSave(bool result) {
  const auto outcome = session_->outcome();
  if (!outcome || (result ? outcome->picture : outcome->measurement).empty()) {
    messages_->showProblem(result ? tr("There is no result yet: press Run first.")
                                  : tr("There is no measurement of a run yet: press Run first."));
    return;
  }
  const auto path = QFileDialog::getSaveFileName(
      this, result ? tr("Save result") : tr("Save measurement"),
      QSettings().value(QStringLiteral("folder")).toString() + (result ? tr("/restored.png") : tr("/measured.png")),
      tr("PNG (*.png);;JPEG (*.jpg);;TIFF (*.tif);;WebP (*.webp)"));
  if (path.isEmpty()) return;
  if (result) {
    saveResultTo(path);
  } else {
    opener_->save(std::make_shared<Image>(outcome->measurement), path, jsonFromRequest(outcome->report.request),
                  QStringLiteral("measurement"));
  }
}

void MainWindow::saveResultTo(const QString& path) {
  const auto outcome = session_->outcome();
  if (outcome)
    opener_->save(std::make_shared<Image>(outcome->picture), path, jsonFromRequest(outcome->report.request),
                  QStringLiteral("result"));
}

QString MainWindow::message() const {
  return messages_->text();
}

void MainWindow::rememberRecent(const QString& path) {
  addRecentFile(path);
  showRecent();
}

void MainWindow::showRecent() {
  fillRecentMenu(actions_->recent, [this](const QString& path) { openPhoto(path); });
}

void MainWindow::offerKeptResult() {
  const auto path = keptResultFromBefore();
  if (path.isEmpty()) return;
  messages_->offer(tr("The last session ended with a result that was not saved; it was kept."), tr("Open it"),
                   [this, path] { openPhoto(path); });
}

void MainWindow::modelLoaded(const ModelInfo& model, double seconds) {
  model_ = model;
  model_problem_.clear();
  widgets_.solver->setModelText(tr("%1: %2 M weights, ready in %3 s")
                                    .arg(QString::fromStdString(model.name))
                                    .arg(static_cast<double>(model.parameters) / 1e6, 0, 'f', 1)
                                    .arg(seconds, 0, 'f', 1));
}

void MainWindow::modelFailed(const QString& sentence) {
  model_problem_ = sentence;
  widgets_.solver->setModelText(tr("The model could not be loaded."));
  messages_->showProblem(sentence);
}

void MainWindow::showTitle() {
  QStringList parts;
  if (const auto share = widgets_.bar->titlePart(); !share.isEmpty()) parts << share;
  if (session_->photo() != nullptr) parts << session_->photo()->label;
  parts << tr("P2L Studio");
  setWindowTitle(parts.join(QStringLiteral(" – ")));
}

void MainWindow::restoreSettings() {
  const QSettings settings;
  restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
  restoreState(settings.value(QStringLiteral("state")).toByteArray(), kLayoutVersion);
  actions_->setTheme(
      static_cast<Theme>(settings.value(QStringLiteral("theme"), static_cast<int>(Theme::System)).toInt()));
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (session_->hasUnsavedResult()) {
    const auto answer =
        QMessageBox::question(this, tr("Unsaved result"), tr("The result has not been saved. Leave without saving it?"),
                              QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
    if (answer == QMessageBox::Save) askSave(true);
    if (answer != QMessageBox::Discard) {
      event->ignore();
      return;
    }
  }
  session_->stop();
  forgetKeptResult();
  QSettings settings;
  settings.setValue(QStringLiteral("geometry"), saveGeometry());
  settings.setValue(QStringLiteral("state"), saveState(kLayoutVersion));
  QMainWindow::closeEvent(event);
}

}  // namespace p2l::ui
