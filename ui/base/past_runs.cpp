// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/past_runs.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

#include "ui/language/numbers.h"

namespace p2l::ui {
namespace {

std::size_t bytesOf(const Image& image) {
  return image.pixels.size() * sizeof(float);
}

std::size_t bytesOf(const Result& result) {
  const auto& outcome = result.outcome;
  std::size_t bytes = bytesOf(outcome.picture) + bytesOf(outcome.measurement) + bytesOf(outcome.baseline) +
                      bytesOf(outcome.telea) + bytesOf(outcome.truth) + bytesOf(outcome.faithful) +
                      bytesOf(outcome.sharp);
  for (const auto* image : {&result.picture, &result.before, &result.truth, &result.given.mask})
    bytes += static_cast<std::size_t>(image->sizeInBytes());
  return bytes;
}

}  // namespace

void PastRuns::add(PastRun run) {
  runs_.push_back(std::move(run));
  thinOut();
  emit changed();
}

void PastRuns::addEarlier(std::vector<PastRun> runs) {
  const auto there = [this](const PastRun& run) { return indexOf(run.id) >= 0; };
  runs.erase(std::remove_if(runs.begin(), runs.end(), there), runs.end());
  runs_.insert(runs_.begin(), std::make_move_iterator(runs.begin()), std::make_move_iterator(runs.end()));
  emit changed();
}

int PastRuns::indexOf(const std::string& id) const {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    if (!id.empty() && runs_[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

void PastRuns::setPictures(int index, const JobPictures& pictures, std::shared_ptr<const OpenedPhoto> photo,
                           ResultPtr result) {
  auto& run = runs_.at(index);
  run.pictures = pictures;
  run.photo = std::move(photo);
  run.result = std::move(result);
}

int PastRuns::revise(const ResultPtr& former, const ResultPtr& result) {
  const auto found = std::find_if(runs_.begin(), runs_.end(), [&](const auto& run) { return run.result == former; });
  if (found == runs_.end()) return -1;
  found->request.sampler_values = result->outcome.report.request.sampler_values;
  found->result = result;
  found->outcome.report = result->outcome.report;
  found->thumbnail = result->thumbnail;
  // Until the new ones are measured, the former stay.
  if (std::isfinite(result->outcome.report.residual))
    found->numbers = numbersText(result->outcome.report, found->request.seed);
  emit changed();
  return static_cast<int>(found - runs_.begin());
}

void PastRuns::setStarred(int index, bool starred) {
  runs_.at(index).starred = starred;
  emit edited(index);
  emit changed();
}

void PastRuns::rename(int index, const QString& name) {
  if (name.trimmed().isEmpty()) return;
  runs_.at(index).name = name.trimmed();
  runs_.at(index).renamed = true;
  emit edited(index);
  emit changed();
}

void PastRuns::remove(int index) {
  const auto id = runs_.at(index).id;
  runs_.erase(runs_.begin() + index);
  if (!id.empty()) emit removed(id);
  emit changed();
}

void PastRuns::removeLessons() {
  if (std::erase_if(runs_, [](const PastRun& run) { return run.kind == PastRun::Kind::Lesson; }) > 0) emit changed();
}

void PastRuns::markSaved(const ResultPtr& result) {
  for (auto& run : runs_) run.saved = run.saved || (result && run.result == result);
}

void PastRuns::setBudget(std::size_t bytes) {
  budget_ = bytes;
  thinOut();
  emit changed();
}

std::size_t PastRuns::bytes() const {
  std::size_t bytes = 0;
  std::set<const OpenedPhoto*> photos;
  for (const auto& run : runs_) {
    bytes += run.steps.bytes();
    if (run.latents) bytes += run.latents->bytesInMemory() + run.latents->bytesOnDisk();
    if (run.result) bytes += bytesOf(*run.result);
    if (run.photo && photos.insert(run.photo.get()).second)
      bytes += bytesOf(run.photo->photo->image) + static_cast<std::size_t>(run.photo->shown.sizeInBytes());
  }
  return bytes;
}

void PastRuns::thinOut() {
  const auto letGo = [this](auto&& part) {
    // The newest stays whole: it is on the screen.
    for (std::size_t i = 0; i + 1 < runs_.size() && bytes() > budget_; ++i) part(runs_[i]);
  };
  letGo([](PastRun& run) {
    run.steps.clear();
    run.latents.reset();
  });
  letGo([](PastRun& run) {
    run.result.reset();
    run.photo.reset();
    run.pictures.photo.reset();
  });
}

QString numbersText(const RunReport& report, quint64 seed) {
  auto value = std::isfinite(report.metric("psnr")) ? PastRuns::tr("%1 dB").arg(numberText(report.metric("psnr"), 2))
                                                    : residualText(report, 2, /*goal=*/false);
  if (value.isEmpty()) value = QStringLiteral("–");  // of a run that the program's end cut short
  return PastRuns::tr("%1\nseed %2").arg(value).arg(seed);
}

}  // namespace p2l::ui
