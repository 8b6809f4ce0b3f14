// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/autoencoder/tiled_autoencoder.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/nn/layers/checkpoint.h"
#include "core/nn/layers/layers.h"
#include "core/types/error.h"

namespace p2l {

std::vector<TileSpan> tileSpans(std::int64_t length, std::int64_t tile, std::int64_t overlap, std::int64_t reach) {
  if (length <= tile) return {{0, length, 0, length, 0, 0}};
  const auto step = tile - overlap;
  const auto count = (length - overlap + step - 1) / step;
  const auto size = (length + (count - 1) * overlap + count - 1) / count;
  std::vector<TileSpan> spans;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto begin = i * (length - size) / (count - 1);
    spans.push_back({begin, begin + size, begin, begin + size, 0, 0});
  }
  for (std::size_t i = 1; i < spans.size(); ++i) {
    TileSpan &before = spans[i - 1], &after = spans[i];
    const auto shared = before.end - after.begin;
    const auto context = std::max(std::min(reach, 3 * shared / 8), shared - size / 2);
    after.from = after.begin + context;
    before.to = before.end - context;
    after.rise = before.fall = before.to - after.from;
  }
  return spans;
}

namespace {

// Rounds of collecting statistics: until they are settled.
constexpr int kMostRounds = 8;
constexpr double kSettled = 0.01;  // deviations

/// The weights of a span's used part, `unit` numbers per latent: raised cosines whose sum over neighbours is one.
at::Tensor window(const TileSpan& span, std::int64_t unit) {
  const auto count = (span.to - span.from) * unit, rise = span.rise * unit, fall = span.fall * unit;
  const auto ramp = [](std::int64_t k, std::int64_t n) {
    return 0.5 - 0.5 * std::cos(std::numbers::pi * (static_cast<double>(k) + 0.5) / static_cast<double>(n));
  };
  std::vector<double> weights(static_cast<std::size_t>(count), 1.0);
  for (std::int64_t k = 0; k < rise; ++k) weights[k] *= ramp(k, rise);
  for (std::int64_t k = 0; k < fall; ++k) weights[count - 1 - k] *= ramp(k, fall);
  return at::tensor(weights, at::kDouble);
}

}  // namespace

TiledAutoencoder::TiledAutoencoder(std::unique_ptr<const Autoencoder> whole, Tiling tiling)
    : whole_(std::move(whole)), tiling_(tiling) {
  require(tiling_.overlap >= 0 && tiling_.tile > 0 && 2 * tiling_.overlap <= tiling_.tile, "Tiles of ", tiling_.tile,
          " latents cannot overlap by ", tiling_.overlap, "; at most half of the tile was expected");
}

at::Tensor TiledAutoencoder::decode(const at::Tensor& z) const {
  if (std::max(z.size(2), z.size(3)) <= tiling_.tile) return whole_->decode(z);
  const auto features =
      checkpointed([this](const std::vector<at::Tensor>& inputs) { return whole_->decodeWhole(inputs[0]); }, {z});
  return inTiles(features, 1, factor(), reach().decode, [this](const at::Tensor& tile, NormStatistics* statistics) {
    return whole_->decodeTile(tile, statistics);
  });
}

at::Tensor TiledAutoencoder::encode(const at::Tensor& x) const {
  require(x.size(2) % factor() == 0 && x.size(3) % factor() == 0, "The picture is ", x.size(3), " x ", x.size(2),
          "; the autoencoder needs multiples of ", factor());
  if (std::max(x.size(2), x.size(3)) <= tiling_.tile * factor()) return whole_->encode(x);
  const auto evaluate = [this](const at::Tensor& tile, NormStatistics* statistics) {
    return whole_->encodeTile(tile, statistics);
  };
  const auto features = inTiles(x, factor(), 1, reach().encode, evaluate);
  return checkpointed([this](const std::vector<at::Tensor>& inputs) { return whole_->encodeWhole(inputs[0]); },
                      {features});
}

namespace {

/// The input of a tile.
at::Tensor tileOf(const at::Tensor& input, std::int64_t in, const TileSpan& row, const TileSpan& column) {
  return input.narrow(2, row.begin * in, (row.end - row.begin) * in)
      .narrow(3, column.begin * in, (column.end - column.begin) * in);
}

/// From the middle of the blending with the tile before to that with the one after: those parts of all tiles are the
/// whole, each latent once. In shares of the tile.
std::pair<double, double> ownPart(const TileSpan& span) {
  const auto size = static_cast<double>(span.end - span.begin);
  return {(static_cast<double>(span.from - span.begin) + 0.5 * static_cast<double>(span.rise)) / size,
          (static_cast<double>(span.to - span.begin) - 0.5 * static_cast<double>(span.fall)) / size};
}

}  // namespace

std::shared_ptr<NormStatistics> TiledAutoencoder::collect(const at::Tensor& input, std::int64_t in,
                                                          const std::vector<TileSpan>& rows,
                                                          const std::vector<TileSpan>& columns,
                                                          const Evaluate& evaluate) const {
  if (!whole_->normalises()) return nullptr;
  const at::NoGradGuard no_grad;
  auto statistics = std::make_shared<NormStatistics>();
  for (int round = 1; round <= kMostRounds; ++round) {
    for (const TileSpan& row : rows) {
      for (const TileSpan& column : columns) {
        const auto [top, bottom] = ownPart(row);
        const auto [left, right] = ownPart(column);
        statistics->setWindow({top, bottom, left, right});
        evaluate(tileOf(input.detach(), in, row, column), statistics.get());
      }
    }
    if (statistics->finishRound() < kSettled) break;
  }
  statistics->stopCollecting();
  return statistics;
}

at::Tensor TiledAutoencoder::inTiles(const at::Tensor& input, std::int64_t in, std::int64_t out, std::int64_t reach,
                                     const Evaluate& evaluate) const {
  const auto height = input.size(2) / in, width = input.size(3) / in;  // in latents
  const auto rows = tileSpans(height, tiling_.tile, tiling_.overlap, reach);
  const auto columns = tileSpans(width, tiling_.tile, tiling_.overlap, reach);
  const auto statistics = collect(input, in, rows, columns, evaluate);

  at::Tensor sum;
  for (const TileSpan& row : rows) {
    for (const TileSpan& column : columns) {
      const auto tile = tileOf(input, in, row, column);
      const auto used = [&row, &column, out](const at::Tensor& t) {
        return t.narrow(2, (row.from - row.begin) * out, (row.to - row.from) * out)
            .narrow(3, (column.from - column.begin) * out, (column.to - column.from) * out);
      };
      const auto made =
          checkpointed([evaluate, statistics](
                           const std::vector<at::Tensor>& inputs) { return evaluate(inputs[0], statistics.get()); },
                       {tile});
      const auto weights = window(row, out).unsqueeze(1) * window(column, out).unsqueeze(0);
      const auto placed =
          at::constant_pad_nd(used(made) * weights.to(made),
                              {column.from * out, (width - column.to) * out, row.from * out, (height - row.to) * out});
      sum = sum.defined() ? sum + placed : placed;
    }
  }
  return sum;
}

}  // namespace p2l
