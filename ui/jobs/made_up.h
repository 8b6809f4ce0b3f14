// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <memory>
#include <vector>

#include "ui/base/background_work.h"
#include "ui/base/run_job.h"

namespace p2l::ui {

class RunModel;
class SideRuns;

/// What of the result is made up: the spread of each pixel over runs of the same settings with other seeds. What they
/// agree on was measured or is known of all photos; what they differ in is invented.
class MadeUp : public QObject {
  Q_OBJECT
 public:
  static constexpr int kFewestSeeds = 2, kDefaultSeeds = 4, kMostSeeds = 8;
  /// A spread of this much, on [0, 1], is drawn in full; where none is so large, the strongest one is, from the second
  /// on.
  static constexpr float kFull = 0.1f, kLeastFull = 0.01f;

  MadeUp(RunModel* document, SideRuns* runs, QObject* parent = nullptr);

  /// Runs the result's request with `seeds` further seeds. @return a sentence where there is no result
  QString start(int seeds);
  void stop();
  bool isRunning() const { return !ids_.empty(); }

 signals:
  void progress(int done, int seeds);
  /// The overlay is shown by the document, RunModel::madeUp. `mean` and `strongest`: of the spread, on [0, 1].
  void ready(double mean, double strongest);
  void failed(const QString& sentence);

 private:
  void join(const ResultPtr& result, const QString& problem);
  void finish();

  RunModel* document_;
  SideRuns* runs_;
  ResultPtr of_;
  std::vector<quint64> ids_;
  std::vector<ResultPtr> results_;
  int seeds_ = 0;
  BackgroundWork work_;
};

/// The spread of the most uncertain pixels: one in a hundred has a larger one, so that no single pixel sets a scale.
float strongestSpread(std::vector<float> deviation);
/// The spread as how opaque a colour is to lie over the result, a byte a pixel: the more the larger the spread.
QImage overlayFromSpread(const std::vector<float>& deviation, int width, int height, float full);

}  // namespace p2l::ui
