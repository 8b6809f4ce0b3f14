// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/past_runs.h"

#include <set>

namespace p2l::ui {
namespace {

std::size_t bytesOf(const Image& image) {
  return image.pixels.size() * sizeof(float);
}

std::size_t bytesOf(const Result& result) {
  const auto& outcome = result.outcome;
  std::size_t bytes = bytesOf(outcome.picture) + bytesOf(outcome.measurement) + bytesOf(outcome.baseline) +
                      bytesOf(outcome.telea) + bytesOf(outcome.truth);
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
  letGo([](PastRun& run) { run.steps.clear(); });
  letGo([](PastRun& run) {
    run.result.reset();
    run.photo.reset();
    run.pictures.photo.reset();
  });
}

}  // namespace p2l::ui
