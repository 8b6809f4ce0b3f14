// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <string>
#include <vector>

#include "core/diffusion/diffusion_model.h"

namespace p2l::test {

/// A latent model whose prior is known: every latent is N(mean + shift(C), deviation^2), independently, and the noise
/// prediction is the exact one. D is pixel shuffling by 2 of 12 channels, E its inverse: an orthogonal map, so that
/// pictures have the same prior; or D and E are the identity, for the solvers of pixels. C shifts the mean by its
/// average, so that prompt tuning has something to find.
class GaussianPrior : public DiffusionModel {
 public:
  GaussianPrior(double mean, double deviation, bool pixel = false)
      : mean_(mean), deviation_(deviation), pixel_(pixel), schedule_(NoiseSchedule::Config{}) {}

  at::Tensor predictNoise(const at::Tensor& z_t, const Level& level, const Conditioning& C) const override {
    const double a = level.signal, s2 = level.noise * level.noise;
    const double variance = deviation_ * deviation_;
    const auto mean = mean_ + C.prompt.mean();
    // E[z_0 | z_t] of a Gaussian, then eps from it.
    const auto z0 = mean + variance * a / (a * a * variance + s2) * (z_t - a * mean);
    return (z_t - a * z0) / level.noise;
  }
  at::Tensor decode(const at::Tensor& z) const override { return pixel_ ? z : at::pixel_shuffle(z, 2); }
  at::Tensor encode(const at::Tensor& x) const override { return pixel_ ? x : at::pixel_unshuffle(x, 2); }
  Conditioning embedPrompt(const std::string&) const override { return at::zeros({1, 4, 8}); }
  std::vector<SamplingStep> plan(int steps, const std::string& spacing) const override {
    return samplingPlan(schedule_, steps, spacing);
  }
  Level levelAt(double t) const override { return schedule_.levelAt(t); }
  ModelKind kind() const override { return pixel_ ? ModelKind::Pixel : ModelKind::Latent; }
  std::int64_t latentChannels() const override { return pixel_ ? 3 : 12; }
  std::int64_t pixelsPerLatent() const override { return pixel_ ? 1 : 2; }
  std::int64_t sizeMultiple() const override { return 2; }

 private:
  double mean_, deviation_;
  bool pixel_;
  NoiseSchedule schedule_;
};

}  // namespace p2l::test
