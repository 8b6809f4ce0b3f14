// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <memory>

#include "core/api/photo_file.h"

namespace p2l::ui {

/// A photo that was opened, ready to be shown and to be worked on.
struct OpenedPhoto {
  QString path;  ///< empty for a paste
  QString label;
  Photo photo;
  QImage shown;
};

/// Reads and writes pictures away from the GUI thread. Of several openings the last one asked for counts.
class PhotoOpener : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  void open(const QString& path);
  void openImage(const QImage& image, const QString& label);
  /// Writes a picture with the request inside. `tag` comes back with the answer.
  void save(std::shared_ptr<const Image> image, const QString& path, const std::string& request_json,
            const QString& tag);
  bool busy() const { return pending_ > 0; }

 signals:
  void opened(std::shared_ptr<const p2l::ui::OpenedPhoto> photo);
  void saved(const QString& path, const QString& remark, const QString& tag);
  void failed(const QString& sentence);
  void saveFailed(const QString& sentence, const QString& tag);

 private:
  quint64 newest_ = 0;
  int pending_ = 0;
};

}  // namespace p2l::ui
