// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/metric.h"

#include <limits>

namespace p2l {

namespace metrics {

#define P2L_ENTRY(name) MetricEntry name();
#include "core/metrics/metric_list.def"
#undef P2L_ENTRY

MetricEntry residual() {
  MetricEntry entry;
  entry.spec = {.key = "residual", .label = "residual", .unit = {}, .digits = 2, .needs = {}, .of_run = true};
  return entry;
}

MetricEntry seconds() {
  MetricEntry entry;
  entry.spec = {.key = "seconds", .label = "seconds", .unit = {}, .digits = 1, .needs = {}, .of_run = true};
  return entry;
}

}  // namespace metrics

const std::vector<MetricEntry>& metricEntries() {
  static const std::vector<MetricEntry> entries = {
#define P2L_ENTRY(name) metrics::name(),
#include "core/metrics/metric_list.def"
#undef P2L_ENTRY
  };
  return entries;
}

std::map<std::string, double> unknownMetrics() {
  std::map<std::string, double> values;
  for (const auto& [spec, make] : metricEntries()) {
    if (!spec.of_run && !spec.of_set) values[spec.key] = std::numeric_limits<double>::quiet_NaN();
  }
  return values;
}

std::map<std::string, double> metricsOfRun(const at::Tensor& picture, const at::Tensor& truth) {
  auto values = unknownMetrics();
  for (const auto& [spec, make] : metricEntries()) {
    if (spec.in_runs) values[spec.key] = make({}, picture.device())(picture, truth);
  }
  return values;
}

}  // namespace p2l
