// SPDX-License-Identifier: GPL-3.0-or-later
// PiGDM: pseudoinverse-guided diffusion.
//
// Idea: given x_t the picture is taken to be Gaussian around its estimate, N(x0_hat, r_t^2 I); then y is Gaussian, too,
// and its score is known: the residual goes back through the covariance of y, A^T and the network. Reference: Song,
// Vahdat, Mardani, Kautz, "Pseudoinverse-Guided Diffusion Models for Inverse Problems", ICLR 2023; as Chung et al. 2024
// (P2L), Eq. 52, state it.
//
//   eps     = eps_theta(x_t)
//   x0_hat  = (x_t - sqrt(1 - abar_t) eps) / sqrt(abar_t)
//   r_t^2   = s^2 (1 - abar_t) / (abar_t s^2 + 1 - abar_t)
//   g       = (dx0_hat / dx_t)^T A^T (r_t^2 A A^T + sigma^2 I)^-1 (y - A x0_hat)
//   x_{t-1} = DDIM(x0_hat, eps) + rho w_t g,  w_t = r_t^2 sqrt(abar_t abar_{t-1})                    (Eq. 52)
//
// g is the gradient of log p(y | x_t), so it is added; Eq. 52 prints a minus. Eq. 52 has no weight either, with which g
// grows without bound as r_t and sigma go to 0: w_t is Song et al.'s, whose code (github.com/NVlabs/RED-diff has it)
// folds r_t^2 into the pseudoinverse. r_t^2 with s = 1, unit variance of the pictures, is theirs: sigma_t^2 /
// (1 + sigma_t^2) for sigma_t^2 = (1 - abar_t) / abar_t, that is 1 - abar_t. It is the exact variance for a Gaussian
// prior of deviation s.
//
// A^T (r^2 A A^T + sigma^2 I)^-1 (y - A x) = (x' - x) / r^2 with x' = argmin ||y - A x'||^2 + (sigma / r)^2 ||x' -
// x||^2: the inverse is Eq. 19's proximal step, in closed form where the degradation has one, by conjugate gradients
// elsewhere.
#include <ATen/ops/linalg_vector_norm.h>

#include <cmath>

#include "core/base/gradient.h"
#include "core/solvers/latent_step.h"

namespace p2l {
namespace {

std::vector<ParamSpec> parameters() {
  return {
      realParam("rho", "ρ", "Data step", 0.0, 100.0, 1.0,
                "x ← DDIM + ρ w g (Eq. 52), with w = r² √(ᾱₜ ᾱₜ₋₁) as in Song et al. Larger fits the measurement "
                "more closely.",
                ParamScale::Logarithmic),
      realParam("deviation", "s", "Prior deviation", 0.01, 10.0, 1.0,
                "Standard deviation of pictures on the scale −1 to 1 in r² = s² (1 − ᾱ) / (ᾱ s² + 1 − ᾱ). 1: as "
                "in Song et al. Smaller trusts the estimate more, which matters with a noisy measurement.",
                ParamScale::Logarithmic),
      advanced(integerParam("cg_steps", "", "CG iterations", 1, 200, 20,
                            "Conjugate gradient iterations for (r² A Aᵀ + σ² I)⁻¹ where it has no closed form.")),
  };
}

class PiGdm : public Solver {
 public:
  explicit PiGdm(const ParamValues& values)
      : rho_(numberOf(values, "rho")),
        deviation_(numberOf(values, "deviation")),
        how_{/*closed_form=*/true, integerOf(values, "cg_steps")} {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    auto x_t = problem.initial_latent;
    auto generator = problem.generator;
    for (std::size_t i = 0; i < problem.plan.size(); ++i) {
      control.beginStep();
      const SamplingStep& step = problem.plan[i];
      const double ab = step.level.alphaBar(), s2 = deviation_ * deviation_;
      const double r2 = s2 * (1.0 - ab) / (ab * s2 + 1.0 - ab);
      auto guided = guidance(problem, x_t, step, r2, control);
      const double w = r2 * std::sqrt(ab * step.next.alphaBar());
      const auto x_prev = ddimStep(guided.x0_hat, guided.eps, step, problem.eta, samplerNoise(problem, generator)) +
                          rho_ * w * guided.gradient;  // Eq. 52
      sink(stepView(i, step, x_t, guided, x_prev, problem.C));
      x_t = x_prev;
    }
    return x_t;
  }

 private:
  /// The estimate, and g as its gradient.
  DataGradient guidance(const Problem& problem, const at::Tensor& x_t, const SamplingStep& step, double r2,
                        RunControl& control) const {
    DataGradient guided;
    const auto objective = [&](const at::Tensor& x) {
      control.checkpoint();
      const auto eps = problem.model.predictNoise(x, step.level, problem.C);
      guided = dataEstimate(problem, x_t, step, eps.detach());
      const auto x0 = proximal(problem, guided.x0_hat, problem.noise * problem.noise / r2, how_, control);
      control.checkpoint();
      return (tweedie(x, eps, step.level) * ((x0 - guided.x0_hat) / r2)).sum();  // its gradient is g
    };
    const auto g = gradient(objective, x_t).gradient;
    guided.gradient = g;
    return guided;
  }

  double rho_, deviation_;
  ProximalStep how_;
};

RunWork workOf(int steps) {
  RunWork work;
  work.network_gradient = work.decode = steps;
  return work;
}

}  // namespace

namespace solvers {

SolverEntry pigdm() {
  SolverEntry entry;
  entry.info.id = "pigdm";
  entry.info.label = "ΠGDM";
  entry.info.help =
      "Pseudoinverse guidance on pixels: as DPS, with the residual weighed by its covariance r² A Aᵀ + σ² I, so "
      "that far fewer steps suffice (Eq. 52).";
  entry.info.reference = "Song, Vahdat, Mardani, Kautz, ICLR 2023; as in Chung et al., ICML 2024, Eq. 52";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationOn(ModelKind::Pixel, {{"", "g ← (∂x̂₀/∂x_t)ᵀ Aᵀ (r² A Aᵀ + σ² I)⁻¹ (y − A x̂₀)",
                                                         "The residual is weighed by how certain the estimate and the "
                                                         "measurement are, and sent back through the network.",
                                                         StepPicture::Gradient},
                                                        {"", "x_{t−1} ← DDIM(x̂₀, ε) + ρ r² √(ᾱ ᾱ′) g",
                                                         "A step of the sampler, moved along it.", StepPicture::Next}});
  entry.info.model_kind = ModelKind::Pixel;
  entry.info.needs_linear = true;
  entry.make = [](const ParamValues& values) { return std::make_unique<PiGdm>(values); };
  entry.info.work = [](const ParamValues&, int steps) { return workOf(steps); };
  entry.remedies = [](const ParamValues&) { return std::vector<std::string>{"a smaller rho"}; };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
