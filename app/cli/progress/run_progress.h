// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "core/request/report.h"

namespace p2l::cli {

/// How far a series of runs is. On a terminal a line that is written over; elsewhere, and for every finished run, a
/// line of its own on the standard output stream.
class RunProgress : public RunObserver {
 public:
  /// `planned`: how many runs of each method (solver) are to be done.
  RunProgress(std::map<std::string, int> planned, bool quiet);
  ~RunProgress() override;
  RunProgress(const RunProgress&) = delete;
  RunProgress& operator=(const RunProgress&) = delete;

  Pictures wantedPictures() const override { return Pictures::None; }
  void stepFinished(std::uint64_t run_id, const StepReport& step) override;

  void begin(const std::string& method, const std::string& title);
  /// `result`: what is said of the run on its own line.
  void end(const std::string& result);
  /// The runs of a photo that cannot be read.
  void skip(const std::string& method);
  /// Removes the line, so that other output can follow.
  void clear();

  /// Seconds that the rest takes when runs of one method take equally long; NaN before anything is known.
  double secondsLeft() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct OfMethod {
    int left = 0;
    int done = 0;
    double seconds = 0.0;
  };

  void draw();

  std::map<std::string, OfMethod> methods_;
  std::string method_, title_;  ///< of the run under way
  StepReport step_;
  Clock::time_point started_{};
  int total_ = 0, finished_ = 0;
  bool quiet_, on_terminal_;
  bool drawn_ = false;
};

/// "PSNR 24.10 dB, 1.2 s", for RunProgress::end.
std::string psnrAndTime(const RunReport& report);

}  // namespace p2l::cli
