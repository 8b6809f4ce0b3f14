// SPDX-License-Identifier: GPL-3.0-or-later
// The runs before: kept and named. Brought back they are in run_model_back.cpp.
#include <QDateTime>
#include <algorithm>
#include <utility>

#include "core/archive/kept_run.h"
#include "ui/base/run_keeper.h"
#include "ui/document/run_model.h"
#include "ui/document/run_title.h"

namespace p2l::ui {

void RunModel::openHistory(const QString& folder, quint64 budget) {
  keeper_ = new RunKeeper(folder, budget, this);
  connect(keeper_, &RunKeeper::loaded, this, [this](const QVector<PastRun>& runs) {
    past_.addEarlier({runs.begin(), runs.end()});
  });
  connect(keeper_, &RunKeeper::kept, this, &RunModel::runIsKept);
  connect(keeper_, &RunKeeper::refused, this, &RunModel::runRefused);
  connect(keeper_, &RunKeeper::stepsRefused, this, &RunModel::stepsRefused);
  connect(keeper_, &RunKeeper::failed, this, &RunModel::problem);
  connect(&past_, &PastRuns::edited, this, [this](int index) {
    if (!past_.all().at(index).id.empty()) keeper_->update(past_.all().at(index));
  });
  connect(&past_, &PastRuns::removed, keeper_, &RunKeeper::remove);
  keeper_->load();
}

void RunModel::runIsKept(const QString& id) {
  if (id.toStdString() == result_id_) saved_ = true;
  const int place = past_.indexOf(id.toStdString());
  if (place >= 0 && past_.all()[place].result) past_.markSaved(past_.all()[place].result);
  emit runKept();
}

QString RunModel::nameOf(const RestoreRequest& request) const {
  if (catalogue_ != nullptr)
    return runTitleAfter(*catalogue_, past_.all(), request, photo_ ? photo_->sha256 : std::string());
  const RestoreRequest* before = nullptr;
  for (const auto& run : past_.all()) {
    if (photo_ && run.photo_sha256 == photo_->sha256) before = &run.request;
  }
  return QString::fromStdString(runName(before, request));
}

void RunModel::keepRun(const QString& name, const RestoreRequest& request, const JobPictures& pictures,
                       const std::shared_ptr<const OpenedPhoto>& photo, const ResultPtr& result,
                       const SnapshotHistory& steps, PastRun::Kind kind) {
  const auto& outcome = result->outcome;
  PastRun run;
  run.name = name;
  run.time_ms = QDateTime::currentMSecsSinceEpoch();
  run.request = request;
  run.pictures = pictures;
  run.photo = photo;
  run.result = result;
  run.steps = steps;
  if (result == result_) run.latents = latents_;
  run.thumbnail = result->thumbnail;
  run.numbers = numbersText(outcome.report, request.seed);
  run.outcome = {outcome.status, outcome.message, outcome.report};
  if (photo) {
    run.photo_label = photo->label;
    run.photo_path = photo->path.toStdString();
    run.photo_sha256 = photo->sha256;
  }
  run.kind = kind;
  if (keeper_ != nullptr && photo && kind != PastRun::Kind::Lesson) {
    run.id = keptRunId(run.time_ms);
    keeper_->keep(run);
  }
  if (result == result_) result_id_ = run.id;
  past_.add(std::move(run));
}

void RunModel::keepAgain(PastRun run) {
  if (keeper_ == nullptr || past_.indexOf(run.id) >= 0) return;
  run.saved = false;
  keeper_->keep(run);
  past_.add(std::move(run));
}

int RunModel::shownRun() const {
  if (!stepsAreOfResult()) return -1;
  if (const int place = past_.indexOf(result_id_); place >= 0) return place;
  const auto& runs = past_.all();
  const auto made = std::find_if(runs.begin(), runs.end(), [this](const auto& run) { return run.result == result_; });
  return made == runs.end() ? -1 : static_cast<int>(made - runs.begin());
}

void RunModel::setLesson(bool open) {
  if (std::exchange(in_lesson_, open) == open) return;
  if (!open) past_.removeLessons();
  emit inLessonChanged();
}

void RunModel::endLesson() {
  if (in_lesson_) emit lessonToEnd();
}

void RunModel::reviseResult(const ResultPtr& result, bool keep) {
  const auto former = std::exchange(result_, result);
  if (measured_ == former) measured_ = result;
  const auto& values = former->outcome.report.request.sampler_values;
  if (result->outcome.report.request.sampler_values != values) {  // another picture, and not numbers alone
    result_fingerprint_ = fingerprint();
    saved_ = false;
  }
  updateStale();
  const int place = past_.revise(former, result);
  if (keep && place >= 0 && keeper_ != nullptr && !past_.all().at(place).id.empty())
    keeper_->keep(past_.all().at(place));
  emit resultRevised();
}

void RunModel::markSaved() {
  saved_ = true;
  past_.markSaved(result_);
}

}  // namespace p2l::ui
