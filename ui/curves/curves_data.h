// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <map>
#include <vector>

#include "ui/curves/curves_plot.h"

namespace p2l::ui {

/// A run as the curves know it.
struct CurveRun {
  quint64 id = 0;
  QString label;  ///< as files have it
  double noise_level = kUnknown;
  std::map<int, StepReport> steps;  ///< by StepReport::step
  int pen = -1;                     ///< of runPen(); -1: by its place among the runs
  QString shown_label = {};         ///< as a person reads it; empty: as files have it

  const QString& shown() const { return shown_label.isEmpty() ? label : shown_label; }
};

/// A curve's value in a step; NaN when unknown.
double curveValue(CurvesPlot::Curve curve, const StepReport& report);
/// Where a projection is marked: the residual after it, another curve's value; NaN in a step without one.
double projectionValue(CurvesPlot::Curve curve, const StepReport& report);
/// Short, for a list of choices.
QString curveName(CurvesPlot::Curve curve);
/// With formula and unit, for an axis.
QString curveTitle(CurvesPlot::Curve curve);
/// PSNR is a logarithm already.
bool curveMayBeLogarithmic(CurvesPlot::Curve curve);

/// RFC 4180 with a header row; unknown values are empty, numbers have a decimal point in every locale.
QByteArray csvFromRuns(const std::vector<CurveRun>& runs);

}  // namespace p2l::ui
