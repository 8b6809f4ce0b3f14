// SPDX-License-Identifier: GPL-3.0-or-later
// How far each solver is from the posterior of a Gaussian prior: docs/solvers.md states it, and is held to it here.
//
// Prior N(m, s^2 I) and y = A x + n with n ~ N(0, sigma^2 I). With A^T A = V diag(lambda) V^T the posterior is
// independent along the columns v of V:
//   variance   1 / (1 / s^2 + lambda / sigma^2)
//   mean       variance (v^T m / s^2 + v^T A^T y / sigma^2)
// Draws of one measurement by several seeds, in units of that deviation, have a mean of 0 and a deviation of 1 when the
// solver is exact. Told apart: directions that y says more about than the prior does, and the others.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "core/base/random.h"
#include "core/noise/noise.h"
#include "core/solvers/solver.h"
#include "core/types/error.h"
#include "tests/support/degradation_support.h"
#include "tests/support/gaussian_prior.h"

namespace p2l {
namespace {

constexpr std::int64_t kSide = 16;
constexpr double kMean = 0.2, kDeviation = 0.5, kNoise = 0.01;
constexpr int kDraws = 6, kSteps = 100;

/// Distance of a solver's draws to the posterior along a group of directions, in units of the posterior's deviation.
struct Distance {
  double bias;   ///< of the draws' mean, root mean square over the directions
  double width;  ///< deviation of the draws
};
struct Distances {
  Distance measured, other;
};

/// A measurement and its posterior.
struct Measured {
  std::unique_ptr<Degradation> A;
  at::Tensor y;
  at::Tensor V, mean, deviation;  ///< directions as columns, and the posterior along each
  at::Tensor informed;            ///< whether y says more about the direction than the prior
};

Measured measure(const std::string& task, const ParamValues& values) {
  auto A = test::makeDegradation(task, kSide, kSide, values, 7);
  auto truth_generator = makeGenerator(1, RandomStream::Mask);
  const auto truth = kMean + kDeviation * randomNormal({1, 3, kSide, kSide}, truth_generator);
  auto noise_generator = makeGenerator(1, RandomStream::MeasurementNoise);
  const auto y = addNoise(*A, A->A(truth), kNoise, noise_generator);

  const auto n = truth.numel();
  const auto matrix = A->A(at::eye(n, at::kDouble).view({n, 3, kSide, kSide})).flatten(1).t();  // [measurements, n]
  const auto [lambda, V] = at::linalg_eigh(matrix.t().matmul(matrix));
  const auto variance = 1.0 / (1.0 / (kDeviation * kDeviation) + lambda.clamp_min(0.0) / (kNoise * kNoise));
  const auto information = matrix.t().matmul(y.to(at::kDouble).flatten()) / (kNoise * kNoise) +
                           kMean / (kDeviation * kDeviation) * at::ones({n}, at::kDouble);
  return {std::move(A),
          y,
          V,
          variance * V.t().matmul(information),
          variance.sqrt(),
          lambda * (kDeviation * kDeviation) > kNoise * kNoise};
}

/// Half the pixels missing, super-resolution and a blur: the columns of the table.
const std::vector<Measured>& measurements() {
  static const auto all = [] {
    std::vector<Measured> each;
    each.push_back(measure("random-drop", {{"drop", 0.5}}));
    each.push_back(measure("sr", {{"factor", 4.0}}));
    each.push_back(measure("gaussian-blur", {{"sigma", 1.0}, {"kernel_size", 9.0}}));
    return each;
  }();
  return all;
}

Distances distances(const std::string& id, const ParamValues& values, double eta, const Measured& measured) {
  const auto& entry = solverEntry(id);
  const test::GaussianPrior prior(kMean, kDeviation, entry.info.model_kind == ModelKind::Pixel);
  const auto side = kSide / prior.pixelsPerLatent();
  std::vector<at::Tensor> draws;
  for (std::uint64_t seed = 0; seed < kDraws; ++seed) {
    auto latent_generator = makeGenerator(seed, RandomStream::InitialLatent);
    Problem problem{measured.y,
                    *measured.A,
                    prior,
                    prior.embedPrompt("").prompt,
                    randomNormal({1, prior.latentChannels(), side, side}, latent_generator),
                    prior.plan(kSteps, "leading"),
                    eta,
                    makeGenerator(seed, RandomStream::SamplerNoise)};
    problem.noise = kNoise;
    RunControl control;
    const auto solver = entry.make(completeValues(entry.info.parameters, values, id));
    const auto x = prior
                       .decode(solver->solve(
                           problem, [](const StepView&) {}, control))
                       .to(at::kDouble)
                       .flatten();
    draws.push_back((measured.V.t().matmul(x) - measured.mean) / measured.deviation);
  }
  const auto z = at::stack(draws);  // [draws, directions], standard normal when exact
  auto along = [&](const at::Tensor& directions) {
    const auto chosen = z.index({at::indexing::Slice(), directions});
    const double spread = chosen.var(0).mean().item<double>();
    const double bias = chosen.mean(0).square().mean().item<double>() - spread / kDraws;  // less what chance adds
    return Distance{std::sqrt(std::max(bias, 0.0)), std::sqrt(spread)};
  };
  return {along(measured.informed), along(measured.informed.logical_not())};
}

struct Case {
  const char* row;  ///< of the table
  const char* solver;
  ParamValues values;
  double eta;
};
void PrintTo(const Case& each, std::ostream* os) {
  *os << each.row;
}
const std::vector<Case> kCases = {
    {"p2l", "p2l", {{"K", 0.0}, {"gamma", 1.0}, {"lambda", 1e-3}, {"rho", 0.3}}, 0},
    {"p2l, fresh noise", "p2l", {{"K", 0.0}, {"gamma", 1.0}, {"lambda", 1e-3}, {"rho", 0.3}, {"renoise", 1.0}}, 1},
    {"ldps", "ldps", {{"rho", 1.0}}, 0},
    {"ldps, η = 1", "ldps", {{"rho", 1.0}}, 1},
    {"gml_dps", "gml_dps", {{"rho", 1.0}}, 0},
    {"psld", "psld", {{"rho", 1.0}}, 0},
    {"psld, η = 1", "psld", {{"rho", 1.0}}, 1},
    {"ldir", "ldir", {{"rho", 0.02}}, 0},
    {"ldir, η = 1", "ldir", {{"rho", 0.02}}, 1},
    {"treg, no fresh noise", "treg", {{"every", 1.0}, {"until", 1.0}, {"renoise", 0.0}}, 0},
    {"treg", "treg", {{"every", 1.0}, {"until", 1.0}}, 1},
    {"resample", "resample", {{"every", 2.0}, {"lr", 0.02}}, 0},
    {"latent_daps", "latent_daps", {{"iterations", 50.0}}, 0},
    {"latent_daps, 10 flow steps", "latent_daps", {{"ode_steps", 10.0}, {"iterations", 50.0}}, 0},
    {"latino", "latino", {}, 0},
    {"dps", "dps", {{"rho", 1.0}}, 0},
    {"dps, η = 1", "dps", {{"rho", 1.0}}, 1},
    {"pigdm", "pigdm", {{"deviation", kDeviation}}, 0},
    {"pigdm, η = 1", "pigdm", {{"deviation", kDeviation}}, 1},
    {"dds", "dds", {}, 0},
    {"dds, η = 1", "dds", {}, 1},
    {"diffpir, ζ = 0", "diffpir", {{"zeta", 0.0}, {"lambda", 1.0}}, 0},
    {"diffpir, ζ = 1", "diffpir", {{"zeta", 1.0}}, 0},
};

/// The rows of docs/solvers.md that have a bias and a width for every column: `name` -> numbers from left to right.
std::map<std::string, std::vector<double>> statedRows() {
  std::ifstream file(P2L_TEST_DOCS "/solvers.md");
  std::map<std::string, std::vector<double>> rows;
  for (std::string line; std::getline(file, line);) {
    std::replace(line.begin(), line.end(), '/', ' ');
    std::istringstream cells(line);
    std::string cell;
    std::getline(cells, cell, '|');  // before the first
    if (!std::getline(cells, cell, '|') || cell.size() < 3) continue;
    auto& numbers = rows[cell.substr(1, cell.size() - 2)];
    while (std::getline(cells, cell, '|')) {
      std::istringstream words(cell);
      for (double number; words >> number;) numbers.push_back(number);
    }
  }
  return rows;
}

class Posterior : public testing::TestWithParam<Case> {};

TEST_P(Posterior, BiasAndWidthAreWhatTheTableStates) {
  const at::NoGradGuard no_grad;
  const auto& [row, solver, values, eta] = GetParam();
  std::vector<double> found;
  for (const auto& measured : measurements()) {
    const auto d = distances(solver, values, eta, measured);
    found.insert(found.end(), {d.measured.bias, d.measured.width, d.other.bias, d.other.width});
  }
  const auto stated = statedRows()[row];
  std::ostringstream line;
  line << std::fixed;
  line.precision(2);
  for (std::size_t i = 0; i < found.size(); i += 2) line << " | " << found[i] << " / " << found[i + 1];
  ASSERT_EQ(stated.size(), found.size()) << row << line.str();
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_NEAR(found[i], stated[i], 0.03 + 0.05 * stated[i]) << row << line.str();
}

INSTANTIATE_TEST_SUITE_P(Solvers, Posterior, testing::ValuesIn(kCases),
                         [](const auto& info) { return concat(info.param.solver, "_", info.index); });

// Every solver has a row.
TEST(PosteriorTable, NoSolverIsLeftOut) {
  for (const auto& entry : solverEntries())
    EXPECT_TRUE(std::any_of(kCases.begin(), kCases.end(), [&](const Case& each) {
      return each.solver == entry.info.id;
    })) << entry.info.id;
}

}  // namespace
}  // namespace p2l
