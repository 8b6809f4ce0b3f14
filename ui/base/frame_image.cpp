// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/frame_image.h"

#include <QColorSpace>
#include <QRgba64>

namespace p2l::ui {

QImage imageFromFrame(std::shared_ptr<const Frame> frame) {
  if (!frame || frame->empty()) return {};
  const auto format = frame->channels == 4 ? QImage::Format_RGBA8888 : QImage::Format_RGB888;
  const auto& f = *frame;
  auto* owner = new std::shared_ptr<const Frame>(std::move(frame));
  return QImage(
      f.bytes.data(), f.width, f.height, static_cast<qsizetype>(f.width) * f.channels, format,
      [](void* kept) { delete static_cast<std::shared_ptr<const Frame>*>(kept); }, owner);
}

QImage qimageFromImage(const Image& image) {
  if (image.empty()) return {};
  return imageFromFrame(std::make_shared<const Frame>(frameFromImage(image)));
}

namespace {

template <typename Sample>
Image imageFromSamples(const QImage& source, int stored_channels, int channels, float white) {
  Image image(source.width(), source.height(), channels);
  const bool grey = channels <= 2;
  float* out = image.pixels.data();
  for (int y = 0; y < source.height(); ++y) {
    const auto* in = reinterpret_cast<const Sample*>(source.constScanLine(y));
    for (int x = 0; x < source.width(); ++x, in += stored_channels) {
      *out++ = in[0] / white;
      if (!grey) {
        *out++ = in[1] / white;
        *out++ = in[2] / white;
      }
      if (channels % 2 == 0) *out++ = in[3] / white;
    }
  }
  return image;
}

}  // namespace

Image imageFromQImage(const QImage& picture) {
  if (picture.isNull()) return {};
  QImage image = picture;
  const QColorSpace srgb(QColorSpace::SRgb);
  // QImage converts colour images only; a grey picture's profile has no RGB primaries.
  const bool grey = image.format() == QImage::Format_Grayscale8 || image.format() == QImage::Format_Grayscale16;
  if (!grey && image.colorSpace().isValid() && image.colorSpace() != srgb) image.convertToColorSpace(srgb);

  const bool alpha = image.hasAlphaChannel();
  const bool deep =
      image.depth() == 64 || image.format() == QImage::Format_Grayscale16 || image.pixelFormat().redSize() > 8;
  const int channels = grey ? 1 : alpha ? 4 : 3;
  if (deep) return imageFromSamples<quint16>(image.convertToFormat(QImage::Format_RGBA64), 4, channels, 65535.0f);
  return imageFromSamples<uchar>(image.convertToFormat(QImage::Format_RGBA8888), 4, channels, 255.0f);
}

}  // namespace p2l::ui
