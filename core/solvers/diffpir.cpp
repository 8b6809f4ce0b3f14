// SPDX-License-Identifier: GPL-3.0-or-later
// DiffPIR: denoising diffusion models for plug-and-play image restoration.
//
// Idea: half-quadratic splitting with the network as the denoiser: the estimate is exchanged for the picture that fits
// the data near it, nearer the later the step; then noise is put back, part of it fresh. No gradient crosses the
// network. Reference: Zhu et al., "Denoising Diffusion Models for Plug-and-Play Image Restoration", CVPR Workshops
// 2023; as Chung et al. 2024 (P2L), Eq. 55-56, state it.
//
//   eps     = eps_theta(x_t)
//   x0_hat  = (x_t - sqrt(1 - abar_t) eps) / sqrt(abar_t)
//   x0'     = argmin_x 1/2 ||y - A x||^2 + lambda sigma^2 abar_t / (2 (1 - abar_t)) ||x - x0_hat||^2    (Eq. 55)
//   x_{t-1} = sqrt(abar_{t-1}) x0' + sqrt(1 - abar_{t-1}) (sqrt(1 - zeta) eps' + sqrt(zeta) n)          (Eq. 56)
//
// eps' = eps, as Eq. 56 has it; Zhu et al.'s Algorithm 1 and code (github.com/yuanzhi-zhu/DiffPIR) take the noise that
// belongs to x0', eps' = (x_t - sqrt(abar_t) x0') / sqrt(1 - abar_t), which the parameter `noise` chooses. Eq. 55 is
// solved in closed form where the degradation has one; blurs continue the picture by reflection here and have none, and
// take conjugate gradients. Zhu et al. state sigma on the scale [0, 1]; here as everywhere it is that of [-1, 1].
#include <cmath>

#include "core/solvers/latent_step.h"

namespace p2l {
namespace {

std::vector<ParamSpec> parameters() {
  return {
      realParam("zeta", "ζ", "Fresh noise", 0.0, 1.0, 0.3,
                "Share of the noise that is drawn anew in each step (Eq. 56), instead of the sampler's η. The "
                "paper uses 0.35 for super-resolution, 0.3 for deblurring, 1 for inpainting."),
      realParam("lambda", "λ", "Prior weight", 1e-3, 1000.0, 7.0,
                "min ½ ‖y − A x‖² + λ σ² ᾱ / (2 (1 − ᾱ)) ‖x − x̂₀‖² (Eq. 55). Smaller fits the measurement more "
                "closely, noise included. The paper uses 35 for super-resolution, 7 otherwise.",
                ParamScale::Logarithmic),
      advanced(choiceParam("noise", "Noise that is kept", {"network", "estimate"},
                           "network: the network's prediction, as in Eq. 56. estimate: what separates x_t from "
                           "the corrected estimate, as in the published code.")),
      advanced(integerParam("cg_steps", "", "CG iterations", 1, 200, 20,
                            "Conjugate gradient iterations for Eq. 55 where it has no closed form.")),
  };
}

class DiffPir : public Solver {
 public:
  explicit DiffPir(const ParamValues& values)
      : zeta_(numberOf(values, "zeta")),
        lambda_(numberOf(values, "lambda")),
        noise_of_estimate_(choiceOf(values, "noise") == "estimate"),
        how_{/*closed_form=*/true, integerOf(values, "cg_steps")} {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    const double variance = problem.noise * problem.noise;
    const auto weight = [&](const SamplingStep& step) {  // Eq. 55
      return lambda_ * variance * std::pow(step.level.signal / step.level.noise, 2);
    };
    return correctEstimates(problem, sink, control, weight, how_,
                            [&](const at::Tensor& x_t, const at::Tensor& x0, const at::Tensor& eps,
                                const SamplingStep& step, at::Generator& generator) {
                              const auto kept =
                                  noise_of_estimate_ ? (x_t - step.level.signal * x0) / step.level.noise : eps;
                              return noised(x0, partlyFreshNoise(kept, zeta_, generator), step.next);  // Eq. 56
                            });
  }

 private:
  double zeta_, lambda_;
  bool noise_of_estimate_;
  ProximalStep how_;
};

}  // namespace

namespace solvers {

SolverEntry diffpir() {
  SolverEntry entry;
  entry.info.id = "diffpir";
  entry.info.label = "DiffPIR";
  entry.info.help =
      "Plug-and-play restoration on pixels: each step's estimate is replaced by a picture nearby that fits the "
      "data, and noise is put back, part of it fresh; no gradient crosses the network (Eq. 55-56).";
  entry.info.reference = "Zhu et al., CVPR Workshops 2023; as in Chung et al., ICML 2024, Eq. 55-56";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationOn(
      ModelKind::Pixel, {{"", "x₀′ ← argmin ½ ‖y − A x‖² + λ σ² ᾱ / (2 (1−ᾱ)) ‖x − x̂₀‖²",
                          "The picture that fits the data and lies near the estimate, nearer the later the step.",
                          StepPicture::Projected},
                         {"", "x_{t−1} ← √ᾱ′ x₀′ + √(1−ᾱ′) (√(1−ζ) ε′ + √ζ n)",
                          "Noise is put back, the part ζ of it fresh.", StepPicture::Next}});
  entry.info.model_kind = ModelKind::Pixel;
  entry.info.needs_linear = true;
  entry.info.projects = [](const ParamValues&, int) { return true; };
  entry.make = [](const ParamValues& values) { return std::make_unique<DiffPir>(values); };
  entry.info.work = [](const ParamValues&, int steps) { return dataEstimateWork(steps); };
  entry.remedies = [](const ParamValues&) { return std::vector<std::string>{"a larger lambda"}; };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
