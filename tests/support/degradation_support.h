// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include "core/degradations/degradation.h"

namespace p2l::test {

/// Standard normal numbers in float64.
inline at::Tensor randomDouble(at::IntArrayRef shape, std::uint64_t seed) {
  return at::randn(shape, at::detail::createCPUGenerator(seed), at::TensorOptions(at::kDouble));
}

/// ||a - b|| / ||b||
inline double relativeError(const at::Tensor& a, const at::Tensor& b) {
  return ((a - b).norm() / b.norm()).item<double>();
}

inline DegradationContext contextOf(const DegradationEntry& entry, std::int64_t height, std::int64_t width,
                                    std::uint64_t seed = 5, const ParamValues& values = {}) {
  DegradationContext context;
  context.height = height;
  context.width = width;
  context.values = completeValues(entry.info.parameters, values, "degradation " + entry.info.id);
  context.seed = seed;
  return context;
}

inline std::unique_ptr<Degradation> makeDegradation(const std::string& id, std::int64_t height, std::int64_t width,
                                                    const ParamValues& values = {}, std::uint64_t seed = 5) {
  const DegradationEntry& entry = degradationEntry(id);
  return entry.make(contextOf(entry, height, width, seed, values));
}

}  // namespace p2l::test
