// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/detail_blend.h"

#include <cmath>
#include <utility>

#include "core/api/measure.h"
#include "ui/base/frame_image.h"
#include "ui/document/run_model.h"

namespace p2l::ui {
namespace {

constexpr const char* kDetail = "detail";

double detailOf(const RestoreRequest& request) {
  const auto found = request.sampler_values.find(kDetail);
  const auto* value = found == request.sampler_values.end() ? nullptr : std::get_if<double>(&found->second);
  return value == nullptr ? 0.0 : *value;
}

/// What a run depends on but for the detail.
std::string keyOf(RestoreRequest completed) {
  completed.sampler_values.erase(kDetail);
  completed.preset.clear();
  completed.photo.clear();
  completed.model_options = {};  // a run chooses some to fit the memory
  return jsonFromRequest(completed);
}

std::shared_ptr<Result> blended(const Result& former, double detail) {
  auto result = std::make_shared<Result>(former);
  auto& outcome = result->outcome;
  outcome.picture = mixtureOf(outcome.faithful, outcome.sharp, detail);
  outcome.report.request.sampler_values[kDetail] = detail;
  for (auto& [key, value] : outcome.report.metrics) value = kUnknown;
  outcome.report.residual = kUnknown;
  result->picture = qimageFromImage(outcome.picture);
  result->thumbnail = thumbnailOf(result->picture);
  return result;
}

}  // namespace

Image mixtureOf(const Image& one, const Image& other, double share) {
  auto mixture = one;
  const auto part = static_cast<float>(share);
  for (std::size_t i = 0; i < mixture.pixels.size(); ++i) mixture.pixels[i] += part * (other.pixels[i] - one.pixels[i]);
  return mixture;
}

DetailBlend::DetailBlend(const Catalogue& catalogue, RunModel* document, QObject* parent)
    : QObject(parent), catalogue_(catalogue), document_(document) {
  rest_.setSingleShot(true);
  rest_.setInterval(kRestMs);
  connect(&rest_, &QTimer::timeout, this, &DetailBlend::judgeResult);
  connect(document, &RunModel::settingsChanged, this, &DetailBlend::follow);
}

bool DetailBlend::hasEnds() const {
  const auto result = document_->result();
  return result && !result->outcome.sharp.empty() && !document_->isRunning();
}

std::optional<double> DetailBlend::wanted() const {
  if (!hasEnds()) return std::nullopt;
  const auto result = document_->result();
  RestoreRequest request;
  const auto pictures = document_->pictures(request);
  const bool same_pictures =
      pictures.mask.cacheKey() == result->given.mask.cacheKey() && pictures.kernel == result->given.kernel;
  try {
    if (!same_pictures || keyOf(catalogue_.complete(request)) != keyOf(result->outcome.report.request))
      return std::nullopt;
  } catch (const std::exception&) {
    return std::nullopt;  // settings that a run refuses, and says why
  }
  return detailOf(request);
}

void DetailBlend::follow() {
  if (work_.busy()) return;  // it comes here again
  const auto detail = wanted();
  if (!detail || *detail == detailOf(document_->result()->outcome.report.request)) return;
  blend(*detail);
}

void DetailBlend::blend(double detail) {
  rest_.stop();
  const auto former = document_->result();
  work_.start([former, detail]() -> ResultPtr { return blended(*former, detail); },
              [this, former](const ResultPtr& result, const QString&) {
                if (result && former == document_->result() && !document_->isRunning()) {
                  document_->reviseResult(result, /*keep=*/false);
                  rest_.start();
                }
                follow();
              });
}

void DetailBlend::judgeResult() {
  const auto result = document_->result();
  if (!hasEnds() || work_.busy()) return;
  auto pictures = result->given;
  pictures.photo = {document_->openedPhoto(), &document_->photo()->photo->image};
  work_.start(
      [catalogue = std::make_shared<const Catalogue>(catalogue_), result, pictures]() -> ResultPtr {
        auto judged = std::make_shared<Result>(*result);
        auto& report = judged->outcome.report;
        const auto found =
            judge(*catalogue, report.request, inputsFromPictures(report.request, pictures), judged->outcome.picture);
        for (const auto& [key, value] : found.report.metrics) report.metrics[key] = value;
        report.residual = found.report.residual;
        return judged;
      },
      [this, result](const ResultPtr& judged, const QString&) {
        if (result == document_->result() && !document_->isRunning())
          document_->reviseResult(judged ? judged : result, /*keep=*/true);
        follow();
      });
}

}  // namespace p2l::ui
