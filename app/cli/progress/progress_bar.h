// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "core/request/report.h"

namespace p2l::cli {

/// "0:07", "12:30", "1:02:03"
std::string durationText(double seconds);

/// The bar's line without escape codes: `[####......]  40/100  residual 3.21 (noise 1.92)  PSNR 25.1 dB  0:37 left`.
std::string progressLine(const StepReport& step, double noise_level, double seconds_left);

/// A line on a terminal that says how far a run is; silent where the standard error stream is no terminal.
class ProgressBar {
 public:
  explicit ProgressBar(bool quiet);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void start(const RunStart& start);
  void show(const StepReport& step);
  /// Removes the line, so that other output can follow.
  void clear();

 private:
  bool visible_ = false;
  bool drawn_ = false;
  double noise_level_ = 0.0;
  std::chrono::steady_clock::time_point started_{};
};

/// Shows the steps of a run on a bar.
class BarObserver : public RunObserver {
 public:
  explicit BarObserver(ProgressBar& bar) : bar_(bar) {}
  Pictures wantedPictures() const override { return Pictures::None; }
  void runStarted(const RunStart& start) override { bar_.start(start); }
  void stepFinished(std::uint64_t, const StepReport& step) override { bar_.show(step); }

 private:
  ProgressBar& bar_;
};

}  // namespace p2l::cli
