// SPDX-License-Identifier: GPL-3.0-or-later
// LDIR: latent diffusion image restoration with a history gradient.
//
// Idea: LDPS whose gradient step is smoothed over the steps as Adam smooths it, so that its size does not depend on
// that of the gradient. Reference: He et al., "Iterative reconstruction based on latent diffusion model for sparse data
// reconstruction", 2023; here as Chung et al. 2024 (P2L), Eq. 40-43, state it, with beta_1 0.9, beta_2 0.999,
// epsilon 1e-8 (App. D.3).
//
//   eps     = eps_theta(z_t, C);  z0_hat = (z_t - sqrt(1 - abar_t) eps) / sqrt(abar_t)
//   g_t     = grad_{z_t} ||y - A D(z0_hat)||                                                        (Eq. 40)
//   m_hat   = (beta_1 m + (1 - beta_1) g_t) / (1 - beta_1)                                          (Eq. 41)
//   v_hat   = (beta_2 v + (1 - beta_2) g_t o g_t) / (1 - beta_2)                                    (Eq. 42)
//   z_{t-1} = DDIM(z0_hat, eps) - rho m_hat / sqrt(v_hat + epsilon)                                 (Eq. 43)
//
// The divisions are by the constants 1 - beta, not by Adam's 1 - beta^t, and the undivided moments are carried on: see
// HistoryGradient. LDIR was made for computed tomography; no code of its authors was found to compare with.
#include "core/optim/adam.h"
#include "core/solvers/latent_step.h"

namespace p2l {
namespace {

std::vector<ParamSpec> parameters() {
  return {realParam("rho", "ρ", "Step", 0.0, 10.0, 0.05,
                    "z ← z − ρ m̂/√(v̂ + ε) (Eq. 43). An entry of the latent moves by about ρ a step, up to about "
                    "twice that while the gradient keeps its sign. The paper uses 0.05 (0.1 for motion blur on "
                    "ImageNet) with 1000 steps.",
                    ParamScale::Logarithmic)};
}

class Ldir : public Solver {
 public:
  explicit Ldir(const ParamValues& values) : rho_(numberOf(values, "rho")) {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    HistoryGradient history;
    return descend(problem, sink, control,
                   [&](const at::Tensor& gradient) { return rho_ * history.direction(gradient); });  // Eq. 41-43
  }

 private:
  double rho_;
};

}  // namespace

namespace solvers {

SolverEntry ldir() {
  SolverEntry entry;
  entry.info.id = "ldir";
  entry.info.label = "LDIR";
  entry.info.help =
      "LDPS with a history gradient: the data step is smoothed over the steps and divided by its own size, as Adam "
      "does "
      "(Eq. 40-43).";
  entry.info.reference = "He et al., 2023; as in Chung et al., ICML 2024, Eq. 40-43";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationOn(
      ModelKind::Latent,
      {{"", "g ← ∇‖y − A D(ẑ₀)‖",
        "The gradient says where the estimate disagrees with the measurement, and which way to go.",
        StepPicture::Gradient},
       {"", "m ← β₁ m + (1−β₁) g,  v ← β₂ v + (1−β₂) g²", "Gradients of earlier steps are remembered, as Adam does.",
        StepPicture::Gradient},
       {"", "z_{t−1} ← DDIM(ẑ₀, ε) − ρ m̂ / √(v̂ + ϵ)",
        "A step of the sampler, moved by the smoothed gradient: its length does not depend on the gradient's.",
        StepPicture::Next}});
  entry.make = [](const ParamValues& values) { return std::make_unique<Ldir>(values); };
  entry.info.work = [](const ParamValues&, int steps) { return dataGradientWork(steps); };
  entry.remedies = [](const ParamValues&) { return std::vector<std::string>{"a smaller rho"}; };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
