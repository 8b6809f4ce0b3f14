// SPDX-License-Identifier: GPL-3.0-or-later
// P2L: prompt-tuning projected latent diffusion model-based inverse problem solver.
//
// Idea: while the reverse diffusion runs, tune the text embedding C so that the estimate fits the measurement, project
// the estimate onto the data in pixel space every few steps and encode it again (so that it stays in the encoder's
// range), and move the latent against the gradient of the data residual. Reference: Chung, Ye, Milanfar, Delbracio,
// "Prompt-tuning Latent Diffusion Models for Inverse Problems", ICML 2024.
//
// Notation: z_t latent, C prompt embedding, ab = abar_t, D and E the autoencoder, A the degradation, y the measurement.
//   C*      = K Adam steps on ||y - A D(z0_hat - grad ||y - A D(z0_hat)||)||^2 over C          (Alg. 2)
//   eps     = eps_theta(z_t, C*);  z0_hat = (z_t - sqrt(1 - ab) eps) / sqrt(ab)                (Alg. 1, l. 3-4)
//   every gamma-th step:  z0_tilde = E(argmin_x ||y - A x||^2 + lambda ||x - D(z0_hat)||^2)    (l. 6-7)
//   z_{t-1} = sqrt(ab') z0_tilde + sqrt(1 - ab') eps - rho_t grad_{z_t} ||y - A D(z0_hat)||     (l. 11-12)
//
// Line 12 prints a squared norm; the paper's implementation notes (App. D.1, D.3) and its step sizes are for the norm
// itself, which is what is used here. The prompt loss is the squared norm, as Alg. 2 has it.
//
// Table 4's gluing, A^T y + (I - A^T A) D(z0_hat) instead of Gamma, is `projection` gluing; `gluing_by` chooses
// A^+ instead of A^T, which Table 4 needs at super-resolution (psld.cpp, docs/solvers.md).
//
// Beyond the paper: after a projection `renoise` exchanges a part nu of l. 11's noise for fresh noise,
//   z_{t-1} = sqrt(ab') z0_tilde + sqrt(1 - ab') (sqrt(1 - nu) eps + sqrt(nu) n) - ...
// eps belongs to the estimate before the projection; with few steps what the projection has changed comes back through
// it. LATINO (latino.cpp) is nu = 1 without the gradient and the prompt.
#include <ATen/ops/linalg_vector_norm.h>

#include <algorithm>
#include <cmath>

#include "core/base/gradient.h"
#include "core/optim/adam.h"
#include "core/solvers/latent_step.h"
#include "core/types/error.h"

