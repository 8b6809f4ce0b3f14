// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/photo_opener.h"

#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>

#include "ui/frame_image.h"

namespace p2l::ui {

void PhotoOpener::open(const QString& path) {
  const quint64 id = ++newest_;
  ++pending_;
  QThreadPool::globalInstance()->start([self = QPointer(this), id, path] {
    auto opened = std::make_shared<OpenedPhoto>();
    QString problem;
    try {
      opened->path = QFileInfo(path).absoluteFilePath();
      opened->label = QFileInfo(path).fileName();
      opened->photo = readPhoto(path.toStdString());
      opened->shown = qimageFromImage(opened->photo.image);
    } catch (const std::exception& error) {
      problem = QString::fromUtf8(error.what());
    }
    if (!self) return;
    QMetaObject::invokeMethod(self.data(), [self, id, opened, problem] {
      if (!self) return;
      --self->pending_;
      if (id != self->newest_) return;
      if (problem.isEmpty()) {
        emit self->opened(opened);
      } else {
        emit self->failed(problem);
      }
    });
  });
}

void PhotoOpener::openImage(const QImage& image, const QString& label) {
  ++newest_;
  auto opened = std::make_shared<OpenedPhoto>();
  opened->label = label;
  opened->photo.image = imageFromQImage(image);
  opened->shown = image;
  emit this->opened(opened);
}

void PhotoOpener::save(std::shared_ptr<const Image> image, const QString& path, const std::string& request_json,
                       const QString& tag) {
  ++pending_;
  QThreadPool::globalInstance()->start([self = QPointer(this), image, path, request_json, tag] {
    QString problem, remark;
    try {
      remark = QString::fromStdString(writePhoto(*image, path.toStdString(), request_json));
    } catch (const std::exception& error) {
      problem = QString::fromUtf8(error.what());
    }
    if (!self) return;
    QMetaObject::invokeMethod(self.data(), [self, path, remark, problem, tag] {
      if (!self) return;
      --self->pending_;
      if (problem.isEmpty()) {
        emit self->saved(path, remark, tag);
      } else {
        emit self->saveFailed(problem, tag);
      }
    });
  });
}

}  // namespace p2l::ui
