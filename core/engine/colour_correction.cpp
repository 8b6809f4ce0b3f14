// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/colour_correction.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/ones_like.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace p2l {
namespace {

constexpr int kMostIterations = 30;
constexpr double kNarrowest = 4.0, kWidest = 16.0;  // pixels; the largest kernel has 129
constexpr double kLeast = 1e-6;                     // of weights: where nothing is measured, nothing is known

/// White noise of deviation sigma has sigma / (2 sqrt(pi) s) after a Gaussian of s pixels: below half the tolerance.
double lowPassWidth(double noise) {
  constexpr double kWhite = 3.5449;  // 2 sqrt(pi)
  return std::clamp(noise / (kWhite * kColourTolerance / 2.0), kNarrowest, kWidest);
}

std::unique_ptr<Degradation> lowPass(std::int64_t height, std::int64_t width, double sigma) {
  const auto& entry = degradationEntry("gaussian-blur");
  DegradationContext context;
  context.height = height;
  context.width = width;
  const double size = 2.0 * std::ceil(4.0 * sigma) + 1.0;
  context.values =
      completeValues(entry.info.parameters, {{"sigma", sigma}, {"kernel_size", size}}, "degradation gaussian-blur");
  return entry.make(context);
}

/// G over what is measured: G (M r) / G M.
class MeasuredLowPass {
 public:
  MeasuredLowPass(const Degradation& A, const at::Tensor& y, double noise) {
    const auto shape = A.measurementShape();
    blur_ = lowPass(shape[1], shape[2], lowPassWidth(noise));
    weights_ = A.mask().defined() ? A.mask().to(y.device(), y.scalar_type()).expand_as(y) : at::ones_like(y);
    spread_ = blur_->A(weights_).clamp_min(kLeast);
  }
  at::Tensor operator()(const at::Tensor& residual) const { return weights_ * blur_->A(weights_ * residual) / spread_; }

 private:
  std::unique_ptr<Degradation> blur_;
  at::Tensor weights_, spread_;
};

/// Takes what is missing in y to the picture, smoothly: a mean of what was measured around each pixel, narrow where
/// there is enough, wide in holes, and of the whole picture far from any measured pixel.
class Spread {
 public:
  explicit Spread(const Degradation& A, const at::Tensor& y) : A_(A), weights_(A.At(at::ones_like(y))) {
    const auto shape = A.pictureShape();
    const double scale = static_cast<double>(shape[1]) / static_cast<double>(A.measurementShape()[1]);
    const double narrow = std::clamp(kNarrowest / 2.0 * scale, 1.0, kWidest);
    for (const double width : {kWidest, narrow}) {
      if (width == kWidest && !A.mask().defined()) continue;  // there are no holes
      Level level{lowPass(shape[1], shape[2], width), {}, {}};
      const auto found = level.smooth->A(weights_);
      level.trust = (2.0 * found / found.max()).clamp_max(1.0);
      level.divisors = found.clamp_min(kLeast);
      levels_.push_back(std::move(level));
    }
  }
  at::Tensor operator()(const at::Tensor& missing) const {
    const auto v = A_.At(missing);
    at::Tensor spread = v.sum({2, 3}, /*keepdim=*/true) / weights_.sum({2, 3}, /*keepdim=*/true);
    for (const auto& level : levels_) spread = spread + level.trust * (level.smooth->A(v) / level.divisors - spread);
    return spread;
  }

 private:
  struct Level {
    std::unique_ptr<Degradation> smooth;
    at::Tensor trust, divisors;
  };
  const Degradation& A_;
  at::Tensor weights_;
  std::vector<Level> levels_;
};

}  // namespace

at::Tensor withColoursOf(const Degradation& A, const at::Tensor& y, const at::Tensor& x, double noise,
                         const std::function<void()>& checkpoint) {
  const MeasuredLowPass low_pass(A, y, noise);
  const Spread spread(A, y);
  at::Tensor corrected = x;
  for (int i = 0; i < kMostIterations; ++i) {
    if (checkpoint) checkpoint();
    const auto missing = low_pass(y - A.A(corrected));
    if (missing.abs().max().item<double>() < kColourTolerance / 2.0) break;
    corrected = (corrected + spread(missing)).clamp(-1.0, 1.0);
  }
  return corrected;
}

double colourDifference(const Degradation& A, const at::Tensor& y, const at::Tensor& x, double noise) {
  return MeasuredLowPass(A, y, noise)(y - A.A(x)).abs().max().item<double>();
}

}  // namespace p2l