namespace p2l {
namespace {

/// Where scale_lambda leaves lambda as it is, and the power of sigma that it grows with (docs/solvers.md).
constexpr double kUsualNoise = 0.01, kNoisePower = 1.5;
constexpr double kLeastNoise = 0.0025, kMostNoise = 0.2;  // a little beyond what was tried, 0.005 to 0.1
constexpr double kInnerStep = 1.0;  // rho of Alg. 2, l. 5: static, on the unsquared norm (App. D.1)
constexpr int kUsualGamma = 4;

std::vector<ParamSpec> parameters() {
  std::vector<ParamSpec> specs = {
      integerParam("K", "K", "Prompt iterations", 0, 20, 1,
                   "Adam iterations on the prompt embedding in every step (Alg. 2). Each costs one more network "
                   "and two more decoder passes. 0 does not tune the prompt. The paper uses 1 to 5."),
      integerParam("gamma", "γ", "Project every", 1, 50, kUsualGamma,
                   "Projects onto the data and encodes again where t mod γ = 0 (Alg. 1, l. 5). Smaller projects "
                   "more often; too often gives artefacts. The paper uses 3 to 5."),
      realParam("lambda", "λ", "Proximal weight", 1e-4, 100.0, 1.0,
                "min ‖y − A x‖² + λ ‖x − D(ẑ₀)‖² (Eq. 19). Smaller fits the measurement more closely, noise "
                "included; larger stays closer to the estimate. The paper uses 0.1 to 1.",
                ParamScale::Logarithmic),
      advanced(flagParam("scale_lambda", "λ grows with the noise", false,
                         "λ is that of σ = 0.01 and is multiplied by (σ / 0.01)^1.5 at another noise level, so that a "
                         "noisy measurement is fitted less closely. The paper's λ is fixed.")),
      realParam("rho", "ρ", "Data step", 0.0, 100.0, 1.0,
                "z ← z − ρ ∇‖y − A D(ẑ₀)‖ (Alg. 1, l. 12). Larger fits the measurement more closely. Usual at "
                "1000 steps: 0.5 to 1 with gd, 0.05 to 0.1 with adam. 0 takes no gradient and leaves the data to "
                "the projection: half of the time with K = 0.",
                ParamScale::Logarithmic),
      realParam("lr", "", "Prompt learning rate", 1e-7, 1e-1, 1e-4,
                "Adam's step size on the prompt embedding. The paper uses 1e-5 to 1e-4 at 1000 steps; there 1e-3 with "
                "K = 5 is worse than no tuning. p2l-tiny's presets use 0.03 in holes and 1e-4 elsewhere; with their "
                "fresh noise, tuning gains next to nothing.",
                ParamScale::Logarithmic),
      labelled(choiceParam("z_update", "Latent update", {"gd", "adam"},
                           "gd: plain gradient step (Alg. 1). adam: history gradient (Alg. 3), whose step does not "
                           "depend on the gradient's size."),
               {"gradient step (gd)", "Adam"}),
      labelled(choiceParam("rho_schedule", "Step schedule", {"constant", "abar"},
                           "constant: ρ at every step. abar: ρ ᾱ_t, small at first (Table 6)."),
               {"constant", "ρ ᾱ_t (abar)"}),
      choiceParam(
          "projection", "Projection", {"proximal", "gluing", "range", "off"},
          "What is encoded again. proximal: Eq. 19. gluing: Aᵀy + (I − AᵀA) D(ẑ₀), as in PSLD (Table 4), or with "
          "A⁺ (gluing_by). range: D(ẑ₀) itself, without Γ (Table 3). off: nothing (Table 3)."),
      realParam("renoise", "ν", "Fresh noise", 0.0, 1.0, 0.0,
                "Share of the noise that is drawn anew after a projection, instead of the sampler's η: √ᾱ′ z̃₀ + √(1 − "
                "ᾱ′) (√(1 − ν) ε + √ν n). 0 is the paper's line 11. With few steps 1 is better where the data say "
                "much, because ε belongs to the estimate before the projection."),
      advanced(flagParam("closed_form", "Closed form", true,
                         "Solves Eq. 19 exactly where a closed form exists (super-resolution, masks) instead of by "
                         "conjugate gradients.")),
      advanced(integerParam(
          "cg_steps", "", "CG iterations", 1, 100, 5,
          "Conjugate gradient iterations for Eq. 19 where no closed form is used. The paper's solver family uses 5.")),
      rhoSideParam(),
      advanced(flagParam("adam_reset", "Fresh Adam each step", true,
                         "Resets Adam's moments of the prompt at every t. The paper leaves it open.")),
      advanced(integerParam("prompt_every", "", "Tune prompt every", 1, 100, 1,
                            "Tunes the prompt in every n-th step only. 1 is the paper's algorithm; larger is "
                            "faster.")),
  };
  for (const auto& spec : gluingParams()) specs.push_back(advanced(spec));
  return specs;
}

struct Settings {
  explicit Settings(const ParamValues& values)
      : K(integerOf(values, "K")),
        gamma(integerOf(values, "gamma")),
        lambda(numberOf(values, "lambda")),
        scale_lambda(flagOf(values, "scale_lambda")),
        rho(numberOf(values, "rho")),
        rho_side(integerOf(values, "rho_side")),
        lr(numberOf(values, "lr")),
        adam_z_update(choiceOf(values, "z_update") == "adam"),
        rho_by_alpha_bar(choiceOf(values, "rho_schedule") == "abar"),
        projection(choiceOf(values, "projection")),
        renoise(numberOf(values, "renoise")),
        closed_form(flagOf(values, "closed_form")),
        cg_steps(integerOf(values, "cg_steps")),
        adam_reset(flagOf(values, "adam_reset")),
        prompt_every(integerOf(values, "prompt_every")),
        gluing(gluingOf(values)) {}

