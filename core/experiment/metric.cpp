// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/metric.h"

namespace p2l {

const std::vector<Metric>& metricList() {
  using enum Metric::Better;
  static const std::vector<Metric> metrics = {
      {"psnr", "PSNR (dB)", 2, Higher},       {"ssim", "SSIM", 3, Higher},
      {"ms_ssim", "MS-SSIM", 3, Higher},      {"lpips_alex", "LPIPS (Alex)", 3, Lower},
      {"lpips_vgg", "LPIPS (VGG)", 3, Lower}, {"fid", "FID", 1, Lower, /*of_set=*/true},
      {"residual", "residual", 2, Neither},   {"seconds", "seconds", 1, Neither},
  };
  return metrics;
}

}  // namespace p2l
