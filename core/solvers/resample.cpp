// SPDX-License-Identifier: GPL-3.0-or-later
// ReSample: hard data consistency.
//
// Idea: every few steps the estimate is replaced by one that explains the measurement to within its noise, which is
// found by optimisation: in the middle of the run on pixels, then encoded; towards its end on the latent itself. The
// latent then goes back to its noise level by a draw that takes DDIM's own step into account. Reference: Song et al.,
// "Solving Inverse Problems with Latent Diffusion Models via Hard Data Consistency", ICLR 2024.
//
//   eps     = eps_theta(z_t, C);  z0_hat = (z_t - sqrt(1 - ab) eps) / sqrt(ab)
//   z'      = DDIM(z0_hat, eps) - rho ab grad_{z_t} ||y - A D(z0_hat)||_2
//   every m-th step of the middle third of the run: z0_y = E(argmin_x ||y - A x||^2), from D(z0_hat)
//   every m-th step of the last third: z0_y = argmin_z ||y - A D(z)||^2, from z0_hat
//     s^2     = gamma (1 - ab') / (1 - ab) (1 - ab / ab'), DDIM's variance at eta 1 times gamma
//     z_{t-1} ~ N((s^2 sqrt(ab') z0_y + (1 - ab') z') / (s^2 + 1 - ab'), s^2 (1 - ab') / (s^2 + 1 - ab') I)
//   else z_{t-1} = z'.  In the end z_0 = argmin_z ||y - A D(z)||^2, from z_0
//
// Both minima are approached by Adam and left as soon as the residual is at the noise level (Morozov's discrepancy
// principle), where the published code has fixed tolerances. That code (github.com/soominkwon/resample) differs in what
// is not reproduced: its Tweedie estimate has 1 - ab instead of the root; before each draw it goes five DDIM steps
// ahead and takes the estimate from there; AdamW's decay shrinks what is optimised. It counts m from the end, steps
// N - 1 to 0, and here it is counted from the first step: where m divides N each consistent step comes one later. rho
// 0.5 and gamma 40 are its values.
#include <cmath>

#include "core/base/gradient.h"
#include "core/optim/adam.h"
#include "core/solvers/latent_step.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr double kPixelLearningRate = 1e-2;  // of the published code

std::vector<ParamSpec> parameters() {
  return {
      integerParam("every", "m", "Consistency every", 1, 100, 10,
                   "Fits the estimate to the measurement in every m-th step after the first third of the run. "
                   "The published code: 10 of 500 steps; shorter runs need it more often."),
      integerParam("iterations", "", "Iterations", 1, 2000, 100,
                   "Adam steps of each optimisation, at most: it ends when the residual reaches the noise level. "
                   "Each costs a decoder pass and its gradient. The published code: 500, 200 for inpainting."),
      realParam("lr", "", "Learning rate", 1e-5, 1.0, 5e-3,
                "Adam's step size on the latent. Larger reaches the measurement in fewer iterations, but leaves "
                "the model's range of pictures sooner.",
                ParamScale::Logarithmic),
      realParam("gamma", "γ", "Trust in the optimum", 1e-2, 1e4, 40.0,
                "The draw's variance is γ times that of DDIM with η = 1. Larger follows the optimised estimate, "
                "smaller DDIM's own step.",
                ParamScale::Logarithmic),
      realParam("rho", "ρ", "Gradient step", 0.0, 100.0, 0.5,
                "In every step z ← z − ρ ᾱ ∇‖y − A D(ẑ₀)‖. 0 leaves the data to the optimisation; then no "
                "gradient crosses the network.",
                ParamScale::Logarithmic),
      rhoSideParam(),
  };
}

struct Settings {
  explicit Settings(const ParamValues& values)
      : every(integerOf(values, "every")),
        iterations(integerOf(values, "iterations")),
        lr(numberOf(values, "lr")),
        gamma(numberOf(values, "gamma")),
        rho(numberOf(values, "rho")),
        rho_side(integerOf(values, "rho_side")) {}

  int every, iterations;
  double lr, gamma, rho;
  int rho_side;
};

/// Whether the estimate of step i is made to explain the measurement; the last step's latent is in any case.
bool isConsistent(std::size_t i, int every, std::size_t steps) {
  return 3 * i >= steps && i % every == 0 && i + 1 != steps;
}

/// Whether that is made on pixels; later it is on the latent.
bool isOnPixels(std::size_t i, std::size_t steps) {
  return 3 * i < 2 * steps;
}

class ReSample : public Solver {
 public:
  explicit ReSample(const ParamValues& values) : settings_(values) {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    auto z_t = problem.initial_latent;
    auto generator = problem.generator;
    const auto steps = problem.plan.size();
    const double rho = stepLength(problem, settings_.rho, settings_.rho_side);
    for (std::size_t i = 0; i < steps; ++i) {
      control.beginStep();
      const SamplingStep& step = problem.plan[i];
      const bool last = i + 1 == steps;
      const auto guided = estimate(problem, z_t, step, control);
      auto z_prev = ddimStep(guided.z0_hat, guided.eps, step, problem.eta, samplerNoise(problem, generator));
      if (rho > 0.0) z_prev = z_prev - rho * step.level.alphaBar() * guided.gradient;

      const bool consistent = isConsistent(i, settings_.every, steps);
      Projection projection;
      if (consistent) {
        const bool on_pixels = isOnPixels(i, steps);
        if (on_pixels) projection.x = fittingPicture(problem, guided.x0_hat, control);
        projection.z0 = on_pixels ? problem.model.encode(projection.x) : fittingLatent(problem, guided.z0_hat, control);
        z_prev = resampled(projection.z0, z_prev, step, generator);
      }
      if (last) z_prev = projection.z0 = fittingLatent(problem, z_prev, control);
      sink(stepView(i, step, z_t, guided, z_prev, problem.C, projection));
      z_t = z_prev;
    }
    return z_t;
  }

