// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/captions.h"

#include <ATen/ops/argmax.h>
#include <ATen/ops/atan2.h>
#include <ATen/ops/bincount.h>
#include <ATen/ops/sqrt.h>

#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/base/random.h"

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

constexpr double kGray = 0.06;  // mean chroma below which a picture has no hue

/// Channels of a picture [H, W] that the words are about.
struct Statistics {
  explicit Statistics(const at::Tensor& picture) {
    const auto rgb = (picture + 1.0) * 0.5;
    const auto &r = rgb[0], g = rgb[1], b = rgb[2];
    light = 0.299 * r + 0.587 * g + 0.114 * b;
    // Opponent colours: their length is the colourfulness, their angle the hue.
    const auto u = r - 0.5 * (g + b), v = (g - b) * (std::numbers::sqrt3 / 2.0);
    chroma = at::sqrt(u * u + v * v);
    const auto twelfths = at::atan2(v, u) * (6.0 / std::numbers::pi);
    hue = (twelfths.round() + 12.0).remainder(12.0).to(at::kLong);
  }
  /// Of a part of the rows and columns, in shares of the whole.
  Statistics part(double top, double bottom, double left, double right) const {
    auto cut = [&](const at::Tensor& t) {
      auto at = [](double share, std::int64_t length) {
        return static_cast<std::int64_t>(std::llround(share * static_cast<double>(length)));
      };
      const auto y = at(top, t.size(0)), x = at(left, t.size(1));
      return t.narrow(0, y, at(bottom, t.size(0)) - y).narrow(1, x, at(right, t.size(1)) - x);
    };
    return Statistics(cut(light), cut(chroma), cut(hue));
  }
  double brightness() const { return light.mean().item<double>(); }
  double colour() const { return chroma.mean().item<double>(); }
  const char* hueWord() const {
    return kHues[at::bincount(hue.flatten(), chroma.flatten(), 12).argmax().item<std::int64_t>()];
  }

  at::Tensor light, chroma, hue;

 private:
  Statistics(at::Tensor l, at::Tensor c, at::Tensor h) : light(std::move(l)), chroma(std::move(c)), hue(std::move(h)) {}
};

/// Mean distance of pixels that lie `apart` from each other.
double meanDifference(const at::Tensor& light, std::int64_t apart) {
  double sum = 0.0;
  for (const int side : {0, 1}) {
    const auto length = light.size(side) - apart;
    sum += (light.narrow(side, apart, length) - light.narrow(side, 0, length)).abs().mean().item<double>();
  }
  return sum;
}

/// "sharp" where most of what changes over four pixels changes from one to the next, "blurred" where it changes evenly.
const char* sharpness(const at::Tensor& light) {
  if (light.size(0) < 8 || light.size(1) < 8) return "";
  const double far = meanDifference(light, 4);
  if (far < 0.02) return "";
  return word(meanDifference(light, 1) / far, {0.36, 0.55}, {"blurred", "", "sharp"});
}

/// The direction of the lines, by the structure tensor of the gradients.
const char* direction(const at::Tensor& light) {
  const auto along_x = light.diff(1, 1).narrow(0, 0, light.size(0) - 1);
  const auto along_y = light.diff(1, 0).narrow(1, 0, light.size(1) - 1);
  const double xx = along_x.square().mean().item<double>(), yy = along_y.square().mean().item<double>();
  const double xy = (along_x * along_y).mean().item<double>();
  if (xx + yy < 1e-4 || std::hypot(xx - yy, 2.0 * xy) < 0.35 * (xx + yy)) return "";
  const double angle = 0.5 * std::atan2(2.0 * xy, xx - yy) * 180.0 / std::numbers::pi;  // of the gradient, from x
  return word(std::abs(angle), {22.5, 67.5}, {"vertical", "diagonal", "horizontal"});
}

std::string region(const char* name, const Statistics& part) {
  return concat(
      name, ' ',
      word(part.brightness(), {0.1, 0.25, 0.45, 0.65, 0.85}, {"black", "dark", "dim", "light", "bright", "white"}), ' ',
      part.colour() < kGray ? "gray" : part.hueWord());
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : " ") + part;
  return text;
}

}  // namespace

std::vector<std::string> captionParts(const at::Tensor& picture) {
  const Statistics all(picture);
  const double colour = all.colour();
  std::string scene = "a photo of a ";
  scene += word(all.brightness(), {0.3, 0.55}, {"dark", "dim", "bright"});
  scene += std::string(" ") + word(colour, {kGray, 0.2}, {"gray", "muted", "colorful"});
  if (colour >= kGray) scene += std::string(" ") + all.hueWord();
  scene += std::string(" ") +
           word(meanDifference(all.light, 1), {0.02, 0.05, 0.1}, {"smooth", "soft", "textured", "detailed"});
  const double contrast = all.light.std().item<double>();
  if (contrast < 0.1) scene += " flat";
  if (contrast > 0.2) scene += " contrast";

  std::vector<std::string> parts{scene + " scene"};
  for (const std::string more : {sharpness(all.light), direction(all.light)}) {
    if (!more.empty()) parts.push_back(more);
  }
  parts.push_back(region("top", all.part(0.0, 1.0 / 3.0, 0.0, 1.0)));
  parts.push_back(region("bottom", all.part(2.0 / 3.0, 1.0, 0.0, 1.0)));
  parts.push_back(region("left", all.part(0.0, 1.0, 0.0, 1.0 / 3.0)));
  parts.push_back(region("right", all.part(0.0, 1.0, 2.0 / 3.0, 1.0)));
  parts.push_back(region("center", all.part(0.25, 0.75, 0.25, 0.75)));
  return parts;
}

std::string captionOf(const at::Tensor& picture) {
  return joined(captionParts(picture));
}

std::string shortenedCaptionOf(const at::Tensor& picture, at::Generator& generator) {
  auto parts = captionParts(picture);
  std::erase_if(parts, [&](const std::string&) { return randomUniform(generator) < 0.25; });
  return joined(parts);
}

}  // namespace p2l
