// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>
#include <string>

#include "ui/compare/compare_session.h"

namespace p2l::ui {

/// The numbers of compared runs, the best of each column in bold: metrics where they were measured, residual,
/// steps, seconds.
class CompareTable : public QTableWidget {
  Q_OBJECT
 public:
  /// The label, then the metrics of metricList() that compare two pictures.
  enum Column { Name, FirstMetric };
  /// Of a metric, "residual", "steps", "seconds" or "state".
  static int columnOf(const std::string& key);

  explicit CompareTable(QWidget* parent = nullptr);

  /// A row for each run.
  void showRuns(const std::vector<CompareRun>& runs);
  void showRun(const std::vector<CompareRun>& runs, int index);
  /// As text with tabs, for a spreadsheet.
  QString text() const;

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void markBest(const std::vector<CompareRun>& runs);
};

}  // namespace p2l::ui
