// SPDX-License-Identifier: GPL-3.0-or-later
// LatentDAPS: decoupled annealing posterior sampling on latents.
//
// Idea: at each noise level the clean latent is estimated by the probability flow and then drawn from what the estimate
// and the measurement say together; fresh noise of the next level joins it to that level. Consecutive latents are not
// tied to each other by a DDIM step, so that early mistakes can be left. No gradient crosses the network. Reference:
// Zhang et al., "Improving Diffusion Inverse Problem Solving with Decoupled Noise Annealing", CVPR 2025.
//
//   s_t     = sqrt((1 - ab) / ab), the noise level of z_t / sqrt(ab)
//   z0_hat  = the probability flow from z_t to t = 0 in n Euler steps, which are DDIM steps with eta 0; the last one
//             goes to the clean latent, so that n = 1 is Tweedie's estimate
//   z0_y    ~ exp(-||y - A D(z)||^2 / (2 tau^2) - ||z - z0_hat||^2 / (2 s_t^2)), by Langevin dynamics with momentum:
//     z = z0_hat, v ~ N(0, I);  M times: v <- mu v + sqrt(h) g(z) + sqrt(2 (1 - mu)) n;  z <- z + sqrt(h) v
//     g(z) = -grad_z ||y - A D(z)||^2 / (2 tau^2) - (z - z0_hat) / s_t^2,  h falls linearly over the run to r h
//   z_{t-1} = sqrt(ab') z0_y + sqrt(1 - ab') n;  in the last step z_0 = z0_y
//
// mu = 0 is Langevin dynamics as the paper states it; mu > 0 is what the published code (github.com/zhangbingliang2019/
// DAPS) calls HMC and runs on latents. The code's gradient is that of the squared norm without the factor 1/2, so that
// its tau 0.01 is 0.01 / sqrt(2) here. Its noise levels are those of Karras et al.; here as everywhere the sampler's.
// The sampler's eta is not used.
#include <cmath>

#include "core/base/gradient.h"
#include "core/solvers/latent_step.h"

namespace p2l {
namespace {

std::vector<ParamSpec> parameters() {
  return {
      integerParam("ode_steps", "n", "Flow steps", 1, 20, 2,
                   "Network evaluations for each step's clean estimate. The published code: 2 to 5."),
      integerParam("iterations", "M", "Langevin steps", 0, 500, 30,
                   "Langevin steps on the latent at each noise level. Each costs a decoder pass and its "
                   "gradient. 0 ignores the measurement. The published code: 30 with Stable Diffusion."),
      realParam("lr", "h", "Langevin step size", 1e-8, 1e-1, 2e-5,
                "Larger moves further in each step; too large diverges. The published code: 1e-4 with Stable "
                "Diffusion.",
                ParamScale::Logarithmic),
      realParam("tau", "τ", "Deviation of the data", 1e-3, 10.0, 0.01,
                "exp(−‖y − A D(z)‖² / 2τ²). Smaller fits the measurement more closely. τ includes what the "
                "autoencoder cannot show. The published code: 0.01.",
                ParamScale::Logarithmic),
      realParam("momentum", "μ", "Momentum", 0.0, 0.99, 0.45,
                "Share of the velocity that is kept. 0 is plain Langevin dynamics; the published code uses 0.45 "
                "with Stable Diffusion."),
      advanced(realParam("lr_min_ratio", "r", "Last step size", 1e-3, 1.0, 1.0,
                         "The step size falls linearly over the run to this share of h.")),
  };
}

struct Settings {
  explicit Settings(const ParamValues& values)
      : ode_steps(integerOf(values, "ode_steps")),
        iterations(integerOf(values, "iterations")),
        lr(numberOf(values, "lr")),
        tau(numberOf(values, "tau")),
        momentum(numberOf(values, "momentum")),
        lr_min_ratio(numberOf(values, "lr_min_ratio")) {}

