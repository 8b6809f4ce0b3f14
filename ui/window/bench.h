// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/run/past_runs_panel.h"

class QHBoxLayout;
class QTabWidget;
class QToolButton;
class QVBoxLayout;

namespace p2l::ui {

class CanvasBar;
class CurvesPlot;
class EventLog;
class HistoryLink;
class ImageCanvas;
class PanelScroller;
class SolverPanel;
class StepTimeline;
class TaskColumn;
class TaskTiles;

/// Where a photo is worked on: the column on the left, the canvas with its bar, timeline and history below it, drawers,
/// and on a wide screen a column on the right. Only places its parts; they follow the document by themselves.
class Bench : public QWidget {
  Q_OBJECT
 public:
  struct Parts {
    TaskColumn* column;
    TaskTiles* strip;  ///< the column of a narrow window
    CanvasBar* canvas_bar;
    ImageCanvas* canvas;
    StepTimeline* timeline;
    QWidget* sparkline;
    QWidget* numbers;
    PastRunsPanel* history;
    HistoryLink* history_link;  ///< made with a parent: it hides and shows itself
    CurvesPlot* curves;
    EventLog* log;
    SolverPanel* solver;
    QWidget* step_numbers;
  };
  /// In logical pixels: narrower than kNarrow the column is icons; from kWide on there is a column on the right.
  static constexpr int kNarrow = 900, kWide = 1700, kRightColumn = 380, kDrawer = 220;
  static constexpr int kForTwoDrawers = 900;  ///< height of the window; in a lower one a drawer closes the other
  /// So many pixels at its foot the history can leave free.
  static constexpr int kMostFoot = PastRunsPanel::kHeight - PastRunsPanel::kLeastHeight;

  explicit Bench(const Parts& parts, QWidget* parent = nullptr);

  bool isNarrow() const { return width() < kNarrow; }
  bool isWide() const { return width() >= kWide; }
  /// Nothing but the photo.
  void setPhotoOnly(bool only);
  QToolButton* curvesButton() const { return curves_button_; }
  QToolButton* logButton() const { return log_button_; }
  QToolButton* columnButton() const { return column_button_; }

 public slots:
  void showCurves(bool shown);
  void showLog(bool shown);
  /// In a narrow window: the column lies over the canvas.
  void showColumn(bool shown);
  /// A message lies over so many pixels at its foot: where the history is there, it leaves them free, and nothing above
  /// it moves.
  void leaveFoot(int pixels);
  /// Whether the page is little without its column: in a window that is or begins narrow the column opens for it. Not
  /// wanted any more, what was opened so is closed, and what a person has opened stays.
  void offerColumn(bool wanted);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QWidget* buildStrip();
  QWidget* buildCentre();
  QWidget* buildTimeline();
  QWidget* buildRight();
  QToolButton* drawerButton(const QString& text, const QString& tip);
  void place();
  void placeColumn();
  void placeHistory();
  /// Closes the other drawer in a low window.
  void makeRoom(QToolButton* other);

  Parts parts_;
  QWidget *strip_ = nullptr, *timeline_row_ = nullptr, *history_row_ = nullptr, *right_ = nullptr;
  QVBoxLayout* drawers_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  PanelScroller* solver_page_ = nullptr;
  QVBoxLayout* solver_place_ = nullptr;
  QToolButton *curves_button_ = nullptr, *log_button_ = nullptr, *column_button_ = nullptr;
  QHBoxLayout* history_layout_ = nullptr;
  int foot_ = 0;  ///< that is left free
  bool photo_only_ = false, column_shown_ = false;
  bool column_offered_ = false;  ///< nobody has asked for it
  bool column_wanted_ = false;   ///< by the page
  int placed_ = -1;              ///< as which of narrow, middle, wide
};

}  // namespace p2l::ui
