// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>
#include <memory>

#include "app/studio/preview_worker.h"
#include "app/studio/restore_worker.h"
#include "ui/files/document_desk.h"
#include "ui/window/main_window.h"

namespace p2l::app {

/// The window, the workers and the threads between them.
class Studio : public QObject {
  Q_OBJECT
 public:
  explicit Studio(QObject* parent = nullptr);
  ~Studio() override;  ///< stops a run in progress and waits for it

  ui::MainWindow& window() { return *window_; }
  /// History, recovery, projects and the queue.
  ui::DocumentDesk& desk() { return *desk_; }
  /// Shows the window, opens the photo (or the sample photo when the path is empty) and loads the model that was chosen
  /// last. What else was named is offered to the queue.
  void start(const QString& photo, const QStringList& others = {});

 private:
  void connectWorker();
  void connectDesk();
  void connectPreviews();

  RestoreWorker* worker_;
  PreviewWorker* previews_;
  std::unique_ptr<ui::MainWindow> window_;
  ui::DocumentDesk* desk_;
  QThread thread_, preview_thread_;
};

}  // namespace p2l::app
