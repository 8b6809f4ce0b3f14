// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "core/weights/json_config.h"
#include "core/weights/weights.h"

namespace p2l {

class NormStatistics;

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

  // What tiles need to know (core/nn/autoencoder/tiled_autoencoder.h).

  /// How many latents away decodeTile and encodeTile still see. A tile is exact farther inside than that, but for what
  /// is normalised over the whole picture.
  struct Reach {
    std::int64_t decode = 0, encode = 0;
  };
  virtual Reach reach() const = 0;
  /// True when networks normalise by the whole picture's means and variances, so that tiles have to share them.
  virtual bool normalises() const { return false; }
  /// D(z) = decodeTile(decodeWhole(z)), E(x) = encodeWhole(encodeTile(x)): `Whole` is what has to see the whole picture
  /// (attention), at the latent's size, and gives or takes features of that size; the rest may be evaluated in tiles.
  /// @param statistics of the picture that the tile is of; null where it does not normalise, or for the whole
  virtual at::Tensor decodeWhole(const at::Tensor& z) const { return z; }
  virtual at::Tensor decodeTile(const at::Tensor& features, NormStatistics* statistics) const;
  virtual at::Tensor encodeTile(const at::Tensor& x, NormStatistics* statistics) const;
  virtual at::Tensor encodeWhole(const at::Tensor& features) const { return features; }
};

/// Reads `_class_name` and builds AutoencoderKL (Stable Diffusion), AutoencoderTiny (TAESD) or AutoencoderShuffle
/// (p2l-tiny). @param checkpointing keep no activations for the gradient (AutoencoderKL; the others are small)
/// @param tiling, refinements as TiledAutoencoder and refined() do them @throws Error
std::unique_ptr<Autoencoder> makeAutoencoder(const JsonConfig& json, const WeightScope& scope,
                                             bool checkpointing = false, bool tiling = false, int refinements = 0);

/// One file each.
std::unique_ptr<Autoencoder> makeAutoencoderKL(const JsonConfig& json, const WeightScope& scope, bool checkpointing);
std::unique_ptr<Autoencoder> makeAutoencoderTiny(const JsonConfig& json, const WeightScope& scope);
std::unique_ptr<Autoencoder> makeAutoencoderShuffle(const JsonConfig& json, const WeightScope& scope);

}  // namespace p2l
