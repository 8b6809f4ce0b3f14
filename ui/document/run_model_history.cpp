// SPDX-License-Identifier: GPL-3.0-or-later
// The runs before: kept, named, brought back.
#include <QDateTime>
#include <QUndoStack>
#include <utility>

#include "core/archive/kept_run.h"
#include "ui/base/run_keeper.h"
#include "ui/document/run_model.h"
#include "ui/language/words.h"

namespace p2l::ui {

void RunModel::openHistory(const QString& folder, quint64 budget) {
  keeper_ = new RunKeeper(folder, budget, this);
  connect(keeper_, &RunKeeper::loaded, this, [this](const QVector<PastRun>& runs) {
    past_.addEarlier({runs.begin(), runs.end()});
  });
  connect(keeper_, &RunKeeper::kept, this, &RunModel::runIsKept);
  // The run's last picture stays with the session then (SessionKeeper), so that a crash loses no result.
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
  const RestoreRequest* before = nullptr;
  for (const auto& run : past_.all()) {
    if (photo_ && run.photo_sha256 == photo_->sha256) before = &run.request;
  }
  auto parts = QString::fromStdString(runName(before, request, catalogue_)).split(QStringLiteral(", "));
  for (auto& part : parts) part = catalogueText(part.toStdString());
  return parts.join(QStringLiteral(", "));
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

void RunModel::setLesson(bool open) {
  if (std::exchange(in_lesson_, open) && !open) past_.removeLessons();
}

void RunModel::bringBack(int index) {
  if (isRunning()) {
    emit problem(tr("A run is in progress: stop it or wait for it."));
    return;
  }
  const PastRun past = past_.all().at(index);
  if ((past.result && past.photo) || keeper_ == nullptr || past.id.empty()) return showPast(past);
  keeper_->fetch(past, [this, id = past.id, past](const PastRun& run, const QString& sentence) {
    if (isRunning()) return;
    if (!sentence.isEmpty()) {
      emit problem(sentence);
      return;
    }
    const int place = past_.indexOf(id);
    if (place >= 0) past_.setPictures(place, run.pictures, run.photo, run.result);
    showPast(run);
  });
}

void RunModel::showPast(const PastRun& past) {
  if (past.photo && past.photo != photo_) {
    photo_ = past.photo;
    settings_.crop.clear();
    original_ = photo_->shown;
    sizeChanged();
    undo_stack_->clear();
    emit photoChanged();
    estimatePhotoNoise();
  }
  recall(past.request, past.pictures);
  if (!past.result) {
    emit broughtBack(nullptr);
    return;
  }
  setResult(past.result);
  run_shown_ = false;
  measured_ = past.result;
  result_id_ = past.id;
  saved_ = past.saved;
  if (past.steps.runId() != run_id_) forgetLatents();
  history_ = past.steps;
  result_fingerprint_ = fingerprint();
  updateStale();
  setEnding(Ending::BroughtBack, past.name);
  const auto& steps = result_->outcome.report.steps;
  resetSteps(steps.empty() ? 0 : steps.back().steps, steps);
  // Of a run from the disk the preview brings it; until then the photo stands for it.
  setMeasurement(result_->before.isNull() ? workingPart() : result_->before, result_->truth);
  emit broughtBack(result_);
}

void RunModel::showRun(PastRun run, bool keep) {
  setPhoto(run.photo);
  if (!run.result) {
    recall(run.request, run.pictures);
    return;
  }
  if (keep) {
    keepRun(run.name, run.request, run.pictures, run.photo, run.result, run.steps);
    run = past_.all().back();
  }
  showPast(run);
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
