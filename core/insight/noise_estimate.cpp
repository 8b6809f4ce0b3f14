// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/noise_estimate.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/types/error.h"

namespace p2l {
namespace {

/// A block's mean square of detail, and how much of it is not to be trusted.
struct Block {
  double mean_square = 0.0;
  double bad = 0.0;  ///< share of pixels beside clipped or transparent ones
};

/// Side of the blocks, and the square root of the `kQuantile` of their mean square for white noise of deviation 1.
struct BlockKind {
  int side;
  double quantile_of_one;
};
constexpr double kQuantile = 0.05;
constexpr BlockKind kLarge = {16, 0.8635}, kSmall = {8, 0.7409};
constexpr int kMostBlocks = 20000;
constexpr int kFewBlocks = 16;
constexpr double kStep = 1.0 / 255.0;

/// [1 -2 1]^T [1 -2 1] / 6 around a pixel: of white noise it has the noise's deviation.
double detailAt(const Image& image, int x, int y, int channel) {
  const auto row = [&](int dy) {
    return static_cast<double>(image.at(x - 1, y + dy, channel)) - 2.0 * image.at(x, y + dy, channel) +
           image.at(x + 1, y + dy, channel);
  };
  return (row(-1) - 2.0 * row(0) + row(1)) / 6.0;
}

bool isBad(const Image& image, int x, int y, int channel) {
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) {
      const float sample = image.at(x + dx, y + dy, channel);
      if (sample <= 0.0f || sample >= 1.0f) return true;
      if (image.hasAlpha() && image.at(x + dx, y + dy, image.channels - 1) <= 0.0f) return true;
    }
  }
  return false;
}

Block blockAt(const Image& image, int left, int top, int side, int channel) {
  Block block;
  for (int y = top; y < top + side; ++y) {
    for (int x = left; x < left + side; ++x) {
      const double detail = detailAt(image, x, y, channel);
      block.mean_square += detail * detail;
      block.bad += isBad(image, x, y, channel) ? 1.0 : 0.0;
    }
  }
  const double count = static_cast<double>(side) * side;
  block.mean_square /= count;
  block.bad /= count;
  return block;
}

std::vector<Block> blocksOf(const Image& image, int side, int channel) {
  const int columns = (image.width - 2) / side, rows = (image.height - 2) / side;
  const auto count = static_cast<std::int64_t>(columns) * rows;
  const auto stride = std::max<std::int64_t>(1, count / kMostBlocks);
  std::vector<Block> blocks;
  for (std::int64_t i = 0; i < count; i += stride) {
    const int row = static_cast<int>(i / columns), column = static_cast<int>(i % columns);
    blocks.push_back(blockAt(image, 1 + column * side, 1 + row * side, side, channel));
  }
  return blocks;
}

double quantile(std::vector<double> values, double share) {
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  std::sort(values.begin(), values.end());
  const double above = values[std::min(below + 1, values.size() - 1)];
  return values[below] + (place - static_cast<double>(below)) * (above - values[below]);
}

/// Mean squares of the blocks to trust: those without a bad pixel, or the least bad tenth where there are few.
std::vector<double> trusted(const std::vector<Block>& blocks) {
  const auto good = std::count_if(blocks.begin(), blocks.end(), [](const Block& block) { return block.bad == 0.0; });
  double most = 0.0;
  if (good < std::max<std::ptrdiff_t>(kFewBlocks, static_cast<std::ptrdiff_t>(blocks.size() / 32))) {
    std::vector<double> bad;
    for (const auto& block : blocks) bad.push_back(block.bad);
    most = quantile(std::move(bad), 0.1);
  }
  std::vector<double> squares;
  for (const auto& block : blocks) {
    const bool flat = block.mean_square < 0.01 * kStep * kStep;  // painted, or rounded away by a JPEG
    if (block.bad <= most && !flat) squares.push_back(block.mean_square);
  }
  return squares;
}

/// Whether the samples are whole steps of 8 bit.
bool isEightBit(const Image& image) {
  const auto stride = std::max<std::size_t>(1, image.pixels.size() / 4096);
  for (std::size_t i = 0; i < image.pixels.size(); i += stride) {
    const double steps = image.pixels[i] / kStep;
    if (std::abs(steps - std::round(steps)) > 1e-3) return false;
  }
  return true;
}

double varianceOf(const Image& image, int channel) {
  const auto large = (image.width - 2) / kLarge.side * ((image.height - 2) / kLarge.side);
  const auto& kind = large >= kFewBlocks ? kLarge : kSmall;
  const auto squares = trusted(blocksOf(image, kind.side, channel));
  if (squares.empty()) return 0.0;
  const double variance = quantile(squares, kQuantile) / (kind.quantile_of_one * kind.quantile_of_one);
  return std::max(0.0, variance - (isEightBit(image) ? kStep * kStep / 12.0 : 0.0));
}

}  // namespace

NoiseEstimate estimateNoise(const Image& photo) {
  require(photo.width >= kSmall.side + 2 && photo.height >= kSmall.side + 2, "The noise of a picture of ", photo.width,
          " x ", photo.height, " pixels cannot be estimated: it must have 10 x 10 or more.");
  NoiseEstimate estimate;
  double sum = 0.0;
  const int colours = photo.channels < 3 ? 1 : 3;
  for (int channel = 0; channel < colours; ++channel) {
    const double variance = varianceOf(photo, channel);
    sum += variance;
    estimate.channels.push_back(2.0 * std::sqrt(variance));
  }
  estimate.sigma = 2.0 * std::sqrt(sum / colours);
  return estimate;
}

}  // namespace p2l
