// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gaussian noise (Eq. 3): y = A x + n with n ~ N(0, sigma^2), one number for each entry.
#include "core/base/random.h"
#include "core/noise/noise.h"

namespace p2l::noises {

NoiseEntry gaussian() {
  NoiseEntry entry;
  entry.info.id = "gaussian";
  entry.info.label = "Gaussian";
  entry.info.help = "y = A x + n with n ~ N(0, σ²), on the scale -1 to 1.";
  entry.info.parameters = {
      realParam("sigma", "σ", "Noise", 0.0, 2.0, 0.01,
                "n ~ N(0, σ²) in y = A x + n, on the scale −1 to 1. Demonstrate adds it; in Restore say how much the "
                "photo has. It sets the residual to reach.",
                ParamScale::Logarithmic),
  };
  entry.add = [](const at::Tensor& clean, const ParamValues& values, at::Generator& generator) {
    const at::Tensor n = randomNormal(clean.sizes(), generator).to(clean.device(), clean.scalar_type());
    return clean + numberOf(values, "sigma") * n;
  };
  entry.deviation = [](const at::Tensor&, const ParamValues& values) { return numberOf(values, "sigma"); };
  return entry;
}

}  // namespace p2l::noises
