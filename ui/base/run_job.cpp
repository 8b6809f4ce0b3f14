// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/run_job.h"

#include <QObject>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/api/metric_list.h"
#include "ui/base/frame_image.h"
#include "ui/language/words.h"

namespace p2l::ui {
namespace {

constexpr int kThumbnail = 96;

QImage shown(const Image& image) {
  return image.empty() ? QImage() : qimageFromImage(image);
}

int integerOrZero(const ParamValues& values, const std::string& key) {
  return values.count(key) != 0 ? integerOf(values, key) : 0;
}

/// What PSNR is to be compared with.
QString bounds(const RunReport& report, NumberWriter number) {
  const auto bound = std::isfinite(report.psnr_autoencoder)  // a model of pixels has none
                         ? tr(", autoencoder %1").arg(number(report.psnr_autoencoder, 2))
                         : QString();
  const auto plain = number(report.psnrPlain(), 2);
  return std::isfinite(report.psnr_telea) ? tr(" (Telea's fill %1%2)").arg(plain, bound)
                                          : tr(" (measurement %1%2)").arg(plain, bound);
}

}  // namespace

RequestPictures requestPicturesFrom(const JobPictures& pictures) {
  RequestPictures stored;
  if (!pictures.mask.isNull()) stored.masks = {imageFromQImage(pictures.mask)};
  if (pictures.kernel) stored.kernels = {pictures.kernel};
  return stored;
}

RunInputs inputsFromPictures(const RestoreRequest& request, const JobPictures& pictures) {
  RunInputs inputs;
  inputs.photo = pictures.photo;
  const auto& chain = request.degradations;
  const auto first = [&](std::string DegradationChoice::*file) {
    const auto found =
        std::find_if(chain.begin(), chain.end(), [&](const auto& each) { return !(each.*file).empty(); });
    return found == chain.end() ? std::size_t{0} : static_cast<std::size_t>(found - chain.begin());
  };
  if (!pictures.mask.isNull()) inputs.of(first(&DegradationChoice::mask)).mask = imageFromQImage(pictures.mask);
  if (pictures.kernel) inputs.of(first(&DegradationChoice::kernel)).kernel = pictures.kernel;
  return inputs;
}

QImage thumbnailOf(const QImage& picture) {
  return picture.isNull() ? QImage()
                          : picture.scaled(kThumbnail, kThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

ResultPtr resultFromOutcome(Outcome outcome, const JobPictures& given) {
  auto result = std::make_shared<Result>();
  result->picture = shown(outcome.picture);
  result->before = shown(outcome.baseline);
  result->truth = shown(outcome.truth);
  result->given = given;
  result->given.photo.reset();  // large, and the session has it
  result->thumbnail = thumbnailOf(result->picture);
  result->outcome = std::move(outcome);
  return result;
}

bool keepsMeasured(const RunReport& report) {
  constexpr double kNothing = 0.005;  // reads as 0.00
  return integerOrZero(report.request.sampler_values, "keep_measured") != 0 && !(report.residual >= kNothing);
}

QString residualText(const RunReport& report, int digits, bool goal, NumberWriter number) {
  if (keepsMeasured(report)) return tr("measured pixels kept");
  if (!std::isfinite(report.residual)) return {};
  const auto residual = number(report.residual, digits);
  if (!goal) return tr("residual %1").arg(residual);
  return tr("residual %1 (noise %2)").arg(residual, number(report.noise_level, digits));
}

QString residualOfResultText(const RunReport& report, int digits, bool goal, NumberWriter number) {
  if (keepsMeasured(report) || !std::isfinite(report.residual)) return residualText(report, digits, goal, number);
  const auto residual = number(report.residual, digits);
  if (!goal) return tr("result's residual %1").arg(residual);
  return tr("result's residual %1 (noise %2)").arg(residual, number(report.noise_level, digits));
}

QString summaryText(const Outcome& outcome, NumberWriter number) {
  const RunReport& report = outcome.report;
  QStringList parts;
  for (const auto& spec : metricList()) {
    const double value = report.metric(spec.key);
    if (spec.of_run || !std::isfinite(value)) continue;  // those of the run follow, in words of their own
    auto text = QStringLiteral("%1 %2").arg(catalogueText(spec.label), number(value, spec.digits));
    if (!spec.unit.empty()) text += QLatin1Char(' ') + QString::fromStdString(spec.unit);
    if (spec.key == "psnr") text += bounds(report, number);
    parts << text;
  }
  if (const auto residual = residualOfResultText(report, 2, /*goal=*/true, number); !residual.isEmpty())
    parts << residual;
  if (report.seconds > 0.0) parts << tr("%1 s").arg(number(report.seconds, 1));  // a file does not say them
  return parts.join(QStringLiteral(" · "));
}

}  // namespace p2l::ui
