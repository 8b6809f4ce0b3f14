// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/task/kernel_picture.h"

#include <QPainter>

#include "core/insight/point_spread.h"
#include "ui/base/frame_image.h"
#include "ui/style/studio_style.h"
#include "ui/style/theme.h"

namespace p2l::ui {

KernelPicture::KernelPicture(QWidget* parent) : QWidget(parent) {
  setFixedSize(kSide, kSide);
  setAccessibleName(tr("Blur kernel"));
  setToolTip(tr("What the blur makes of one white point"));
}

void KernelPicture::show(const RestoreRequest& settings, std::shared_ptr<const Image> kernel) {
  RestoreRequest request;
  request.degradations = {settings.degradation()};
  request.degradation().mask.clear();
  request.degradation().kernel = kernel ? "kernel" : "";
  request.measurement_seed = settings.measurement_seed;
  if (kernel == kernel_ && jsonFromRequest(request) == jsonFromRequest(request_)) return;
  request_ = request;
  kernel_ = std::move(kernel);
  wanted_ = true;
  compute();
}

void KernelPicture::compute() {
  if (!wanted_ || work_.busy()) return;  // of many changes in a row the last one counts
  wanted_ = false;
  work_.start(
      [request = request_, kernel = kernel_] {
        const auto spread = pointSpread(request, kernel ? *kernel : Image());
        return qimageFromImage(spread).convertToFormat(QImage::Format_Grayscale8);
      },
      [this](const QImage& picture, const QString& problem) {
        picture_ = problem.isEmpty() ? picture : QImage();
        update();
        emit changed();
        compute();
      });
}

void KernelPicture::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(studioColours(palette()).line, 1));
  painter.setBrush(Qt::black);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), StudioStyle::kRadius, StudioStyle::kRadius);
  if (picture_.isNull()) return;
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(QRectF(rect()).adjusted(5, 5, -5, -5), picture_);
}

}  // namespace p2l::ui
