// SPDX-License-Identifier: GPL-3.0-or-later
// DPS: diffusion posterior sampling.
//
// Idea: after each DDIM step the picture moves against the gradient of the data residual, taken through the network.
// Reference: Chung, Kim, Mccann, Klasky, Ye, "Diffusion Posterior Sampling for General Noisy Inverse Problems", ICLR
// 2023; as Chung et al. 2024 (P2L), Eq. 51 and App. D.3, state it.
//
//   eps     = eps_theta(x_t)
//   x0_hat  = (x_t - sqrt(1 - abar_t) eps) / sqrt(abar_t)
//   x_{t-1} = DDIM(x0_hat, eps) - rho grad_{x_t} ||y - A x0_hat||_2                                 (Eq. 51)
//
// The published code (github.com/DPS2022/diffusion-posterior-sampling) takes DDPM's ancestral step with the network's
// learned variance; as App. D.3 says, DDIM with eta = 1 stands for it here, with the fixed variance. Its "transpose" of
// the blurs is the identity; DPS itself needs no adjoint, and here none is used.
#include "core/solvers/latent_step.h"

namespace p2l {
namespace {

std::vector<ParamSpec> parameters() {
  return {realParam("rho", "ρ", "Data step", 0.0, 100.0, 1.0,
                    "x ← x − ρ ∇‖y − A x̂₀‖ (Eq. 51). Larger fits the measurement more closely; too large gives "
                    "artefacts. The paper uses 1 with 1000 steps; fewer steps need a larger ρ.",
                    ParamScale::Logarithmic),
          rhoSideParam()};
}

class Dps : public Solver {
 public:
  explicit Dps(const ParamValues& values) : rho_(numberOf(values, "rho")), rho_side_(integerOf(values, "rho_side")) {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    const double rho = stepLength(problem, rho_, rho_side_);
    return descend(problem, sink, control, [&](const at::Tensor& gradient) { return rho * gradient; });  // Eq. 51
  }

 private:
  double rho_;
  int rho_side_;
};

}  // namespace

namespace solvers {

SolverEntry dps() {
  SolverEntry entry;
  entry.info.id = "dps";
  entry.info.label = "DPS";
  entry.info.help =
      "Diffusion posterior sampling on pixels: a DDIM step, then a gradient step on the data residual through the "
      "network (Eq. 51).";
  entry.info.reference = "Chung et al., ICLR 2023; as in Chung et al., ICML 2024, Eq. 51";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationOn(
      ModelKind::Pixel, {{"", "g ← ∇‖y − A x̂₀‖",
                          "The gradient says where the estimate disagrees with the measurement, and which way to go.",
                          StepPicture::Gradient},
                         {"", "x_{t−1} ← DDIM(x̂₀, ε) − ρ g", "A step of the sampler, moved against the gradient by ρ.",
                          StepPicture::Next}});
  entry.info.model_kind = ModelKind::Pixel;
  entry.make = [](const ParamValues& values) { return std::make_unique<Dps>(values); };
  entry.info.work = [](const ParamValues&, int steps) { return dataGradientWork(steps); };
  entry.remedies = [](const ParamValues&) { return std::vector<std::string>{"a smaller rho"}; };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
