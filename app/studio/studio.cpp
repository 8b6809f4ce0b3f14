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
  window_->session()->stop();
  window_->compare()->stop();
  thread_.quit();
  thread_.wait();
}

void Studio::connectWorker() {
  auto* session = window_->session();
  connect(session, &ui::RunSession::runRequested, worker_, &RestoreWorker::run);
  // Reaches the worker while it is busy, so that it skips what has become old.
  connect(session, &ui::RunSession::previewsOutdated, this, [this](quint64 id) { worker_->announcePreview(id); });
  connect(session, &ui::RunSession::previewRequested, worker_, &RestoreWorker::preview);
  connect(window_.get(), &ui::MainWindow::modelRequested, worker_, &RestoreWorker::loadModel);
  connect(worker_, &RestoreWorker::started, session, &ui::RunSession::runStarted);
  connect(worker_, &RestoreWorker::stepFinished, new StudioLog(*window_), &StudioLog::stepFinished);
  connect(worker_, &RestoreWorker::stepFinished, session, &ui::RunSession::stepFinished);
  connect(worker_, &RestoreWorker::picturesWaiting, session, [this, session] {
    const auto pictures = worker_->mailbox().take();
    session->picturesReady(pictures);
    window_->compare()->picturesReady(pictures);
  });
  connect(worker_, &RestoreWorker::finished, session, &ui::RunSession::runFinished);
  connect(worker_, &RestoreWorker::failed, session, &ui::RunSession::runFailed);
  auto* compare = window_->compare();
  connect(compare, &ui::CompareSession::runRequested, worker_, &RestoreWorker::run);
  connect(worker_, &RestoreWorker::started, compare, &ui::CompareSession::runStarted);
  connect(worker_, &RestoreWorker::stepFinished, compare, &ui::CompareSession::stepFinished);
  connect(worker_, &RestoreWorker::finished, compare, &ui::CompareSession::runFinished);
  connect(worker_, &RestoreWorker::failed, compare, &ui::CompareSession::runFailed);
  connect(worker_, &RestoreWorker::previewReady, session, &ui::RunSession::previewReady);
  connect(worker_, &RestoreWorker::previewFailed, session, &ui::RunSession::previewFailed);
  connect(worker_, &RestoreWorker::modelLoaded, window_.get(), &ui::MainWindow::modelLoaded);
  connect(worker_, &RestoreWorker::networksTimed, window_.get(), &ui::MainWindow::networksTimed);
  connect(worker_, &RestoreWorker::modelFailed, window_.get(), &ui::MainWindow::modelFailed);
}

void Studio::start(const QString& photo) {
  window_->show();
  window_->start(photo);
}

}  // namespace p2l::app
