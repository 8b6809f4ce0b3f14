// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_job.h"

#include "ui/frame_image.h"

namespace p2l::ui {
namespace {

constexpr int kThumbnail = 96;

QImage shown(const Image& image) {
  return image.empty() ? QImage() : qimageFromImage(image);
}

}  // namespace

RunInputs inputsFromPictures(const JobPictures& pictures) {
  RunInputs inputs;
  if (pictures.photo) inputs.photo = *pictures.photo;
  if (!pictures.mask.isNull()) inputs.mask = imageFromQImage(pictures.mask);
  if (pictures.kernel) inputs.kernel = *pictures.kernel;
  return inputs;
}

ResultPtr resultFromOutcome(Outcome outcome, const QImage& mask) {
  auto result = std::make_shared<Result>();
  result->picture = shown(outcome.picture);
  result->before = shown(outcome.baseline);
  result->truth = shown(outcome.truth);
  result->mask = mask;
  if (!result->picture.isNull()) {
    result->thumbnail = result->picture.scaled(kThumbnail, kThumbnail, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  }
  result->outcome = std::move(outcome);
  return result;
}

}  // namespace p2l::ui
