// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/studio.h"

#include "app/studio/studio_log.h"
#include "ui/compare/compare_session.h"

namespace p2l::app {

Studio::Studio(QObject* parent)
    : QObject(parent), worker_(new RestoreWorker), window_(std::make_unique<ui::MainWindow>(worker_->catalogue())) {
  thread_.setObjectName(QStringLiteral("restore"));
  worker_->moveToThread(&thread_);
  connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
  connectWorker();
  thread_.start();
}

Studio::~Studio() {
  window_->document()->stop();
  window_->compare()->stop();
  thread_.quit();
  thread_.wait();
}

void Studio::connectWorker() {
  auto* document = window_->document();
  connect(document, &ui::RunModel::runRequested, worker_, &RestoreWorker::run);
  // Reaches the worker while it is busy, so that it skips what has become old.
  connect(document, &ui::RunModel::previewsOutdated, this, [this](quint64 id) { worker_->announcePreview(id); });
  connect(document, &ui::RunModel::previewRequested, worker_, &RestoreWorker::preview);
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
  connect(worker_, &RestoreWorker::previewReady, document, &ui::RunModel::previewReady);
  connect(worker_, &RestoreWorker::previewFailed, document, &ui::RunModel::previewFailed);
  connect(worker_, &RestoreWorker::modelLoaded, document, &ui::RunModel::modelLoaded);
  connect(worker_, &RestoreWorker::networksTimed, document, &ui::RunModel::networksTimed);
  connect(worker_, &RestoreWorker::modelFailed, document, &ui::RunModel::modelFailed);
}

void Studio::start(const QString& photo) {
  window_->show();
  window_->start(photo);
}

}  // namespace p2l::app
