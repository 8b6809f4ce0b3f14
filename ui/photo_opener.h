// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>

#include "core/api/photo_file.h"

namespace p2l::ui {

/// A photo that was opened, ready to be shown and to be worked on; frozen.
struct OpenedPhoto {
  QString path;  ///< empty for a paste
  QString label;
  std::shared_ptr<const Photo> photo;
  QImage shown;
};

/// Reads and writes pictures away from the GUI thread, one after the other. Of several openings the last one asked for
/// counts.
class PhotoOpener : public QObject {
  Q_OBJECT
 public:
  explicit PhotoOpener(QObject* parent = nullptr);
  ~PhotoOpener() override;  ///< waits for what is being written

  void open(const QString& path);
  void openImage(const QImage& image, const QString& label);
  /// How a picture was written, told on the GUI thread: one of a problem and, perhaps, a remark.
  using Written = std::function<void(const QString& problem, const QString& remark)>;
  /// Writes a picture with the request inside.
  void save(std::shared_ptr<const Image> image, const QString& path, const std::string& request_json, Written done);
  bool busy() const { return pending_ > 0; }
  /// Blocks until everything asked for is read and written; the answers come later.
  void waitForFiles();

 signals:
  void opened(std::shared_ptr<const p2l::ui::OpenedPhoto> photo);
  void failed(const QString& sentence);

 private:
  template <class Read>
  void start(Read read);

  QThreadPool pool_;
  quint64 newest_ = 0;
  int pending_ = 0;
};

}  // namespace p2l::ui
