// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace p2l::ui {

class PastRuns;
class RunModel;

/// The runs of this session with thumbnail, numbers and seed, the newest first. Choosing one asks to bring it back.
class PastRunsPanel : public QListWidget {
  Q_OBJECT
 public:
  explicit PastRunsPanel(const PastRuns* runs, QWidget* parent = nullptr);
  /// The model's earlier runs; choosing one brings it back.
  explicit PastRunsPanel(RunModel* model, QWidget* parent = nullptr);

  QSize sizeHint() const override { return {240, 180}; }
  QSize minimumSizeHint() const override { return {150, 90}; }

 signals:
  /// Index into PastRuns::all.
  void chosen(int index);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void showRuns();

  const PastRuns* runs_;
};

}  // namespace p2l::ui
