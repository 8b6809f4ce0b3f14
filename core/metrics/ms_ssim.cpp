// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/ms_ssim.h"

#include <ATen/ops/avg_pool2d.h>

#include <array>
#include <limits>

#include "core/metrics/metric.h"
#include "core/metrics/ssim_maps.h"

namespace p2l {

double msSsim(const at::Tensor& a, const at::Tensor& b) {
  constexpr std::array kExponents = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};  // from the finest scale on
  checkSameSize(a, b);
  constexpr auto kSmallest = (kSsimWindow - 1) * 16 + 1;
  if (a.size(2) < kSmallest || a.size(3) < kSmallest) return std::numeric_limits<double>::quiet_NaN();
  auto x = clippedUnitRange(a);
  auto y = clippedUnitRange(b);
  at::Tensor product;  // [B, C]
  for (std::size_t scale = 0; scale < kExponents.size(); ++scale) {
    const bool coarsest = scale + 1 == kExponents.size();
    const auto maps = ssimMaps(x, y);
    const auto similarity = (coarsest ? maps.ssim : maps.contrast_structure).mean({2, 3}).relu().pow(kExponents[scale]);
    product = product.defined() ? product * similarity : similarity;
    if (coarsest) break;
    const std::array padding = {x.size(2) % 2, x.size(3) % 2};  // zeros that count, as the reference has them
    x = at::avg_pool2d(x, 2, 2, padding);
    y = at::avg_pool2d(y, 2, 2, padding);
  }
  return product.mean().item<double>();
}

namespace metrics {

MetricEntry ms_ssim() {
  MetricEntry entry;
  entry.spec = {
      .key = "ms_ssim", .label = "MS-SSIM", .unit = {}, .digits = 3, .better = MetricSpec::Better::Higher, .needs = {}};
  entry.make = [](const std::string&, at::Device) -> MetricEntry::Measure {
    return [](const at::Tensor& a, const at::Tensor& b) { return p2l::msSsim(a, b); };
  };
  return entry;
}

}  // namespace metrics

}  // namespace p2l
