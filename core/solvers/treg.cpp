// SPDX-License-Identifier: GPL-3.0-or-later
// TReg: regularisation by texts.
//
// Idea: a text says what the picture shall show, by classifier-free guidance with a large scale; the data come in by
// conjugate gradients in pixel space every few steps; and the null text is moved away from what the picture shows
// already, so that guidance stresses what is missing ("adaptive negation"). No gradient crosses the network. Reference:
// Kim, Park, Chung, Ye, "Regularization by Texts for Latent Diffusion Inverse Solvers", ICLR 2025; as Chung et al. 2024
// (P2L), Eq. 46-50, state it. Steps, weights and noise that the equations leave open are those of the published code
// (github.com/TReg-inverse/TReg).
//
//   eps     = eps_theta(z_t, 0) + w (eps_theta(z_t, C) - eps_theta(z_t, 0)), 0 the null text
//   z0_hat  = (z_t - sqrt(1 - ab) eps) / sqrt(ab)
//   every m-th step, in the first part of the run, with ab' = abar_{t-1}:
//     x0_hat = D(z0_hat)                                                                           (Eq. 46)
//     x0_y   = argmin_x ||y - A x||^2 + lambda ||x - x0_hat||^2, by CG from x0_hat                 (Eq. 47)
//     z0_y   = E(x0_y)                                                                             (Eq. 48)
//     0      = 0 - Adam(grad_0 mean_l <T(x0_y) / |T(x0_y)|, 0_l>), K steps                         (Eq. 49)
//     z0     = ab' z0_y + (1 - ab') z0_hat
//     z_{t-1} = sqrt(ab') z0 + sqrt(1 - ab' - s^2) eps + s n,  s^2 = nu^2 ab' (1 - ab')
//   else: z_{t-1} = DDIM(z0_hat, eps), and with rho > 0, from the null text's noise alone as Eq. 50 has it,
//     z_{t-1} = DDIM(z0_hat, eps_theta(z_t, 0)) - rho grad_{z_t} ||y - A D(z0_hat)||                (Eq. 50)
//
// Eq. 47's 1 / (2 sigma^2) is in lambda, as in the code. Eq. 50 prints a squared norm; the code takes the norm, and its
// default leaves the step out (rho = 0). Where the code makes the step without being given a length, it takes
// sqrt(ab'), which grows in the course of the run; rho is a constant here, as Eq. 50 has it. Eq. 49 needs the CLIP
// image feature T; where the model has no image encoder the null text stays as it is. The code's similarity is the
// inner product with the normalised feature, averaged over the null text's tokens; Eq. 49 says cosine. The code shows
// D(z0_hat) of the last step; here as everywhere it is D(z_0).
#include <ATen/ops/equal.h>
#include <ATen/ops/linalg_vector_norm.h>

#include <cmath>

#include "core/base/gradient.h"
#include "core/optim/adam.h"
#include "core/solvers/latent_step.h"
#include "core/types/error.h"

namespace p2l {
namespace {

std::vector<ParamSpec> parameters() {
  return {
      realParam("w", "w", "Guidance scale", 0.0, 30.0, 7.5,
                "ε(∅) + w (ε(C) − ε(∅)). Larger follows the text more closely; with an empty text it has no effect. "
                "The paper uses 7.5, the published code 5."),
      integerParam("every", "m", "Data step every", 1, 100, 3,
                   "A data step in every m-th step (Eq. 46-48). Larger leaves more to the text."),
      realParam("until", "", "Data steps until", 0.0, 1.0, 0.85,
                "Share of the run after which data steps end; the published code stops after 170 of 200 steps. "
                "Larger fits the measurement for longer, artefacts of the autoencoder included."),
      realParam("lambda", "λ", "Proximal weight", 1e-6, 100.0, 1e-4,
                "min ‖y − A x‖² + λ ‖x − D(ẑ₀)‖² (Eq. 47). Smaller fits the measurement more closely, noise "
                "included.",
                ParamScale::Logarithmic),
      realParam("rho", "ρ", "Gradient step", 0.0, 100.0, 0.0,
                "Between the data steps: z ← z − ρ ∇‖y − A D(ẑ₀)‖ with the null text (Eq. 50). 0, as in the "
                "published code, leaves it out; then no gradient crosses the network.",
                ParamScale::Logarithmic),
      advanced(integerParam("cg_steps", "", "CG iterations", 1, 100, 5, "Conjugate gradient iterations for Eq. 47.")),
      advanced(realParam("renoise", "ν", "Fresh noise", 0.0, 1.0, 1.0,
                         "Data steps replace the noise: s² = ν² ᾱ′ (1 − ᾱ′). 1: the published code. 0: none.")),
      advanced(integerParam("K", "K", "Null text iterations", 0, 100, 10,
                            "Adam iterations that move the null text away from the picture's CLIP feature (Eq. 49). "
                            "Needs a model with an image encoder.")),
      advanced(realParam("lr", "", "Null text learning rate", 1e-7, 1e-1, 1e-3,
                         "Adam's step size on the null "
                         "text.",
                         ParamScale::Logarithmic)),
  };
}

struct Settings {
  explicit Settings(const ParamValues& values)
      : w(numberOf(values, "w")),
        every(integerOf(values, "every")),
        until(numberOf(values, "until")),
        lambda(numberOf(values, "lambda")),
        rho(numberOf(values, "rho")),
        cg_steps(integerOf(values, "cg_steps")),
        renoise(numberOf(values, "renoise")),
        K(integerOf(values, "K")),
        lr(numberOf(values, "lr")) {}

