// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QVector>
#include <functional>
#include <memory>

namespace p2l::ui {

/// A picture with its halves, quarters, ... for drawing it small without aliasing. The levels are made when they are
/// first needed: at once for small pictures, on a pool thread for large ones.
class ImagePyramid {
 public:
  /// Pictures up to so many pixels are halved on the calling thread (about 3 ms).
  static constexpr qint64 kImmediatePixels = 1'500'000;

  /// A level and how many pixels of the picture one of its pixels spans in each direction.
  struct Level {
    QImage image;
    double span = 1.0;
  };

  ImagePyramid();
  ~ImagePyramid();
  ImagePyramid(const ImagePyramid&) = delete;
  ImagePyramid& operator=(const ImagePyramid&) = delete;

  /// Cheap: no work on the pixels.
  void setImage(const QImage& image);
  void clear() { setImage(QImage()); }
  const QImage& image() const { return image_; }
  bool isNull() const { return image_.isNull(); }
  QSize size() const { return image_.size(); }

  /// The smallest level with at least one sample per drawn pixel at `scale` device pixels per picture pixel. While
  /// the levels of a large picture are being made: those of the former picture of the same size, else the picture
  /// itself; `ready` is then called on the GUI thread when better ones are there.
  Level levelFor(double scale, const std::function<void()>& ready);

 private:
  struct Shared;
  QImage image_;
  QVector<QImage> levels_;  ///< half, quarter, ...
  bool levels_current_ = false;
  std::shared_ptr<Shared> shared_;  ///< outlives this object while a pool thread works
};

/// Half the size (rounded up), each pixel the mean of four; alpha premultiplied.
QImage halvedImage(const QImage& image);

}  // namespace p2l::ui
