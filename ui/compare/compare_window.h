// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/compare/compare_choices.h"
#include "ui/compare/compare_session.h"

class QAction;
class QComboBox;
class QListWidget;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QSplitter;

namespace p2l::ui {

class CompareGrid;
class CompareTable;
class CurvesPlot;
class MessageBar;
class RunModel;
struct OpenedPhoto;

/// The sets of runs that the window proposes, in the order of its box: solvers, or the ladder from LDPS to P2L.
enum class CompareSet { Solvers, Ladder };

/// Solvers against each other on the same measurement, mask and seed: ticked ones run one after the other, with their
/// pictures in a grid, their numbers in a table and their curves in one plot.
class CompareWindow : public QWidget {
  Q_OBJECT
 public:
  /// All three outlive the window. Photo, degradation, seed and model are those of `session` when a comparison begins.
  CompareWindow(const Catalogue& catalogue, RunModel* document, CompareSession* compare, QWidget* parent = nullptr);

  QListWidget* list() const { return list_; }
  QComboBox* set() const { return set_; }
  QSpinBox* steps() const { return steps_; }
  CompareGrid* grid() const { return grid_; }
  CompareTable* table() const { return table_; }
  CurvesPlot* curves() const { return curves_; }
  MessageBar* messages() const { return messages_; }
  QProgressBar* progress() const { return progress_; }
  QAction* runAction() const { return run_; }
  QAction* pauseAction() const { return pause_; }
  QAction* stopAction() const { return stop_; }
  QPushButton* takeButton() const { return take_; }

 public slots:
  /// The set of runs that the list shows.
  void choose(CompareSet set);
  /// What can be compared under the present settings.
  void refresh();

 signals:
  /// A run's settings are to be those of the main window.
  void settingsWanted(const p2l::RestoreRequest& request, const p2l::ui::JobPictures& pictures);

 protected:
  void hideEvent(QHideEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* buildChoices();
  QWidget* buildResults();
  void connectSession();
  void showChoices();
  void begin();
  void showRuns();
  void showBefore(int index, const RunStart& start);
  void showPicture(int index);
  void showProgress();
  void showState();
  std::vector<CompareChoice> choicesFor(const RestoreRequest& request, int steps) const;
  QString captionOf(int index) const;

  const Catalogue& catalogue_;
  RunModel* document_;
  CompareSession* compare_;
  std::vector<CompareChoice> choices_;
  std::shared_ptr<const OpenedPhoto> photo_;  ///< of the comparison
  QComboBox* set_ = nullptr;
  QListWidget* list_ = nullptr;
  QSpinBox* steps_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QAction* run_ = nullptr;
  QAction* pause_ = nullptr;
  QAction* stop_ = nullptr;
  QPushButton* take_ = nullptr;
  CompareGrid* grid_ = nullptr;
  CompareTable* table_ = nullptr;
  CurvesPlot* curves_ = nullptr;
  MessageBar* messages_ = nullptr;
  QSplitter* rows_ = nullptr;
  QSplitter* columns_ = nullptr;
};

}  // namespace p2l::ui