  double w;
  int every;
  double until, lambda, rho;
  int cg_steps;
  double renoise;
  int K;
  double lr;
};

/// The first step that no data step is made in any more.
long long dataStepsEnd(double until, std::size_t steps) {
  return std::llround(until * static_cast<double>(steps));
}

/// Eq. 49: K Adam steps that make the null text less similar to the picture.
at::Tensor adaptiveNegation(const Problem& problem, const at::Tensor& x0_y, at::Tensor null_text,
                            const Settings& settings) {
  const auto feature = problem.image_feature(x0_y);  // [1, D]
  require(feature.dim() == 2 && feature.size(0) == 1 && feature.size(1) == null_text.size(2),
          "The model's image encoder gives features of shape ", feature.sizes(),
          " and its text encoder embeddings of width ", null_text.size(2),
          "; TReg compares the two: set K to 0, or take a model whose projection has that width");
  const auto direction = feature / at::linalg_vector_norm(feature);
  Adam adam(settings.lr);
  for (int k = 0; k < settings.K; ++k) {
    const auto similarity =
        gradient([&](const at::Tensor& text) { return text.matmul(direction[0]).mean(); }, null_text);
    null_text = adam.step(null_text, similarity.gradient);
  }
  return null_text;
}

class TReg : public Solver {
 public:
  explicit TReg(const ParamValues& values) : settings_(values) {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    auto z_t = problem.initial_latent;
    auto generator = problem.generator;
    const auto& C = problem.C;
    auto null_text = problem.model.embedPrompt("");
    const auto last_data_step = dataStepsEnd(settings_.until, problem.plan.size());

    for (std::size_t i = 0; i < problem.plan.size(); ++i) {
      control.beginStep();
      const SamplingStep& step = problem.plan[i];
      const bool with_data = i % settings_.every == 0 && static_cast<long long>(i) < last_data_step;
      DataGradient guided;
      Projection projection;
      at::Tensor z_prev;
      if (!with_data && settings_.rho > 0.0) {
        guided = dataGradient(problem, z_t, step, null_text, control);
        z_prev = ddimStep(guided.z0_hat, guided.eps, step, problem.eta, samplerNoise(problem, generator)) -
                 settings_.rho * guided.gradient;  // Eq. 50
      } else {
        // Eq. 46; between the data steps the picture is for the view alone.
        guided = dataEstimate(problem, z_t, step, guidedNoise(problem, z_t, step, C, null_text, control));
        if (with_data) projection = dataStep(problem, guided, null_text, control);
        z_prev = with_data ? renoised(projection.z0, guided, step, generator)
                           : ddimStep(guided.z0_hat, guided.eps, step, problem.eta, samplerNoise(problem, generator));
      }
      sink(stepView(i, step, z_t, guided, z_prev, C, projection));
      z_t = z_prev;
    }
    return z_t;
  }

 private:
  /// Classifier-free guidance; one evaluation where both texts are the same.
  at::Tensor guidedNoise(const Problem& problem, const at::Tensor& z_t, const SamplingStep& step, const Conditioning& C,
                         const Conditioning& null_text, RunControl& control) const {
    control.checkpoint();
    const auto noise = problem.model.noiseOfPrompt(z_t, step.level);
    if (settings_.w == 1.0 || at::equal(C.prompt, null_text.prompt)) return noise(C);
    const auto eps_null = noise(null_text);
    control.checkpoint();
    return eps_null + settings_.w * (noise(C) - eps_null);
  }

