// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace p2l::ui {

class StepSlider;

/// One timeline for all that is compared: the training time t, from noise on the left to the results on the right.
class CompareTimeline : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kHeight = 34;
  /// The last place, after t = 0: the results themselves.
  static constexpr int kEnd = 1001;

  explicit CompareTimeline(QWidget* parent = nullptr);

  /// 999 .. 0; -1: the results.
  int time() const;
  bool atEnd() const { return time() < 0; }
  StepSlider* slider() const { return slider_; }
  QToolButton* playButton() const { return play_; }
  /// What stands on the right, such as the values under the pointer.
  void setText(const QString& text);
  /// The times at which something happens, falling: where Previous and Next go.
  void setStops(const QList<int>& times) { stops_ = times; }

 public slots:
  void setTime(int time);
  void previous();
  void next();
  void setPlaying(bool playing);

 signals:
  void timeChanged(int time);

 private:
  QToolButton* button(const QString& text, const QString& tip, int glyph);
  void showPlace(int value);

  StepSlider* slider_;
  QToolButton *previous_, *play_, *next_;
  QLabel *label_, *text_;
  QList<int> stops_;
  QTimer timer_;
};

}  // namespace p2l::ui
