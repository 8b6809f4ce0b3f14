// SPDX-License-Identifier: GPL-3.0-or-later
// The mixture's posterior against sums over a grid, and solvers on it against the posterior.
#include "core/insight/mixture.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/api/measure.h"
#include "core/insight/lesson.h"

namespace p2l {
namespace {

constexpr double kReach = 3.0;
constexpr int kGrid = 600;

TEST(Mixture, ThePosteriorIsPriorTimesLikelihood) {
  for (const double sigma : {0.1, 0.4, 1.0}) {
    const auto mixture = lessonMixture(sigma);
    const double cell = std::pow(2 * kReach / kGrid, 2);
    double posterior = 0.0, product = 0.0, prior = 0.0;
    std::vector<double> of_hill(mixture.hills.size(), 0.0);
    for (int i = 0; i < kGrid; ++i) {
      for (int j = 0; j < kGrid; ++j) {
        const Mixture::Point x = {kReach * (2.0 * (i + 0.5) / kGrid - 1.0), kReach * (2.0 * (j + 0.5) / kGrid - 1.0)};
        prior += cell * mixture.prior(x);
        posterior += cell * mixture.posterior(x);
        product += cell * mixture.prior(x) * mixture.likelihood(x);
        for (std::size_t k = 0; k < of_hill.size(); ++k) {
          auto alone = mixture;
          alone.hills = {mixture.hills[k]};
          of_hill[k] += cell * alone.prior(x) * mixture.likelihood(x);
        }
      }
    }
    EXPECT_NEAR(prior, 1.0, 1e-3);
    EXPECT_NEAR(posterior, 1.0, 1e-3) << sigma;
    const auto weights = mixture.posteriorWeights();
    for (std::size_t k = 0; k < weights.size(); ++k) EXPECT_NEAR(weights[k], of_hill[k] / product, 1e-3) << sigma;
  }
}

RestoreRequest lessonRequest(const std::string& solver, const ParamValues& values) {
  RestoreRequest request;
  request.model = "p2l-tiny-pixel";
  request.solver = solver;
  request.solver_values = values;
  request.sampler_values = {{"steps", 50.0}, {"eta", 1.0}};
  return request;
}

TEST(Mixture, ParticlesFollowThePosterior) {
  const auto catalogue = readCatalogue();
  const auto mixture = lessonMixture(0.15);
  RunControl control;
  int done = 0;
  const auto particles = runOnMixture(
      catalogue, lessonRequest("pigdm", {{"rho", 1.0}, {"deviation", 0.5}}), mixture, 60, control,
      [&](const MixtureParticles& so_far) { EXPECT_EQ(so_far.steps.back().size(), static_cast<std::size_t>(++done)); });
  EXPECT_EQ(done, 60);
  ASSERT_EQ(particles.steps.size(), 51u);
  ASSERT_EQ(particles.times.size(), 51u);
  for (const auto& step : particles.steps) ASSERT_EQ(step.size(), 60u);
  const auto numbers = numbersOfParticles(mixture, particles, "p");
  EXPECT_LT(numbers.at("p.misfit"), 3 * 0.15);
  EXPECT_LT(numbers.at("p.hill3"), 10.0);  // ruled out
  EXPECT_GT(numbers.at("p.hill1"), 15.0);  // both that fit are found
  EXPECT_GT(numbers.at("p.hill2"), 15.0);
}

/// Of the lesson's other solvers, with its values.
std::vector<RestoreRequest> otherSolvers(const Catalogue& catalogue) {
  for (const auto& lesson : readLessons({lessonFolder()}, catalogue)) {
    if (lesson.stage == Lesson::Stage::Mixture) return lesson.others;
  }
  return {};
}

std::map<std::string, double> numbersOf(const Catalogue& catalogue, const RestoreRequest& request,
                                        const Mixture& mixture) {
  RunControl control;
  return numbersOfParticles(mixture, runOnMixture(catalogue, request, mixture, 60, control), "p");
}

TEST(Mixture, EverySolverOfTheLessonFindsBothHillsThatFit) {
  const auto catalogue = readCatalogue();
  const auto others = otherSolvers(catalogue);
  EXPECT_EQ(others.size(), 3u);
  for (const auto& request : others) {
    const auto numbers = numbersOf(catalogue, request, lessonMixture(0.15));
    EXPECT_LT(numbers.at("p.misfit"), 3 * 0.15) << request.solver;
    EXPECT_LT(numbers.at("p.hill3"), 10.0) << request.solver;
    EXPECT_GT(numbers.at("p.hill1"), 15.0) << request.solver;
    EXPECT_GT(numbers.at("p.hill2"), 15.0) << request.solver;
  }
}

// As the lesson says: two of them do not ask how noisy y is.
TEST(Mixture, SomeSolversDoNotUseTheNoise) {
  const auto catalogue = readCatalogue();
  for (const auto& request : otherSolvers(catalogue)) {
    const auto numbers = numbersOf(catalogue, request, lessonMixture(1.0));
    EXPECT_GT(numbers.at("p.exact3"), 20.0);
    if (request.solver == "diffpir") {
      EXPECT_GT(numbers.at("p.hill3"), 5.0);
    } else {
      EXPECT_LT(numbers.at("p.hill3"), 5.0) << request.solver;
    }
  }
}

TEST(Mixture, AStopEndsIt) {
  const auto catalogue = readCatalogue();
  RunControl control;
  const auto stop = [&](const MixtureParticles& so_far) {
    if (so_far.steps.back().size() == 3) control.requestStop();
  };
  EXPECT_THROW(runOnMixture(catalogue, lessonRequest("dds", {}), lessonMixture(0.1), 50, control, stop), StopRequested);
}

}  // namespace
}  // namespace p2l
