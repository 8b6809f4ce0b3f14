// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/task/kernel_picture.h"

#include <QPainter>
#include <algorithm>

#include "core/api/measure.h"
#include "ui/base/frame_image.h"
#include "ui/style/studio_style.h"
#include "ui/style/theme.h"

namespace p2l::ui {
namespace {

constexpr int kPoint = 129;  // side of the picture that holds the point
constexpr int kMargin = 2;   // around what is not black

/// The largest sample becomes white; the black around is cut off, the centre stays in the middle.
QImage kernelFrom(Image blurred) {
  const float peak = *std::max_element(blurred.pixels.begin(), blurred.pixels.end());
  if (!(peak > 0.0f)) return {};
  for (auto& sample : blurred.pixels) sample = std::clamp(sample / peak, 0.0f, 1.0f);
  const auto whole = qimageFromImage(blurred).convertToFormat(QImage::Format_Grayscale8);
  const int centre = whole.width() / 2;
  int reach = 1;
  for (int y = 0; y < whole.height(); ++y) {
    const auto* row = whole.constScanLine(y);
    for (int x = 0; x < whole.width(); ++x) {
      if (row[x] > 2) reach = std::max({reach, std::abs(x - centre), std::abs(y - centre)});
    }
  }
  reach = std::min(centre, reach + kMargin);
  return whole.copy(centre - reach, centre - reach, 2 * reach + 1, 2 * reach + 1);
}

}  // namespace

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
  request.noise = 0.0;
  request.mode = Mode::Demonstrate;
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
        RunInputs inputs;
        Image point(kPoint, kPoint, 3);
        for (int c = 0; c < 3; ++c) point.at(kPoint / 2, kPoint / 2, c) = 1.0f;
        inputs.photo = std::move(point);
        if (kernel) inputs.of().kernel = kernel;
        return kernelFrom(degrade(readCatalogue(), request, inputs).measurement);
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