  /// Eq. 47-49. Moves the null text.
  Projection dataStep(const Problem& problem, const DataGradient& guided, Conditioning& null_text,
                      RunControl& control) const {
    const auto x0_y = proximalByConjugateGradients(problem.A, problem.y, guided.x0_hat, settings_.lambda,
                                                   settings_.cg_steps, [&] { control.checkpoint(); });  // Eq. 47
    control.checkpoint();
    const auto z0_y = problem.model.encode(x0_y);  // Eq. 48
    if (settings_.K > 0 && problem.image_feature)
      null_text.prompt = adaptiveNegation(problem, x0_y, null_text.prompt, settings_);  // Eq. 49
    return {x0_y, z0_y};
  }

  /// The step to t - 1 from what the data step made.
  at::Tensor renoised(const at::Tensor& z0_y, const DataGradient& guided, const SamplingStep& step,
                      at::Generator& generator) const {
    const double ab_prev = step.next.alphaBar(), left = step.next.noise * step.next.noise;
    const auto z0 = ab_prev * z0_y + (1.0 - ab_prev) * guided.z0_hat;
    const double variance = settings_.renoise * settings_.renoise * ab_prev * left;  // s^2
    const auto fresh = freshNoise(z0, generator);
    return step.next.signal * z0 + std::sqrt(left - variance) * guided.eps + std::sqrt(variance) * fresh;
  }

  Settings settings_;
};

RunWork workOf(const Settings& settings, int steps) {
  RunWork work;
  work.encode = std::ceil(static_cast<double>(dataStepsEnd(settings.until, steps)) / settings.every);
  const double by_gradient = settings.rho > 0.0 ? steps - work.encode : 0.0;  // Eq. 50
  work.network_gradient = work.decode_gradient = by_gradient;
  work.network = work.decode = steps - by_gradient;
  if (settings.w != 1.0) work.network_of_text = work.network;  // the empty text is evaluated once
  return work;
}

std::vector<std::string> remediesOf(const Settings& settings) {
  if (settings.rho > 0.0) return {"a smaller rho", "a smaller w"};
  return {"a smaller w"};
}

}  // namespace

namespace solvers {

SolverEntry treg() {
  SolverEntry entry;
  entry.info.id = "treg";
  entry.info.label = "TReg";
  entry.info.help =
      "Regularisation by texts: strong guidance towards the prompt, the data by conjugate gradients in pixel space "
      "every "
      "few steps, and a null text that is moved away from the picture's CLIP feature where the model has an image "
      "encoder (Eq. 46-50).";
  entry.info.reference = "Kim, Park, Chung, Ye, ICLR 2025; as in Chung et al., ICML 2024, Eq. 46-50";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationOn(
      ModelKind::Latent,
      {{"", "x₀ ← argmin ‖y − A x‖² + λ ‖x − D(ẑ₀)‖²",
        "Every few steps conjugate gradients move the decoded estimate onto the data.", StepPicture::Projected},
       {"", "z₀ ← ᾱ′ E(x₀) + (1−ᾱ′) ẑ₀", "That picture is encoded again and mixed with the estimate.",
        StepPicture::Reencoded},
       {"", "∅ ← ∅ − Adam(∇ ⟨T(x₀), ∅⟩)", "The null text moves away from what the picture shows already.",
        StepPicture::Reencoded},
       {"", "z_{t−1} ← √ᾱ′ z₀ + √(1−ᾱ′−s²) ε + s n", "Noise is put back, for the next step's level.",
        StepPicture::Next}});
  entry.info.needs_linear = true;
  entry.info.own_guidance = true;
  entry.info.uses_image_encoder = true;
  entry.info.projects = [](const ParamValues& values, int steps) {
    return dataStepsEnd(numberOf(values, "until"), steps) > 0;
  };
  entry.make = [](const ParamValues& values) { return std::make_unique<TReg>(values); };
  entry.info.work = [](const ParamValues& values, int steps) { return workOf(Settings(values), steps); };
  entry.remedies = [](const ParamValues& values) { return remediesOf(Settings(values)); };
  entry.remark = [](const ParamValues& values, int steps) -> std::string {
    if (dataStepsEnd(numberOf(values, "until"), steps) > 0) return {};
    return concat("No data step was made: `until` ", numberOf(values, "until"), " of ", steps,
                  " steps is none; take a larger one");
  };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
