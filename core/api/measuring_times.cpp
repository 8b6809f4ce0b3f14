// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/measuring_times.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <chrono>

#include "core/api/picture_metrics.h"
#include "core/metrics/telea.h"

namespace p2l {
namespace {

/// MS-SSIM needs 161 pixels. What warms up is smaller, as the networks' work is felt on a slow machine.
constexpr int kWarmSide = 64, kSide = 176;

template <class Work>
double secondsOf(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void measureGrey(const PictureMetrics& metrics, int side) {
  RunReport unused;
  metrics.measure(Image(side, side, 3, 0.4f), Image(side, side, 3, 0.6f), unused);
}

}  // namespace

MeasureTimes timeMeasuring(const std::string& lpips_folder, const std::string& device) {
  const at::NoGradGuard no_grad;
  MeasureTimes times;
  measureGrey({lpips_folder, /*inception_file=*/"", device}, kWarmSide);
  times.loading = secondsOf([&] { PictureMetrics(lpips_folder, /*inception_file=*/"", device); });
  const PictureMetrics metrics(lpips_folder, /*inception_file=*/"", device);
  times.metrics = secondsOf([&] { measureGrey(metrics, kSide); });
  const auto picture = at::zeros({1, 3, kSide, kSide});
  auto measured = at::ones({1, 1, kSide, kSide});
  measured.narrow(3, 0, kSide / 2).zero_();
  times.fill = secondsOf([&] { teleaFill(picture, measured); });
  times.pixels = static_cast<double>(kSide) * kSide;
  return times;
}

double metricsSeconds(const MeasureTimes& times, double pixels) {
  if (times.pixels <= 0.0 || pixels > static_cast<double>(PictureMetrics::kMostLpipsPixels)) return 0.0;
  return times.loading + times.metrics * pixels / times.pixels;
}

double plainSeconds(const Catalogue& catalogue, const RestoreRequest& request, const MeasureTimes& times,
                    double pixels) {
  if (times.pixels <= 0.0) return 0.0;
  const auto& all = request.degradations;
  const bool hides =
      std::any_of(all.begin(), all.end(), [&](const auto& each) { return catalogue.degradation(each.id).hides; });
  return (hides ? times.fill * pixels / times.pixels : 0.0) +
         (request.mode == Mode::Demonstrate ? metricsSeconds(times, pixels) : 0.0);
}

}  // namespace p2l
