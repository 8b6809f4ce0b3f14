// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/request/time_plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace p2l {
namespace {

// What an evaluation with the gradient takes in evaluations without, all else of a step included: steps of P2L with a
// random Stable Diffusion on two processors (docs/models.md). Checkpointing evaluates once more in the backward pass.
constexpr double kGradient = 2.6, kCheckpointed = 1.0;

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

TimeEstimate expectedTime(const SolverInfo& solver, const RestoreRequest& completed, const ModelInfo& model,
                          std::int64_t width, std::int64_t height, const NetworkTimes& times) {
  const int steps = integerOf(completed.sampler_values, "steps");
  const auto work = solver.work(completed.solver_values, steps);
  const bool with_text = !completed.prompt.empty() || !completed.embedding.empty();
  const double predictions = work.network + (with_text ? work.network_of_text : 0.0);
  const double latent = std::max(1, model.pixels_per_latent);
  const auto& sampler = completed.sampler_values;
  const bool checkpointing = completed.model_options.checkpointing;
  const double gradient = kGradient + (checkpointing ? kCheckpointed : 0.0);
  const double of_unet = checkpointing || choiceOf(sampler, "patches") == "none" ? gradient : gradient + kCheckpointed;
  const double guided = numberOf(sampler, "guidance") != 1.0 ? 2.0 : 1.0;
  const double unet =
      guided * workOfPatches(sampler, static_cast<double>(height) / latent, static_cast<double>(width) / latent);
  const double once = completed.mode == Mode::Demonstrate ? 2.0 : 1.0;  // the result; the truth's round trip
  const double seconds = times.unet * unet * (predictions + of_unet * work.network_gradient) +
                         times.decode * (work.decode + gradient * work.decode_gradient) +
                         (times.last_decode > 0.0 ? times.last_decode : times.decode) * once +
                         times.encode * (work.encode + gradient * work.encode_gradient + once - 1.0);
  const double scale = static_cast<double>(width) * static_cast<double>(height) / std::max(times.pixels, 1.0);
  return {seconds * scale, work.at_most};
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
