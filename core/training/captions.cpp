// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/captions.h"

#include <ATen/ops/argmax.h>
#include <ATen/ops/atan2.h>
#include <ATen/ops/bincount.h>
#include <ATen/ops/sqrt.h>

#include <cmath>
#include <numbers>

#include "core/base/random.h"
#include "core/types/error.h"

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

constexpr double kGray = 0.06;   // mean chroma below which a picture has no hue
constexpr double kKept = 0.75;   // chance of a part of a shortened caption
constexpr double kPlain = 0.02;  // mean difference over four pixels below which nothing is sharp or blurred

/// Channels of a picture, [H, W] each, that the words are about.
struct Channels {
  at::Tensor light, chroma, hue;

  static Channels of(const at::Tensor& picture) {
    const auto rgb = (picture + 1.0) * 0.5;
    const auto &r = rgb[0], g = rgb[1], b = rgb[2];
    // Opponent colours: their length is the colourfulness, their angle the hue.
    const auto u = r - 0.5 * (g + b), v = (g - b) * (std::numbers::sqrt3 / 2.0);
    const auto twelfths = at::atan2(v, u) * (6.0 / std::numbers::pi);
    return {0.299 * r + 0.587 * g + 0.114 * b, at::sqrt(u * u + v * v),
            (twelfths.round() + 12.0).remainder(12.0).to(at::kLong)};
  }
  /// A part of the rows and columns, in shares of the whole.
  Channels part(double top, double bottom, double left, double right) const {
    auto cut = [&](const at::Tensor& t) {
      auto place = [](double share, std::int64_t length) {
        return static_cast<std::int64_t>(std::llround(share * static_cast<double>(length)));
      };
      const auto y = place(top, t.size(0)), x = place(left, t.size(1));
      return t.narrow(0, y, place(bottom, t.size(0)) - y).narrow(1, x, place(right, t.size(1)) - x);
    };
    return {cut(light), cut(chroma), cut(hue)};
  }
  double brightness() const { return light.mean().item<double>(); }
  double colourfulness() const { return chroma.mean().item<double>(); }
  const char* hueWord() const {
    return kHues[at::bincount(hue.flatten(), chroma.flatten(), 12).argmax().item<std::int64_t>()];
  }
};

/// Mean differences of pixels that lie `apart` in a column and in a row, added.
double meanDifference(const at::Tensor& light, std::int64_t apart) {
  double sum = 0.0;
  for (const int side : {0, 1}) {
    const auto length = light.size(side) - apart;
    sum += (light.narrow(side, apart, length) - light.narrow(side, 0, length)).abs().mean().item<double>();
  }
  return sum;
}

/// "sharp" where most of what changes over four pixels changes from one to the next, "blurred" where it changes evenly.
std::string sharpness(const at::Tensor& light) {
  if (light.size(0) < 8 || light.size(1) < 8) return "";
  const double far = meanDifference(light, 4);
  if (far < kPlain) return "";
  return word(meanDifference(light, 1) / far, {0.36, 0.55}, {"blurred", "", "sharp"});
}

/// The direction of the lines, by the structure tensor of the gradients.
std::string direction(const at::Tensor& light) {
  const auto along_x = light.diff(1, 1).narrow(0, 0, light.size(0) - 1);
  const auto along_y = light.diff(1, 0).narrow(1, 0, light.size(1) - 1);
  const double xx = along_x.square().mean().item<double>(), yy = along_y.square().mean().item<double>();
  const double xy = (along_x * along_y).mean().item<double>();
  if (xx + yy < 1e-4 || std::hypot(xx - yy, 2.0 * xy) < 0.35 * (xx + yy)) return "";
  const double angle = 0.5 * std::atan2(2.0 * xy, xx - yy) * 180.0 / std::numbers::pi;  // of the gradient, from x
  return word(std::abs(angle), {22.5, 67.5}, {"vertical", "diagonal", "horizontal"});
}

std::string region(const char* name, const Channels& part) {
  return concat(
      name, ' ',
      word(part.brightness(), {0.1, 0.25, 0.45, 0.65, 0.85}, {"black", "dark", "dim", "light", "bright", "white"}), ' ',
      part.colourfulness() < kGray ? "gray" : part.hueWord());
}

std::string scene(const Channels& all) {
  std::string text = "a photo of a ";
  text += word(all.brightness(), {0.3, 0.55}, {"dark", "dim", "bright"});
  const double colour = all.colourfulness();
  text += std::string(" ") + word(colour, {kGray, 0.2}, {"gray", "muted", "colorful"});
  if (colour >= kGray) text += std::string(" ") + all.hueWord();
  text += std::string(" ") +
          word(meanDifference(all.light, 1), {0.02, 0.05, 0.1}, {"smooth", "soft", "textured", "detailed"});
  const double contrast = all.light.std().item<double>();
  if (contrast < 0.1) text += " flat";
  if (contrast > 0.2) text += " contrast";
  return text + " scene";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : " ") + part;
  return text;
}

}  // namespace

std::string captionOf(const at::Tensor& picture) {
  return scene(Channels::of(picture));
}

std::vector<std::string> captionPartsOf(const at::Tensor& picture) {
  const auto all = Channels::of(picture);
  std::vector<std::string> parts = {scene(all), sharpness(all.light), direction(all.light)};
  std::erase(parts, "");
  parts.push_back(region("top", all.part(0.0, 1.0 / 3.0, 0.0, 1.0)));
  parts.push_back(region("bottom", all.part(2.0 / 3.0, 1.0, 0.0, 1.0)));
  parts.push_back(region("left", all.part(0.0, 1.0, 0.0, 1.0 / 3.0)));
  parts.push_back(region("right", all.part(0.0, 1.0, 2.0 / 3.0, 1.0)));
  parts.push_back(region("center", all.part(0.25, 0.75, 0.25, 0.75)));
  return parts;
}

std::string regionCaptionOf(const at::Tensor& picture) {
  return joined(captionPartsOf(picture));
}

std::string shortenedRegionCaptionOf(const at::Tensor& picture, at::Generator& generator) {
  auto parts = captionPartsOf(picture);
  std::erase_if(parts, [&](const std::string&) { return randomUniform(generator) >= kKept; });
  return joined(parts);
}

}  // namespace p2l