 private:
  DataGradient estimate(const Problem& problem, const at::Tensor& z_t, const SamplingStep& step,
                        RunControl& control) const {
    if (settings_.rho > 0.0) return dataGradient(problem, z_t, step, problem.C, control);
    control.checkpoint();
    return dataEstimate(problem, z_t, step, problem.model.predictNoise(z_t, step.level, problem.C));
  }

  /// argmin_u ||y - predicted(u)||^2 from `start`, as far as the noise.
  at::Tensor fitting(const Problem& problem, at::Tensor start, double learning_rate,
                     const std::function<at::Tensor(const at::Tensor&)>& predicted, RunControl& control) const {
    Adam adam(learning_rate);
    const double noise_level = problem.noise * problem.noise * static_cast<double>(problem.A.measurementCount());
    for (int k = 0; k < settings_.iterations; ++k) {
      control.checkpoint();
      const auto loss = gradient([&](const at::Tensor& u) { return (problem.y - predicted(u)).square().sum(); }, start);
      if (loss.value.item<double>() <= noise_level) break;
      start = adam.step(start, loss.gradient);
    }
    return start;
  }
  at::Tensor fittingPicture(const Problem& problem, const at::Tensor& x, RunControl& control) const {
    return fitting(
        problem, x, kPixelLearningRate, [&](const at::Tensor& u) { return problem.A.A(u); }, control);
  }
  at::Tensor fittingLatent(const Problem& problem, const at::Tensor& z, RunControl& control) const {
    return fitting(
        problem, z, settings_.lr, [&](const at::Tensor& u) { return problem.A.A(problem.model.decode(u)); }, control);
  }

  at::Tensor resampled(const at::Tensor& z0_y, const at::Tensor& z_ddim, const SamplingStep& step,
                       at::Generator& generator) const {
    const auto& [t, signal, sigma] = step.level;
    const auto& [next_t, next_signal, next_sigma] = step.next;
    const double left = next_sigma * next_sigma, kept = signal / next_signal * next_sigma;
    const auto fresh = freshNoise(z_ddim, generator);
    const double variance = settings_.gamma * left / (sigma * sigma) * (sigma * sigma - kept * kept);
    return (variance * next_signal * z0_y + left * z_ddim) / (variance + left) +
           std::sqrt(variance * left / (variance + left)) * fresh;
  }

  Settings settings_;
};

RunWork workOf(const Settings& settings, int steps) {
  auto work = settings.rho > 0.0 ? dataGradientWork(steps) : dataEstimateWork(steps);
  for (int i = 0; i < steps; ++i) {
    if (!isConsistent(i, settings.every, steps)) continue;
    if (isOnPixels(i, steps)) {
      work.encode += 1.0;
    } else {
      work.decode_gradient += settings.iterations;
    }
  }
  work.decode_gradient += settings.iterations;  // in the end
  work.at_most = true;
  return work;
}

std::vector<std::string> remediesOf(const Settings& settings) {
  if (settings.rho > 0.0) return {"a smaller rho", "a smaller lr"};
  return {"a smaller lr"};
}

}  // namespace

namespace solvers {

SolverEntry resample() {
  SolverEntry entry;
  entry.info.id = "resample";
  entry.info.label = "ReSample";
  entry.info.help =
      "Hard data consistency: every few steps the estimate is optimised until it fits the measurement, on pixels "
      "first and on the latent later; a draw takes it back to its noise level.";
  entry.info.reference = "Song et al., ICLR 2024";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationOn(
      ModelKind::Latent,
      {{"", "g ← ∇‖y − A D(ẑ₀)‖",
        "The gradient says where the estimate disagrees with the measurement, and which way to go.",
        StepPicture::Gradient},
       {"", "z′ ← DDIM(ẑ₀, ε) − ρ ᾱ g", "A step of the sampler, moved against the gradient.", StepPicture::Gradient},
       {"", "x₀ ← argmin ‖y − A x‖²",
        "Every few steps an optimiser looks for a picture that explains the measurement to within its noise.",
        StepPicture::Projected},
       {"", "z₀ ← E(x₀)", "It is encoded again.", StepPicture::Reencoded},
       {"", "z_{t−1} ~ N(mix of z₀ and z′, s² I)", "The next latent is drawn between both.", StepPicture::Next}});
  entry.info.projects = [](const ParamValues&, int) { return true; };
  entry.make = [](const ParamValues& values) { return std::make_unique<ReSample>(values); };
  entry.info.work = [](const ParamValues& values, int steps) { return workOf(Settings(values), steps); };
  entry.remedies = [](const ParamValues& values) { return remediesOf(Settings(values)); };
  entry.remark = [](const ParamValues& values, int steps) -> std::string {
    const int every = integerOf(values, "every");
    for (int i = 0; i < steps; ++i)
      if (isConsistent(i, every, steps)) return {};
    return concat("No step before the last was made consistent: none of the last two thirds of ", steps,
                  " steps is a multiple of m = ", every, "; take a smaller m");
  };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
