// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/image_pyramid.h"

#include <QCoreApplication>
#include <QMetaObject>
#include <QThreadPool>
#include <algorithm>
#include <cmath>

namespace p2l::ui {

namespace {

/// Below this nothing is gained by another level.
constexpr int kSmallestSide = 64;

QVector<QImage> levelsOf(const QImage& image) {
  QVector<QImage> levels;
  QImage level = image;
  while (std::max(level.width(), level.height()) > 2 * kSmallestSide) {
    level = halvedImage(level);
    levels << level;
  }
  return levels;
}

}  // namespace

QImage halvedImage(const QImage& picture) {
  const bool alpha = picture.hasAlphaChannel();
  const auto wanted = alpha ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32;
  // Three-byte pixels (a frame of the engine) are read as they are: the conversion would cost as much as the halving.
  const bool packed = picture.format() == QImage::Format_RGB888;
  const QImage source = packed || picture.format() == wanted ? picture : picture.convertToFormat(wanted);
  const int width = (source.width() + 1) / 2, height = (source.height() + 1) / 2;
  QImage half(width, height, wanted);
  for (int y = 0; y < height; ++y) {
    const uchar* row0 = source.constScanLine(2 * y);
    const uchar* row1 = source.constScanLine(std::min(2 * y + 1, source.height() - 1));
    auto* out = reinterpret_cast<QRgb*>(half.scanLine(y));
    for (int x = 0; x < width; ++x) {
      const int x0 = 2 * x, x1 = std::min(2 * x + 1, source.width() - 1);
      if (packed) {
        const uchar *a = row0 + 3 * x0, *b = row0 + 3 * x1, *c = row1 + 3 * x0, *d = row1 + 3 * x1;
        out[x] = qRgb((a[0] + b[0] + c[0] + d[0] + 2) >> 2, (a[1] + b[1] + c[1] + d[1] + 2) >> 2,
                      (a[2] + b[2] + c[2] + d[2] + 2) >> 2);
        continue;
      }
      const auto* p0 = reinterpret_cast<const QRgb*>(row0);
      const auto* p1 = reinterpret_cast<const QRgb*>(row1);
      // Two channels at a time: sums of four bytes fit into the 16 bits between them.
      constexpr quint32 kMask = 0x00ff00ff, kRound = 0x00020002;
      const quint32 even = (p0[x0] & kMask) + (p0[x1] & kMask) + (p1[x0] & kMask) + (p1[x1] & kMask) + kRound;
      const quint32 odd = ((p0[x0] >> 8) & kMask) + ((p0[x1] >> 8) & kMask) + ((p1[x0] >> 8) & kMask) +
                          ((p1[x1] >> 8) & kMask) + kRound;
      out[x] = ((even >> 2) & kMask) | (((odd >> 2) & kMask) << 8);
    }
  }
  return half;
}

struct ImagePyramid::Shared {
  // Only the GUI thread reads and writes these.
  ImagePyramid* owner = nullptr;  ///< null once it is gone
  bool in_work = false;
};

ImagePyramid::ImagePyramid() : shared_(std::make_shared<Shared>()) {
  shared_->owner = this;
}

ImagePyramid::~ImagePyramid() {
  shared_->owner = nullptr;
}

void ImagePyramid::setImage(const QImage& image) {
  if (image.size() != image_.size()) levels_.clear();
  image_ = image;
  levels_current_ = false;
}

ImagePyramid::Level ImagePyramid::levelFor(double scale, const std::function<void()>& ready) {
  int level = 0;
  for (; scale <= 0.5; scale *= 2) ++level;
  if (level == 0 || image_.isNull()) return {image_, 1.0};

  if (!levels_current_) {
    const qint64 pixels = static_cast<qint64>(image_.width()) * image_.height();
    if (pixels <= kImmediatePixels) {
      levels_ = levelsOf(image_);
      levels_current_ = true;
    } else if (!shared_->in_work) {
      shared_->in_work = true;
      QThreadPool::globalInstance()->start([shared = shared_, image = image_, ready] {
        auto levels = levelsOf(image);
        QMetaObject::invokeMethod(
            qApp,
            [shared, levels = std::move(levels), size = image.size(), key = image.cacheKey(), ready] {
              shared->in_work = false;
              if (!shared->owner || shared->owner->image_.size() != size) return;
              shared->owner->levels_ = levels;
              shared->owner->levels_current_ = shared->owner->image_.cacheKey() == key;
              ready();
            },
            Qt::QueuedConnection);
      });
    }
  }
  if (levels_.isEmpty()) return {image_, 1.0};
  level = std::min(level, static_cast<int>(levels_.size()));
  return {levels_[level - 1], std::ldexp(1.0, level)};
}

}  // namespace p2l::ui
