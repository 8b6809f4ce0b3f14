// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/api/catalogue.h"

namespace p2l::ui {

class ParamPanel;
class RunModel;
class SolverPanel;

/// Between the faithful and the sharp picture: the sampler's `detail` on the plain face. There only where the loaded
/// model has a second decoder.
class DetailRow : public QWidget {
  Q_OBJECT
 public:
  /// All outlive the row.
  DetailRow(const Catalogue& catalogue, RunModel* model, SolverPanel* solver, QWidget* parent = nullptr);

  ParamPanel* panel() const { return panel_; }

 private:
  void showModel();
  void showValue();

  RunModel* model_;
  SolverPanel* solver_;
  ParamPanel* panel_;
};

}  // namespace p2l::ui
