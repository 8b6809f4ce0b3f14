// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace p2l::ui {

class DegradationPanel;
class QualityRow;
class Segmented;
class SolverPanel;

/// The column on the left. Restore: what happened to the photo, a few controls, quality. Lab: everything, the solver's
/// parameters and the degradation's in the same place.
class TaskColumn : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kWidth = 280;
  enum class Face { Restore, Lab };

  /// The widgets become children of the column.
  TaskColumn(DegradationPanel* degradation, SolverPanel* solver, QualityRow* quality, QWidget* parent = nullptr);

  void setFace(Face face);
  Face face() const { return face_; }
  /// The solver's panel stands elsewhere: Lab shows the degradation alone. False: it comes back.
  void lendSolver(bool lent);
  /// For further controls below the quality.
  QVBoxLayout* extras() const { return extras_; }

 signals:
  /// A person wants all parameters.
  void labWanted();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QWidget* buildRestore();
  QWidget* buildLab();
  void place();

  DegradationPanel* degradation_;
  SolverPanel* solver_;
  QualityRow* quality_;
  Face face_ = Face::Restore;
  bool lent_ = false;
  QStackedWidget* faces_;
  QVBoxLayout *restore_task_ = nullptr, *lab_task_ = nullptr, *lab_solver_ = nullptr, *extras_ = nullptr;
  Segmented* lab_choice_ = nullptr;
  QStackedWidget* lab_pages_ = nullptr;
};

}  // namespace p2l::ui
