// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/picture_metrics.h"
#include "core/experiment/run_store.h"

namespace p2l {

/// The metrics beside PSNR and SSIM of an evaluation's runs: of new ones, and of finished ones that lack what was asked
/// for later, from their pictures.
class Measurer {
 public:
  Measurer(const PictureMetrics& metrics, const RunStore& store) : metrics_(metrics), store_(store) {}

  /// Before a run is kept: fills its report.
  void measure(Outcome& outcome) const;
  /// After it was kept.
  void makeFeatures(const RunKey& key) const;
  /// The metrics that measure fills.
  std::set<std::string> measured() const;

  /// Whether a finished run has all that can be measured.
  bool isComplete(const Record& record) const;
  void complete(const Record& record) const;

 private:
  bool lacksFeatures(const RunKey& key) const;

  const PictureMetrics& metrics_;
  const RunStore& store_;
};

}  // namespace p2l