  int K, gamma;
  double lambda;
  bool scale_lambda;
  double rho;
  int rho_side;
  double lr;
  bool adam_z_update, rho_by_alpha_bar;
  std::string projection;
  double renoise;
  bool closed_form;
  int cg_steps;
  bool adam_reset;
  int prompt_every;
  Gluing gluing;
};

/// A choice among `values`; empty where it is not there.
std::string choiceAmong(const ParamValues& values, const std::string& key) {
  return values.contains(key) ? choiceOf(values, key) : std::string();
}

double numberAmong(const ParamValues& values, const std::string& key, double otherwise) {
  return values.contains(key) ? numberOf(values, key) : otherwise;
}

/// Alg. 1, l. 6, and what Tables 3 and 4 have in its place.
IterationLine projectionLine(const ParamValues& values) {
  const auto line = [](const char* formula, const char* sentence) {
    return IterationLine{"6", formula, sentence, StepPicture::Projected};
  };
  const auto projection = choiceAmong(values, "projection");
  if (projection == "range")
    return line("x̂₀ ← D(ẑ₀)", "The picture of the estimate as it is: nothing moves it onto the data.");
  if (projection == "gluing") {
    return line(choiceAmong(values, "gluing_by") == "pseudo-inverse" ? "x̂₀ ← A⁺y + (I − A⁺A) D(ẑ₀)"
                                                                     : "x̂₀ ← Aᵀy + (I − AᵀA) D(ẑ₀)",
                "What the measurement knows is put into the picture of the estimate.");
  }
  return line("x̂₀ ← argmin ‖y − A x‖² + λ ‖x − D(ẑ₀)‖²",
              "Of all pictures near the estimate, the one that fits the measurement.");
}

/// Alg. 1, l. 11, with what the run draws anew: `renoise` after a projection, in other steps the sampler. Where both
/// do, s² is nu (1 - ab') after a projection, and ddimStep()'s in other steps.
IterationLine noiseLine(const ParamValues& values, const ParamValues& sampler) {
  const auto line = [](const char* formula, const char* sentence) {
    return IterationLine{"11", formula, sentence, StepPicture::Next};
  };
  constexpr const char* kPartly = "z′ ← √ᾱ′ z̃₀ + √(1−ᾱ′−s²) ε + s n";
  const double gamma = numberAmong(values, "gamma", kUsualGamma);
  const bool projects = choiceAmong(values, "projection") != "off" && gamma <= numberAmong(sampler, "steps", gamma);
  const double nu = projects ? numberAmong(values, "renoise", 0.0) : 0.0;
  if (nu > 0.0 && gamma > 1.0)
    return line(kPartly,
                "Noise is put back; after a projection the part ν of it is fresh, in the other steps as much as the "
                "sampler draws.");
  if (nu > 0.0 && nu < 1.0)
    return line("z′ ← √ᾱ′ z̃₀ + √(1−ᾱ′) (√(1−ν) ε + √ν n)", "Noise is put back, the part ν of it fresh.");
  if (nu > 0.0 || choiceAmong(sampler, "lcm") == "on")
    return line("z′ ← √ᾱ′ z̃₀ + √(1−ᾱ′) n", "Noise is put back, a little less than before, and all of it is fresh.");
  if (numberAmong(sampler, "eta", 0.0) > 0.0)
    return line(kPartly, "Noise is put back, a little less than before; as much of it is fresh as η says.");
  return line("z′ ← √ᾱ′ z̃₀ + √(1−ᾱ′) ε", "Noise is put back, a little less than before.");
}

/// Alg. 1, by its own numbers.
std::vector<IterationLine> iterationWith(const ParamValues& values, const ParamValues& sampler) {
  return {
      {"2", "C* ← tune prompt(z_t, y, C, K)",
       "K small steps change the text embedding so that the estimate fits the measurement.", StepPicture::Noisy},
      {"3", "ε ← ε_θ(z_t, C*)", "The network looks at the noisy latent and says what of it is noise.",
       StepPicture::Noisy},
      {"4", "ẑ₀ ← (z_t − √(1−ᾱ) ε) / √ᾱ", "Taking that noise away leaves the estimate; D makes it a picture.",
       StepPicture::Estimate},
      {"5", "if t mod γ = 0:", "Every γ-th step projects; the others go on with the estimate.", StepPicture::Estimate},
      projectionLine(values),
      {"7", "z̃₀ ← E(x̂₀)", "It is encoded again, so that the latent stays one that the encoder makes.",
       StepPicture::Reencoded},
      noiseLine(values, sampler),
      {"12", "z_{t−1} ← z′ − ρ ∇‖y − A D(ẑ₀)‖", "The latent moves against the gradient of the residual by ρ.",
       StepPicture::Gradient}};
}

/// Alg. 2, OPTIMIZEEMB: K Adam iterations on C at a fixed z_t.
Conditioning optimizeEmbedding(const Problem& problem, const DiffusionModel::NoiseOfPrompt& noise,
                               const at::Tensor& z_t, const SamplingStep& step, Conditioning C, int K, Adam& adam,
                               RunControl& control) {
  auto residual = [&](const at::Tensor& z0) { return problem.y - problem.A.A(problem.model.decode(z0)); };
  for (int k = 0; k < K; ++k) {
    const auto loss = gradient(
        [&](const at::Tensor& C_k) {
          control.checkpoint();
          const auto z0_hat = tweedie(z_t, noise(C.with(C_k)), step.level);  // l. 3-4
          control.checkpoint();
          // l. 5. The step is a constant in the loss (the DDS approximation, Eq. 35): no second derivatives.
          const auto descent =
              gradient([&](const at::Tensor& z0) { return at::linalg_vector_norm(residual(z0)); }, z0_hat).gradient;
          control.checkpoint();
          return residual(z0_hat - kInnerStep * descent).square().sum();  // l. 6
        },
        C.prompt);
    C.prompt = adam.step(C.prompt, loss.gradient);  // l. 7
  }
  return C;
}

/// Eq. 19's lambda at this measurement's noise.
double lambdaOf(const Settings& settings, double noise) {
  if (!settings.scale_lambda) return settings.lambda;
  return settings.lambda * std::pow(std::clamp(noise, kLeastNoise, kMostNoise) / kUsualNoise, kNoisePower);
}

/// Alg. 1, l. 6: Gamma, the picture that fits the data near D(z0_hat).
at::Tensor project(const Problem& problem, const at::Tensor& x0_hat, const Settings& settings, RunControl& control) {
  if (settings.projection == "range") return x0_hat;
  if (settings.projection == "gluing") return glued(problem, x0_hat, settings.gluing, control);
  return proximal(problem, x0_hat, lambdaOf(settings, problem.noise), {settings.closed_form, settings.cg_steps},
                  control);
}

/// Alg. 1, l. 2-4, for rho 0.
DataGradient withoutGradient(const Problem& problem, const at::Tensor& z_t, const SamplingStep& step,
                             const PromptTuning& tunedPrompt, RunControl& control) {
  const auto noise = problem.model.noiseOfPrompt(z_t, step.level);
  const auto C = tunedPrompt(noise);
  control.checkpoint();
  return dataEstimate(problem, z_t, step, noise(C));
}

class P2l : public Solver {
 public:
  explicit P2l(const ParamValues& values) : settings_(values) {}

