// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace p2l::cli {
namespace {

constexpr const char* kClearLine = "\r\033[K";

template <class... Values>
std::string formatted(const char* format, Values... values) {
  std::array<char, 128> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

}  // namespace

std::string durationText(double seconds) {
  const auto whole = static_cast<long>(std::lround(std::max(seconds, 0.0)));
  if (whole >= 3600) return formatted("%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  return formatted("%ld:%02ld", whole / 60, whole % 60);
}

std::string progressLine(const StepReport& step, double noise_level, double seconds_left) {
  constexpr int kWidth = 20;
  const int filled = step.steps > 0 ? std::clamp(kWidth * step.step / step.steps, 0, kWidth) : 0;
  std::string line = "[" + std::string(filled, '#') + std::string(kWidth - filled, '.') + "]";
  line += formatted("  %d/%d  residual %.2f", step.step, step.steps, step.residual);
  if (noise_level > 0.0) line += formatted(" (noise %.2f)", noise_level);
  if (std::isfinite(step.psnr)) line += formatted("  PSNR %.1f dB", step.psnr);
  return line + "  " + durationText(seconds_left) + " left";
}

ProgressBar::ProgressBar(bool quiet) : visible_(!quiet && ::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  clear();
}

void ProgressBar::start(const RunStart& start) {
  noise_level_ = start.noise_level;
  started_ = std::chrono::steady_clock::now();
}

void ProgressBar::show(const StepReport& step) {
  if (!visible_) return;
  const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  const double left = elapsed / step.step * (step.steps - step.step);
  std::fprintf(stderr, "%s%s", kClearLine, progressLine(step, noise_level_, left).c_str());
  std::fflush(stderr);
  drawn_ = true;
}

void ProgressBar::clear() {
  if (!drawn_) return;
  std::fputs(kClearLine, stderr);
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace p2l::cli
