// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/png_url.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>

#include "core/types/error.h"

namespace p2l::ui {
namespace {

QString urlOf(const QByteArray& png) {
  return QStringLiteral("data:image/png;base64,") + QString::fromLatin1(png.toBase64());
}

}  // namespace

QString pngUrl(const QImage& image) {
  QByteArray png;
  QBuffer buffer(&png);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return urlOf(png);
}

QString pngUrl(const Image& image, int bits, const std::string& request_json, const RequestPictures& pictures) {
  const QTemporaryDir folder;
  const auto path = folder.filePath(QStringLiteral("picture.png"));
  writePhoto(image, path.toStdString(), request_json, pictures, {bits, {}});
  QFile file(path);
  require(file.open(QIODevice::ReadOnly), "The report's picture could not be written.");
  return urlOf(file.readAll());
}

}  // namespace p2l::ui