  at::Tensor solve(const Problem& problem, const StepSink& sink, RunControl& control) const override {
    auto z_t = problem.initial_latent;
    auto C = problem.C;
    auto generator = problem.generator;
    Adam prompt_adam(settings_.lr);
    const double rho = settings_.adam_z_update ? settings_.rho  // a history gradient has no size to spread
                                               : stepLength(problem, settings_.rho, settings_.rho_side);
    HistoryGradient history;

    for (std::size_t i = 0; i < problem.plan.size(); ++i) {
      control.beginStep();
      const SamplingStep& step = problem.plan[i];
      auto tunedPrompt = [&](const DiffusionModel::NoiseOfPrompt& noise) {  // Alg. 1, l. 2
        if (settings_.K == 0 || i % settings_.prompt_every != 0) return C;
        if (settings_.adam_reset) prompt_adam.reset();
        C = optimizeEmbedding(problem, noise, z_t, step, C, settings_.K, prompt_adam, control);
        return C;
      };
      // l. 2-4, and l. 12's gradient, which shares their evaluations.
      const auto guided = settings_.rho > 0.0 ? dataGradient(problem, z_t, step, tunedPrompt, control)
                                              : withoutGradient(problem, z_t, step, tunedPrompt, control);

      const bool projected = settings_.projection != "off" && step.paper_t % settings_.gamma == 0;  // l. 5
      Projection projection;
      if (projected) {
        projection.x = project(problem, guided.x0_hat, settings_, control);  // l. 6
        projection.z0 = problem.model.encode(projection.x);                  // l. 7
      }
      const auto& z0_tilde = projected ? projection.z0 : guided.z0_hat;  // l. 9

      auto z_prev = projected && settings_.renoise > 0.0
                        ? noised(z0_tilde, partlyFreshNoise(guided.eps, settings_.renoise, generator), step.next)
                        : ddimStep(z0_tilde, guided.eps, step, problem.eta, samplerNoise(problem, generator));  // l. 11
      if (settings_.rho > 0.0) {                                                                                // l. 12
        const double rho_t = settings_.rho_by_alpha_bar ? rho * step.level.alphaBar() : rho;
        z_prev = z_prev - rho_t * (settings_.adam_z_update ? history.direction(guided.gradient) : guided.gradient);
      }

      sink(stepView(i, step, z_t, guided, z_prev, C, projection));
      z_t = z_prev;
    }
    return z_t;
  }

