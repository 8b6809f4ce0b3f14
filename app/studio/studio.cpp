// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/studio.h"

#include <QMenu>
#include <QPointer>
#include <QStandardPaths>
#include <QStatusBar>
#include <type_traits>

#include "app/studio/studio_log.h"
#include "ui/base/side_runs.h"
#include "ui/compare/compare_session.h"
#include "ui/files/file_desk.h"
#include "ui/jobs/queue_model.h"
#include "ui/jobs/session_keeper.h"
#include "ui/run/history_link.h"
#include "ui/settings/preset_dialog.h"
#include "ui/task/degradation_panel.h"
#include "ui/tools/canvas_bar.h"
#include "ui/tools/made_up_menu.h"
#include "ui/widgets/clock_text.h"
#include "ui/window/main_actions.h"
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
  window_->document()->sideRuns()->stopAll();
  for (auto* thread : {&thread_, &preview_thread_}) thread->quit();
  for (auto* thread : {&thread_, &preview_thread_}) thread->wait();
  desk_->close();
}

void Studio::connectDesk() {
  constexpr int kStatusMs = 5000;
  auto* actions = window_->actions();
  actions->addDesk(*desk_);
  auto* presets = actions->model_menu->addAction(tr("Presets of your &own…"));
  presets->setToolTip(tr("Keep the settings under a name; rename, delete and export such presets"));
  connect(presets, &QAction::triggered, this, [this] {
    ui::PresetDialog dialog(window_->catalogue(), window_->document(), window_.get());
    connect(&dialog, &ui::PresetDialog::changed, window_.get(), &ui::MainWindow::reloadPresets);
    dialog.exec();
  });
  window_->widgets().top->setSaveActions({desk_->save_project, desk_->save_project_as, desk_->copy_result});
  window_->widgets().canvas_bar->addSwitch(desk_->made_up, desk_->made_up_seeds);
  connect(window_->widgets().history, &QToolButton::clicked, desk_->history, &QAction::trigger);
  for (auto* action : {desk_->kernel, desk_->widths}) window_->widgets().degradation->addKernelAction(action);
  auto* files = window_->files();
  connect(files, &ui::FileDesk::projectWanted, desk_, &ui::DocumentDesk::openProject);
  connect(files, &ui::FileDesk::batchWanted, desk_, &ui::DocumentDesk::addToQueue);
  connect(desk_, &ui::DocumentDesk::maskKept, files, &ui::FileDesk::keepMask);
  connect(desk_, &ui::DocumentDesk::resultRefused, files, &ui::FileDesk::offerRefused);
  connect(desk_, &ui::DocumentDesk::resultSettled, files, &ui::FileDesk::settleResult);
  connect(desk_, &ui::DocumentDesk::refusedAnswered, files, &ui::FileDesk::settledForLeaving);
  files->addSettling([this] { return desk_->askRefusedAgain(); });
  files->addAtStake([this] { return desk_->atStake(); });
  desk_->setUnsaved([files] { return files->isUnsaved(); });
  files->addSavable([this] { return desk_->isProjectChanged(); }, [this] { desk_->askSaveProject(); });
  connect(desk_, &ui::DocumentDesk::projectOpening, files, &ui::FileDesk::offerWhatIsNotSaved);
  connect(desk_, &ui::DocumentDesk::projectOpened, files, &ui::FileDesk::addRecent);
  connect(desk_, &ui::DocumentDesk::projectSaved, files, [files](const QString& path) {
    if (!path.isEmpty()) files->addRecent(path);
    files->savedForLeaving(!path.isEmpty());
  });
  connect(desk_, &ui::DocumentDesk::projectChanged, window_.get(), &ui::MainWindow::setProject);
  const auto* queue = desk_->queue();
  const auto showQueue = [this, queue] {
    const auto at_work = queue->progress();
    const auto photos = tr("queue: %1").arg(queue->waitingCount());
    window_->setTitlePart(at_work.photo.isEmpty() ? QString()
                          : at_work.seconds_left >= 0.0
                              ? tr("%1, %2 left").arg(photos, ui::clockText(at_work.seconds_left))
                              : photos);
  };
  connect(queue, &ui::QueueModel::changed, this, showQueue);
  connect(queue, &ui::QueueModel::progressed, this, showQueue);
  connect(window_.get(), &ui::MainWindow::lessonOpened, desk_->session(), &ui::SessionKeeper::setPaused);
  const QPointer<ui::CompareSession> compare = window_->compare();
  desk_->keepWithSession(
      QStringLiteral("comparison.json"), [compare] { return compare ? compare->keptText() : QString(); },
      [this, compare](const QString& text) {
        compare->bringBack(text);
        window_->statusBar()->showMessage(tr("The comparison of that session is on the page Compare."), kStatusMs);
      },
      /*beyond_closing=*/true);
  connect(compare, &ui::CompareSession::keptChanged, desk_->session(), &ui::SessionKeeper::changed);
  const QPointer<ui::FileDesk> offering = files;
  desk_->keepWithSession(
      QStringLiteral("offers.json"), [offering] { return offering ? offering->keptOffers() : QString(); },
      [files](const QString& text) { files->takeUpOffers(text); });
  connect(files, &ui::FileDesk::offersChanged, desk_->session(), &ui::SessionKeeper::changed);
  connect(desk_, &ui::DocumentDesk::status, window_.get(),
          [this](const QString& text) { window_->statusBar()->showMessage(text, kStatusMs); });
}

