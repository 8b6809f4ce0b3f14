// SPDX-License-Identifier: GPL-3.0-or-later
// LDPS: latent diffusion posterior sampling.
//
// Idea: DPS carried over to latents. After each DDIM step the latent moves against the gradient of the data residual,
// taken through the decoder and the network. Reference: Chung et al. 2024 (P2L), Eq. 5-6 and App. D.3; pixel form:
// Chung et al. 2023b (DPS).
//
//   eps     = eps_theta(z_t, C)
//   z0_hat  = (z_t - sqrt(1 - abar_t) eps) / sqrt(abar_t)
//   z_{t-1} = DDIM(z0_hat, eps) - rho grad_{z_t} ||y - A D(z0_hat)||_2
#include "core/solvers/latent_step.h"

namespace p2l {
namespace {

std::vector<ParamSpec> parameters() {
  return {realParam("rho", "ρ", "Data step", 0.0, 100.0, 1.0,
                    "z ← z − ρ ∇‖y − A D(ẑ₀)‖. Larger fits the measurement more closely; too large gives "
                    "artefacts. The paper uses 1 with 1000 steps.",
                    ParamScale::Logarithmic),
          rhoSideParam()};
}

class Ldps : public Solver {
 public:
  explicit Ldps(const ParamValues& values) : rho_(numberOf(values, "rho")), rho_side_(integerOf(values, "rho_side")) {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    const double rho = stepLength(problem, rho_, rho_side_);
    return descend(problem, sink, control, [&](const at::Tensor& gradient) { return rho * gradient; });  // Eq. 6
  }

 private:
  double rho_;
  int rho_side_;
};

}  // namespace

namespace solvers {

SolverEntry ldps() {
  SolverEntry entry;
  entry.info.id = "ldps";
  entry.info.label = "LDPS";
  entry.info.help =
      "Latent DPS: a DDIM step, then a gradient step on the data residual through decoder and network (Eq. 6).";
  entry.info.reference = "Chung et al., ICML 2024, Eq. 6; after Chung et al., ICLR 2023 (DPS)";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationOn(
      ModelKind::Latent, {{"", "g ← ∇‖y − A D(ẑ₀)‖",
                           "The gradient says where the estimate disagrees with the measurement, and which way to go.",
                           StepPicture::Gradient},
                          {"", "z_{t−1} ← DDIM(ẑ₀, ε) − ρ g", "A step of the sampler, moved against the gradient by ρ.",
                           StepPicture::Next}});
  entry.make = [](const ParamValues& values) { return std::make_unique<Ldps>(values); };
  entry.info.work = [](const ParamValues&, int steps) { return dataGradientWork(steps); };
  entry.remedies = [](const ParamValues&) { return std::vector<std::string>{"a smaller rho"}; };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
