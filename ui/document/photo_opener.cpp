// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/photo_opener.h"

#include <QFileInfo>

#include "ui/document/frame_image.h"

namespace p2l::ui {

/// `read` fills an OpenedPhoto on the other thread and may throw.
template <class Read>
void PhotoOpener::start(Read read) {
  const quint64 id = ++newest_;
  work_.start(
      [read] {
        auto opened = std::make_shared<OpenedPhoto>();
        read(*opened);
        return std::shared_ptr<const OpenedPhoto>(std::move(opened));
      },
      [this, id](const std::shared_ptr<const OpenedPhoto>& opened, const QString& problem) {
        if (id != newest_) return;
        if (problem.isEmpty()) {
          emit this->opened(opened);
        } else {
          emit failed(problem);
        }
      });
}

void PhotoOpener::open(const QString& path) {
  start([path](OpenedPhoto& opened) {
    opened.path = QFileInfo(path).absoluteFilePath();
    opened.label = QFileInfo(path).fileName();
    opened.photo = std::make_shared<const Photo>(readPhoto(path.toStdString()));
    opened.shown = qimageFromImage(opened.photo->image);
    const auto& pictures = opened.photo->pictures;
    if (!pictures.mask.empty()) opened.stored.mask = qimageFromImage(pictures.mask);
    if (!pictures.kernel.empty()) opened.stored.kernel = {opened.photo, &pictures.kernel};
  });
}

void PhotoOpener::openImage(const QImage& image, const QString& label) {
  start([image, label](OpenedPhoto& opened) {
    opened.label = label;
    auto photo = std::make_shared<Photo>();
    photo->image = imageFromQImage(image);
    constexpr unsigned kByte = 8;
    if (image.pixelFormat().redSize() > kByte) photo->origin.bits = 16;
    opened.shown = qimageFromImage(photo->image);
    opened.photo = std::move(photo);
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
