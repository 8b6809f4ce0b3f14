// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/types/catalogue_rows.h"

namespace p2l {

/// What a file of core/metrics registers through metric_list.def.
struct MetricEntry {
  /// Of a picture and the truth, [1, 3, H, W] in [-1, 1] both; NaN where they are too small for it.
  using Measure = std::function<double(const at::Tensor& picture, const at::Tensor& truth)>;

  MetricSpec spec;
  /// Empty where it is not of two pictures. @param weights path of the file spec.needs; empty without one
  /// @throws Error naming the file and what is wrong with it
  std::function<Measure(const std::string& weights, at::Device device)> make;
};

/// All entries in the order of the list.
const std::vector<MetricEntry>& metricEntries();
/// Those of the list that every run is measured by, of a picture and the truth; of the others NaN.
std::map<std::string, double> metricsOfRun(const at::Tensor& picture, const at::Tensor& truth);
/// The same where there is no truth: NaN of all.
std::map<std::string, double> unknownMetrics();

}  // namespace p2l
