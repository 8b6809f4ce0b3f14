// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>
#include <array>

namespace p2l::ui {

class HeatScale;
class LearnModel;
class PictureTile;
class Segmented;

/// What runs of several seeds agree on: measurement, newest run, mean, spread and error of the mean, and what the
/// colours of the last two mean. Each run is in them as it comes. When all are there, the tile of the newest one pages
/// through them.
class SeedsStage : public QWidget {
  Q_OBJECT
 public:
  explicit SeedsStage(LearnModel* model, QWidget* parent = nullptr);

  QString sentence() const;
  /// In this order.
  PictureTile* tile(int index) const { return tiles_.at(static_cast<std::size_t>(index)); }
  HeatScale* scale() const { return scale_; }
  /// What the tile of a run shows once all are there: each of them, their mean and the truth, in this order.
  Segmented* choice() const { return choice_; }
  /// The stage without what is chosen with.
  QImage picture();

 signals:
  void sentenceChanged();

 private:
  void showSeeds();
  /// Buttons for so many runs.
  void buildChoice(int runs);
  void showRun();

  LearnModel* model_;
  std::array<PictureTile*, 5> tiles_{};
  HeatScale* scale_;
  Segmented* choice_ = nullptr;
};

}  // namespace p2l::ui
