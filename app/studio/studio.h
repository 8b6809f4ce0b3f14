// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>
#include <memory>

#include "app/studio/restore_worker.h"
#include "ui/window/main_window.h"

namespace p2l::app {

/// The window, the worker and the thread between them.
class Studio : public QObject {
  Q_OBJECT
 public:
  explicit Studio(QObject* parent = nullptr);
  ~Studio() override;  ///< stops a run in progress and waits for it

  ui::MainWindow& window() { return *window_; }
  /// Shows the window, opens the photo (or the sample photo when the path is empty) and loads the model that was chosen
  /// last.
  void start(const QString& photo);

 private:
  void connectWorker();

  RestoreWorker* worker_;
  std::unique_ptr<ui::MainWindow> window_;
  QThread thread_;
};

}  // namespace p2l::app
