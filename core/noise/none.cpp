// SPDX-License-Identifier: GPL-3.0-or-later
//
// No noise: y = A x.
#include "core/noise/noise.h"

namespace p2l::noises {

NoiseEntry none() {
  NoiseEntry entry;
  entry.info.id = "none";
  entry.info.label = "None";
  entry.info.help = "y = A x, exactly.";
  entry.add = [](const at::Tensor& clean, const ParamValues&, at::Generator&) { return clean; };
  entry.deviation = [](const at::Tensor&, const ParamValues&) { return 0.0; };
  return entry;
}

}  // namespace p2l::noises
