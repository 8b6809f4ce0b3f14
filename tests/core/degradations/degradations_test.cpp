// SPDX-License-Identifier: GPL-3.0-or-later
// Properties that every row of degradation_list.def has; what belongs to one degradation is in
// degradation_cases_test.cpp.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <numeric>

#include "core/base/random.h"
#include "core/degradations/degradation.h"
#include "core/noise/noise.h"
#include "core/types/error.h"
#include "tests/support/degradation_support.h"
#include "tests/support/formula_picture.h"

namespace p2l {
namespace {

using test::contextOf;
using test::randomDouble;
using test::relativeError;

struct Case {
  std::string id;
  std::int64_t height, width;
};

std::vector<Case> casesOf(bool linear) {
  std::vector<Case> cases;
  for (const DegradationEntry& entry : degradationEntries()) {
    if (entry.info.linear != linear) continue;
    for (const auto& [height, width] : {std::pair{64, 64}, std::pair{37, 53}, std::pair{16, 100}}) {
      cases.push_back({entry.info.id, height, width});
    }
  }
  return cases;
}

std::string nameOf(const testing::TestParamInfo<Case>& info) {
  std::string name = concat(info.param.id, "_", info.param.height, "x", info.param.width);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class WithACase : public testing::TestWithParam<Case> {
 protected:
  std::unique_ptr<Degradation> make(std::uint64_t seed = 5) const {
    const DegradationEntry& entry = degradationEntry(GetParam().id);
    return entry.make(contextOf(entry, GetParam().height, GetParam().width, seed));
  }
  at::Tensor picture(int seed = 1) const { return randomDouble({1, 3, GetParam().height, GetParam().width}, seed); }
  static at::Tensor measurement(const Degradation& A, int seed = 2) {
    std::vector<std::int64_t> shape = A.measurementShape();
    shape.insert(shape.begin(), 1);
    return randomDouble(shape, seed);
  }
};

/// Linear ones have an adjoint, and the properties of one.
class EveryDegradation : public WithACase {};
class EveryNonlinearDegradation : public WithACase {};

TEST_P(EveryDegradation, ShapesAreAsPromised) {
  const auto A = make();
  EXPECT_EQ(A->pictureShape(), (std::vector<std::int64_t>{3, GetParam().height, GetParam().width}));
  const at::Tensor y = A->A(picture());
  EXPECT_EQ(y[0].sizes(), at::IntArrayRef(A->measurementShape()));
  EXPECT_EQ(A->At(y).sizes(), picture().sizes());
  const at::Tensor plain = A->plainPicture(4.0 * y);
  EXPECT_EQ(plain.sizes(), picture().sizes());
  EXPECT_LE(plain.abs().max().item<double>(), 1.0);
  EXPECT_GT(A->measurementCount(), 0);
  EXPECT_LE(A->measurementCount(), y.numel());
}

TEST_P(EveryDegradation, AtIsTheAdjoint) {
  for (const std::uint64_t seed : {5, 6}) {
    const auto A = make(seed);
    for (int i = 0; i < 3; ++i) {
      const at::Tensor x = picture(10 + i);
      const at::Tensor v = measurement(*A, 20 + i);
      const at::Tensor Ax = A->A(x);
      const double left = (Ax * v).sum().item<double>();
      const double right = (x * A->At(v)).sum().item<double>();
      EXPECT_LT(std::abs(left - right), 1e-10 * (Ax.norm() * v.norm()).item<double>());
    }
  }
}

TEST_P(EveryDegradation, AtIsAutogradsVectorJacobianProduct) {
  const auto A = make();
  const at::Tensor x = picture().requires_grad_(true);
  const at::Tensor v = measurement(*A).requires_grad_(true);
  const at::Tensor vjp = torch::autograd::grad({A->A(x)}, {x}, {v.detach()})[0];
  EXPECT_LT(relativeError(vjp, A->At(v.detach())), 1e-12);
  const at::Tensor jvp = torch::autograd::grad({A->At(v)}, {v}, {x.detach()})[0];
  EXPECT_LT(relativeError(jvp, A->A(x.detach())), 1e-12);
}

TEST_P(EveryDegradation, IsLinear) {
  const auto A = make();
  const at::Tensor x = picture(1), z = picture(2);
  EXPECT_LT(relativeError(A->A(2.0 * x - 3.0 * z), 2.0 * A->A(x) - 3.0 * A->A(z)), 1e-12);
}

TEST_P(EveryDegradation, ABatchIsItsPictures) {
  const auto A = make();
  const at::Tensor x = picture(1), z = picture(2);
  const at::Tensor both = A->A(at::cat({x, z}));
  EXPECT_LT(relativeError(both, at::cat({A->A(x), A->A(z)})), 1e-12);
  EXPECT_LT(relativeError(A->At(both), at::cat({A->At(A->A(x)), A->At(A->A(z))})), 1e-12);
}

TEST_P(EveryDegradation, FloatTypesAgree) {
  const auto A = make();
  const at::Tensor x = picture();
  const at::Tensor y = A->A(x);
  for (const auto& [type, tolerance] : {std::pair{at::kFloat, 2e-6}, std::pair{at::kBFloat16, 2e-2}}) {
    const at::Tensor typed = A->A(x.to(type));
    EXPECT_EQ(typed.scalar_type(), type);
    EXPECT_LT(relativeError(typed.to(at::kDouble), y), tolerance);
    const at::Tensor adjoint = A->At(y.to(type));
    EXPECT_EQ(adjoint.scalar_type(), type);
    EXPECT_LT(relativeError(adjoint.to(at::kDouble), A->At(y)), tolerance);
  }
}

TEST_P(EveryDegradation, ConjugateGradientsSolveTheSystem) {
  const auto A = make();
  const at::Tensor y = A->A(picture(1)), x0 = picture(2);
  for (const double lambda : {0.1, 1.0, 10.0}) {
    int checkpoints = 0;
    const at::Tensor x = proximalByConjugateGradients(*A, y, x0, lambda, 120, [&] { ++checkpoints; });
    EXPECT_EQ(checkpoints, 120);
    const at::Tensor b = A->At(y) + lambda * x0;
    EXPECT_LT(relativeError(A->AtA(x) + lambda * x, b), 1e-10) << "lambda " << lambda;
    if (A->hasClosedForm()) {
      EXPECT_LT(relativeError(A->proximalClosedForm(y, x0, lambda), x), 1e-10) << "lambda " << lambda;
    }
  }
}

// A A^+ A = A, and A^+ A projects orthogonally: the conditions of Moore and Penrose.
TEST_P(EveryDegradation, PseudoInverseIsMooreAndPenroses) {
  const auto A = make();
  const at::Tensor x = picture(1), z = picture(2), Ax = A->A(x);
  // White noise asks for more iterations than photos.
  const int iterations = A->hasClosedForm() ? 1 : 300;
  int checkpoints = 0;
  const at::Tensor projected = A->pseudoInverse(Ax, iterations, [&] { ++checkpoints; });
  EXPECT_EQ(checkpoints, A->hasClosedForm() ? 0 : iterations);
  const double tolerance = A->hasClosedForm() ? 1e-10 : 1e-2;
  EXPECT_LT(relativeError(A->A(projected), Ax), tolerance);
  const at::Tensor other = A->pseudoInverse(A->A(z), iterations);
  EXPECT_LT(std::abs(((projected * z).sum() - (x * other).sum()).item<double>()),
            tolerance * (x.norm() * z.norm()).item<double>());
  EXPECT_LE(projected.norm().item<double>(), x.norm().item<double>());
}

TEST_P(EveryDegradation, PseudoInverseReachesAPictureInItsDeclaredIterations) {
  const auto A = make();
  const at::Tensor Ax =
      A->A(test::formulaPicture(static_cast<int>(GetParam().height), static_cast<int>(GetParam().width), false));
  EXPECT_LT(relativeError(A->A(A->pseudoInverse(Ax)), Ax), A->hasClosedForm() ? 1e-10 : 1e-2);
  EXPECT_LT(relativeError(A->A(A->pseudoInverse(Ax.to(at::kFloat))).to(at::kDouble), Ax), 1e-2);
}

TEST_P(EveryDegradation, FiveIterationsImproveTheObjective) {
  const auto A = make();
  const at::Tensor y = A->A(picture(1)), x0 = picture(2);
  const double lambda = 0.1;
  const auto objective = [&](const at::Tensor& x) {
    return ((y - A->A(x)).square().sum() + lambda * (x - x0).square().sum()).item<double>();
  };
  double last = objective(x0);
  for (int iterations = 1; iterations <= 5; ++iterations) {
    const double next = objective(proximalByConjugateGradients(*A, y, x0, lambda, iterations, {}));
    EXPECT_LE(next, last * (1.0 + 1e-12));
    last = next;
  }
}

TEST_P(EveryDegradation, ProximalStepNeedsPositiveLambda) {
  const auto A = make();
  const at::Tensor y = A->A(picture());
  EXPECT_THROW(proximalByConjugateGradients(*A, y, picture(), 0.0, 5, {}), Error);
  EXPECT_THROW(A->proximalClosedForm(y, picture(), A->hasClosedForm() ? -1.0 : 1.0), Error);
}

TEST_P(EveryDegradation, OneSeedOneOperator) {
  const auto first = make(5), second = make(5), other = make(6);
  EXPECT_TRUE(at::equal(first->A(picture()), second->A(picture())));
  const bool random =
      degradationEntry(GetParam().id).info.takes_mask || degradationEntry(GetParam().id).info.takes_kernel;
  EXPECT_EQ(random, !at::equal(first->A(picture()), other->A(picture())));
}

TEST_P(EveryDegradation, OnACanvas) {
  const auto alone = make();
  const std::int64_t height = GetParam().height, width = GetParam().width;
  const auto A = onCanvas(make(), height + 11, width + 6);
  EXPECT_EQ(A->pictureShape(), (std::vector<std::int64_t>{3, height + 11, width + 6}));
  EXPECT_EQ(A->measurementShape(), alone->measurementShape());
  EXPECT_EQ(A->measurementCount(), alone->measurementCount());

  const at::Tensor x = randomDouble({1, 3, height + 11, width + 6}, 1);
  const at::Tensor v = measurement(*A);
  const at::Tensor Ax = A->A(x);
  EXPECT_TRUE(at::equal(Ax, alone->A(x.narrow(2, 0, height).narrow(3, 0, width))));
  EXPECT_LT(std::abs(((Ax * v).sum() - (x * A->At(v)).sum()).item<double>()),
            1e-10 * (Ax.norm() * v.norm()).item<double>());

  const auto margin = [&](const at::Tensor& t) {
    return at::cat({t.narrow(2, height, 11).flatten(), t.narrow(3, width, 6).flatten()});
  };
  std::vector<at::Tensor> results = {proximalByConjugateGradients(*A, v, x, 0.3, 7, {})};
  EXPECT_EQ(A->hasClosedForm(), alone->hasClosedForm());
  if (A->hasClosedForm()) results.push_back(A->proximalClosedForm(v, x, 0.3));
  for (const at::Tensor& result : results) {
    EXPECT_TRUE(at::equal(margin(result), margin(x)));
    EXPECT_FALSE(at::equal(result, x));
  }
  EXPECT_EQ(A->plainPicture(v).sizes(), x.sizes());
  const at::Tensor inverse = A->pseudoInverse(v, 5);
  EXPECT_TRUE(at::equal(inverse.narrow(2, 0, height).narrow(3, 0, width), alone->pseudoInverse(v, 5)));
  EXPECT_EQ(margin(inverse).abs().max().item<double>(), 0.0);
  EXPECT_THROW(onCanvas(make(), height - 1, width), Error);
}

TEST_P(EveryDegradation, NoiseLiesWhereTheMeasurementIs) {
  const auto A = make();
  const at::Tensor y = at::zeros_like(A->A(picture())).to(at::kFloat);
  at::Generator generator = makeGenerator(3, RandomStream::MeasurementNoise);
  const double sigma = 0.2;
  const at::Tensor n = addNoise(*A, y, sigma, generator);
  EXPECT_EQ((n != 0).sum().item<std::int64_t>(), A->measurementCount());
  // ||n|| = sigma sqrt(m) up to five standard errors, sigma / sqrt(2) each.
  EXPECT_NEAR(n.norm().item<double>(), sigma * std::sqrt(A->measurementCount()), 5.0 * sigma / std::sqrt(2.0));
}

TEST_P(EveryNonlinearDegradation, KeepsWhatDoesNotNeedAnAdjoint) {
  const auto A = make();
  EXPECT_EQ(A->pictureShape(), (std::vector<std::int64_t>{3, GetParam().height, GetParam().width}));
  const at::Tensor x = 0.4 * picture(1), z = 0.4 * picture(2);
  const at::Tensor y = A->A(x);
  EXPECT_EQ(y[0].sizes(), at::IntArrayRef(A->measurementShape()));
  EXPECT_EQ(A->measurementCount(), y.numel());
  EXPECT_TRUE(at::equal(A->A(x), y));
  EXPECT_LT(relativeError(A->A(at::cat({x, z})), at::cat({y, A->A(z)})), 1e-12);
  EXPECT_EQ(A->plainPicture(4.0 * y).sizes(), x.sizes());
  EXPECT_LE(A->plainPicture(4.0 * y).abs().max().item<double>(), 1.0);
  EXPECT_GT(relativeError(A->A(0.5 * x), 0.5 * y), 1e-3) << "or it would be linear";
  EXPECT_FALSE(A->hasClosedForm());
  EXPECT_THROW(A->At(y), Error);
  EXPECT_THROW(A->pseudoInverse(y), Error);
  // Rounding falls the other way here and there; bfloat16 moves the samples by a fourth of a level to begin with.
  for (const auto& [type, tolerance] : {std::pair{at::kFloat, 0.1}, std::pair{at::kBFloat16, 0.2}}) {
    EXPECT_EQ(A->A(x.to(type)).scalar_type(), type);
    EXPECT_LT(relativeError(A->A(x.to(type)).to(at::kDouble), y), tolerance);
  }
}

TEST_P(EveryNonlinearDegradation, OnACanvasItSeesThePictureAlone) {
  const auto alone = make();
  const std::int64_t height = GetParam().height, width = GetParam().width;
  const auto A = onCanvas(make(), height + 11, width + 6);
  const at::Tensor x = 0.4 * randomDouble({1, 3, height + 11, width + 6}, 1);
  EXPECT_TRUE(at::equal(A->A(x), alone->A(x.narrow(2, 0, height).narrow(3, 0, width))));
}

TEST_P(EveryNonlinearDegradation, HasAGradient) {
  const auto A = make();
  const at::Tensor x = (0.4 * picture(1)).requires_grad_(true);
  const at::Tensor y = A->A(0.4 * picture(2)).detach();
  const at::Tensor g = torch::autograd::grad({(y - A->A(x)).norm()}, {x})[0];
  EXPECT_TRUE(at::isfinite(g).all().item<bool>());
  const at::Tensor moved = x.detach() - 3.0 * g / g.norm();
  EXPECT_LT((y - A->A(moved)).norm().item<double>(), (y - A->A(x)).norm().item<double>());
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryDegradation, testing::ValuesIn(casesOf(true)), nameOf);
INSTANTIATE_TEST_SUITE_P(Registry, EveryNonlinearDegradation, testing::ValuesIn(casesOf(false)), nameOf);

}  // namespace
}  // namespace p2l
