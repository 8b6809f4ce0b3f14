// SPDX-License-Identifier: GPL-3.0-or-later
// PSLD: posterior sampling with latent diffusion.
//
// Idea: as GML-DPS, and before the estimate is encoded again its measured part is replaced by the measurement
// ("gluing"): the latent is drawn to where the encoder puts a picture that fits y. Reference: Rout et al., "Solving
// Linear Inverse Problems Provably via Posterior Sampling with Latent Diffusion Models", NeurIPS 2023; here as Chung et
// al. 2024 (P2L), Eq. 45, state it.
//
//   eps     = eps_theta(z_t, C)
//   z0_hat  = (z_t - sqrt(1 - abar_t) eps) / sqrt(abar_t)
//   x_glued = A^T y + (I - A^T A) D(z0_hat), or with A^+ instead of A^T (`gluing_by`)
//   z_{t-1} = DDIM(z0_hat, eps) - rho grad_{z_t} (||y - A D(z0_hat)||_2 + gamma ||z0_hat - E(x_glued)||_2)
//
// A^T is the exact adjoint. x_glued fits y exactly where A A^T = I (masks); for super-resolution A A^T = I / s^2, and
// the gluing goes 1 / s^2 of the way: at x8 PSLD is GML-DPS within a grey level. What the published code
// (github.com/LituRout/PSLD) calls the transpose there is nearest up-sampling, which is A^+ of the mean over windows;
// the paper's presets for super-resolution take it. docs/solvers.md has the figures.
//
// The published code also differs in ways that are not reproduced: it adds fresh noise to the
// predicted measurement A D(z0_hat) before it is compared with y, which only blurs the residual; it pastes the true
// pixels into the inpaintings that it saves, which makes their PSNR meaningless; and the "transpose" of its blurs is
// the identity, which it has from DPS. For box inpainting it runs with gamma 0.01 and rho 0.1.
#include <ATen/ops/linalg_vector_norm.h>

#include "core/solvers/latent_step.h"

namespace p2l {
namespace {

std::vector<ParamSpec> parameters() {
  std::vector<ParamSpec> specs = {
      realParam("rho", "ρ", "Data step", 0.0, 100.0, 1.0,
                "z ← z − ρ ∇(‖y − A D(ẑ₀)‖ + γ ‖ẑ₀ − E(Aᵀy + (I − AᵀA) D(ẑ₀))‖) (Eq. 45). Larger fits the "
                "measurement and the gluing more closely. The paper uses 1 with 1000 steps.",
                ParamScale::Logarithmic),
      realParam(
          "gamma", "γ", "Gluing weight", 0.0, 100.0, 0.1,
          "Weight of ‖ẑ₀ − E(Aᵀy + (I − AᵀA) D(ẑ₀))‖ beside the data residual. 0 is LDPS. The paper uses 0.1; the "
          "published code 0.01 for box inpainting.",
          ParamScale::Logarithmic),
      rhoSideParam(),
  };
  const auto gluing = gluingParams();
  specs.insert(specs.end(), gluing.begin(), gluing.end());
  return specs;
}

class Psld : public Solver {
 public:
  explicit Psld(const ParamValues& values)
      : rho_(numberOf(values, "rho")),
        gamma_(numberOf(values, "gamma")),
        rho_side_(integerOf(values, "rho_side")),
        gluing_(gluingOf(values)) {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    auto gluingGap = [&](const at::Tensor& z0_hat, const at::Tensor& x0_hat) {
      const auto x_glued = glued(problem, x0_hat, gluing_, control);  // A^T y + (I - A^T A) D(z0_hat)
      return gamma_ * at::linalg_vector_norm(z0_hat - problem.model.encode(x_glued));
    };
    const double rho = stepLength(problem, rho_, rho_side_);
    return descend(
        problem, sink, control, [&](const at::Tensor& gradient) { return rho * gradient; }, gluingGap);  // Eq. 45
  }

 private:
  double rho_, gamma_;
  int rho_side_;
  Gluing gluing_;
};

}  // namespace

namespace solvers {

SolverEntry psld() {
  SolverEntry entry;
  entry.info.id = "psld";
  entry.info.label = "PSLD";
  entry.info.help =
      "LDPS with a second term: the estimate should equal its own picture with the measured part pasted in and "
      "encoded again, E(Aᵀy + (I − AᵀA) D(ẑ₀)) (Eq. 45).";
  entry.info.reference = "Rout et al., NeurIPS 2023; as in Chung et al., ICML 2024, Eq. 45";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationOn(
      ModelKind::Latent, {{"", "x_g ← Aᵀy + (I − AᵀA) D(ẑ₀)",
                           "The measured part of the estimate is replaced by the measurement.", StepPicture::Estimate},
                          {"", "g ← ∇(‖y − A D(ẑ₀)‖ + γ ‖ẑ₀ − E(x_g)‖)",
                           "The gradient asks to fit the measurement, and to lie where the glued picture is encoded.",
                           StepPicture::Gradient},
                          {"", "z_{t−1} ← DDIM(ẑ₀, ε) − ρ g", "A step of the sampler, moved against the gradient by ρ.",
                           StepPicture::Next}});
  entry.info.needs_linear = true;
  entry.make = [](const ParamValues& values) { return std::make_unique<Psld>(values); };
  entry.info.work = [](const ParamValues&, int steps) { return dataGradientWork(steps, true); };
  entry.remedies = [](const ParamValues&) { return std::vector<std::string>{"a smaller rho"}; };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
