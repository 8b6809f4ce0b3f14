// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>

#include "core/experiment/spread.h"
#include "core/insight/lesson.h"

namespace p2l::ui {

/// Runs of one request and several seeds: what they agree on, and how wrong they are where they do not.
class SeedStudy {
 public:
  /// The picture of one more run, with its truth and its PSNR; all that is shown is computed with it. Not on the GUI
  /// thread. @throws Error on pictures of different sizes
  void add(const Outcome& outcome);
  /// Before the first run; those that follow have it, too.
  void setMeasurement(const QImage& measurement) { measurement_ = measurement; }
  /// Forgets the runs, and not the measurement, which is theirs again.
  void clear();

  int count() const { return spread_.count(); }
  /// After three runs or more; empty before. Names as docs/lessons.md has them.
  const LessonNumbers& numbers() const { return numbers_; }
  const QImage& measurement() const { return measurement_; }
  const QImage& mean() const { return mean_; }
  /// Spread and error in heatColour(): white is largest(). Null before the second run.
  const QImage& spreadMap() const { return spread_map_; }
  const QImage& errorMap() const { return error_map_; }
  /// The largest spread or error of a pixel, in grey levels; 0 before the second run.
  double largest() const { return kBytes * largest_; }
  /// Of every run, the newest last.
  const QList<QImage>& runs() const { return runs_; }
  /// Null before the first run.
  QImage truth() const;

 private:
  /// Root mean square over the colours of mean - truth, row by row.
  std::vector<float> errorOf(const Image& mean) const;
  LessonNumbers numbersOf(const std::vector<float>& deviation, const std::vector<float>& errors) const;
  QImage heat(const std::vector<float>& map) const;
  static constexpr double kBytes = 255.0;  ///< spread and error are told in grey levels

  Spread spread_;
  Image truth_;
  QList<QImage> runs_;
  QImage measurement_, mean_, spread_map_, error_map_;
  double largest_ = 0.0;
  LessonNumbers numbers_;
  double psnr_sum_ = 0.0, squares_ = 0.0;  ///< over the runs: PSNR, and mean squared error
};

}  // namespace p2l::ui
