// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <string>

#include "core/weights/json_config.h"
#include "core/weights/weights.h"

namespace p2l {

/// E and D of a latent diffusion model. Pictures [B, 3, H, W] in [-1, 1], latents [B, c, H / f, W / f] scaled to about
/// unit variance.
class Autoencoder {
 public:
  virtual ~Autoencoder() = default;
  /// The posterior mean times the scaling factor (paper Eq. 20).
  virtual at::Tensor encode(const at::Tensor& x) const = 0;
  virtual at::Tensor decode(const at::Tensor& z) const = 0;
  virtual std::int64_t latentChannels() const = 0;
  virtual std::int64_t factor() const = 0;  ///< f, pixels per latent
  virtual std::string className() const = 0;
};

/// Reads `_class_name` and builds AutoencoderKL (Stable Diffusion), AutoencoderTiny (TAESD) or AutoencoderShuffle
/// (p2l-tiny). @param checkpointing keep no activations for the gradient (AutoencoderKL; the others are small)
/// @throws Error
std::unique_ptr<Autoencoder> makeAutoencoder(const JsonConfig& json, const WeightScope& scope,
                                             bool checkpointing = false);

/// One file each.
std::unique_ptr<Autoencoder> makeAutoencoderKL(const JsonConfig& json, const WeightScope& scope, bool checkpointing);
std::unique_ptr<Autoencoder> makeAutoencoderTiny(const JsonConfig& json, const WeightScope& scope);
std::unique_ptr<Autoencoder> makeAutoencoderShuffle(const JsonConfig& json, const WeightScope& scope);

}  // namespace p2l
