// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/studio.h"

#include <QMenu>
#include <QMenuBar>
#include <QStandardPaths>
#include <QStatusBar>

#include "app/studio/studio_log.h"
#include "ui/compare/compare_session.h"
#include "ui/document/side_runs.h"
#include "ui/files/file_desk.h"
#include "ui/settings/preset_dialog.h"
#include "ui/window/top_bar.h"

namespace p2l::app {

Studio::Studio(QObject* parent)
    : QObject(parent),
      worker_(new RestoreWorker),
      previews_(new PreviewWorker(worker_->catalogue())),
      window_(std::make_unique<ui::MainWindow>(worker_->catalogue())),
      desk_(new ui::DocumentDesk(window_->document(), window_->messages(),
                                 QStandardPaths::writableLocation(QStandardPaths::AppDataLocation), window_.get())) {
  thread_.setObjectName(QStringLiteral("restore"));
  worker_->moveToThread(&thread_);
  connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
  preview_thread_.setObjectName(QStringLiteral("preview"));
  previews_->moveToThread(&preview_thread_);
  connect(&preview_thread_, &QThread::finished, previews_, &QObject::deleteLater);
  connectWorker();
  connectDesk();
  connectPreviews();
  thread_.start();
  preview_thread_.start();
}

Studio::~Studio() {
  window_->document()->stop();
  window_->compare()->stop();
  for (auto* thread : {&thread_, &preview_thread_}) thread->quit();
  for (auto* thread : {&thread_, &preview_thread_}) thread->wait();
  desk_->close();
}

void Studio::connectDesk() {
  constexpr int kStatusMs = 5000;
  auto* menu = new QMenu(tr("&Project"), window_.get());
  menu->addActions(desk_->actions());
  auto* presets = menu->addAction(tr("Presets of your o&wn…"));
  presets->setToolTip(tr("Keep the settings under a name; rename, delete and export such presets"));
  connect(presets, &QAction::triggered, this, [this] {
    ui::PresetDialog dialog(window_->catalogue(), window_->document(), window_.get());
    connect(&dialog, &ui::PresetDialog::changed, window_.get(), &ui::MainWindow::reloadPresets);
    dialog.exec();
  });
  const auto menus = window_->menuBar()->actions();
  window_->menuBar()->insertMenu(menus.value(1), menu);
  window_->widgets().top->setMenus({menu});
  window_->widgets().top->setSaveActions(
      {desk_->save_project, desk_->save_project_as, desk_->copy_result, desk_->report});
  auto* files = window_->files();
  connect(files, &ui::FileDesk::projectWanted, desk_, &ui::DocumentDesk::openProject);
  connect(files, &ui::FileDesk::batchWanted, desk_, &ui::DocumentDesk::addToQueue);
  connect(desk_, &ui::DocumentDesk::status, window_.get(),
          [this](const QString& text) { window_->statusBar()->showMessage(text, kStatusMs); });
  auto* side_runs = desk_->sideRuns();
  connect(side_runs, &ui::SideRuns::runRequested, worker_, &RestoreWorker::run);
  connect(worker_, &RestoreWorker::finished, side_runs, &ui::SideRuns::runFinished);
  connect(worker_, &RestoreWorker::failed, side_runs, &ui::SideRuns::runFailed);
}

void Studio::connectWorker() {
  auto* document = window_->document();
  connect(document, &ui::RunModel::runRequested, worker_, &RestoreWorker::run);
  connect(document, &ui::RunModel::modelRequested, worker_, &RestoreWorker::loadModel);
  connect(worker_, &RestoreWorker::started, document, &ui::RunModel::runStarted);
  connect(worker_, &RestoreWorker::stepFinished, new StudioLog(*window_), &StudioLog::stepFinished);
  connect(worker_, &RestoreWorker::stepFinished, document, &ui::RunModel::stepFinished);
  connect(worker_, &RestoreWorker::picturesWaiting, document, [this, document] {
    const auto pictures = worker_->mailbox().take();
    document->picturesReady(pictures);
    window_->compare()->picturesReady(pictures);
  });
  connect(worker_, &RestoreWorker::finished, document, &ui::RunModel::runFinished);
  connect(worker_, &RestoreWorker::failed, document, &ui::RunModel::runFailed);
  auto* compare = window_->compare();
  connect(compare, &ui::CompareSession::runRequested, worker_, &RestoreWorker::run);
  connect(worker_, &RestoreWorker::started, compare, &ui::CompareSession::runStarted);
  connect(worker_, &RestoreWorker::stepFinished, compare, &ui::CompareSession::stepFinished);
  connect(worker_, &RestoreWorker::finished, compare, &ui::CompareSession::runFinished);
  connect(worker_, &RestoreWorker::failed, compare, &ui::CompareSession::runFailed);
  connect(document, &ui::RunModel::latentWanted, worker_, &RestoreWorker::decode);
  connect(worker_, &RestoreWorker::decoded, document, &ui::RunModel::latentDecoded);
  connect(worker_, &RestoreWorker::modelLoaded, document, &ui::RunModel::modelLoaded);
  connect(worker_, &RestoreWorker::networksTimed, document, &ui::RunModel::networksTimed);
  connect(worker_, &RestoreWorker::modelFailed, document, &ui::RunModel::modelFailed);
}

void Studio::connectPreviews() {
  auto* document = window_->document();
  // Reaches the worker while it is busy, so that it skips what has become old.
  connect(document, &ui::RunModel::previewsOutdated, this, [this](quint64 id) { previews_->announce(id); });
  connect(document, &ui::RunModel::previewRequested, previews_, &PreviewWorker::preview);
  connect(previews_, &PreviewWorker::ready, document, &ui::RunModel::previewReady);
  connect(previews_, &PreviewWorker::failed, document, &ui::RunModel::previewFailed);
}

void Studio::start(const QString& photo) {
  window_->show();
  window_->start(photo);
  desk_->offerLeftSession();
}

}  // namespace p2l::app