void Studio::connectWorker() {
  auto* document = window_->document();
  auto* side_runs = document->sideRuns();
  connect(document, &ui::RunModel::modelRequested, worker_, &RestoreWorker::loadModel);
  connect(document, &ui::RunModel::latentWanted, worker_, &RestoreWorker::decode);
  connect(document, &ui::RunModel::measuringTimesWanted, worker_, &RestoreWorker::timeMeasuring);
  connect(worker_, &RestoreWorker::stepFinished, new StudioLog(*window_), &StudioLog::stepFinished);
  // Each takes the events of its own runs.
  const auto connectRuns = [this](auto* runs) {
    using Runs = std::remove_pointer_t<decltype(runs)>;
    connect(runs, &Runs::runRequested, this, [this] { worker_->announceRun(); });
    connect(runs, &Runs::runRequested, worker_, &RestoreWorker::run);
    connect(worker_, &RestoreWorker::started, runs, &Runs::runStarted);
    connect(worker_, &RestoreWorker::stepFinished, runs, &Runs::stepFinished);
    connect(worker_, &RestoreWorker::finished, runs, &Runs::runFinished);
    connect(worker_, &RestoreWorker::failed, runs, &Runs::runFailed);
  };
  connectRuns(document);
  connectRuns(side_runs);
  connect(worker_, &RestoreWorker::picturesWaiting, document, [this, document, side_runs] {
    const auto pictures = worker_->mailbox().take();
    document->picturesReady(pictures);
    side_runs->picturesReady(pictures);
  });
  connect(worker_, &RestoreWorker::measured, document,
          [document](const ui::ResultPtr& former, const ui::ResultPtr& result) {
            if (document->result() == former) document->reviseResult(result, /*keep=*/true);
          });
  connect(worker_, &RestoreWorker::decoded, document, &ui::RunModel::latentDecoded);
  connect(worker_, &RestoreWorker::modelLoaded, document, &ui::RunModel::modelLoaded);
  connect(worker_, &RestoreWorker::networksTimed, document, &ui::RunModel::networksTimed);
  connect(worker_, &RestoreWorker::measuringTimed, document, &ui::RunModel::measuringTimed);
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

void Studio::start(const QString& photo, const QStringList& others) {
  window_->show();
  window_->start(photo);
  if (!others.isEmpty()) window_->files()->offerQueue(QStringList{photo} + others);
  const bool queue = desk_->offerWaitingQueue(), session = desk_->offerLeftSession();
  if (queue || session || !others.isEmpty()) window_->showMessages();
}

}  // namespace p2l::app
