// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>

#include "ui/run/run_bar.h"

namespace p2l::ui {
class MainWindow;
}

namespace p2l::app {

/// What the studio does, for people who look for a fault and for tests of the real program. Off unless asked for:
/// QT_LOGGING_RULES="p2l.run.info=true;p2l.layout.info=true" writes what happens to a run to the standard error stream,
/// and whenever it has changed where on the screen every control, menu entry and row of a list is: `begin`, a line for
/// each with left, top, width and height, `end`.
class StudioLog : public QObject {
  Q_OBJECT
 public:
  explicit StudioLog(ui::MainWindow& window);

 public slots:
  void stepFinished(quint64 run_id, const p2l::StepReport& report);

 private:
  void showState();
  void showLayout();

  ui::MainWindow& window_;
  QTimer layout_timer_;
  QStringList layout_;  ///< as it was written last
  ui::RunBar::State state_ = ui::RunBar::State::Idle;
};

}  // namespace p2l::app
