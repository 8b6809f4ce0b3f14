// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <cmath>

#include "core/diffusion/latent_model.h"

namespace p2l::test {

/// A latent model whose prior is known: every latent is N(mean + shift(C), deviation^2), independently, and the noise
/// prediction is the exact one. D is pixel shuffling by 2 of 12 channels, E its inverse: an orthogonal map, so that
/// pictures have the same prior; or D and E are the identity, for the solvers of pixels. C shifts the mean by its
/// average, so that prompt tuning has something to find.
class GaussianPrior : public LatentModel {
 public:
  GaussianPrior(double mean, double deviation, bool pixel = false)
      : mean_(mean), deviation_(deviation), pixel_(pixel), schedule_(NoiseSchedule::Config{}) {}

  at::Tensor predictNoise(const at::Tensor& z_t, std::int64_t timestep,
                          const at::Tensor& prompt_embedding) const override {
    const double ab = schedule_.alphaBar(timestep);
    const double variance = deviation_ * deviation_;
    const auto mean = mean_ + prompt_embedding.mean();
    // E[z_0 | z_t] of a Gaussian, then eps from it.
    const auto z0 = mean + variance * std::sqrt(ab) / (ab * variance + 1.0 - ab) * (z_t - std::sqrt(ab) * mean);
    return (z_t - std::sqrt(ab) * z0) / std::sqrt(1.0 - ab);
  }
  at::Tensor decode(const at::Tensor& z) const override { return pixel_ ? z : at::pixel_shuffle(z, 2); }
  at::Tensor encode(const at::Tensor& x) const override { return pixel_ ? x : at::pixel_unshuffle(x, 2); }
  at::Tensor embedPrompt(const std::string&) const override { return at::zeros({1, 4, 8}); }
  const NoiseSchedule& schedule() const override { return schedule_; }
  bool isPixelModel() const override { return pixel_; }
  std::int64_t latentChannels() const override { return pixel_ ? 3 : 12; }
  std::int64_t pixelsPerLatent() const override { return pixel_ ? 1 : 2; }
  std::int64_t sizeMultiple() const override { return 2; }

 private:
  double mean_, deviation_;
  bool pixel_;
  NoiseSchedule schedule_;
};

}  // namespace p2l::test
