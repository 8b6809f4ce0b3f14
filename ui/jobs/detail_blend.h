// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <optional>

#include "core/api/catalogue.h"
#include "ui/base/background_work.h"
#include "ui/base/run_job.h"

namespace p2l::ui {

class RunModel;

/// Lets the sampler's `detail` act on the result that is there: while the other settings are the result's own, another
/// value gives another mixture of its two ends, without a run. Its numbers follow when the value rests, and it takes
/// the result's place in the history.
class DetailBlend : public QObject {
  Q_OBJECT
 public:
  static constexpr int kRestMs = 300;  ///< after the last change the numbers are measured

  /// Both outlive it.
  DetailBlend(const Catalogue& catalogue, RunModel* document, QObject* parent = nullptr);

  /// Whether the shown result has the two ends.
  bool hasEnds() const;
  bool busy() const { return work_.busy() || rest_.isActive(); }

 private:
  /// The value that the settings state for the result; none where they are another run's.
  std::optional<double> wanted() const;
  void follow();
  void blend(double detail);
  void judgeResult();

  const Catalogue& catalogue_;
  RunModel* document_;
  QTimer rest_;
  BackgroundWork work_;
};

/// The picture between two of one size: one + share (other - one).
Image mixtureOf(const Image& one, const Image& other, double share);

}  // namespace p2l::ui
