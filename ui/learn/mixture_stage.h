// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QTimer>
#include <QWidget>
#include <array>

#include "ui/base/background_work.h"

class QComboBox;
class QPainter;
class QSlider;
class QToolButton;

namespace p2l::ui {

class LearnModel;

/// The plane of two numbers: prior, measurement, exact posterior, and the solver's particles at a step. Prior and
/// posterior are drawn when they have been computed, away from the GUI thread.
class MixturePlane : public QWidget {
  Q_OBJECT
 public:
  explicit MixturePlane(const LearnModel* model, QWidget* parent = nullptr);

  static constexpr double kReach = 1.7;  ///< of the plane, from its middle

  void setStep(int step);
  /// The plane without its particles, so large.
  QImage ground(int side) const;
  /// What the plane says at the line of the measurement, and where in a plane of this place: beside the line, or
  /// farther left where it would not be inside. In lines where it is too long for one.
  QString measuredText() const;
  QRect measuredBox(const QRect& area) const;
  /// The posterior's share of a hill, and where it stands: right of the hill, or moved to be inside, clear of the
  /// measurement's text.
  QString shareText(std::size_t hill) const;
  QRect shareBox(std::size_t hill, const QRect& area) const;
  QSize minimumSizeHint() const override { return {200, 200}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  /// Has prior and posterior made anew where they are of another mixture or ground.
  void followGround();
  void paintGround(QPainter& painter, const QRect& area, const QImage& densities) const;
  static QPointF placeOf(const std::array<double, 2>& x, const QRect& area);

  const LearnModel* model_;
  QImage ground_;      ///< prior and posterior; null: not there yet
  QString ground_of_;  ///< the mixture and the ground that they are made of
  int step_ = 0;
  BackgroundWork work_;
};

/// The plane with a slider over the steps, and a choice of solvers where the lesson has several. Particles are where
/// they end as they are computed; when all have come, they are played from the noise on.
class MixtureStage : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kFrameMs = 70;

  explicit MixtureStage(LearnModel* model, QWidget* parent = nullptr);

  QString sentence() const;
  QSlider* slider() const { return slider_; }
  MixturePlane* plane() const { return plane_; }
  QComboBox* solvers() const { return solvers_; }

 signals:
  void sentenceChanged();

 private:
  void take();
  void showSolvers();
  void play(bool playing);
  void advance();

  LearnModel* model_;
  MixturePlane* plane_;
  QSlider* slider_;
  QToolButton* play_;
  QComboBox* solvers_;
  QTimer timer_;
};

}  // namespace p2l::ui
