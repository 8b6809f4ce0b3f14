// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace p2l::ui {

class RunModel;
class StepSlider;

/// Walks through the steps of a run, during it and after it. While it is live it follows the newest step; moving it
/// by hand ends that until the Live button is pressed.
class StepTimeline : public QWidget {
  Q_OBJECT
 public:
  explicit StepTimeline(QWidget* parent = nullptr);

  /// Shows the model's steps and moves its cursor.
  void follow(RunModel* model);

  /// A new run of so many steps: none is available yet, and the timeline is live. 0: no run.
  void setSteps(int total);
  /// Steps 1 .. last can be shown. A live timeline moves there (without stepSelected).
  void setAvailable(int last);
  /// Moves there without stepSelected and without leaving live.
  void setCurrent(int step);
  /// The training timestep t of a step, for the label.
  void setTimestep(int step, int timestep);

  int steps() const { return total_; }
  int available() const { return available_; }
  int current() const { return current_; }  ///< 0 when there is no step
  bool isLive() const { return live_; }
  bool isPlaying() const { return play_timer_.isActive(); }
  /// "Step 12 / 50 – t = 761".
  QString labelText() const;

 public slots:
  /// Follows the newest step; going live emits stepSelected of the newest.
  void setLive(bool live);
  void setPlaying(bool playing);
  void first();
  void previous();
  void next();
  void last();

 signals:
  /// A person (or play) chose this step.
  void stepSelected(int step);
  void liveChanged(bool live);
  void playingChanged(bool playing);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void select(int step);
  void advance();
  void updateControls();

  StepSlider* slider_;
  QLabel* label_;
  QToolButton* previous_button_ = nullptr;
  QToolButton* play_button_ = nullptr;
  QToolButton* next_button_ = nullptr;
  QToolButton* live_button_ = nullptr;
  QTimer play_timer_;
  QHash<int, int> timesteps_;
  int total_ = 0;
  int available_ = 0;
  int current_ = 0;
  bool live_ = true;
};

}  // namespace p2l::ui