  int ode_steps, iterations;
  double lr, tau, momentum, lr_min_ratio;
};

class LatentDaps : public Solver {
 public:
  explicit LatentDaps(const ParamValues& values) : settings_(values) {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    auto z_t = problem.initial_latent;
    auto generator = problem.generator;
    const auto steps = problem.plan.size();
    for (std::size_t i = 0; i < steps; ++i) {
      control.beginStep();
      const SamplingStep& step = problem.plan[i];
      const double passed = static_cast<double>(i) / static_cast<double>(steps);
      const double h = settings_.lr * (1.0 + passed * (settings_.lr_min_ratio - 1.0));

      const auto estimate = dataEstimate(problem, probabilityFlow(problem, z_t, step, control));
      const auto z0_y = langevin(problem, estimate.z0_hat, step.level, h, generator, control);
      auto z_prev = z0_y;
      if (i + 1 < steps) z_prev = noised(z0_y, freshNoise(z0_y, generator), step.next);
      sink(stepView(i, step, z_t, estimate, z_prev, problem.C));
      z_t = z_prev;
    }
    return z_t;
  }

 private:
  /// z0_hat: n DDIM steps, evenly spaced in the training timesteps.
  at::Tensor probabilityFlow(const Problem& problem, at::Tensor z, const SamplingStep& step,
                             RunControl& control) const {
    auto level = step.level;
    for (int left = settings_.ode_steps - 1;; --left) {
      control.checkpoint();
      const auto eps = problem.model.predictNoise(z, level, problem.C);
      const auto z0_hat = tweedie(z, eps, level);
      const double share = step.level.t * left / settings_.ode_steps;
      const bool whole = step.level.t == std::floor(step.level.t);  // timesteps of training, and no continuous time
      const double next = whole ? std::floor(share) : share;
      if (left == 0 || next == level.t) return z0_hat;
      level = problem.model.levelAt(next);
      if (level.noise == 0.0) return z0_hat;
      z = noised(z0_hat, eps, level);
    }
  }

  at::Tensor langevin(const Problem& problem, const at::Tensor& z0_hat, const Level& level, double h,
                      at::Generator& generator, RunControl& control) const {
    const double prior_precision = std::pow(level.signal / level.noise, 2);  // 1 / s_t^2
    const double data_precision = 1.0 / (settings_.tau * settings_.tau);
    auto z = z0_hat;
    auto v = freshNoise(z0_hat, generator);
    for (int k = 0; k < settings_.iterations; ++k) {
      control.checkpoint();
      const auto data = gradient(
          [&](const at::Tensor& u) { return 0.5 * (problem.y - problem.A.A(problem.model.decode(u))).square().sum(); },
          z);
      const auto score = -data_precision * data.gradient - prior_precision * (z - z0_hat);
      v = settings_.momentum * v + std::sqrt(h) * score +
          std::sqrt(2.0 * (1.0 - settings_.momentum)) * freshNoise(z0_hat, generator);
      z = z + std::sqrt(h) * v;
    }
    return z;
  }

  Settings settings_;
};

RunWork workOf(const Settings& settings, int steps) {
  RunWork work;
  work.network = 1.0 * steps * settings.ode_steps;
  work.decode = steps;
  work.decode_gradient = 1.0 * steps * settings.iterations;
  return work;
}

}  // namespace

namespace solvers {

SolverEntry latent_daps() {
  SolverEntry entry;
  entry.info.id = "latent_daps";
  entry.info.label = "LatentDAPS";
  entry.info.help =
      "Decoupled annealing: each step estimates the clean latent by the probability flow, draws it anew by Langevin "
      "dynamics that know the measurement, and adds fresh noise of the next level.";
  entry.info.reference = "Zhang et al., CVPR 2025";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationOn(
      ModelKind::Latent,
      {{"", "z₀ ~ exp(−‖y − A D(z)‖² / 2τ² − ‖z − ẑ₀‖² / 2s²)",
        "Langevin dynamics draw a latent that the measurement and the estimate agree on.", StepPicture::Gradient},
       {"", "z_{t−1} ← √ᾱ′ z₀ + √(1−ᾱ′) n", "All noise is fresh: early mistakes can be left.", StepPicture::Next}});
  entry.make = [](const ParamValues& values) { return std::make_unique<LatentDaps>(values); };
  entry.info.work = [](const ParamValues& values, int steps) { return workOf(Settings(values), steps); };
  entry.remedies = [](const ParamValues&) { return std::vector<std::string>{"a smaller lr", "a larger tau"}; };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
