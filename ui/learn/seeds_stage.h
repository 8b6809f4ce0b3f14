// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

namespace p2l::ui {

class LearnModel;
class PictureTile;

/// What runs of several seeds agree on: measurement, last result, mean, spread and error of the mean.
class SeedsStage : public QWidget {
  Q_OBJECT
 public:
  explicit SeedsStage(LearnModel* model, QWidget* parent = nullptr);

  QString sentence() const;

 signals:
  void sentenceChanged();

 private:
  void showSeeds();

  LearnModel* model_;
  std::array<PictureTile*, 5> tiles_{};
};

}  // namespace p2l::ui