 private:
  Settings settings_;
};

RunWork workOf(const Settings& settings, int steps) {
  auto work = settings.rho > 0.0 ? dataGradientWork(steps) : dataEstimateWork(steps);
  const double tunings = settings.K * std::ceil(static_cast<double>(steps) / settings.prompt_every);  // Alg. 2
  work.network_gradient += tunings;
  work.decode_gradient += 2.0 * tunings;
  if (settings.projection != "off") work.encode = steps / settings.gamma;  // t = N .. 1
  return work;
}

std::vector<std::string> remediesOf(const Settings& settings) {
  std::vector<std::string> remedies;
  if (settings.rho > 0.0) remedies.push_back("a smaller rho");
  if (settings.K > 0) remedies.push_back("a smaller lr");
  if (settings.projection != "off") remedies.push_back("a larger gamma");
  return remedies;
}

}  // namespace

namespace solvers {

SolverEntry p2l() {
  SolverEntry entry;
  entry.info.id = "p2l";
  entry.info.label = "P2L";
  entry.info.help =
      "Prompt tuning and projection: tunes the text embedding as it goes, projects onto the data in pixel space every "
      "few steps and re-encodes (Alg. 1-3).";
  entry.info.reference = "Chung, Ye, Milanfar, Delbracio, ICML 2024";
  entry.info.parameters = parameters();
  entry.info.iteration = iterationWith({}, {});
  entry.info.iteration_with = iterationWith;
  entry.info.needs_linear = true;
  entry.info.projects = [](const ParamValues& values, int steps) {
    return choiceOf(values, "projection") != "off" && integerOf(values, "gamma") <= steps;
  };
  entry.make = [](const ParamValues& values) { return std::make_unique<P2l>(values); };
  entry.info.work = [](const ParamValues& values, int steps) { return workOf(Settings(values), steps); };
  entry.remedies = [](const ParamValues& values) { return remediesOf(Settings(values)); };
  entry.remark = [](const ParamValues& values, int steps) -> std::string {
    const int gamma = integerOf(values, "gamma");
    if (choiceOf(values, "projection") == "off" || gamma <= steps) return {};
    return concat("Nothing was projected: gamma ", gamma, " projects where t, from ", steps,
                  " down to 1, is a multiple of it; take a gamma of at most ", steps, ", or more steps");
  };
  return entry;
}

}  // namespace solvers
}  // namespace p2l
