// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/captions.h"

#include <ATen/ops/argmax.h>
#include <ATen/ops/atan2.h>
#include <ATen/ops/bincount.h>
#include <ATen/ops/sqrt.h>

#include <numbers>

namespace p2l {
namespace {

/// The word of the first bound that the value is below; the last word above all bounds.
const char* word(double value, std::initializer_list<double> bounds, std::initializer_list<const char*> words) {
  auto chosen = words.begin();
  for (const double bound : bounds) {
    if (value < bound) break;
    ++chosen;
  }
  return *chosen;
}

/// Hues by angle, in steps of a twelfth of the circle from red on.
constexpr const char* kHues[] = {"red",  "orange", "yellow", "green",  "green", "green",
                                 "cyan", "blue",   "blue",   "purple", "pink",  "pink"};

}  // namespace

std::string captionOf(const at::Tensor& picture) {
  const auto rgb = (picture + 1.0) * 0.5;
  const auto &r = rgb[0], g = rgb[1], b = rgb[2];
  const auto light = 0.299 * r + 0.587 * g + 0.114 * b;
  // Opponent colours: their length is the colourfulness, their angle the hue.
  const auto u = r - 0.5 * (g + b), v = (g - b) * (std::numbers::sqrt3 / 2.0);
  const auto chroma = at::sqrt(u * u + v * v);
  const auto texture = (light.diff(1, 0).abs().mean() + light.diff(1, 1).abs().mean()).item<double>();

  std::string caption = "a photo of a ";
  caption += word(light.mean().item<double>(), {0.3, 0.55}, {"dark", "dim", "bright"});
  const double colour = chroma.mean().item<double>();
  caption += std::string(" ") + word(colour, {0.06, 0.2}, {"gray", "muted", "colorful"});
  if (colour >= 0.06) {
    const auto twelfths = at::atan2(v, u) * (6.0 / std::numbers::pi);
    const auto bins = (twelfths.round() + 12.0).remainder(12.0).to(at::kLong).flatten();
    caption += std::string(" ") + kHues[at::bincount(bins, chroma.flatten(), 12).argmax().item<std::int64_t>()];
  }
  caption += std::string(" ") + word(texture, {0.02, 0.05, 0.1}, {"smooth", "soft", "textured", "detailed"});
  const double contrast = light.std().item<double>();
  if (contrast < 0.1) caption += " flat";
  if (contrast > 0.2) caption += " contrast";
  return caption + " scene";
}

}  // namespace p2l
