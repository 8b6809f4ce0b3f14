// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/model_desk.h"

#include <QWidget>

#include "core/api/models.h"
#include "ui/document/photo_opener.h"
#include "ui/document/run_model.h"
#include "ui/settings/model_manager.h"
#include "ui/settings/solver_panel.h"

namespace p2l::ui {

ModelDesk::ModelDesk(RunModel* document, SolverPanel* panel, QWidget* window)
    : QObject(window), document_(document), panel_(panel), store_(panel->models()), window_(window) {
  timer_.setSingleShot(true);
  timer_.setInterval(kDelayMs);
  connect(&timer_, &QTimer::timeout, this, &ModelDesk::predict);
  const auto later = [this] { timer_.start(); };
  connect(document_, &RunModel::settingsChanged, &timer_, later);
  connect(document_, &RunModel::networkTimesChanged, this, &ModelDesk::predict);
  connect(panel_, &SolverPanel::managerWanted, this, &ModelDesk::showManager);
}

void ModelDesk::showManager() {
  if (manager_ == nullptr) {
    manager_ = new ModelManager(store_, window_);
    connect(manager_, &ModelManager::needsWanted, this, &ModelDesk::predictShown);
    connect(&timer_, &QTimer::timeout, this, &ModelDesk::predictShown);
  }
  manager_->showEntry(store_->current());
  manager_->show();
  manager_->raise();
  manager_->activateWindow();
  predictShown();
}

ModelDesk::Needs ModelDesk::needsOf(const RestoreRequest& request, int width, int height) const {
  const auto bytes = estimateMemory(store_->catalogue(), request, width, height).total();
  const auto here = systemMemory();
  const auto text = [](double amount) { return QString::fromStdString(textFromBytes(amount)); };
  const bool on_gpu = request.device.rfind("cuda", 0) == 0;
  if (on_gpu || !(bytes > here)) return {tr("Needs about %1 of memory").arg(text(bytes)), false, {}};
  return {tr("%1. This computer has %2.")
              .arg(QString::fromStdString(memoryAdvice(store_->catalogue(), request, width, height)), text(here)),
          true,
          {}};
}

void ModelDesk::predict() {
  const auto* photo = document_->photo();
  if (photo == nullptr) return;
  const auto request = document_->request();
  const int width = photo->photo->image.width, height = photo->photo->image.height;
  work_.start(
      [this, request, width, height, model = document_->loaded().timed, times = document_->loaded().times] {
        auto needs = needsOf(request, width, height);
        if (times.pixels > 0.0) {
          const auto time = estimateTime(store_->catalogue(), request, model, width, height, times);
          needs.time = QString::fromStdString(textFromTime(time));
        }
        return needs;
      },
      [this, id = ++asked_](const Needs& needs, const QString& problem) {
        if (id != asked_) return;
        panel_->showNeeds(problem.isEmpty() ? needs.text : QString(), needs.too_much);
        document_->setExpectedTime(problem.isEmpty() ? needs.time : QString());
      });
}

void ModelDesk::predictShown() {
  const auto* photo = document_->photo();
  if (photo == nullptr || manager_ == nullptr || !manager_->isVisible()) return;
  const int shown = manager_->shown();
  const auto& entry = store_->all().at(shown);
  auto request = document_->request();
  if (shown != store_->current()) {  // the values are those of the panel, which may hold another model's preset
    request.model = entry.key.toStdString();
    request.model_options = entry.options;
    request.device = entry.device.toStdString();
  }
  const int width = photo->photo->image.width, height = photo->photo->image.height;
  work_.start([this, request, width, height] { return needsOf(request, width, height); },
              [this, id = ++asked_shown_](const Needs& needs, const QString& problem) {
                if (id == asked_shown_) manager_->showNeeds(problem.isEmpty() ? needs.text : problem);
              });
}

}  // namespace p2l::ui
