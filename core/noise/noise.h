// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <functional>
#include <string>
#include <vector>

#include "core/degradations/degradation.h"
#include "core/request/request.h"
#include "core/types/catalogue_rows.h"

namespace p2l {

/// What a file of core/noise registers through noise_list.def.
struct NoiseEntry {
  NoiseInfo info;
  /// A x on the scale [-1, 1] with noise. The numbers are drawn on the CPU, one for each entry, measured or not.
  std::function<at::Tensor(const at::Tensor& clean, const ParamValues& values, at::Generator& generator)> add;
  /// sigma_y, the standard deviation of an entry, on the scale [-1, 1]; where it differs from entry to entry the root
  /// of the mean variance, as the measurement y tells it.
  std::function<double(const at::Tensor& y, const ParamValues& values)> deviation;
};

/// y = A x + n of clean = A x, where there is a measurement.
at::Tensor addNoise(const Degradation& A, const at::Tensor& clean, const NoiseChoice& noise, at::Generator& generator);

/// All entries in the order of the list.
const std::vector<NoiseEntry>& noiseEntries();
/// @throws Error with the known ids
const NoiseEntry& noiseEntry(const std::string& id);

}  // namespace p2l
