// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/model_desk.h"

#include <QWidget>
#include <algorithm>
#include <utility>

#include "core/api/models.h"
#include "ui/base/photo_opener.h"
#include "ui/document/quality_presets.h"
#include "ui/jobs/part_run.h"
#include "ui/language/numbers.h"
#include "ui/language/words.h"
#include "ui/settings/model_manager.h"
#include "ui/settings/solver_panel.h"

namespace p2l::ui {
namespace {

constexpr double kLong = 60.0;  // seconds: longer than a person watches

/// How many patches of a side of `size` at a distance of `stride` cover `length`.
int patchesAlong(int length, int size, int stride) {
  return length <= size ? 1 : (length - size + stride - 1) / stride + 1;
}

/// What takes less time than a run of `seconds`, a sentence. Fast is named where it is quicker, which it is not where
/// it is chosen, or fewer steps are.
template <class Estimate>
QString quicker(const Catalogue& catalogue, RestoreRequest request, double seconds, const Estimate& estimate) {
  constexpr double kWorthIt = 0.9;
  const auto fast = qualityPreset(catalogue, request, "fast");
  if (fast) {
    request.preset.clear();
    request.solver = fast->solver;
    request.solver_values = fast->solver_values;
    request.sampler_values = fast->sampler_values;
    const auto time = estimate(request);
    if (time.seconds < kWorthIt * seconds)
      return ModelDesk::tr("Fast, fewer steps or a smaller part take less time. Fast: %1.")
          .arg(catalogueText(textFromTime(time)));
  }
  return ModelDesk::tr("Fewer steps or a smaller part take less time.");
}

}  // namespace

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

std::shared_ptr<const Catalogue> ModelDesk::catalogue() const {
  return std::make_shared<const Catalogue>(store_->catalogue());
}

ModelDesk::Needs ModelDesk::needsOf(const Catalogue& catalogue, const RestoreRequest& request, int width, int height) {
  const auto bytes = estimateMemory(catalogue, request, width, height).total();
  const auto here = systemMemory();
  const auto text = [](double amount) { return localNumbers(textFromBytes(amount)); };
  const bool on_gpu = request.device.rfind("cuda", 0) == 0;
  Needs needs;
  needs.run.memory = text(bytes);
  needs.run.too_much = !on_gpu && bytes > here;
  needs.text = tr("Needs about %1 of memory").arg(needs.run.memory);
  if (!needs.run.too_much) return needs;
  needs.run.advice = localNumbers(catalogueText(memoryAdvice(catalogue, request, width, height)));
  needs.text = tr("%1. This computer has %2.").arg(needs.run.advice, text(here));
  return needs;
}

QString ModelDesk::planOf(const RestoreRequest& request, QSize worked, double scale) const {
  const QSize result(static_cast<int>(worked.width() * scale + 0.5), static_cast<int>(worked.height() * scale + 0.5));
  const auto size = tr("%1 × %2").arg(result.width()).arg(result.height());
  int patches = 1;
  const auto* model = store_->catalogue().model(request.model);
  const auto& values = request.sampler_values;
  if (model != nullptr && values.count("patches") != 0 && choiceOf(values, "patches") != "none") {
    const int per_latent = std::max(1, model->pixels_per_latent), side = integerOf(values, "patch_size"),
              stride = integerOf(values, "patch_stride");
    patches = patchesAlong(result.width() / per_latent, side, stride) *
              patchesAlong(result.height() / per_latent, side, stride);
  }
  const auto part = request.size > 0        ? tr("The centre square")
                    : !request.crop.empty() ? tr("The crop")
                                            : tr("The whole photo");
  if (request.mode == Mode::Demonstrate) return tr("%1 is degraded and restored, %2").arg(part, size);
  if (patches > 1) return tr("%1 will be restored in %2 tiles, %3").arg(part).arg(patches).arg(size);
  return tr("%1 will be restored, %2").arg(part, size);
}

void ModelDesk::setRunsFollow(bool follow) {
  if (std::exchange(runs_follow_, follow) != follow) predict();
}

void ModelDesk::predict() {
  const auto* photo = document_->photo();
  if (photo == nullptr) return;
  if (!runs_follow_) {
    ++asked_;  // what is on its way is dropped
    return document_->setNeeds({});
  }
  const auto request = document_->request();
  const int width = photo->photo->image.width, height = photo->photo->image.height;
  const auto plan = planOf(request, document_->workingSize(), document_->outputScale());
  work_.start(
      [catalogue = catalogue(), request, width, height, plan, model = document_->loaded().timed,
       times = document_->loaded().times] {
        auto needs = needsOf(*catalogue, request, width, height);
        needs.run.plan = plan;
        if (times.pixels > 0.0) {
          const auto time = estimateTime(*catalogue, request, model, width, height, times);
          needs.run.time = catalogueText(textFromTime(time));
          needs.run.is_long = time.seconds > kLong;
          if (needs.run.is_long && needs.run.advice.isEmpty())
            needs.run.advice = quicker(*catalogue, request, time.seconds, [&](const RestoreRequest& other) {
              return estimateTime(*catalogue, other, model, width, height, times);
            });
        }
        return needs;
      },
      [this, plan, id = ++asked_](const Needs& needs, const QString& problem) {
        if (id != asked_) return;
        panel_->showNeeds(problem.isEmpty() ? needs.text : QString(), needs.run.too_much);
        RunNeeds none;
        none.plan = plan;
        document_->setNeeds(problem.isEmpty() ? needs.run : none);
      });
}

void ModelDesk::predictPart(QSize part, std::function<void(const QString& time)> done) {
  const auto& loaded = document_->loaded();
  if (loaded.times.pixels <= 0.0) return done({});
  work_.start(
      [catalogue = catalogue(), part, request = PartRun::requestFor(document_->request()), model = loaded.timed,
       times = loaded.times] {
        return catalogueText(
            textFromTime(estimateTime(*catalogue, request, model, part.width(), part.height(), times)));
      },
      [this, done = std::move(done), id = ++asked_part_](const QString& time, const QString& problem) {
        if (id == asked_part_) done(problem.isEmpty() ? time : QString());
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
  work_.start([catalogue = catalogue(), request, width, height] { return needsOf(*catalogue, request, width, height); },
              [this, id = ++asked_shown_](const Needs& needs, const QString& problem) {
                if (id == asked_shown_) manager_->showNeeds(problem.isEmpty() ? needs.text : problem);
              });
}

}  // namespace p2l::ui
