// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/degradations/composition.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include "core/io/photo_file.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"
#include "core/types/image.h"
#include "tests/support/degradation_support.h"

namespace p2l {
namespace {

using test::makeDegradation;
using test::randomDouble;
using test::relativeError;

std::unique_ptr<Degradation> pair(const std::string& first, const std::string& second, std::int64_t height,
                                  std::int64_t width) {
  auto A1 = makeDegradation(first, height, width);
  const auto between = A1->measurementShape();
  return composed(std::move(A1), makeDegradation(second, between[1], between[2], {}, 9));
}

TEST(Composition, EveryPairHasTheExactAdjoint) {
  const auto file = readPhoto(P2L_TEST_RESOURCES "/photos/skimage_chelsea.png");
  const at::Tensor photo =
      tensorFromImage(resizeImage(centreSquare(file.image), 64, 64)).narrow(2, 0, 45).to(at::kDouble);
  for (const auto& first : degradationEntries()) {
    for (const auto& second : degradationEntries()) {
      if (!first.info.linear || !second.info.linear) continue;
      const auto A = pair(first.info.id, second.info.id, 45, 64);
      const at::Tensor x = randomDouble({1, 3, 45, 64}, 1);
      const at::Tensor Ax = A->A(x), v = randomDouble(Ax.sizes(), 2);
      const auto name = first.info.id + " then " + second.info.id;
      EXPECT_EQ(Ax[0].sizes(), at::IntArrayRef(A->measurementShape())) << name;
      EXPECT_EQ(A->plainPicture(Ax).sizes(), x.sizes()) << name;
      EXPECT_LT(std::abs(((Ax * v).sum() - (x * A->At(v)).sum()).item<double>()),
                1e-10 * (Ax.norm() * v.norm()).item<double>())
          << name;
      EXPECT_LE(A->measurementCount(), Ax.numel()) << name;
      const at::Tensor y = A->A(photo);
      EXPECT_LT(relativeError(A->A(A->pseudoInverse(y)), y), 1e-2) << name;
    }
  }
}

TEST(Composition, IsOneAfterTheOther) {
  const auto blur = makeDegradation("gaussian-blur", 40, 48), sr = makeDegradation("sr", 40, 48);
  const auto A = pair("gaussian-blur", "sr", 40, 48);
  const at::Tensor x = randomDouble({1, 3, 40, 48}, 1);
  EXPECT_TRUE(at::equal(A->A(x), sr->A(blur->A(x))));
  EXPECT_FALSE(A->mask().defined());
  const at::Tensor y = A->A(randomDouble({1, 3, 40, 48}, 2));
  const at::Tensor solved = proximalByConjugateGradients(*A, y, x, 0.5, 120, {});
  EXPECT_LT(relativeError(A->AtA(solved) + 0.5 * solved, A->At(y) + 0.5 * x), 1e-10);
}

// Holes come last or are no holes: a blur fills them.
TEST(Composition, HolesAreThoseOfTheSecond) {
  const auto dropped = pair("defocus", "random-drop", 40, 48);
  ASSERT_TRUE(dropped->mask().defined());
  EXPECT_LT(dropped->measurementCount(), 3 * 40 * 48);
  const auto blurred = pair("random-drop", "defocus", 40, 48);
  EXPECT_FALSE(blurred->mask().defined());
  EXPECT_EQ(blurred->measurementCount(), 3 * 40 * 48);
}

TEST(Composition, JpegMayComeLast) {
  const auto A = pair("bicubic-sr", "jpeg", 64, 64);
  const at::Tensor x = (0.3 * randomDouble({1, 3, 64, 64}, 1)).requires_grad_(true);
  const at::Tensor g = torch::autograd::grad({A->A(x).square().sum()}, {x})[0];
  EXPECT_GT(g.norm().item<double>(), 0.0);
  EXPECT_THROW(A->At(A->A(x.detach())), Error);
  EXPECT_THROW(A->pseudoInverse(A->A(x.detach())), Error);
}

TEST(Composition, PicturesThatDoNotMeetAreRefused) {
  EXPECT_THROW(composed(makeDegradation("sr", 40, 48), makeDegradation("sr", 40, 48)), Error);
}

}  // namespace
}  // namespace p2l
