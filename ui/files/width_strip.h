// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "ui/base/run_job.h"

class QLabel;
class QToolButton;

namespace p2l::ui {

class RunModel;
class SideRuns;

/// "Not sure?": a part of the photo restored at several widths of the blur, side by side; a click chooses one.
class WidthStrip : public QDialog {
  Q_OBJECT
 public:
  static constexpr int kCount = 5;
  static constexpr int kSide = 128;  ///< of the part, at most
  static constexpr int kSteps = 8;

  /// The settings' blur must have a width: suits.
  WidthStrip(RunModel* document, SideRuns* runs, QWidget* parent = nullptr);
  ~WidthStrip() override;

  /// Whether the settings' blur has a width.
  static bool suits(const RunModel& document);
  const std::vector<double>& widths() const { return widths_; }

 private:
  void start(int index);
  void choose(int index);

  RunModel* document_;
  SideRuns* runs_;
  std::vector<double> widths_;
  std::vector<quint64> ids_;
  QList<QToolButton*> tiles_;
  QLabel* note_;
  RestoreRequest request_;
  std::string key_;  ///< of the width
  JobPictures pictures_;
};

}  // namespace p2l::ui
