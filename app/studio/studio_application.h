// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>

#include "app/studio/event_clock.h"

namespace p2l::ui {
class MainWindow;
}

namespace p2l::app {

/// Measures how long events keep the window, and turns an exception that nobody caught into a sentence in the window
/// instead of the end of the program.
class StudioApplication : public QApplication {
 public:
  using QApplication::QApplication;
  void setWindow(ui::MainWindow* window) { window_ = window; }
  EventClock& eventClock() { return clock_; }

  /// Called on every thread that handles events.
  bool notify(QObject* receiver, QEvent* event) override;

 private:
  EventClock clock_;
  ui::MainWindow* window_ = nullptr;
};

}  // namespace p2l::app
