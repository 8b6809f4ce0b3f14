// SPDX-License-Identifier: GPL-3.0-or-later
// LATINO: latent consistency inverse solver, without its distilled network.
//
// Idea: projection alone. The picture is encoded and noised, the network cleans it, and the result is moved onto the
// data in pixel space; a few such rounds with less and less noise are the whole solver. No gradient crosses the
// network. Reference: Spagnoletti et al., "LATINO-PRO: LAtent consisTency INverse sOlver with PRompt Optimization",
// 2025.
//
//   x       = argmin_x ||y - A x||^2 + lambda_T ||x||^2, what the measurement alone says
//   z_t     = sqrt(ab) E(x) + sqrt(1 - ab) n
//   z0_hat  = (z_t - sqrt(1 - ab) eps_theta(z_t, C)) / sqrt(ab)
//   x       = argmin_x ||y - A x||^2 + lambda_t ||x - D(z0_hat)||^2,  lambda_t = sigma^2 / (delta (1 - ab))
//   after the last step z_0 = E(x)
//
// LATINO's network is distilled to jump to a clean latent (LCM); with any other network the jump is Tweedie's estimate,
// whose mean over many pictures is blurred, and more steps make up for it. The published code
// (github.com/LATINO-PRO/LATINO-PRO) has a delta of each task, in some tasks proportional to the residual, and clips x
// to [-1, 1] before it is encoded, which is not reproduced. The sampler's eta is not used: all noise is fresh.
#include <ATen/ops/zeros_like.h>

#include "core/solvers/latent_step.h"

namespace p2l {
namespace {

std::vector<ParamSpec> parameters() {
  return {
      realParam("delta", "δ", "Data weight", 1e-5, 100.0, 1.0,
                "min ‖y − A x‖² + σ² / (δ (1 − ᾱ)) ‖x − D(ẑ₀)‖². Larger fits the measurement more closely, noise "
                "included. The published code uses 0.01 to 1.",
                ParamScale::Logarithmic),
      advanced(flagParam("closed_form", "Closed form", true,
                         "Solves the data step exactly where a closed form exists (super-resolution, masks) "
                         "instead of by conjugate gradients.")),
      advanced(integerParam("cg_steps", "", "CG iterations", 1, 200, 20,
                            "Conjugate gradient iterations of the data step where no closed form is used.")),
  };
}

class Latino : public Solver {
 public:
  explicit Latino(const ParamValues& values)
      : delta_(numberOf(values, "delta")), how_{flagOf(values, "closed_form"), integerOf(values, "cg_steps")} {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    auto generator = problem.generator;
    const auto lambda = [&](const Level& level) {
      return problem.noise * problem.noise / (delta_ * level.noise * level.noise);
    };

    const Level& first = problem.plan.front().level;
    const auto plain = proximal(problem, at::zeros_like(problem.A.At(problem.y)), lambda(first), how_, control);
    auto z_t = noised(problem.model.encode(plain), problem.initial_latent, first);
    for (std::size_t i = 0; i < problem.plan.size(); ++i) {
      control.beginStep();
      const SamplingStep& step = problem.plan[i];
      const auto estimate = dataEstimate(problem, z_t, step, problem.model.predictNoise(z_t, step.level, problem.C));
      const auto x = proximal(problem, estimate.x0_hat, lambda(step.level), how_, control);
      const auto z0 = problem.model.encode(x);
      auto z_prev = z0;
      if (i + 1 < problem.plan.size()) z_prev = noised(z0, freshNoise(z_t, generator), step.next);
      sink(stepView(i, step, z_t, estimate, z_prev, problem.C, {x, z0}));
      z_t = z_prev;
    }
    return z_t;
  }

 private:
  double delta_;
  ProximalStep how_;
};

RunWork workOf(int steps) {
  auto work = dataEstimateWork(steps);
  work.encode = steps + 1.0;  // where it starts, too
  return work;
}

}  // namespace

namespace solvers {

SolverEntry latino() {
  SolverEntry entry;
  entry.info.id = "latino";
  entry.info.label = "LATINO";
  entry.info.help =
      "Projection alone: encode, add noise, denoise, project onto the data, in a few rounds of falling noise. "
      "The fastest solver. It was made for a network distilled to few steps and works with any.";
  entry.info.reference = "Spagnoletti et al., LATINO-PRO, 2025; without the distilled network";
  entry.info.parameters = parameters();
  entry.info.iteration =
      iterationOn(ModelKind::Latent,
                  {{"", "x₀ ← argmin ‖y − A x‖² + λ_t ‖x − D(ẑ₀)‖²",
                    "The decoded estimate is moved onto the data in pixel space.", StepPicture::Projected},
                   {"", "z₀ ← E(x₀)", "It is encoded again.", StepPicture::Reencoded},
                   {"", "z_{t−1} ← √ᾱ′ z₀ + √(1−ᾱ′) n", "Fresh noise of the next level is added.", StepPicture::Next}});
  entry.info.needs_linear = true;
  entry.info.own_start = true;
  entry.info.projects = [](const ParamValues&, int) { return true; };
  entry.make = [](const ParamValues& values) { return std::make_unique<Latino>(values); };
  entry.info.work = [](const ParamValues&, int steps) { return workOf(steps); };
  entry.remedies = [](const ParamValues&) { return std::vector<std::string>{"a smaller delta"}; };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
