// SPDX-License-Identifier: GPL-3.0-or-later
// The autoencoder in tiles against the autoencoder on the whole picture.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "core/base/gradient.h"
#include "core/nn/autoencoder/tiled_autoencoder.h"
#include "core/nn/layers/layers.h"
#include "core/types/error.h"
#include "core/weights/model_files.h"
#include "tests/support/formula_picture.h"
#include "tests/support/reference.h"

namespace p2l {
namespace {

using test::modelFolder;
using test::relativeDifference;
using Tiling = TiledAutoencoder::Tiling;

/// The autoencoder of a model; the weights live as long as it.
std::unique_ptr<Autoencoder> whole(const std::string& model, bool checkpointing = false) {
  const auto files = findAutoencoder(modelFolder(model));
  Weights weights(files.tensors(), at::kCPU);
  return makeAutoencoder(*files.config, WeightScope(weights), checkpointing);
}

TEST(TileSpans, CoverEveryLatentWithWeightsThatSumToOne) {
  for (const std::int64_t length : {5, 64, 65, 72, 96, 100, 128, 193, 256, 512}) {
    for (const auto& [tile, overlap] : {std::pair{64, 32}, {64, 16}, {16, 8}, {16, 0}}) {
      for (const std::int64_t reach : {0, 3, 12, 100}) {
        const auto spans = tileSpans(length, tile, overlap, reach);
        EXPECT_EQ(spans.front().begin, 0);
        EXPECT_EQ(spans.front().from, 0);
        EXPECT_EQ(spans.back().end, length);
        EXPECT_EQ(spans.back().to, length);
        for (std::size_t i = 0; i < spans.size(); ++i) {
          EXPECT_LE(spans[i].end - spans[i].begin, tile);
          EXPECT_LE(spans[i].begin, spans[i].from);
          EXPECT_LE(spans[i].to, spans[i].end);
          EXPECT_LE(spans[i].rise + spans[i].fall, spans[i].to - spans[i].from) << "a third tile would be blended in";
          if (i == 0) continue;
          EXPECT_EQ(spans[i - 1].to - spans[i].from, spans[i].rise) << "a gap, or weights that sum to more than one";
          EXPECT_EQ(spans[i - 1].fall, spans[i].rise);
          EXPECT_GE(spans[i - 1].end - spans[i].begin, overlap);
        }
      }
    }
  }
}

TEST(TiledAutoencoder, RefusesOverlapsOfMoreThanHalfATile) {
  EXPECT_THROW(TiledAutoencoder(whole("p2l-tiny"), Tiling{16, 9}), Error);
  EXPECT_NO_THROW(TiledAutoencoder(whole("p2l-tiny"), Tiling{16, 8}));
}

TEST(TiledAutoencoder, APictureOfOneTileGoesThroughAsItIs) {
  const at::NoGradGuard no_grad;
  const auto net = whole("sd1-mini");
  const TiledAutoencoder tiled(whole("sd1-mini"), {16, 8});
  at::manual_seed(1);
  const auto z = at::randn({1, 4, 16, 12});
  EXPECT_TRUE(at::equal(tiled.decode(z), net->decode(z)));
}

/// Without normalisation tiles that see farther than the convolutions reach are the whole, gradient included.
class Exact : public testing::TestWithParam<const char*> {};

TEST_P(Exact, BothWaysAndTheGradient) {
  const auto net = whole(GetParam());
  const TiledAutoencoder tiled(whole(GetParam()), {64, 32});
  ASSERT_LE(2 * net->reach().decode, 24) << "of 32 shared latents 24 may be context";
  at::manual_seed(2);
  const auto z = at::randn({1, net->latentChannels(), 96, 72});
  const auto picture = at::randn({1, 3, 96 * net->factor(), 72 * net->factor()});
  {
    const at::NoGradGuard no_grad;
    EXPECT_LT(relativeDifference(tiled.decode(z), net->decode(z)), 1e-5);
    EXPECT_LT(relativeDifference(tiled.encode(picture), net->encode(picture)), 1e-5);
  }
  const auto gradientOf = [&](const Autoencoder& autoencoder) {
    return gradient([&](const at::Tensor& at) { return (autoencoder.decode(at) * picture).sum(); }, z).gradient;
  };
  // A ReLU whose input rounds to the other side of zero has another gradient, in a few places: there the norm counts.
  const auto expectNear = [](const at::Tensor& found, const at::Tensor& expected) {
    if (std::string(GetParam()) == "taesd-mini") {
      EXPECT_LT((found - expected).norm().item<double>(), 1e-3 * expected.norm().item<double>());
    } else {
      EXPECT_LT(relativeDifference(found, expected), 1e-5);
    }
  };
  expectNear(gradientOf(tiled), gradientOf(*net));
  const auto weights = at::randn_like(z);
  const auto gradientOfEncoder = [&](const Autoencoder& autoencoder) {
    return gradient([&](const at::Tensor& at) { return (autoencoder.encode(at) * weights).sum(); }, picture).gradient;
  };
  expectNear(gradientOfEncoder(tiled), gradientOfEncoder(*net));
}

INSTANTIATE_TEST_SUITE_P(Models, Exact, testing::Values("p2l-tiny", "taesd-mini"),
                         [](const auto& info) { return std::string(info.param).substr(0, 3); });

TEST(TiledAutoencoder, ReachIsHowFarAChangeIsSeen) {
  const at::NoGradGuard no_grad;
  for (const char* model : {"p2l-tiny", "taesd-mini"}) {
    const auto net = whole(model);
    at::manual_seed(3);
    const auto z = at::randn({1, net->latentChannels(), 64, 64});
    auto other = z.clone();
    other.narrow(3, 0, 1).add_(1.0);                                                // the first column
    const auto seen = (net->decode(other) - net->decode(z)).abs().amax({0, 1, 2});  // [64 f]
    const auto beyond = (net->reach().decode + 1) * net->factor();
    // Winograd's transforms round differently a little farther out.
    EXPECT_LT(seen.narrow(0, beyond, seen.size(0) - beyond).max().item<float>(), 3e-6f) << model;
    EXPECT_GT(seen.narrow(0, 0, beyond).max().item<float>(), 1e-2f) << model;
  }
}

/// AutoencoderKL on a latent of several tiles, with the statistics of the whole.
class Kl : public testing::Test {
 protected:
  Kl() {
    const at::NoGradGuard no_grad;
    // Brighter and of more contrast to the right, so that tiles differ in what they are normalised by.
    picture_ = test::formulaPicture(192, 160, false).to(at::kFloat) * at::linspace(0.1, 1.0, 160) +
               at::linspace(-0.6, 0.3, 160);
    z_ = net_->encode(picture_);  // [1, 4, 48, 40]
    features_ = net_->decodeWhole(z_);
    expected_ = net_->decode(z_);
  }
  static constexpr Tiling kTiling{32, 16};

