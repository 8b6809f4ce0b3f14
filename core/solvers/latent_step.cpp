// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/solvers/latent_step.h"

#include <ATen/ops/linalg_vector_norm.h>

#include <algorithm>
#include <cmath>

#include "core/base/gradient.h"
#include "core/base/random.h"

namespace p2l {
namespace {
constexpr double kSmallestLambda = 1e-6;  // of the proximal step
}

DataGradient dataGradient(const Problem& problem, const at::Tensor& z_t, const SamplingStep& step,
                          const Conditioning& C, RunControl& control, const Regulariser& regulariser) {
  return dataGradient(
      problem, z_t, step, [&](const DiffusionModel::NoiseOfPrompt&) { return C; }, control, regulariser);
}

DataGradient dataGradient(const Problem& problem, const at::Tensor& z_t, const SamplingStep& step,
                          const PromptTuning& tunedPrompt, RunControl& control, const Regulariser& regulariser) {
  DataGradient result;
  auto objective = [&](const at::Tensor& z) {
    control.checkpoint();
    const auto noise = problem.model.noiseOfPrompt(z, step.level);
    const auto C = tunedPrompt(noise);
    control.checkpoint();
    const auto eps = noise(C);
    const auto z0_hat = tweedie(z, eps, step.level);
    const auto x0_hat = problem.model.decode(z0_hat);
    result.eps = eps.detach();
    result.z0_hat = z0_hat.detach();
    result.x0_hat = x0_hat.detach();
    control.checkpoint();
    const auto norm = at::linalg_vector_norm(problem.y - problem.A.A(x0_hat));
    result.residual = norm.detach();
    return regulariser ? norm + regulariser(z0_hat, x0_hat) : norm;
  };
  result.gradient = gradient(objective, z_t).gradient;
  return result;
}

RunWork dataGradientWork(int steps, bool encodes) {
  RunWork work;
  work.network_gradient = work.decode_gradient = steps;
  if (encodes) work.encode_gradient = steps;
  return work;
}

RunWork dataEstimateWork(int steps) {
  RunWork work;
  work.network = work.decode = steps;
  return work;
}

DataGradient dataEstimate(const Problem& problem, const at::Tensor& z_t, const SamplingStep& step,
                          const at::Tensor& eps) {
  auto result = dataEstimate(problem, tweedie(z_t, eps, step.level));
  result.eps = eps;
  return result;
}

DataGradient dataEstimate(const Problem& problem, const at::Tensor& z0_hat) {
  DataGradient result;
  result.z0_hat = z0_hat;
  result.x0_hat = problem.model.decode(z0_hat);
  result.residual = at::linalg_vector_norm(problem.y - problem.A.A(result.x0_hat));
  return result;
}

at::Tensor proximal(const Problem& problem, const at::Tensor& x0, double lambda, const ProximalStep& how,
                    RunControl& control) {
  control.checkpoint();
  const double positive = std::max(lambda, kSmallestLambda);
  if (how.closed_form && problem.A.hasClosedForm()) return problem.A.proximalClosedForm(problem.y, x0, positive);
  return proximalByConjugateGradients(problem.A, problem.y, x0, positive, how.cg_steps, [&] { control.checkpoint(); });
}

std::vector<ParamSpec> gluingParams() {
  return {
      choiceParam("gluing_by", "Glue by", {"transpose", "pseudo-inverse"},
                  "What carries y − A D(ẑ₀) back to the picture when gluing. transpose: Aᵀ, as the papers print "
                  "it; at super-resolution it goes 1/s² of the way. pseudo-inverse: A⁺, for super-resolution "
                  "nearest enlargement, as PSLD's published code has it; all of the way, noise included. For "
                  "masks both are the same."),
      advanced(integerParam("pinv_steps", "", "CG iterations of A⁺", 1, 300, kPseudoInverseIterations,
                            "Conjugate gradient iterations of the pseudo-inverse where it has no closed form (blurs). "
                            "More come closer to the measurement, amplify more of its noise and take longer.")),
  };
}

Gluing gluingOf(const ParamValues& values) {
  return {choiceOf(values, "gluing_by") == "pseudo-inverse", integerOf(values, "pinv_steps")};
}

at::Tensor glued(const Problem& problem, const at::Tensor& x, const Gluing& how, RunControl& control) {
  control.checkpoint();
  const auto gap = problem.y - problem.A.A(x);
  if (!how.pseudo_inverse) return x + problem.A.At(gap);
  return x + problem.A.pseudoInverse(gap, how.cg_steps, [&] { control.checkpoint(); });
}

ParamSpec rhoSideParam() {
  return advanced(integerParam(
      "rho_side", "", "Side that ρ is for", 0, 4096, 0,
      "Side, in pixels, of the pictures that ρ was found on. The gradient of a norm spreads over the picture: ρ "
      "√(H W) / side moves each pixel as far as there. 0 uses ρ as it is, as the paper does."));
}

double stepLength(const Problem& problem, double rho, int rho_side) {
  if (rho_side == 0) return rho;
  const auto shape = problem.A.pictureShape();  // [3, H, W]
  return rho * std::sqrt(static_cast<double>(shape[1] * shape[2])) / rho_side;
}

at::Tensor freshNoise(const at::Tensor& z, at::Generator& generator) {
  return randomNormal(z.sizes(), generator).to(z.device());
}

at::Tensor partlyFreshNoise(const at::Tensor& eps, double nu, at::Generator& generator) {
  return std::sqrt(1.0 - nu) * eps + std::sqrt(nu) * freshNoise(eps, generator);
}

at::Tensor samplerNoise(const Problem& problem, at::Generator& generator) {
  if (problem.eta <= 0.0) return {};
  return freshNoise(problem.initial_latent, generator);
}

at::Tensor descend(const Problem& problem, const StepSink& sink, RunControl& control,
                   const std::function<at::Tensor(const at::Tensor& gradient)>& move, const Regulariser& regulariser) {
  auto z_t = problem.initial_latent;
  auto generator = problem.generator;
  for (std::size_t i = 0; i < problem.plan.size(); ++i) {
    control.beginStep();
    const SamplingStep& step = problem.plan[i];
    const auto guided = dataGradient(problem, z_t, step, problem.C, control, regulariser);
    const auto z_prev = ddimStep(guided.z0_hat, guided.eps, step, problem.eta, samplerNoise(problem, generator)) -
                        move(guided.gradient);
    sink(stepView(i, step, z_t, guided, z_prev, problem.C));
    z_t = z_prev;
  }
  return z_t;
}

at::Tensor correctEstimates(
    const Problem& problem, const StepSink& sink, RunControl& control,
    const std::function<double(const SamplingStep&)>& lambda, const ProximalStep& how,
    const std::function<at::Tensor(const at::Tensor& x_t, const at::Tensor& x0, const at::Tensor& eps,
                                   const SamplingStep&, at::Generator&)>& advance) {
  auto x_t = problem.initial_latent;
  auto generator = problem.generator;
  for (std::size_t i = 0; i < problem.plan.size(); ++i) {
    control.beginStep();
    const SamplingStep& step = problem.plan[i];
    const auto eps = problem.model.predictNoise(x_t, step.level, problem.C);
    const auto estimate = dataEstimate(problem, x_t, step, eps);
    const auto x0 = proximal(problem, estimate.x0_hat, lambda(step), how, control);
    const auto x_prev = advance(x_t, x0, eps, step, generator);
    sink(stepView(i, step, x_t, estimate, x_prev, problem.C, {x0, x0}));
    x_t = x_prev;
  }
  return x_t;
}

std::vector<IterationLine> iterationOn(ModelKind kind, std::vector<IterationLine> further) {
  const bool pixel = kind == ModelKind::Pixel;
  std::vector<IterationLine> lines = {
      {"", pixel ? "ε ← ε_θ(x_t)" : "ε ← ε_θ(z_t, C)",
       "The network looks at the noisy picture and says what of it is noise.", StepPicture::Noisy},
      {"", pixel ? "x̂₀ ← (x_t − √(1−ᾱ) ε) / √ᾱ" : "ẑ₀ ← (z_t − √(1−ᾱ) ε) / √ᾱ",
       "Taking that noise away leaves the estimate of the clean picture.", StepPicture::Estimate}};
  lines.insert(lines.end(), further.begin(), further.end());
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].label = std::to_string(i + 1);
  return lines;
}

StepView stepView(std::size_t index, const SamplingStep& step, const at::Tensor& z_t, const DataGradient& guided,
                  const at::Tensor& z_prev, const Conditioning& C, const Projection& projection) {
  StepView view;
  view.index = static_cast<int>(index);
  view.step = step;
  view.z_t = z_t;
  view.z0_hat = guided.z0_hat;
  view.x0_hat = guided.x0_hat;
  view.z_prev = z_prev;
  view.C = C;
  view.residual = guided.residual;
  view.gradient = guided.gradient;
  if (guided.gradient.defined()) view.gradient_norm = at::linalg_vector_norm(guided.gradient);
  view.projected = projection.z0.defined();
  view.projection = projection;
  return view;
}

}  // namespace p2l
