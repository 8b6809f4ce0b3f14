// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "core/request/report.h"
#include "ui/document/run_model.h"
#include "ui/run/run_clock.h"

class QAction;
class QHBoxLayout;
class QToolButton;

namespace p2l::ui {

enum class Glyph;

class RunStatus;

/// Run, Pause, Step and Stop with the progress of a run: share, elapsed time, time to go, seconds per step.
class RunBar : public QWidget {
  Q_OBJECT
 public:
  using State = RunModel::State;

  explicit RunBar(QWidget* parent = nullptr);
  /// Steers the model's run and shows how it goes on.
  void follow(RunModel* model);

  QAction* runAction() const { return run_; }
  QAction* pauseAction() const { return pause_; }
  QAction* stepAction() const { return step_; }
  QAction* stopAction() const { return stop_; }
  State state() const { return state_; }
  /// "42 %, 0:12 left" during a run, else empty; for the window's title.
  QString titlePart() const;
  /// What the progress bar says.
  QString text() const;
  /// Not in use it is hidden, and its keys are free.
  void setInUse(bool in_use);
  QToolButton* runButton() const { return run_button_; }
  /// A button of a further way to run, between Run and Pause.
  void addBesideRun(QAction* action);

 public slots:
  void showState(p2l::ui::RunBar::State state);
  /// 0 steps: the run is being prepared.
  void showStart(int steps);
  void showStep(const p2l::StepReport& report);
  /// No run has been made yet.
  void showReady();
  /// One line about the run that ended.
  void showSummary(const QString& text);
  /// What the next run is expected to take, "about 25 min · 0.4 GiB", beside that line; empty: not known. `is_long`: it
  /// stands out; `advice`: what would take less.
  void showExpected(const QString& text, bool is_long = false, const QString& advice = {});
  /// The settings differ from those of the result shown: Run becomes Run again.
  void setStale(bool stale);
  /// No run can be begun, for the reason of this sentence; empty: it can.
  void setBlocked(const QString& reason);
  /// Runs begin by another control, which this sentence names; empty: by this one. One in progress is steered here.
  void setElsewhere(const QString& where);
  /// What is shown below counts the steps of the run, so that this bar does not.
  void setCounted(bool counted);

 signals:
  void titleChanged();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  QToolButton* addAction(QHBoxLayout* row, QAction** action, const QString& text, const QString& help, Qt::Key key,
                         Glyph glyph);
  void showEnding(const RunModel& model);
  void showTimes();
  /// How far the run is, before its times.
  QStringList progressParts() const;
  void showIdle();
  void showRun();
  /// Where there is no room the controls stand closer, and then the run button has its icon alone: a word is not cut.
  void fitRunButton();
  void showProgress();
  /// By the steps done; NaN before there is one.
  double secondsLeft() const;

  QAction* run_ = nullptr;
  QAction* pause_ = nullptr;
  QAction* step_ = nullptr;
  QAction* stop_ = nullptr;
  QToolButton* run_button_ = nullptr;
  QList<QAction*> beside_;
  RunStatus* progress_ = nullptr;
  bool progress_pending_ = false;
  bool expected_long_ = false;
  QString idle_text_, expected_;
  QTimer tick_;
  RunClock clock_;
  State state_ = State::Idle;
  bool stale_ = false, counted_ = false;
  QString blocked_, elsewhere_;
  int steps_ = 0;
  int done_ = 0;
  double step_seconds_ = 0.0;  ///< sum over the steps done
};

}  // namespace p2l::ui
