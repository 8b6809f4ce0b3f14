// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress/run_progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iomanip>
#include <sstream>

#include "app/cli/progress/progress_bar.h"
#include "core/types/error.h"

namespace p2l::cli {

RunProgress::RunProgress(std::map<std::string, int> planned, bool quiet)
    : quiet_(quiet), on_terminal_(!quiet && ::isatty(STDERR_FILENO) == 1) {
  for (const auto& [method, count] : planned) {
    methods_[method].left = count;
    total_ += count;
  }
}

RunProgress::~RunProgress() {
  clear();
}

void RunProgress::begin(const std::string& method, const std::string& title) {
  method_ = method;
  title_ = title;
  step_ = {};
  started_ = Clock::now();
  draw();
}

void RunProgress::stepFinished(std::uint64_t, const StepReport& step) {
  step_ = step;
  draw();
}

void RunProgress::end(const std::string& result) {
  auto& method = methods_[method_];
  --method.left;
  ++method.done;
  method.seconds += std::chrono::duration<double>(Clock::now() - started_).count();
  ++finished_;
  clear();
  if (quiet_) return;
  std::printf("%d/%d %s: %s\n", finished_, total_, title_.c_str(), result.c_str());
  std::fflush(stdout);
}

void RunProgress::skip(const std::string& method) {
  --methods_[method].left;
  ++finished_;
}

double RunProgress::secondsLeft() const {
  double known_seconds = 0.0;
  int known_runs = 0;
  for (const auto& [name, method] : methods_) {
    known_seconds += method.seconds;
    known_runs += method.done;
  }
  const double elapsed = std::chrono::duration<double>(Clock::now() - started_).count();
  const double fraction = step_.steps > 0 ? static_cast<double>(step_.step) / step_.steps : 0.0;
  double left = 0.0;
  for (const auto& [name, method] : methods_) {
    if (method.left == 0) continue;
    const bool under_way = name == method_;
    double each = kUnknown;
    if (under_way && fraction > 0.0) {
      each = elapsed / fraction;
    } else if (method.done > 0) {
      each = method.seconds / method.done;
    } else if (known_runs > 0) {
      each = known_seconds / known_runs;
    }
    left += each * (method.left - (under_way ? fraction : 0.0));
  }
  return left;
}

void RunProgress::draw() {
  if (!on_terminal_) return;
  constexpr int kWidth = 20;
  const int filled = total_ > 0 ? std::clamp(kWidth * finished_ / total_, 0, kWidth) : 0;
  auto line = concat("[", std::string(filled, '#'), std::string(kWidth - filled, '.'), "]  ", finished_, "/", total_,
                     "  ", title_);
  if (step_.steps > 0) line += concat("  step ", step_.step, "/", step_.steps);
  const double left = secondsLeft();
  if (std::isfinite(left)) line += "  " + durationText(left) + " left";
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
  drawn_ = true;
}

void RunProgress::clear() {
  if (!drawn_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  drawn_ = false;
}

std::string psnrAndTime(const RunReport& report) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(2) << "PSNR " << report.metric("psnr") << " dB, " << std::setprecision(1)
       << report.seconds << " s";
  return text.str();
}

}  // namespace p2l::cli
