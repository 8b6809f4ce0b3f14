// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/frechet.h"

#include <ATen/ops/linalg_qr.h>
#include <ATen/ops/linalg_svdvals.h>

#include <algorithm>
#include <cmath>

#include "core/metrics/metric.h"
#include "core/types/error.h"

namespace p2l {
namespace {

struct Moments {
  at::Tensor mean;  ///< [d]
  at::Tensor root;  ///< R with R^T R = covariance, at most d rows
};

Moments momentsOf(const at::Tensor& samples) {
  const auto x = samples.to(at::kCPU, at::kDouble);
  const auto mean = x.mean(0);
  auto root = (x - mean) / std::sqrt(static_cast<double>(x.size(0) - 1));
  if (root.size(0) > root.size(1)) root = std::get<1>(at::linalg_qr(root, "r"));
  return {mean, root};
}

}  // namespace

double frechetDistance(const at::Tensor& a, const at::Tensor& b) {
  require(a.dim() == 2 && b.dim() == 2 && a.size(1) == b.size(1) && a.size(0) >= 2 && b.size(0) >= 2,
          "The Frechet distance needs two samples or more of each kind, found ", a.sizes(), " and ", b.sizes(), ".");
  const auto first = momentsOf(a);
  const auto second = momentsOf(b);
  const double of_means = (first.mean - second.mean).square().sum().item<double>();
  const double traces = first.root.square().sum().item<double>() + second.root.square().sum().item<double>();
  const double root_trace = at::linalg_svdvals(first.root.matmul(second.root.t())).sum().item<double>();
  return std::max(0.0, of_means + traces - 2.0 * root_trace);
}

namespace metrics {

MetricEntry fid() {
  MetricEntry entry;
  entry.spec = {.key = "fid",
                .label = "FID",
                .unit = {},
                .digits = 1,
                .better = MetricSpec::Better::Lower,
                .needs = {},
                .of_set = true};
  return entry;
}

}  // namespace metrics

}  // namespace p2l
