// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/run/run_clock.h"

class QAction;

namespace p2l::ui {

class CompareSession;
class RunStatus;

/// Run all, Pause and Stop of the comparison, in the bar at the top: what all will take before it begins, and while it
/// runs the time that is left, the time elapsed, and seconds a step.
class CompareRunBar : public QWidget {
  Q_OBJECT
 public:
  explicit CompareRunBar(CompareSession* session, QWidget* parent = nullptr);

  QAction* runAction() const { return run_; }
  QAction* pauseAction() const { return pause_; }
  QAction* stopAction() const { return stop_; }
  QString text() const;
  /// "42 %, 1:20 left" while it runs, else empty; for the window's title.
  QString titlePart() const;
  /// Not in use it is hidden, and its keys are free.
  void setInUse(bool in_use);

 signals:
  void titleChanged();
  void failed(const QString& sentence);

 private:
  QAction* addAction(const QString& text, const QString& help, int key, int glyph);
  void showState();
  void showTimes();
  /// What Run all would make, how long it takes and how much memory.
  QString dueText() const;
  void showSoon();

  CompareSession* session_;
  RunStatus* status_;
  QAction *run_, *pause_, *stop_;
  QTimer soon_, tick_;
  RunClock clock_;
};

}  // namespace p2l::ui
