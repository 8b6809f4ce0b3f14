// SPDX-License-Identifier: GPL-3.0-or-later
// GML-DPS: goodness modified latent DPS.
//
// Idea: LDPS, and the estimate is drawn towards the fixed points of the autoencoder, where decoding and encoding again
// changes nothing. Reference: Rout et al., "Solving Linear Inverse Problems Provably via Posterior Sampling with Latent
// Diffusion Models", NeurIPS 2023; here as Chung et al. 2024 (P2L), Eq. 44, state it.
//
//   eps     = eps_theta(z_t, C)
//   z0_hat  = (z_t - sqrt(1 - abar_t) eps) / sqrt(abar_t)
//   z_{t-1} = DDIM(z0_hat, eps) - rho grad_{z_t} (||y - A D(z0_hat)||_2 + gamma ||z0_hat - E(D(z0_hat))||_2)
//
// The published code (github.com/LituRout/PSLD) has no GML-DPS: what its sampler encodes again is always PSLD's glued
// picture.
#include <ATen/ops/linalg_vector_norm.h>

#include "core/solvers/latent_step.h"

namespace p2l {
namespace {

std::vector<ParamSpec> parameters() {
  return {
      realParam("rho", "ρ", "Data step", 0.0, 100.0, 1.0,
                "z ← z − ρ ∇(‖y − A D(ẑ₀)‖ + γ ‖ẑ₀ − E(D(ẑ₀))‖) (Eq. 44). Larger fits the measurement and the "
                "autoencoder more closely. The paper uses 1 with 1000 steps.",
                ParamScale::Logarithmic),
      realParam("gamma", "γ", "Fixed-point weight", 0.0, 100.0, 0.1,
                "Weight of ‖ẑ₀ − E(D(ẑ₀))‖ beside the data residual. 0 is LDPS. The paper uses 0.1.",
                ParamScale::Logarithmic),
      rhoSideParam(),
  };
}

class GmlDps : public Solver {
 public:
  explicit GmlDps(const ParamValues& values)
      : rho_(numberOf(values, "rho")), gamma_(numberOf(values, "gamma")), rho_side_(integerOf(values, "rho_side")) {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    auto fixedPointGap = [&](const at::Tensor& z0_hat, const at::Tensor& x0_hat) {
      control.checkpoint();
      return gamma_ * at::linalg_vector_norm(z0_hat - problem.model.encode(x0_hat));
    };
    const double rho = stepLength(problem, rho_, rho_side_);
    return descend(
        problem, sink, control, [&](const at::Tensor& gradient) { return rho * gradient; }, fixedPointGap);  // Eq. 44
  }

 private:
  double rho_, gamma_;
  int rho_side_;
};

}  // namespace

namespace solvers {

SolverEntry gml_dps() {
  SolverEntry entry;
  entry.info.id = "gml_dps";
  entry.info.label = "GML-DPS";
  entry.info.help =
      "LDPS with a second term: the estimate should be a fixed point of the autoencoder, E(D(ẑ₀)) = ẑ₀ (Eq. 44).";
  entry.info.reference = "Rout et al., NeurIPS 2023; as in Chung et al., ICML 2024, Eq. 44";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationOn(
      ModelKind::Latent,
      {{"", "g ← ∇(‖y − A D(ẑ₀)‖ + γ ‖ẑ₀ − E(D(ẑ₀))‖)",
        "The gradient asks for two things: to fit the measurement, and not to change when decoded and encoded again.",
        StepPicture::Gradient},
       {"", "z_{t−1} ← DDIM(ẑ₀, ε) − ρ g", "A step of the sampler, moved against the gradient by ρ.",
        StepPicture::Next}});
  entry.make = [](const ParamValues& values) { return std::make_unique<GmlDps>(values); };
  entry.info.work = [](const ParamValues&, int steps) { return dataGradientWork(steps, true); };
  entry.remedies = [](const ParamValues&) { return std::vector<std::string>{"a smaller rho"}; };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
