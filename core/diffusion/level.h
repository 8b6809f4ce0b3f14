// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace p2l {

/// Where between a picture and noise a latent is: z_t = signal z_0 + noise eps. Variance-preserving models have
/// signal^2 + noise^2 = 1, flow models signal + noise = 1, EDM's signal = 1; solvers read the two numbers alone.
struct Level {
  double t = 0.0;  ///< as the network is told: a training timestep, a time from 0 to 1, or what the model understands
  double signal = 1.0;
  double noise = 0.0;

  /// Of a variance-preserving model: sqrt(abar) and sqrt(1 - abar).
  static Level variancePreserving(double t, double alpha_bar) {
    return {t, std::sqrt(alpha_bar), std::sqrt(1.0 - alpha_bar)};
  }
  /// The signal's share of the power: abar of a variance-preserving model.
  double alphaBar() const { return signal * signal / (signal * signal + noise * noise); }
};

}  // namespace p2l
