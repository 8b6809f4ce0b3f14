// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/photo_opener.h"

#include <QFileInfo>

#include "ui/frame_image.h"

namespace p2l::ui {

PhotoOpener::PhotoOpener(QObject* parent) : QObject(parent) {
  pool_.setMaxThreadCount(1);
}

PhotoOpener::~PhotoOpener() {
  pool_.waitForDone();
}

void PhotoOpener::waitForFiles() {
  pool_.waitForDone();
}

/// `read` fills an OpenedPhoto on the other thread and may throw.
template <class Read>
void PhotoOpener::start(Read read) {
  const quint64 id = ++newest_;
  ++pending_;
  // The destructor waits, so `this` lives; answers that it no longer takes are dropped with it.
  pool_.start([this, id, read] {
    auto opened = std::make_shared<OpenedPhoto>();
    QString problem;
    try {
      read(*opened);
    } catch (const std::exception& error) {
      problem = QString::fromUtf8(error.what());
    }
    QMetaObject::invokeMethod(this, [this, id, opened, problem] {
      --pending_;
      if (id != newest_) return;
      if (problem.isEmpty()) {
        emit this->opened(opened);
      } else {
        emit failed(problem);
      }
    });
  });
}

void PhotoOpener::open(const QString& path) {
  start([path](OpenedPhoto& opened) {
    opened.path = QFileInfo(path).absoluteFilePath();
    opened.label = QFileInfo(path).fileName();
    opened.photo = std::make_shared<const Photo>(readPhoto(path.toStdString()));
    opened.shown = qimageFromImage(opened.photo->image);
  });
}

void PhotoOpener::openImage(const QImage& image, const QString& label) {
  start([image, label](OpenedPhoto& opened) {
    opened.label = label;
    auto photo = std::make_shared<Photo>();
    photo->image = imageFromQImage(image);
    opened.shown = qimageFromImage(photo->image);
    opened.photo = std::move(photo);
  });
}

void PhotoOpener::save(std::shared_ptr<const Image> image, const QString& path, const std::string& request_json,
                       Written done) {
  ++pending_;
  pool_.start([this, image, path, request_json, done] {
    QString problem, remark;
    try {
      remark = QString::fromStdString(writePhoto(*image, path.toStdString(), request_json));
    } catch (const std::exception& error) {
      problem = QString::fromUtf8(error.what());
    }
    QMetaObject::invokeMethod(this, [this, problem, remark, done] {
      --pending_;
      done(problem, remark);
    });
  });
}

}  // namespace p2l::ui
