// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProgressBar>

#include "core/request/report.h"

namespace p2l::ui {

/// Times of a run in seconds; NaN: not known.
struct RunTimes {
  double left = kUnknown, elapsed = kUnknown, a_step = kUnknown;
  bool longer = false;  ///< more is left, which is not known
};

/// How long a run takes and how far it is: a text on the right, and below it a thin line while something is done.
class RunStatus : public QProgressBar {
  Q_OBJECT
 public:
  explicit RunStatus(QWidget* parent = nullptr);

  /// What is done, then the time that is left, the time elapsed and seconds a step, as far as there is room for them.
  /// `narrow`: all that is shown where there is no room for the first of `what`, such as "3/20"; empty: that, cut.
  void showTimes(const QStringList& what, const RunTimes& times, const QString& narrow = {});
  /// What of the text there is room for.
  QString shownText() const;
  /// "42 %, 0:12 left, 0.80 s/step (paused)", for the window's title. `left` and `a_step` in seconds; NaN: not known.
  static QString titlePart(int percent, double left, bool paused, double a_step = kUnknown);
  /// The text without those of its last parts, between " · ", that the room is too narrow for: half a number says
  /// something wrong.
  static QString fitted(QString text, const QFontMetrics& metrics, int room);
  /// The text is about something that takes long.
  void setWarning(bool warning);
  bool warning() const { return warning_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  bool warning_ = false;
  QString wide_, narrow_;  ///< what the text begins with, and what stands for it
};

}  // namespace p2l::ui
