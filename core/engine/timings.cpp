// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/timings.h"

#include <ATen/ops/randn.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <vector>

#include "core/base/gradient.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr std::int64_t kTimestep = 500;  // any: the work is the same

/// The fastest of `repeat` evaluations after one that warms up; of that one where nothing is repeated. The sum waits
/// for devices that compute in the background.
double secondsOf(const std::function<at::Tensor()>& evaluate, int repeat) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i <= repeat; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    evaluate().sum().item<double>();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (i > 0 || repeat == 0) best = std::min(best, seconds);
  }
  return best;
}

constexpr double kShort = 1.0;  // seconds
constexpr std::size_t kMostEvaluations = 9;

/// One evaluation where it is long. Else the median of those that follow it within half a second: the first one warms
/// up, and single short ones differ by half on a busy machine.
double quickSecondsOf(const std::function<at::Tensor()>& evaluate) {
  const double first = secondsOf(evaluate, 0);
  if (first >= kShort) return first;
  std::vector<double> seconds;
  for (double spent = 0.0; spent < kShort / 2.0 && seconds.size() < kMostEvaluations; spent += seconds.back())
    seconds.push_back(secondsOf(evaluate, 0));
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  return *middle;
}

}  // namespace

std::map<std::string, double> networkSeconds(const DiffusionModel& model, at::Device device, int size, int repeat) {
  require(size >= model.sizeMultiple() && size % model.sizeMultiple() == 0, "The size must be a multiple of ",
          model.sizeMultiple(), " for this model, found ", size);
  const auto side = size / model.pixelsPerLatent();
  const auto z = at::randn({1, model.latentChannels(), side, side}).to(device);
  const auto x = at::randn({1, 3, size, size}).to(device);
  const auto C = model.embedPrompt("");
  auto gradientBy = [](const at::Tensor& at, const std::function<at::Tensor(const at::Tensor&)>& f) {
    return [&at, f] { return gradient([&](const at::Tensor& v) { return f(v).square().sum(); }, at).gradient; };
  };
  auto noise = [&](const at::Tensor& z_t) { return model.predictNoise(z_t, model.levelAt(kTimestep), C); };
  auto picture = [&](const at::Tensor& latent) { return model.decode(latent); };
  std::map<std::string, double> seconds{{"unet", secondsOf([&] { return noise(z); }, repeat)},
                                        {"unet_gradient", secondsOf(gradientBy(z, noise), repeat)}};
  if (model.kind() == ModelKind::Pixel) return seconds;  // there is no other network
  seconds["decode"] = secondsOf([&] { return picture(z); }, repeat);
  seconds["decode_gradient"] = secondsOf(gradientBy(z, picture), repeat);
  seconds["encode"] = secondsOf([&] { return model.encode(x); }, repeat);
  return seconds;
}

NetworkTimes networkTimes(const LoadedModel& loaded, at::Device device, std::int64_t height, std::int64_t width) {
  const DiffusionModel& model = *loaded.model;
  const auto factor = model.pixelsPerLatent();
  const auto z = at::randn({1, model.latentChannels(), height / factor, width / factor}).to(device);
  const auto C = model.embedPrompt("");
  NetworkTimes times;
  times.pixels = static_cast<double>(height * width);
  times.unet = quickSecondsOf([&] { return model.predictNoise(z, model.levelAt(kTimestep), C); });
  if (model.kind() == ModelKind::Pixel) return times;
  times.decode = quickSecondsOf([&] { return model.decode(z); });
  if (loaded.decode_at_the_end) times.last_decode = quickSecondsOf([&] { return loaded.decode_at_the_end(z); });
  const auto x = at::randn({1, 3, height, width}).to(device);
  times.encode = quickSecondsOf([&] { return model.encode(x); });
  return times;
}

}  // namespace p2l
