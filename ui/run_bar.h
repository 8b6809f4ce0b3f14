// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include "core/api/report.h"

class QAction;
class QComboBox;
class QLabel;
class QProgressBar;

namespace p2l::ui {

/// Run, Pause, Step and Stop with the progress of a run: share, elapsed time, time to go, seconds per step.
class RunBar : public QWidget {
  Q_OBJECT
 public:
  enum class State { Idle, Running, Paused, Stopping };

  explicit RunBar(QWidget* parent = nullptr);

  QAction* runAction() const { return run_; }
  QAction* pauseAction() const { return pause_; }
  QAction* stepAction() const { return step_; }
  QAction* stopAction() const { return stop_; }
  State state() const { return state_; }
  /// "42 %" while a run goes on, else empty; for the window's title.
  QString titlePart() const;
  bool noisyChosen() const;

 public slots:
  void showState(p2l::ui::RunBar::State state);
  void showStart(int steps);
  void showStep(const p2l::StepReport& report);
  /// One line about the run that ended.
  void showSummary(const QString& text);
  /// The settings differ from those of the result shown.
  void setStale(bool stale);

 signals:
  void titleChanged();
  /// D(z_t) instead of D(z0_hat) on the canvas.
  void noisyChanged(bool noisy);

 private:
  void showTimes();

  QAction* run_ = nullptr;
  QAction* pause_ = nullptr;
  QAction* step_ = nullptr;
  QAction* stop_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* times_ = nullptr;
  QComboBox* shown_ = nullptr;
  QTimer tick_;
  QElapsedTimer clock_;
  qint64 paused_ms_ = 0;  ///< not counted as elapsed
  qint64 pause_began_ms_ = 0;
  State state_ = State::Idle;
  int steps_ = 0;
  int done_ = 0;
  double step_seconds_ = 0.0;  ///< sum over the steps done
};

}  // namespace p2l::ui
