// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/psnr_ssim.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/metrics/metric.h"
#include "core/metrics/ssim_maps.h"
#include "core/tensor/image_tensor.h"

namespace p2l {

double psnr(const at::Tensor& a, const at::Tensor& b) {
  return psnrOfMeanSquare(meanSquare(a, b).item<double>());
}

at::Tensor meanSquare(const at::Tensor& a, const at::Tensor& b) {
  checkSameSize(a, b);
  return clippedUnitRange(a, a.device()).sub_(clippedUnitRange(b, a.device())).square_().mean();
}

double psnrOfMeanSquare(double mean_square) {
  return -10.0 * std::log10(mean_square);
}

double psnr(const Image& a, const Image& b) {
  return psnr(tensorFromImage(a), tensorFromImage(b));
}

double ssim(const at::Tensor& a, const at::Tensor& b) {
  checkSameSize(a, b);
  if (a.size(2) < kSsimWindow || a.size(3) < kSsimWindow) return std::numeric_limits<double>::quiet_NaN();
  // In strips: the maps of a whole picture, in double precision, would outweigh a restoration in patches.
  constexpr std::int64_t kStrip = 128;
  const std::int64_t rows = a.size(2) - kSsimWindow + 1, columns = a.size(3) - kSsimWindow + 1;
  double sum = 0.0;
  for (std::int64_t row = 0; row < rows; row += kStrip) {
    const auto strip = [&](const at::Tensor& x) {
      return clippedUnitRange(x.narrow(2, row, std::min(kStrip, rows - row) + kSsimWindow - 1));
    };
    sum += ssimMaps(strip(a), strip(b)).ssim.sum().item<double>();
  }
  return sum / static_cast<double>(a.size(0) * a.size(1) * rows * columns);
}

double ssim(const Image& a, const Image& b) {
  return ssim(tensorFromImage(a), tensorFromImage(b));
}

namespace metrics {

MetricEntry psnr() {
  MetricEntry entry;
  entry.spec = {.key = "psnr",
                .label = "PSNR",
                .unit = "dB",
                .digits = 2,
                .better = MetricSpec::Better::Higher,
                .needs = {},
                .in_runs = true};
  entry.make = [](const std::string&, at::Device) -> MetricEntry::Measure {
    return [](const at::Tensor& a, const at::Tensor& b) { return p2l::psnr(a, b); };
  };
  return entry;
}

MetricEntry ssim() {
  MetricEntry entry;
  entry.spec = {.key = "ssim",
                .label = "SSIM",
                .unit = {},
                .digits = 3,
                .better = MetricSpec::Better::Higher,
                .needs = {},
                .in_runs = true};
  entry.make = [](const std::string&, at::Device) -> MetricEntry::Measure {
    return [](const at::Tensor& a, const at::Tensor& b) { return p2l::ssim(a, b); };
  };
  return entry;
}

}  // namespace metrics

}  // namespace p2l
