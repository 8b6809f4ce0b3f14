// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the photo that is worked on.
#include <algorithm>
#include <utility>

#include "core/request/crop.h"
#include "core/types/error.h"
#include "ui/document/run_model.h"

namespace p2l::ui {

QRect RunModel::cropRect() const {
  if (!photo_) return {};
  const auto& image = photo_->photo->image;
  if (!isCropped()) return {0, 0, image.width, image.height};
  const auto crop = cropFromText(settings_.crop);
  return {crop.left, crop.top, crop.width, crop.height};
}

QRect RunModel::workingRect() const {
  const auto part = cropRect();
  if (settings_.size <= 0) return part;
  const int side = std::min(part.width(), part.height());
  return {part.left() + (part.width() - side) / 2, part.top() + (part.height() - side) / 2, side, side};
}

bool RunModel::showsOtherPart() const {
  if (run_shown_) return shown_crop_ != settings_.crop;
  return result_ && result_->outcome.report.request.crop != settings_.crop;
}

void RunModel::setCrop(const QRect& part) {
  if (!photo_) return;
  const auto& image = photo_->photo->image;
  const QRect whole(0, 0, image.width, image.height);
  const auto wanted = part.isEmpty() ? whole : part & whole;
  if (wanted != whole && std::min(wanted.width(), wanted.height()) < kSmallestSize) return;
  auto text =
      wanted == whole ? std::string() : textFromCrop({wanted.width(), wanted.height(), wanted.left(), wanted.top()});
  if (text == settings_.crop) return;
  const auto mask = mask_->state();
  const auto before = workingRect();
  settings_.crop = std::move(text);
  suggestSize();
  moveMask(mask, before);
  setMeasurement(workingPart(), {});  // until the preview brings it
  applySettings(/*measured_again=*/true);
}

QString RunModel::dropForeignCrop() {
  if (!isCropped() || !photo_) return {};
  try {
    checkCrop(cropFromText(settings_.crop), photo_->photo->image.width, photo_->photo->image.height);
    return {};
  } catch (const Error&) {
    const auto text = QString::fromStdString(std::exchange(settings_.crop, {}));
    return tr("The crop %1 is not inside of this photo: the whole photo is taken.").arg(text);
  }
}

void RunModel::moveMask(const MaskEditor::State& former, const QRect& former_part) {
  if (!photo_ || former.mask.isNull() || former_part.isEmpty()) return sizeChanged();
  const auto part = workingRect();
  const double sx = static_cast<double>(former.mask.width()) / former_part.width();
  const double sy = static_cast<double>(former.mask.height()) / former_part.height();
  const auto offset = part.topLeft() - former_part.topLeft();
  mask_->setPhotoSize({photo_->photo->image.width, photo_->photo->image.height}, cropRect());
  mask_->moveTo(former, {offset.x() * sx, offset.y() * sy, part.width() * sx, part.height() * sy}, workingSize());
  mask_before_size_ = former;
}

}  // namespace p2l::ui
