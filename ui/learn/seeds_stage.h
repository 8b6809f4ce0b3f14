// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

namespace p2l::ui {

class HeatScale;
class LearnModel;
class PictureTile;

/// What runs of several seeds agree on: measurement, newest run, mean, spread and error of the mean, and what the
/// colours of the last two mean. Each run is in them as it comes.
class SeedsStage : public QWidget {
  Q_OBJECT
 public:
  explicit SeedsStage(LearnModel* model, QWidget* parent = nullptr);

  QString sentence() const;
  /// In this order.
  PictureTile* tile(int index) const { return tiles_.at(static_cast<std::size_t>(index)); }
  HeatScale* scale() const { return scale_; }

 signals:
  void sentenceChanged();

 private:
  void showSeeds();

  LearnModel* model_;
  std::array<PictureTile*, 5> tiles_{};
  HeatScale* scale_;
};

}  // namespace p2l::ui
