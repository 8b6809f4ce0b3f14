// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/solvers/solver.h"

namespace p2l {

/// eps, the Tweedie estimate and the gradient of the data residual with respect to z_t: what every latent solver's step
/// begins with. One network evaluation, one decoder evaluation, and both backwards.
struct DataGradient {
  at::Tensor eps;       ///< eps_theta(z_t, C)
  at::Tensor z0_hat;    ///< Eq. 14
  at::Tensor x0_hat;    ///< D(z0_hat)
  at::Tensor gradient;  ///< grad_{z_t} ||y - A D(z0_hat)||_2; the unsquared norm (App. D.1, D.3)
  at::Tensor residual;  ///< ||y - A D(z0_hat)||_2, a scalar
};
/// The evaluations of a run whose steps each make that, or dataEstimate after a noise prediction. `encodes`: what is
/// added to the residual encodes a picture, and the gradient crosses that, too.
RunWork dataGradientWork(int steps, bool encodes = false);
RunWork dataEstimateWork(int steps);
/// A term that is added to the data residual before the gradient is taken: a scalar of z0_hat and D(z0_hat).
using Regulariser = std::function<at::Tensor(const at::Tensor& z0_hat, const at::Tensor& x0_hat)>;
/// `regulariser`: may be empty. DataGradient::gradient is then that of the sum; the residual stays that of the data.
DataGradient dataGradient(const Problem& problem, const at::Tensor& z_t, const SamplingStep& step,
                          const Conditioning& C, RunControl& control, const Regulariser& regulariser = {});
/// The same with a prompt that `tunedPrompt` finds at this z_t first. It is given the noise prediction as a function of
/// C, whose evaluations share with this one what does not depend on C.
using PromptTuning = std::function<Conditioning(const DiffusionModel::NoiseOfPrompt& noise)>;
DataGradient dataGradient(const Problem& problem, const at::Tensor& z_t, const SamplingStep& step,
                          const PromptTuning& tunedPrompt, RunControl& control, const Regulariser& regulariser = {});

/// The beginning of a step that takes no gradient: the Tweedie estimate of `eps`, its picture and its residual.
DataGradient dataEstimate(const Problem& problem, const at::Tensor& z_t, const SamplingStep& step,
                          const at::Tensor& eps);
/// Of an estimate that another rule made; eps stays undefined.
DataGradient dataEstimate(const Problem& problem, const at::Tensor& z0_hat);

/// How the proximal step argmin_x ||y - A x||^2 + lambda ||x - x0||^2 (Eq. 19) is made.
struct ProximalStep {
  bool closed_form = true;  ///< where the degradation has one
  int cg_steps = 5;         ///< elsewhere: conjugate gradients from x0
};
/// lambda is held above a bound that keeps the step defined where noise or weight is 0.
at::Tensor proximal(const Problem& problem, const at::Tensor& x0, double lambda, const ProximalStep& how,
                    RunControl& control);

/// How a picture's measured part is replaced by the measurement ("gluing"): x + B (y - A x).
struct Gluing {
  bool pseudo_inverse = false;  ///< B: A^+, or A^T
  int cg_steps = kPseudoInverseIterations;
};
/// The parameters `gluing_by` and `pinv_steps` of the solvers that glue, and what they say.
std::vector<ParamSpec> gluingParams();
Gluing gluingOf(const ParamValues& values);
at::Tensor glued(const Problem& problem, const at::Tensor& x, const Gluing& how, RunControl& control);

/// The parameter `rho_side` of the solvers that step against the gradient of a norm, which says for pictures of which
/// side rho is stated, and the step length that both give: rho sqrt(H W) / side, or rho itself where the side is 0.
/// The gradient of ||y - A D(z0_hat)|| is as long for a large picture as for a small one, so that each pixel's share of
/// it falls with the side.
ParamSpec rhoSideParam();
double stepLength(const Problem& problem, double rho, int rho_side);

/// Standard normal numbers like `z`, drawn on the CPU.
at::Tensor freshNoise(const at::Tensor& z, at::Generator& generator);
/// Noise of which the part nu is fresh: sqrt(1 - nu) eps + sqrt(nu) n.
at::Tensor partlyFreshNoise(const at::Tensor& eps, double nu, at::Generator& generator);
/// Standard normal numbers like z_T for eta > 0; undefined for eta 0.
at::Tensor samplerNoise(const Problem& problem, at::Generator& generator);

/// The loop of the solvers that are DDIM steps with a gradient step each: z_{t-1} = DDIM(z0_hat, eps) - move(gradient).
/// @param regulariser may be empty @return z_0 @throws StopRequested from `control`
at::Tensor descend(const Problem& problem, const StepSink& sink, RunControl& control,
                   const std::function<at::Tensor(const at::Tensor& gradient)>& move,
                   const Regulariser& regulariser = {});

/// The loop of the pixel solvers that correct the estimate and take no gradient: x_{t-1} = advance(x0', eps), with
/// x0' = argmin_x ||y - A x||^2 + lambda(step) ||x - x0_hat||^2. @return x_0 @throws StopRequested from `control`
at::Tensor correctEstimates(
    const Problem& problem, const StepSink& sink, RunControl& control,
    const std::function<double(const SamplingStep&)>& lambda, const ProximalStep& how,
    const std::function<at::Tensor(const at::Tensor& x_t, const at::Tensor& x0, const at::Tensor& eps,
                                   const SamplingStep&, at::Generator&)>& advance);

/// A step's lines, numbered: the noise prediction and Tweedie's estimate, and then those.
std::vector<IterationLine> iterationOn(ModelKind kind, std::vector<IterationLine> further);

/// The view of a finished step, with what its data step made, if it had one. Where no gradient was taken its norm is
/// undefined.
StepView stepView(std::size_t index, const SamplingStep& step, const at::Tensor& z_t, const DataGradient& guided,
                  const at::Tensor& z_prev, const Conditioning& C, const Projection& projection = {});

}  // namespace p2l
