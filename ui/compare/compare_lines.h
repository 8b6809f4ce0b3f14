// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>
#include <memory>

#include "core/api/catalogue.h"
#include "ui/base/run_job.h"
#include "ui/compare/compare_session.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace p2l::ui {

class AlgorithmView;
class Card;
class LineRun;
class PanelScroller;
class StepTiles;

/// One of the runs line by line: the step at the timeline's t with its algorithm and what each line makes. Keys change
/// the run at the same line and time, so that rungs of the ladder can be held against each other. A run is made once
/// more for these pictures when it is first looked at.
class CompareLines : public QWidget {
  Q_OBJECT
 public:
  /// The algorithm's column; what the pictures leave of a large window makes it wider, and its print larger.
  static constexpr int kAlgorithm = 300, kWidestAlgorithm = 480;
  static constexpr double kLargestPrint = 1.5;
  /// Narrower than this the algorithm's current line stands above its sentence instead.
  static constexpr int kNarrow = 720;

  /// All outlive the view.
  CompareLines(const Catalogue& catalogue, CompareSession* session, SideRuns* runs, QWidget* parent = nullptr);
  ~CompareLines() override;

  /// The entry that is looked at; 0: none.
  quint64 run() const { return run_; }
  int line() const { return line_; }
  /// -1: the runs' ends.
  void setTime(int time);
  /// Runs that can be looked at, in the order of the entries.
  QList<quint64> runs() const;
  /// Null: it was not looked at yet.
  const LineRun* lineRun(quint64 key) const;

  StepTiles* tiles() const { return tiles_; }
  AlgorithmView* algorithm() const { return algorithm_; }
  QLabel* sentence() const { return sentence_; }
  /// What the algorithm is scrolled in.
  PanelScroller* side() const { return side_; }
  QComboBox* chooser() const { return chooser_; }
  QPushButton* nextLineButton() const { return next_; }
  QPushButton* wholeStepButton() const { return whole_; }

 public slots:
  void setRun(quint64 key);
  /// The run with this place among runs().
  void chooseRun(int place);
  void setLine(int line);
  /// The next line of the step; after the last one the next step.
  void nextLine();
  /// The line before; from the first one the last of the step before.
  void previousLine();
  void wholeStep();
  /// The entries have changed.
  void refresh();

 signals:
  /// The timeline is to go there.
  void timeWanted(int time);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QLayout* buildHead();
  void buildBody();
  QWidget* buildAlgorithm();
  /// Shares the room: the pictures are as large as they fit. Where they leave some of the width, the sentence is below
  /// the algorithm and leaves them its height.
  void place();
  void putSentence(bool beside);
  void printAlgorithm(double scale);
  /// Of the step's pictures.
  QSize shape() const;
  const CompareEntry* entry(quint64 key) const;
  const SolverInfo* solverOf(const CompareEntry& entry) const;
  /// Makes the run once more where that is due and can be.
  void follow();
  void fillChooser();
  /// To the longest name: the style's arrow takes more than the box reckons with.
  void widenChooser();
  void showStep();
  QString stateText(const LineRun* made) const;

  const Catalogue& catalogue_;
  CompareSession* session_;
  SideRuns* side_runs_;
  std::map<ResultPtr, std::unique_ptr<LineRun>> made_;  ///< by the results that they repeat, which equal runs share
  quint64 run_ = 0;
  int line_ = 0, time_ = -1;
  QSize placed_shape_;
  QComboBox* chooser_ = nullptr;
  QLabel *state_ = nullptr, *sentence_ = nullptr;
  QPushButton *next_ = nullptr, *whole_ = nullptr;
  StepTiles* tiles_ = nullptr;
  Card* card_ = nullptr;
  AlgorithmView* algorithm_ = nullptr;
  PanelScroller* side_ = nullptr;
  QHBoxLayout* body_ = nullptr;
  QVBoxLayout *pictures_ = nullptr, *beside_ = nullptr;  ///< of the body
};

}  // namespace p2l::ui
