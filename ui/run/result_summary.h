// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

#include "core/request/report.h"

namespace p2l::ui {

class RunModel;

/// The numbers of what is shown, in one line, of which parts are left out at the end where there is no room: of the
/// step that the cursor points at, or of the result.
class ResultSummary : public QLabel {
  Q_OBJECT
 public:
  explicit ResultSummary(RunModel* model, QWidget* parent = nullptr);

  /// What is shown of a result where its whole line has no room: the gain, LPIPS, the residual and its goal, as far as
  /// they are known.
  static QString shortText(const RunReport& report);
  /// That in `room` pixels: first the goal is left out, then that the residual is the result's, then whole numbers from
  /// the end.
  static QString shortText(const RunReport& report, const QFontMetrics& metrics, int room);

  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void showNumbers();
  QString stepText(const StepReport& report) const;

  RunModel* model_;
  bool discarded_ = false;  ///< the run that was brought back has no result any more
};

}  // namespace p2l::ui
