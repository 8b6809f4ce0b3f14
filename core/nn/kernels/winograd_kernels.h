// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace p2l::winograd {

// Winograd's minimal filtering F(4 x 4, 3 x 3): a tile of 4 x 4 results costs 36 multiplications per pair of channels
// in place of 144. Lavin & Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016. The interpolation
// points are 0, +-5/8, +-3/2 and infinity in place of their 0, +-1, +-2: the rounding error is three times smaller.
// Pictures are [n, h, w, channels] (channels last), float32.

constexpr std::int64_t kTile = 4;     ///< side of a tile of results
constexpr std::int64_t kPoints = 36;  ///< products per tile and pair of channels

struct Shape {
  std::int64_t n, h, w;
  std::int64_t in, out;  ///< channels, multiples of Kernels::lanes
  std::int64_t tilesDown() const { return (h + kTile - 1) / kTile; }
  std::int64_t tilesAcross() const { return (w + kTile - 1) / kTile; }
  std::int64_t tiles() const { return n * tilesDown() * tilesAcross(); }
};

/// Where w[o, i, y, x] lies: at first + o * out + i * in + y * row + x * column floats. Negative strides turn it round.
struct WeightStrides {
  std::int64_t first, out, in, row, column;
};

/// The stages for one instruction set. Ranges let the caller share the work among threads. The 36 points of u, v and m
/// lie `stride` floats apart.
struct Kernels {
  const char* name;
  std::int64_t lanes;  ///< floats of a vector register
  std::int64_t panel;  ///< output channels that u holds side by side

  /// u = G w G^T for the output channels [begin, end); begin is a multiple of `panel`.
  void (*transformWeight)(const float* w, const WeightStrides& at, const Shape& shape, std::int64_t begin,
                          std::int64_t end, std::int64_t stride, float* u);
  /// v = B^T x B for the tiles [begin, end): [36][end - begin, in].
  /// @param zeros `in` zeros, read in place of pixels outside the picture
  void (*transformInput)(const float* x, const Shape& shape, std::int64_t begin, std::int64_t end, const float* zeros,
                         std::int64_t stride, float* v);
  /// m = v u at one point. @param v [tiles, in] @param m [tiles, out]
  void (*multiply)(const float* v, const float* u, const Shape& shape, std::int64_t tiles, float* m);
  /// y = A^T m A + bias for the tiles [begin, end). @param m [36][end - begin, out] @param bias [out], or null
  void (*transformOutput)(const float* m, const Shape& shape, std::int64_t begin, std::int64_t end, std::int64_t stride,
                          const float* bias, float* y);
};

/// The instruction sets that this processor can run, best first; never empty.
struct KernelList {
  const Kernels* sets[3];
  int count;
};
KernelList availableKernels();

}  // namespace p2l::winograd
