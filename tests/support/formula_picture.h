// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ATen.h>

#include <cmath>

namespace p2l::test {

/// A formula that Python and C++ share: waves with a fixed dither, [1, 3, H, W] in [-1, 1], float64.
inline at::Tensor formulaPicture(int height, int width, bool second) {
  at::Tensor x = at::empty({1, 3, height, width}, at::kDouble);
  auto samples = x.accessor<double, 4>();
  for (int c = 0; c < 3; ++c) {
    for (int i = 0; i < height; ++i) {
      for (int j = 0; j < width; ++j) {
        const double wave = 0.5 + 0.4 * std::sin(0.3 * i + 0.2 * j * (c + 1));
        const double dither = second ? ((i * 31 + j * 17 + c * 5) % 101) / 100.0
                                     : ((i * 7919 + j * 104729 + c * 1299709) % 1009) / 1008.0;
        samples[0][c][i][j] = 2.0 * (0.7 * wave + 0.3 * dither) - 1.0;
      }
    }
  }
  return x;
}

}  // namespace p2l::test
