// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/thumbnails.h"

#include <QFileInfo>
#include <QImageReader>
#include <QPainter>
#include <QPixmap>

#include "core/api/files.h"
#include "ui/base/frame_image.h"

namespace p2l::ui {
namespace {

constexpr int kFine = 2;  // pixels of a picture to a logical one, for screens that have them

/// The picture as it is shown, not much larger than `side`. Not on the GUI thread. @throws Error
QImage smallPicture(const QString& path, int side) {
  if (!QFileInfo(path).isFile()) return qimageFromImage(readPhoto(path.toStdString()).image);  // which says why
  QImageReader reader(path);  // of a pipe it would wait for ever
  reader.setAutoTransform(true);
  if (const auto size = reader.size(); size.width() > side && size.height() > side)
    reader.setScaledSize(size.scaled(side, side, Qt::KeepAspectRatioByExpanding));  // what a JPEG does while it is read
  auto picture = reader.read();
  // Too large for it, or of a kind that it does not know.
  return picture.isNull() ? qimageFromImage(readPhoto(path.toStdString()).image) : picture;
}

/// In the middle of a clear square.
QImage squareOf(const QImage& picture, int side) {
  QImage square(side, side, QImage::Format_ARGB32_Premultiplied);
  square.fill(Qt::transparent);
  if (picture.isNull()) return square;
  const auto small = picture.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  QPainter(&square).drawImage((side - small.width()) / 2, (side - small.height()) / 2, small);
  return square;
}

}  // namespace

QIcon untintedIcon(const QImage& picture) {
  QIcon icon;
  for (const auto mode : {QIcon::Normal, QIcon::Selected}) icon.addPixmap(QPixmap::fromImage(picture), mode);
  return icon;
}

Thumbnails::Thumbnails(int side, QObject* parent)
    : QObject(parent), side_(kFine * side), empty_(untintedIcon(squareOf({}, side_))) {}

QIcon Thumbnails::of(const QString& path) {
  if (const auto found = known_.constFind(path); found != known_.constEnd()) return *found;
  if (!wanted_.contains(path)) wanted_ << path;
  next();
  return empty_;
}

/// One at a time, so that an end of the program waits for one.
void Thumbnails::next() {
  if (work_.busy() || wanted_.isEmpty()) return;
  const auto path = wanted_.first();  // and stays there until it is known
  work_.start([path, side = side_] { return squareOf(smallPicture(path, side), side); },
              [this, path](const QImage& square, const QString& problem) {
                wanted_.removeOne(path);
                known_[path] = problem.isEmpty() ? untintedIcon(square) : empty_;
                if (problem.isEmpty()) emit ready(path);
                next();
              });
}

}  // namespace p2l::ui
