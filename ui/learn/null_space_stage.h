// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QSlider;

namespace p2l::ui {

class LearnModel;
class PictureTile;

/// A picture and its measurement, moved along what the degradation destroys and along what it sees.
class NullSpaceStage : public QWidget {
  Q_OBJECT
 public:
  explicit NullSpaceStage(LearnModel* model, QWidget* parent = nullptr);

  /// How far y has moved, ||A (x' - x)||.
  double movedInY() const;
  double movedInX() const;
  QString sentence() const;
  QSlider* unseen() const { return unseen_; }
  QSlider* seen() const { return seen_; }

 signals:
  void sentenceChanged();

 private:
  void showMoved();
  double share(const QSlider* slider) const;

  LearnModel* model_;
  PictureTile *picture_, *measurement_;
  QSlider *unseen_, *seen_;
};

}  // namespace p2l::ui
