// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace p2l::ui {

class RunModel;

/// The model's result in one line of numbers.
class ResultSummary : public QLabel {
  Q_OBJECT
 public:
  explicit ResultSummary(RunModel* model, QWidget* parent = nullptr);

 private:
  void showNumbers();

  RunModel* model_;
  bool discarded_ = false;  ///< the run that was brought back has no result any more
};

}  // namespace p2l::ui
