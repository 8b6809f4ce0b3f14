// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPalette>
#include <vector>

#include "ui/curves/curves_data.h"

class QCPAxisRect;
class QCPGraph;
class QCPItemEllipse;
class QCPItemStraightLine;
class QCPItemText;
class QCPLayoutGrid;
class QCPMarginGroup;
class QCPTextElement;
class QCustomPlot;
class QMouseEvent;

namespace p2l::ui {

/// The drawing of CurvesPlot: one panel per shown curve, in each panel one graph per run.
class CurvesFigure : public QObject {
  Q_OBJECT
 public:
  CurvesFigure(const std::vector<CurveRun>* runs, QWidget* parent);

  QWidget* widget() const;
  /// Builds the panels anew: after another choice of curves, runs or scale.
  void rebuild(const std::vector<CurvesPlot::Curve>& curves, bool logarithmic);
  /// Takes over the last of the runs, which is new; the panels stay.
  void runAdded();
  /// Takes over a step that was added to runs[index]; drawn within 50 ms.
  void stepAdded(std::size_t index, const StepReport& report);
  void setCursorStep(int step);
  void applyPalette(const QPalette& palette);
  bool savePdf(const QString& path);

 signals:
  void stepClicked(int step);
  /// The names of the lines as rich text, to be shown beside the drawing, where they would lie on curves in it; empty:
  /// they stand at the ends of the lines.
  void legendChanged(const QString& legend);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Lines {
    QCPGraph* values;
    QCPGraph* projections;
  };
  struct Panel {
    CurvesPlot::Curve curve;
    QCPAxisRect* rect;
    QCPTextElement* title;
    QCPItemText* message;
    QCPItemStraightLine* cursor;
    std::vector<Lines> lines;      ///< one per run
    std::vector<QCPGraph*> goals;  ///< one per distinct noise level
    std::vector<double> goal_levels;
    std::vector<std::size_t> goal_runs;  ///< the first run of each level
    std::vector<QCPItemText*> labels;    ///< one per run, at the end of its line
    std::vector<QCPItemEllipse*> dots;   ///< beside each, of the line's colour: the text has that of texts
    QCPItemText* goal_label;
    int row;               ///< of `rect` in the grid
    bool has_axes = true;  ///< and their room, where panels are stacked
    bool has_room = true;  ///< all labels have a place where no line is
  };

  Panel addPanel(CurvesPlot::Curve curve, QCPLayoutGrid* grid, int row, int column);
  void addRunTo(Panel& panel, const CurveRun& run);
  void addReport(Panel& panel, const CurveRun& run, std::size_t index, const StepReport& report);
  QCPItemText* addLabel(const Panel& panel, const QString& text);
  QCPItemEllipse* addDot(const Panel& panel, QCPItemText* label);
  QPen penOf(std::size_t run, const QPalette& palette) const;
  /// At the ends of the lines, none over another, unless they are in the legend.
  void placeLabels(Panel& panel);
  /// Beside the goal's line, where no curve and none of these labels is.
  void placeGoalLabel(Panel& panel, const std::vector<QRectF>& labels);
  /// A small drawing whose labels have no room has a legend, as long as it is small.
  void chooseLegend();
  void showLegend();
  /// Gives the panels their places before they are drawn.
  void layOut(const QRect& viewport);
  static int columnsFor(QSize size);
  void updateRanges();
  void updateRange(Panel& panel, int steps);
  /// Of one of those that stand side by side, in pixels; the layout is made later, when they are drawn.
  double panelWidth() const;
  /// Without them a panel has one sentence, and leaves its room to those that it is stacked with.
  void showAxes(Panel& panel, bool show);
  /// Below the last plot of each column.
  void nameTheSteps();
  int lastStep() const;
  int stepAt(const QMouseEvent* event) const;
  const Panel* panelAt(QPoint point) const;
  void showValues(const QMouseEvent* event);
  void replotSoon();

  const std::vector<CurveRun>* runs_;
  QCustomPlot* plot_;
  std::vector<Panel> panels_;
  QList<QCPMarginGroup*> margin_groups_;  ///< the panels of a column begin at the same x
  std::vector<CurvesPlot::Curve> curves_;
  QPalette palette_;
  bool logarithmic_ = true;
  int columns_ = 2;
  bool has_legend_ = false;
  bool saving_ = false;  ///< as a PDF, which has its labels at the lines
  QString legend_;       ///< as it is shown
  bool replot_pending_ = false;
  bool cursor_pending_ = false;
  int cursor_step_ = 0;
  int pressed_step_ = 0;
};

}  // namespace p2l::ui
