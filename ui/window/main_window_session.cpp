// SPDX-License-Identifier: GPL-3.0-or-later
// How the window begins and ends: what is shown first, and what it keeps of itself between two sessions.
#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QFileInfo>
#include <QScreen>
#include <QSettings>
#include <QToolButton>
#include <QUndoStack>
#include <algorithm>

#include "core/api/files.h"
#include "ui/base/model_store.h"
#include "ui/compare/compare_session.h"
#include "ui/files/file_desk.h"
#include "ui/jobs/live_preview.h"
#include "ui/learn/learn_model.h"
#include "ui/learn/learn_page.h"
#include "ui/settings/quality_row.h"
#include "ui/settings/solver_panel.h"
#include "ui/task/degradation_panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/bench.h"
#include "ui/window/main_actions.h"
#include "ui/window/main_window.h"

namespace p2l::ui {
namespace {

constexpr QSize kFirstSize(1280, 760);

/// The task that shows at a glance what a restoration does.
std::string demonstration(const Catalogue& catalogue) {
  for (const char* id : {"straight-motion-blur", "motion-blur"}) {
    for (const auto& each : catalogue.degradations) {
      if (each.id == id) return id;
    }
  }
  return catalogue.degradations.front().id;
}

}  // namespace

void MainWindow::start(const QString& photo) {
  if (photo.isEmpty()) {
    widgets_.degradation->setDegradation(demonstration(catalogue_));
    widgets_.quality->choose(static_cast<int>(QualityRow::Quality::Fast));
    document_->undoStack()->clear();  // nothing was chosen yet
  }
  files_->open(photo.isEmpty()
                   ? QString::fromStdString(resourceFolder()) + QStringLiteral("/photos/skimage_chelsea.png")
                   : photo);
  files_->offerKeptResult();
  if (const QSettings settings; !settings.isWritable()) {
    const auto folder = QDir::toNativeSeparators(QFileInfo(settings.fileName()).path());
    messages_->showProblem(
        MessageBar::Topic::File,
        tr("What is chosen in this window is not remembered, because the folder %1 cannot be written "
           "to: make it writable, or start the studio with XDG_CONFIG_HOME set to a folder that is.")
            .arg(folder));
  }
  const auto& model = widgets_.solver->models()->chosen();
  document_->loadModel(model.key, model.device, model.options);
}

void MainWindow::restoreSettings() {
  const auto room = screen()->availableGeometry().size();
  resize(kFirstSize.boundedTo(room * 0.97));
  const QSettings settings;
  const bool first_time = !restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
  if (first_time && room.width() < kFirstSize.width()) setWindowState(Qt::WindowMaximized);
  actions_->keep_exif->setChecked(settings.value(QStringLiteral("keep_exif"), true).toBool());
  actions_->menu_bar->setChecked(settings.value(QStringLiteral("menu_bar"), false).toBool());
  actions_->live->setChecked(settings.value(QStringLiteral("live_preview"), true).toBool());
  live_->setEnabled(actions_->live->isChecked());  // unchecked at first, it has not toggled
  actions_->setTheme(
      static_cast<Theme>(settings.value(QStringLiteral("theme"), static_cast<int>(Theme::System)).toInt()));
  widgets_.bench->showCurves(settings.value(QStringLiteral("curves"), false).toBool());
  const int page = settings.value(QStringLiteral("page"), 0).toInt();
  showPage(static_cast<Page>(std::clamp(page, 0, static_cast<int>(Page::Learn))));
  widgets_.canvas->setFocus();  // where Enter runs
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (learn_page_ != nullptr) learn_page_->model()->leave();  // what is at stake is the person's own
  if (!files_->mayClose()) return event->ignore();
  document_->stop();
  compare_->stop();
  actions_->photo_only->setChecked(false);
  QSettings settings;
  settings.setValue(QStringLiteral("geometry"), saveGeometry());
  settings.setValue(QStringLiteral("page"), static_cast<int>(page()));
  settings.setValue(QStringLiteral("curves"), widgets_.bench->curvesButton()->isChecked());
  QMainWindow::closeEvent(event);
}

}  // namespace p2l::ui
