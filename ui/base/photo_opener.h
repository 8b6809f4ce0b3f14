// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <functional>
#include <memory>

#include "core/api/files.h"
#include "ui/base/background_work.h"
#include "ui/base/run_job.h"

namespace p2l::ui {

/// A photo that was opened, ready to be shown and to be worked on; frozen.
struct OpenedPhoto {
  QString path;  ///< empty for a paste
  QString label;
  std::string sha256;  ///< of the file, or of the pixels of a paste
  std::shared_ptr<const Photo> photo;
  QImage shown;
  JobPictures stored;  ///< mask and kernel that the file holds beside its request
};

/// Reads a photo; not on the GUI thread. `label`: as it is shown; empty: its file's name. @throws Error
std::shared_ptr<const OpenedPhoto> openPhotoFile(const QString& path, const QString& label = {});

/// Reads and writes pictures away from the GUI thread, one after the other. Of several openings the last one asked for
/// counts.
class PhotoOpener : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  void open(const QString& path);
  void openImage(const QImage& image, const QString& label);
  /// How a picture was written, told on the GUI thread: one of a problem and, perhaps, a remark.
  using Written = std::function<void(const QString& problem, const QString& remark)>;
  /// Writes a picture with the request inside, the mask and the kernel that it was given, and its photo's EXIF data.
  void save(std::shared_ptr<const Image> image, const QString& path, const std::string& request_json,
            const JobPictures& given, Written done);
  /// Any other file: `work` reads or writes it away from the GUI thread, and may throw.
  void workOn(std::function<void()> work, Written done);
  bool busy() const { return work_.busy(); }
  /// Blocks until everything asked for is read and written; the answers come later.
  void waitForFiles() { work_.wait(); }

 signals:
  void opened(std::shared_ptr<const p2l::ui::OpenedPhoto> photo);
  void failed(const QString& sentence);

 private:
  /// `read` makes an OpenedPhoto on the other thread and may throw.
  void start(std::function<std::shared_ptr<const OpenedPhoto>()> read);

  BackgroundWork work_;
  quint64 newest_ = 0;
};

}  // namespace p2l::ui