  /// Mean step of the difference to the whole from column to column, at the borders of tiles over everywhere.
  double seamEnergy(const at::Tensor& found, const std::vector<std::int64_t>& borders) const {
    const auto difference = found - expected_;
    const auto width = difference.size(3);
    const auto steps = (difference.narrow(3, 1, width - 1) - difference.narrow(3, 0, width - 1)).abs().mean({0, 1, 2});
    double at_borders = 0.0;
    for (const auto border : borders) at_borders = std::max(at_borders, steps[border - 1].item<double>());
    return at_borders / steps.mean().item<double>();
  }
  std::vector<std::int64_t> borders(const Tiling& tiling) const {
    std::vector<std::int64_t> found;
    for (const auto& span : tileSpans(40, tiling.tile, tiling.overlap, net_->reach().decode)) {
      if (span.from > 0) found.push_back(span.from * net_->factor());
      if (span.to < 40) found.push_back(span.to * net_->factor());
    }
    return found;
  }

  std::unique_ptr<Autoencoder> net_ = whole("sd1-mini");
  at::Tensor picture_, z_, features_, expected_;
};

TEST_F(Kl, DiffersLittleAndHasNoSeams) {
  const at::NoGradGuard no_grad;
  const TiledAutoencoder tiled(whole("sd1-mini"), kTiling), cut(whole("sd1-mini"), {32, 0});
  const auto found = tiled.decode(z_);
  // Random weights on a picture whose contrast grows tenfold from left to right are the worst case.
  const auto error = (found - expected_).square().mean().sqrt() / expected_.std();
  EXPECT_LT(error.item<double>(), 0.02);
  EXPECT_GT(error.item<double>(), 0.0) << "several tiles cannot be the whole to the bit";
  EXPECT_LT(seamEnergy(found, borders(kTiling)), 2.0);
  EXPECT_GT(seamEnergy(cut.decode(z_), borders({32, 0})), 4.0) << "tiles cut beside each other have seams";
  const auto z = tiled.encode(picture_);
  EXPECT_LT(((z - z_).square().mean().sqrt() / z_.std()).item<double>(), 0.02);
}

TEST_F(Kl, TilesThatNormaliseByThemselvesAreFartherOff) {
  const at::NoGradGuard no_grad;
  const auto tile = features_.narrow(3, 0, 32), inside = net_->decodeTile(tile, nullptr).narrow(3, 0, 64);
  NormStatistics statistics;
  net_->decodeTile(features_, &statistics);
  statistics.finishRound();
  statistics.stopCollecting();
  const auto with = net_->decodeTile(tile, &statistics).narrow(3, 0, 64);
  const auto reference = expected_.narrow(3, 0, 64);
  EXPECT_LT((with - reference).square().mean().item<double>(),
            0.25 * (inside - reference).square().mean().item<double>());
}

TEST_F(Kl, StatisticsOfTheWholeGiveTheWhole) {
  const at::NoGradGuard no_grad;
  NormStatistics statistics;
  EXPECT_LT(relativeDifference(net_->decodeTile(features_, &statistics), expected_), 1e-6)
      << "collecting changes nothing";
  statistics.finishRound();
  statistics.stopCollecting();
  EXPECT_LT(relativeDifference(net_->decodeTile(features_, &statistics), expected_), 1e-4);
}

TEST_F(Kl, GradientIsThatOfTheTiledFunction) {
  // The statistics are constants of the gradient: differences with them held fixed.
  const TiledAutoencoder tiled(whole("sd1-mini"), kTiling), checkpointed(whole("sd1-mini", true), kTiling);
  at::manual_seed(5);
  const auto weights = at::randn_like(expected_);
  const auto gradientOf = [&](const Autoencoder& autoencoder) {
    return gradient([&](const at::Tensor& at) { return (autoencoder.decode(at) * weights).sum(); }, z_).gradient;
  };
  const auto found = gradientOf(tiled), exact = gradientOf(*net_);
  EXPECT_LT(relativeDifference(gradientOf(checkpointed), found), 1e-5);
  const auto cosine = (found * exact).sum() / (found.norm() * exact.norm());
  EXPECT_GT(cosine.item<double>(), 0.95);
}

}  // namespace
}  // namespace p2l
