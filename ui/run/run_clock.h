// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <utility>

namespace p2l::ui {

/// The time that a run takes, without its pauses.
class RunClock {
 public:
  bool isValid() const { return clock_.isValid(); }
  /// From 0, also during a pause.
  void start() {
    clock_.start();
    paused_ms_ = pause_began_ms_ = 0;
  }
  void setPaused(bool paused) {
    if (std::exchange(paused_, paused) == paused || !clock_.isValid()) return;
    if (paused) pause_began_ms_ = clock_.elapsed();
    if (!paused) paused_ms_ += clock_.elapsed() - pause_began_ms_;
  }
  double seconds() const {
    constexpr double kMs = 1000.0;
    return static_cast<double>((paused_ ? pause_began_ms_ : clock_.elapsed()) - paused_ms_) / kMs;
  }

 private:
  QElapsedTimer clock_;
  qint64 paused_ms_ = 0, pause_began_ms_ = 0;
  bool paused_ = false;
};

}  // namespace p2l::ui
