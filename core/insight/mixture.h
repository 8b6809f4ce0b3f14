// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/api/catalogue.h"
#include "core/types/run_control.h"

namespace p2l {

/// Two numbers in place of a picture, with a prior that is known: a mixture of round Gaussians ("hills"). One number is
/// measured, y = a . x + n with n ~ N(0, sigma^2). The posterior is a mixture, too, in closed form, so that one can see
/// how near the solvers come to it.
struct Mixture {
  using Point = std::array<double, 2>;
  struct Hill {
    double weight = 1.0;  ///< they add up to 1
    Point mean{};
    double deviation = 0.2;
  };
  std::vector<Hill> hills;
  Point a{1.0, 0.0};
  double y = 0.0;
  double sigma = 0.1;

  double prior(const Point& x) const;
  /// p(y | x), up to its factor.
  double likelihood(const Point& x) const;
  double posterior(const Point& x) const;
  /// Each hill's share of the posterior.
  std::vector<double> posteriorWeights() const;
  /// The hill that a point of the posterior most likely comes from.
  int hillOf(const Point& x) const;
  /// The posterior's deviation across `a` within the hill.
  double widthOf(int hill) const { return hills[hill].deviation; }
};

/// The mixture of the lesson: two hills that y cannot tell apart, and one that it rules out.
Mixture lessonMixture(double sigma);

/// Where a solver's particles were.
struct MixtureParticles {
  std::vector<std::vector<Mixture::Point>> steps;  ///< x_t by step, and the results last
  std::vector<int> times;                          ///< the training timestep of each; 0 for the results
};

/// Runs the request's solver of pixels on the mixture with the exact denoiser, a particle after the other, each with a
/// seed of its own. @param done gets the particles so far after each that is finished, on this thread
/// @throws Error on bad input, StopRequested
MixtureParticles runOnMixture(const Catalogue& catalogue, const RestoreRequest& request, const Mixture& mixture,
                              int particles, RunControl& control,
                              const std::function<void(const MixtureParticles&)>& done = {});

/// What the particles are like, and what is exact, as names under `prefix`: hill1.., exact1.., width, exact_width,
/// misfit.
std::map<std::string, double> numbersOfParticles(const Mixture& mixture, const MixtureParticles& particles,
                                                 const std::string& prefix);

}  // namespace p2l
