// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/made_up.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "core/experiment/spread.h"
#include "ui/base/side_runs.h"
#include "ui/document/run_model.h"

namespace p2l::ui {
namespace {

constexpr float kMostOpaque = 0.85f;
constexpr double kStrongest = 0.01;  // the share of the pixels that is drawn in full

}  // namespace

QImage overlayFromSpread(const std::vector<float>& deviation, int width, int height, float full) {
  QImage overlay(width, height, QImage::Format_Alpha8);
  for (int y = 0; y < height; ++y) {
    auto* row = overlay.scanLine(y);
    for (int x = 0; x < width; ++x) {
      const float share = std::clamp(deviation[static_cast<std::size_t>(y) * width + x] / full, 0.0f, 1.0f);
      row[x] = static_cast<uchar>(share * kMostOpaque * 255.0f + 0.5f);
    }
  }
  return overlay;
}

float strongestSpread(std::vector<float> deviation) {
  if (deviation.empty()) return 0.0f;
  const auto at = deviation.begin() + static_cast<std::ptrdiff_t>((1.0 - kStrongest) * (deviation.size() - 1));
  std::nth_element(deviation.begin(), at, deviation.end());
  return *at;
}

MadeUp::MadeUp(RunModel* document, SideRuns* runs, QObject* parent)
    : QObject(parent), document_(document), runs_(runs) {}

QString MadeUp::start(int seeds) {
  stop();
  of_ = document_->result();
  if (!of_) return tr("There is no result yet: press Run first.");
  JobPictures pictures = of_->given;
  pictures.photo = {document_->openedPhoto(), &document_->photo()->photo->image};
  auto request = of_->outcome.report.request;
  request.measurement_seed = request.measurement_seed.value_or(request.seed);  // the same measurement
  results_ = {of_};
  seeds_ = seeds;
  for (int i = 1; i <= seeds; ++i) {
    ++request.seed;
    ids_.push_back(runs_->add(request, pictures,
                              [this](const ResultPtr& result, const QString& problem) { join(result, problem); }));
  }
  emit progress(0, seeds);
  return {};
}

void MadeUp::stop() {
  for (const auto id : std::exchange(ids_, {})) runs_->cancel(id);
  results_.clear();
}

void MadeUp::join(const ResultPtr& result, const QString& problem) {
  if (!result) {
    stop();
    emit failed(problem);
    return;
  }
  results_.push_back(result);
  const int done = static_cast<int>(results_.size()) - 1;
  emit progress(done, seeds_);
  if (done == seeds_) finish();
}

void MadeUp::finish() {
  ids_.clear();
  struct Found {
    QImage overlay;
    double mean = 0.0, strongest = 0.0;
  };
  work_.start(
      [results = std::exchange(results_, {})] {
        Spread spread;
        for (const auto& result : results) spread.add(result->outcome.picture);
        const auto deviation = spread.deviation();
        const auto& picture = results.front()->outcome.picture;
        Found found;
        const float strongest = strongestSpread(deviation);
        found.strongest = strongest;
        found.overlay =
            overlayFromSpread(deviation, picture.width, picture.height, std::clamp(strongest, kLeastFull, kFull));
        found.mean = std::accumulate(deviation.begin(), deviation.end(), 0.0) / static_cast<double>(deviation.size());
        return found;
      },
      [this, of = of_](const Found& found, const QString& problem) {
        if (!problem.isEmpty()) return emit failed(problem);
        if (of != document_->result()) return;  // another one is shown by now
        document_->setMadeUp(found.overlay, found.strongest);
        emit ready(found.mean, found.strongest);
      });
}

}  // namespace p2l::ui
