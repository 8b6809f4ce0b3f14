// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QAction;

namespace p2l::ui {

class CompareSession;
class RunStatus;

/// Run all, Pause and Stop of the comparison, in the bar at the top: what all will take before it begins, and the time
/// that is left while it runs.
class CompareRunBar : public QWidget {
  Q_OBJECT
 public:
  explicit CompareRunBar(CompareSession* session, QWidget* parent = nullptr);

  QAction* runAction() const { return run_; }
  QAction* pauseAction() const { return pause_; }
  QAction* stopAction() const { return stop_; }
  QString text() const;
  /// "42 %" while it runs, else empty; for the window's title.
  QString titlePart() const;
  /// Not in use it is hidden, and its keys are free.
  void setInUse(bool in_use);

 signals:
  void titleChanged();
  void failed(const QString& sentence);

 private:
  QAction* addAction(const QString& text, const QString& help, int key, int glyph);
  void showState();
  void showSoon();

  CompareSession* session_;
  RunStatus* status_;
  QAction *run_, *pause_, *stop_;
  QTimer soon_;
};

}  // namespace p2l::ui
