// SPDX-License-Identifier: GPL-3.0-or-later
//
// Poisson noise, the shot noise of photons: with c = (A x + 1) / 2 on the scale 0 to 1 and a peak of lambda photons,
//
//   y = 2 k / lambda - 1,   k ~ Poisson(lambda max(c, 0)),   Var y = 4 c / lambda
//
// Chung et al., Diffusion Posterior Sampling, ICLR 2023, Sec. 3.3. Solvers know its mean variance.
#include <ATen/ops/poisson.h>

#include <cmath>

#include "core/noise/noise.h"

namespace p2l::noises {

NoiseEntry poisson() {
  NoiseEntry entry;
  entry.info.id = "poisson";
  entry.info.label = "Poisson";
  entry.info.help =
      "Shot noise of a camera in little light: y = k / λ on the scale 0 to 1, k ~ Poisson(λ A x). Bright parts have "
      "more of it than dark ones.";
  entry.info.reference = "Chung et al., Diffusion Posterior Sampling, ICLR 2023, Sec. 3.3";
  entry.info.parameters = {
      realParam("peak", "λ", "Photons at white", 1.0, 100000.0, 100.0,
                "Photons λ that a white sample counts. Fewer make more noise.", ParamScale::Logarithmic),
  };
  entry.add = [](const at::Tensor& clean, const ParamValues& values, at::Generator& generator) {
    const double peak = numberOf(values, "peak");
    const auto rate = ((clean.to(at::kCPU, at::kDouble) + 1.0) * (0.5 * peak)).clamp_min(0.0);
    const auto count = at::poisson(rate, generator);
    return (count * (2.0 / peak) - 1.0).to(clean.device(), clean.scalar_type());
  };
  entry.deviation = [](const at::Tensor& y, const ParamValues& values) {
    const double brightness = ((y.to(at::kDouble) + 1.0) * 0.5).clamp_min(0.0).mean().item<double>();
    return 2.0 * std::sqrt(brightness / numberOf(values, "peak"));
  };
  return entry;
}

}  // namespace p2l::noises
