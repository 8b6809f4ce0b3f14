// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/run_job.h"

#include <QObject>
#include <QStringList>
#include <cmath>
#include <utility>

#include "ui/document/frame_image.h"

namespace p2l::ui {
namespace {

constexpr int kThumbnail = 96;

QImage shown(const Image& image) {
  return image.empty() ? QImage() : qimageFromImage(image);
}

int integerOrZero(const ParamValues& values, const std::string& key) {
  return values.count(key) != 0 ? integerOf(values, key) : 0;
}

}  // namespace

RequestPictures requestPicturesFrom(const JobPictures& pictures) {
  RequestPictures stored;
  if (!pictures.mask.isNull()) stored.mask = imageFromQImage(pictures.mask);
  if (pictures.kernel) stored.kernel = *pictures.kernel;
  return stored;
}

RunInputs inputsFromPictures(const JobPictures& pictures) {
  RunInputs inputs;
  if (pictures.photo) inputs.photo = *pictures.photo;
  auto [mask, kernel] = requestPicturesFrom(pictures);
  inputs.mask = std::move(mask);
  inputs.kernel = std::move(kernel);
  return inputs;
}

ResultPtr resultFromOutcome(Outcome outcome, const JobPictures& given) {
  auto result = std::make_shared<Result>();
  result->picture = shown(outcome.picture);
  result->before = shown(outcome.baseline);
  result->truth = shown(outcome.truth);
  result->given = given;
  result->given.photo.reset();  // large, and the session has it
  if (!result->picture.isNull()) {
    result->thumbnail = result->picture.scaled(kThumbnail, kThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  }
  result->outcome = std::move(outcome);
  return result;
}

QString summaryText(const Outcome& outcome) {
  const RunReport& report = outcome.report;
  QStringList parts;
  if (std::isfinite(report.psnr)) {
    const auto bound = std::isfinite(report.psnr_autoencoder)  // a model of pixels has none
                           ? QObject::tr(", autoencoder %1").arg(report.psnr_autoencoder, 0, 'f', 2)
                           : QString();
    parts << QObject::tr("PSNR %1 dB (measurement %2%3)")
                 .arg(report.psnr, 0, 'f', 2)
                 .arg(report.psnr_measurement, 0, 'f', 2)
                 .arg(bound);
  }
  if (std::isfinite(report.ssim)) parts << QObject::tr("SSIM %1").arg(report.ssim, 0, 'f', 3);
  if (std::isfinite(report.lpips_alex)) parts << QObject::tr("LPIPS %1 (Alex)").arg(report.lpips_alex, 0, 'f', 3);
  if (std::isfinite(report.lpips_vgg)) parts << QObject::tr("LPIPS %1 (VGG)").arg(report.lpips_vgg, 0, 'f', 3);
  // The measured pixels take the place of the result's, so that nothing is left to measure.
  const bool kept = integerOrZero(report.request.sampler_values, "keep_measured") != 0;
  if (kept)
    parts << QObject::tr("measured pixels kept");
  else
    parts << QObject::tr("residual %1 (noise %2)").arg(report.residual, 0, 'f', 2).arg(report.noise_level, 0, 'f', 2);
  parts << QObject::tr("%1 s").arg(report.seconds, 0, 'f', 1);
  return parts.join(QStringLiteral(" · "));
}

}  // namespace p2l::ui
