// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/request/report.h"

class QFormLayout;
class QLabel;

namespace p2l::ui {

class RunModel;

/// All numbers of the step that is shown, one a row.
class StepNumbers : public QWidget {
  Q_OBJECT
 public:
  explicit StepNumbers(RunModel* model, QWidget* parent = nullptr);

 private:
  void addRow(const QString& name, const QString& help, std::function<QString(const StepReport&)> text);
  void showStep();

  RunModel* model_;
  QFormLayout* form_;
  struct Row {
    QLabel* value;
    std::function<QString(const StepReport&)> text;
  };
  std::vector<Row> rows_;
};

}  // namespace p2l::ui
