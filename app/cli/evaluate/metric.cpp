// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluate/metric.h"

namespace p2l::cli {

const std::vector<Metric>& metricList() {
  using enum Metric::Better;
  static const std::vector<Metric> metrics = {
      {"psnr", "PSNR (dB)", 2, Higher, true},
      {"ssim", "SSIM", 3, Higher, true},
      {"residual", "residual", 2, Neither, true},
      {"seconds", "seconds", 1, Neither, true},
  };
  return metrics;
}

}  // namespace p2l::cli
