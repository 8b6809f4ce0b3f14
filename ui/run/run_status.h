// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProgressBar>

namespace p2l::ui {

/// How long a run takes and how far it is: a text on the right, and below it a thin line while something is done.
class RunStatus : public QProgressBar {
  Q_OBJECT
 public:
  explicit RunStatus(QWidget* parent = nullptr);

  /// The text is about something that takes long.
  void setWarning(bool warning);
  bool warning() const { return warning_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  bool warning_ = false;
};

}  // namespace p2l::ui
