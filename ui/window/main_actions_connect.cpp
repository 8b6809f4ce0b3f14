// SPDX-License-Identifier: GPL-3.0-or-later
// What the actions do, by whom it is done.
#include <QActionGroup>
#include <QApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QStatusBar>

#include "ui/canvas/canvas_presenter.h"
#include "ui/document/run_model.h"
#include "ui/files/document_desk.h"
#include "ui/files/file_desk.h"
#include "ui/files/recent_files.h"
#include "ui/language/language.h"
#include "ui/tools/made_up_menu.h"
#include "ui/window/help_dialogs.h"
#include "ui/window/main_actions.h"
#include "ui/window/shortcut_sheet.h"

namespace p2l::ui {
namespace {

constexpr int kStatusMs = 8000;

}  // namespace

void MainActions::connectTo(RunModel* model) {
  connect(before, &QActionGroup::triggered, model,
          [model](QAction* action) { model->setBefore(static_cast<RunModel::Before>(action->data().toInt())); });
  const auto show_before = [this, model] {
    for (auto* action : before->actions()) {
      const auto kind = static_cast<RunModel::Before>(action->data().toInt());
      const bool original = kind == RunModel::Before::Original;
      action->setText(tr("Before: %1").arg(CanvasPresenter::beforeText(model->request().mode, original)));
      action->setChecked(kind == model->cursor().before);
    }
  };
  connect(model, &RunModel::beforeChanged, this, show_before);
  connect(model, &RunModel::settingsChanged, this, show_before);
  connect(model, &RunModel::paintingChanged, paint_mask, &QAction::setChecked);
}

void MainActions::connectTo(ImageCanvas* canvas) {
  connect(compare, &QActionGroup::triggered, canvas,
          [canvas](QAction* action) { canvas->setCompareMode(action->data().value<ImageCanvas::CompareMode>()); });
  connect(canvas, &ImageCanvas::compareModeChanged, this, [this](ImageCanvas::CompareMode mode) {
    for (auto* action : compare->actions())
      action->setChecked(action->data().value<ImageCanvas::CompareMode>() == mode);
  });
  connect(fit, &QAction::triggered, canvas, &ImageCanvas::fit);
  connect(actual_size, &QAction::triggered, canvas, &ImageCanvas::actualSize);
  connect(zoom_in, &QAction::triggered, canvas, &ImageCanvas::zoomIn);
  connect(zoom_out, &QAction::triggered, canvas, &ImageCanvas::zoomOut);
}

void MainActions::connectTo(FileDesk* files) {
  connect(open, &QAction::triggered, files, &FileDesk::askOpen);
  connect(paste, &QAction::triggered, files, &FileDesk::paste);
  connect(save_result, &QAction::triggered, files, &FileDesk::askSaveResult);
  connect(save_measurement, &QAction::triggered, files, &FileDesk::askSaveMeasurement);
  connect(export_csv, &QAction::triggered, files, &FileDesk::askExportCsv);
  connect(export_pdf, &QAction::triggered, files, &FileDesk::askExportPdf);
  connect(export_sheet, &QAction::triggered, files, &FileDesk::askExportSheet);
  connect(export_animation, &QAction::triggered, files, &FileDesk::askExportAnimation);
  connect(save_embedding, &QAction::triggered, files, &FileDesk::askSaveEmbedding);
  connect(keep_exif, &QAction::toggled, files, [files](bool keep) {
    files->setKeepExif(keep);
    QSettings().setValue(QStringLiteral("keep_exif"), keep);
  });
  const auto showRecent = [this, files] {
    fillRecentMenu(recent, [files](const QString& path) { files->open(path); });
  };
  connect(files, &FileDesk::recentChanged, this, showRecent);
  showRecent();
}

void MainActions::addDesk(const DocumentDesk& desk) {
  file_->insertAction(recent->menuAction(), desk.open_project);
  file_->insertActions(exports->menuAction(), {desk.save_project, desk.save_project_as});
  exports->insertAction(export_csv, desk.report);
  edit_->insertAction(paste, desk.copy_result);
  edit_->addSeparator();
  edit_->addActions({desk.kernel, desk.widths});
  run_->addSeparator();
  run_->addAction(desk.made_up);
  run_->addMenu(desk.made_up_seeds);
  run_->addSeparator();
  run_->addActions({desk.history, desk.show_queue});
}

void MainActions::connectOwn() {
  connect(menu_bar, &QAction::toggled, this, [this](bool shown) {
    window_->menuBar()->setVisible(shown);
    QSettings().setValue(QStringLiteral("menu_bar"), shown);
  });
  connect(shortcuts, &QAction::triggered, this,
          [this] { ShortcutSheet(ShortcutSheet::groupsOf(*window_->menuBar()), window_).exec(); });
  connect(about, &QAction::triggered, this, [this] { showAboutBox(window_); });
  connect(theme, &QActionGroup::triggered, this, [](QAction* action) {
    const auto chosen = static_cast<Theme>(action->data().toInt());
    applyTheme(*qApp, chosen);
    QSettings().setValue(QStringLiteral("theme"), static_cast<int>(chosen));
  });
  connect(language, &QActionGroup::triggered, this, [this](QAction* action) {
    setChosenLanguage(action->data().toString());
    window_->statusBar()->showMessage(tr("The language changes when the studio is started again."), kStatusMs);
  });
}

}  // namespace p2l::ui
