// SPDX-License-Identifier: GPL-3.0-or-later
// DDS: decomposed diffusion sampling.
//
// Idea: each step's estimate is moved towards the data by a few conjugate gradient iterations, which stay in the Krylov
// space at the estimate and so near the pictures that the network knows; no gradient crosses the network. Reference:
// Chung, Lee, Ye, "Decomposed Diffusion Sampler for Accelerating Large-Scale Inverse Problems", ICLR 2024; as Chung et
// al. 2024 (P2L), Eq. 53-54, state it.
//
//   eps     = eps_theta(x_t)
//   x0_hat  = (x_t - sqrt(1 - abar_t) eps) / sqrt(abar_t)
//   x0'     = argmin_x 1/2 ||y - A x||^2 + gamma/2 ||x - x0_hat||^2, by CG from x0_hat              (Eq. 53)
//   x_{t-1} = sqrt(abar_{t-1}) x0' + sqrt(1 - abar_{t-1} - s^2) eps + s n                           (Eq. 54)
//
// s = eta beta~_{t-1} is the deviation of DDIM's step. The DDS paper and code (github.com/HJ-harry/DDS) have their
// gamma at the data term, the inverse of this one; at 1, the value of both papers, they agree.
#include "core/solvers/latent_step.h"

namespace p2l {
namespace {

std::vector<ParamSpec> parameters() {
  return {
      realParam("gamma", "γ", "Proximal weight", 1e-6, 100.0, 1.0,
                "min ½ ‖y − A x‖² + γ/2 ‖x − x̂₀‖² (Eq. 53). Smaller fits the measurement more closely, noise "
                "included.",
                ParamScale::Logarithmic),
      integerParam("cg_steps", "", "CG iterations", 1, 100, 5,
                   "Conjugate gradient iterations for Eq. 53, starting at the estimate. The paper uses 5."),
  };
}

class Dds : public Solver {
 public:
  explicit Dds(const ParamValues& values)
      : gamma_(numberOf(values, "gamma")), how_{/*closed_form=*/false, integerOf(values, "cg_steps")} {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    return correctEstimates(
        problem, sink, control, [&](const SamplingStep&) { return gamma_; }, how_,  // Eq. 53
        [&](const at::Tensor&, const at::Tensor& x0, const at::Tensor& eps, const SamplingStep& step,
            at::Generator& generator) {
          return ddimStep(x0, eps, step, problem.eta, samplerNoise(problem, generator));  // Eq. 54
        });
  }

 private:
  double gamma_;
  ProximalStep how_;
};

}  // namespace

namespace solvers {

SolverEntry dds() {
  SolverEntry entry;
  entry.info.id = "dds";
  entry.info.label = "DDS";
  entry.info.help =
      "Decomposed diffusion sampling on pixels: a few conjugate gradient iterations move each step's estimate towards "
      "the data; no gradient crosses the network (Eq. 53-54).";
  entry.info.reference = "Chung, Lee, Ye, ICLR 2024; as in Chung et al., ICML 2024, Eq. 53-54";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationOn(
      ModelKind::Pixel,
      {{"", "x₀′ ← argmin ½ ‖y − A x‖² + γ/2 ‖x − x̂₀‖²",
        "A few conjugate gradient iterations move the estimate onto the data; no gradient crosses the network.",
        StepPicture::Projected},
       {"", "x_{t−1} ← √ᾱ′ x₀′ + √(1−ᾱ′−s²) ε + s n", "Noise is put back, for the next step's level.",
        StepPicture::Next}});
  entry.info.model_kind = ModelKind::Pixel;
  entry.info.needs_linear = true;
  entry.info.projects = [](const ParamValues&, int) { return true; };
  entry.make = [](const ParamValues& values) { return std::make_unique<Dds>(values); };
  entry.info.work = [](const ParamValues&, int steps) { return dataEstimateWork(steps); };
  entry.remedies = [](const ParamValues&) { return std::vector<std::string>{"a larger gamma"}; };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
