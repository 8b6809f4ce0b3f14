// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/photo_opener.h"

#include <QFileInfo>
#include <utility>

#include "core/archive/run_archive.h"
#include "core/experiment/record.h"
#include "ui/base/frame_image.h"

namespace p2l::ui {

void PhotoOpener::start(std::function<std::shared_ptr<const OpenedPhoto>()> read) {
  const quint64 id = ++newest_;
  work_.start(std::move(read), [this, id](const std::shared_ptr<const OpenedPhoto>& opened, const QString& problem) {
    if (id != newest_) return;
    if (problem.isEmpty()) {
      emit this->opened(opened);
    } else {
      emit failed(problem);
    }
  });
}

std::shared_ptr<const OpenedPhoto> openPhotoFile(const QString& path, const QString& label) {
  auto opened = std::make_shared<OpenedPhoto>();
  opened->path = QFileInfo(path).absoluteFilePath();
  opened->label = label.isEmpty() ? QFileInfo(path).fileName() : label;
  opened->photo = std::make_shared<const Photo>(readPhoto(path.toStdString()));
  opened->sha256 = fileSha256(path.toStdString());
  opened->shown = qimageFromImage(opened->photo->image);
  const auto& pictures = opened->photo->pictures;
  if (!pictures.masks.empty()) opened->stored.mask = qimageFromImage(pictures.masks.front());
  if (!pictures.kernels.empty()) opened->stored.kernel = {opened->photo, &*pictures.kernels.front()};
  return opened;
}

void PhotoOpener::open(const QString& path) {
  start([path] { return openPhotoFile(path); });
}

void PhotoOpener::openImage(const QImage& image, const QString& label) {
  start([image, label]() -> std::shared_ptr<const OpenedPhoto> {
    auto opened = std::make_shared<OpenedPhoto>();
    opened->label = label;
    auto photo = std::make_shared<Photo>();
    photo->image = imageFromQImage(image);
    constexpr unsigned kByte = 8;
    if (image.pixelFormat().redSize() > kByte) photo->origin.bits = 16;
    opened->shown = qimageFromImage(photo->image);
    opened->sha256 = sha256OfPixels(photo->image);
    opened->photo = std::move(photo);
    return opened;
  });
}

void PhotoOpener::save(std::shared_ptr<const Image> image, const QString& path, const std::string& request_json,
                       const JobPictures& given, Written done) {
  work_.start(
      [image, path, request_json, given] {
        return QString::fromStdString(writePhoto(*image, path.toStdString(), request_json, requestPicturesFrom(given),
                                                 given.origin ? *given.origin : PhotoOrigin()));
      },
      [done](const QString& remark, const QString& problem) { done(problem, remark); });
}

void PhotoOpener::workOn(std::function<void()> work, Written done) {
  work_.start(
      [work = std::move(work)] {
        work();
        return true;
      },
      [done](bool, const QString& problem) { done(problem, {}); });
}

}  // namespace p2l::ui
