// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/nn/autoencoder/autoencoder.h"

namespace p2l {

/// Where a row or column of tiles lies, in latents: a tile sees [begin, end), and [from, to) of what it gives is used.
/// The first `rise` latents of that are blended with the tile before, the last `fall` with the one after.
struct TileSpan {
  std::int64_t begin = 0, end = 0, from = 0, to = 0, rise = 0, fall = 0;
};

/// Tiles of at most `tile` latents over `length`, as equal as whole numbers allow, of which neighbours share at least
/// `overlap`. Of the shared latents the outer ones, at most `reach` and at most three eighths at each end, are context
/// only; in the middle one tile fades into the other. 2 overlap <= tile.
std::vector<TileSpan> tileSpans(std::int64_t length, std::int64_t tile, std::int64_t overlap, std::int64_t reach);

/// An autoencoder that takes large pictures in overlapping tiles, so that its activations are those of one tile: also
/// in the gradient, where every tile is evaluated again in the backward pass. Pictures of one tile go through as they
/// are.
///
/// What tiles lack of the whole: (1) the surroundings. Where the overlap is more than twice the networks' reach
/// (AutoencoderShuffle), nothing is lost; otherwise next to nothing. (2) Attention in the middle of AutoencoderKL: it
/// is evaluated on the whole, at the latent's size, where that is cheap. (3) Means and variances of AutoencoderKL's
/// other group norms: they are collected over all tiles first, without a gradient (NormStatistics), and used by every
/// tile.
class TiledAutoencoder : public Autoencoder {
 public:
  /// In latents. The default tile is what Stable Diffusion was trained on.
  struct Tiling {
    std::int64_t tile = 64, overlap = 32;
  };

  /// @throws Error unless 0 <= 2 overlap <= tile
  explicit TiledAutoencoder(std::unique_ptr<const Autoencoder> whole, Tiling tiling = {64, 32});

  at::Tensor encode(const at::Tensor& x) const override;
  at::Tensor decode(const at::Tensor& z) const override;
  std::int64_t latentChannels() const override { return whole_->latentChannels(); }
  std::int64_t factor() const override { return whole_->factor(); }
  Reach reach() const override { return whole_->reach(); }

 private:
  using Evaluate = std::function<at::Tensor(const at::Tensor& tile, NormStatistics* statistics)>;
  /// @param in, out pixels per latent of the input and of what `evaluate` makes of it
  at::Tensor inTiles(const at::Tensor& input, std::int64_t in, std::int64_t out, std::int64_t reach,
                     const Evaluate& evaluate) const;
  std::shared_ptr<NormStatistics> collect(const at::Tensor& input, std::int64_t in, const std::vector<TileSpan>& rows,
                                          const std::vector<TileSpan>& columns, const Evaluate& evaluate) const;

  std::unique_ptr<const Autoencoder> whole_;
  Tiling tiling_;
};

}  // namespace p2l
