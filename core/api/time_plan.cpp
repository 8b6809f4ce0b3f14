// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/time_plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace p2l {
namespace {

// What an evaluation with the gradient takes in evaluations without, all else of a step included: steps of P2L with a
// random Stable Diffusion on two processors (docs/models.md). Checkpointing evaluates once more on the way back.
constexpr double kGradient = 2.6, kCheckpointed = 1.0;

/// How many of 0, every, 2 every, ... are below n.
double everyOf(int n, int every) {
  return std::ceil(static_cast<double>(n) / every);
}

bool isOn(const ParamValues& values, const char* key) {
  return numberOf(values, key) > 0.0;
}

/// Alg. 1 and 2.
NetworkCounts countsOfP2l(const ParamValues& values, int steps) {
  NetworkCounts counts;
  const double tunings = everyOf(steps, integerOf(values, "prompt_every")) * integerOf(values, "K");
  counts.unet_gradient = tunings;
  counts.decode_gradient = 2.0 * tunings;
  (isOn(values, "rho") ? counts.unet_gradient : counts.unet) += steps;
  (isOn(values, "rho") ? counts.decode_gradient : counts.decode) += steps;
  if (choiceOf(values, "projection") != "off") counts.encode = steps / integerOf(values, "gamma");
  return counts;
}

NetworkCounts countsOfTReg(const ParamValues& values, int steps, bool with_text) {
  NetworkCounts counts;
  const auto until = static_cast<int>(std::llround(numberOf(values, "until") * steps));
  counts.encode = everyOf(until, integerOf(values, "every"));
  const double by_gradient = isOn(values, "rho") ? steps - counts.encode : 0.0;
  counts.unet_gradient = counts.decode_gradient = by_gradient;
  counts.decode = steps - by_gradient;
  counts.unet = counts.decode * (with_text && numberOf(values, "w") != 1.0 ? 2.0 : 1.0);
  return counts;
}

/// Of the steps of the last third, each m-th optimises the latent, and so does the last of all.
NetworkCounts countsOfReSample(const ParamValues& values, int steps) {
  NetworkCounts counts;
  (isOn(values, "rho") ? counts.unet_gradient : counts.unet) = steps;
  (isOn(values, "rho") ? counts.decode_gradient : counts.decode) = steps;
  const int iterations = integerOf(values, "iterations");
  for (int i = 0; i < steps; i += integerOf(values, "every")) {
    if (3 * i < steps || i + 1 == steps) continue;
    if (3 * i < 2 * steps) {
      counts.encode += 1.0;
    } else {
      counts.decode_gradient += iterations;
    }
  }
  counts.decode_gradient += iterations;
  counts.at_most = true;
  return counts;
}

NetworkCounts countsOfLatentDaps(const ParamValues& values, int steps) {
  NetworkCounts counts;
  counts.unet = static_cast<double>(steps) * integerOf(values, "ode_steps");
  counts.decode = steps;
  counts.decode_gradient = static_cast<double>(steps) * integerOf(values, "iterations");
  return counts;
}

/// One evaluation of each network a step, as the solver's entry says.
NetworkCounts countsOfOthers(const SolverInfo& solver, int steps) {
  NetworkCounts counts;
  (solver.needs_gradient ? counts.unet_gradient : counts.unet) = steps;
  (solver.needs_gradient ? counts.decode_gradient : counts.decode) = steps;
  if (solver.gradient_of_encoder) counts.encode_gradient = steps;
  if (solver.projects && solver.model_kind == ModelKind::Latent) counts.encode = steps;
  return counts;
}

/// How many patches of `size` with `stride` cover a side.
double patchesOf(double side, double size, double stride) {
  return side <= size ? 1.0 : std::ceil((side - size) / stride) + 1.0;
}

/// The noise network's work on patches over that on the whole.
double workOfPatches(const ParamValues& sampler, double height, double width) {
  if (choiceOf(sampler, "patches") == "none") return 1.0;
  const double size = integerOf(sampler, "patch_size"), stride = integerOf(sampler, "patch_stride");
  return patchesOf(height, size, stride) * std::min(height, size) * patchesOf(width, size, stride) *
         std::min(width, size) / (height * width);
}

std::string rounded(double number, const char* unit) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), number < 10.0 ? "%.2g %s" : "%.0f %s", number, unit);
  return text.data();
}

}  // namespace

NetworkCounts networkCounts(const Catalogue& catalogue, const RestoreRequest& completed) {
  const auto& values = completed.solver_values;
  const int steps = integerOf(completed.sampler_values, "steps");
  const auto& id = completed.solver;
  auto counts = id == "p2l"    ? countsOfP2l(values, steps)
                : id == "treg" ? countsOfTReg(values, steps, !completed.prompt.empty() || !completed.embedding.empty())
                : id == "resample"    ? countsOfReSample(values, steps)
                : id == "latent_daps" ? countsOfLatentDaps(values, steps)
                                      : countsOfOthers(catalogue.solver(id), steps);
  if (id == "latino") counts.encode += 1.0;  // where it starts
  return counts;
}

TimeEstimate expectedTime(const Catalogue& catalogue, const RestoreRequest& completed, const ModelInfo& model,
                          std::int64_t width, std::int64_t height, const NetworkTimes& times) {
  const auto counts = networkCounts(catalogue, completed);
  const double latent = std::max(1, model.pixels_per_latent);
  const auto& sampler = completed.sampler_values;
  const bool checkpointing = completed.model_options.checkpointing;
  const double gradient = kGradient + (checkpointing ? kCheckpointed : 0.0);
  const double of_unet = checkpointing || choiceOf(sampler, "patches") == "none" ? gradient : gradient + kCheckpointed;
  const double guided = numberOf(sampler, "guidance") != 1.0 ? 2.0 : 1.0;
  const double unet =
      guided * workOfPatches(sampler, static_cast<double>(height) / latent, static_cast<double>(width) / latent);
  const double once = completed.mode == Mode::Demonstrate ? 2.0 : 1.0;  // the result; the truth's round trip
  const double seconds = times.unet * unet * (counts.unet + of_unet * counts.unet_gradient) +
                         times.decode * (counts.decode + gradient * counts.decode_gradient + once) +
                         times.encode * (counts.encode + gradient * counts.encode_gradient + once - 1.0);
  const double scale = static_cast<double>(width) * static_cast<double>(height) / std::max(times.pixels, 1.0);
  return {seconds * scale, counts.at_most};
}

std::string textFromTime(const TimeEstimate& estimate) {
  constexpr double kMinute = 60.0, kHour = 3600.0, kDay = 86400.0;
  const double s = estimate.seconds;
  if (s < 5.0) return "a few seconds";
  const auto text = s < 1.5 * kMinute ? rounded(s, "s")
                    : s < 1.5 * kHour ? rounded(s / kMinute, "min")
                    : s < 1.5 * kDay  ? rounded(s / kHour, "h")
                                      : rounded(s / kDay, "days");
  return (estimate.at_most ? "at most about " : "about ") + text;
}

}  // namespace p2l
