// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/measurement.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/api/measure.h"
#include "core/request/crop.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr int kSide = 64;

class Chain : public testing::Test {
 protected:
  Measurement measured(RestoreRequest request) const {
    RunInputs inputs = inputs_;
    return makeMeasurement(catalogue_.completeMeasurement(std::move(request)), inputs, at::kCPU);
  }
  static RestoreRequest chainOf(std::vector<DegradationChoice> chain) {
    RestoreRequest request;
    request.degradations = std::move(chain);
    request.noise = NoiseChoice();
    request.noise.id = "none";
    request.noise.values.clear();
    return request;
  }

  Catalogue catalogue_ = readCatalogue();
  RunInputs inputs_{.photo = Image(kSide, kSide, 3, 1.0f)};
};

/// Two masks that the same seed drew would hide the same pixels: half of them, not three quarters.
TEST_F(Chain, EachDrawsOfItsOwn) {
  const ParamValues half = {{"drop", 0.5}};
  const auto missing = [&](std::vector<DegradationChoice> chain) {
    return (measured(chainOf(std::move(chain))).y == 0.0).to(at::kFloat).mean().item<double>();
  };
  const DegradationChoice drop{"random-drop", half, {}, {}, false};
  EXPECT_NEAR(missing({drop}), 0.5, 0.01);
  EXPECT_NEAR(missing({drop, drop}), 0.75, 0.03);
  EXPECT_NEAR(missing({drop, drop, drop}), 0.875, 0.03);
}

TEST_F(Chain, IsAsLongAsYouLike) {
  const DegradationChoice half{"sr", {{"factor", 2.0}}, {}, {}, false};
  const auto blur = DegradationChoice{"gaussian-blur", {}, {}, {}, false};
  EXPECT_EQ(measured(chainOf({half, blur, half})).y.sizes(), at::IntArrayRef({1, 3, kSide / 4, kSide / 4}));
  EXPECT_THROW(measured(chainOf({half, {"fog", {}, {}, {}, false}})), Error);
}

TEST_F(Chain, MaskAndKernelBelongToTheirDegradation) {
  auto request = chainOf({{"sr", {{"factor", 2.0}}, {}, {}, false}, {"inpaint", {}, "m.png", {}, false}});
  Image mask(kSide / 2, kSide / 2, 1, 0.0f);
  mask.at(3, 5, 0) = 1.0f;
  inputs_.of(1).mask = mask;
  const auto y = measured(request).y;
  EXPECT_EQ(y[0][0][5][3].item<float>(), 0.0f);
  EXPECT_EQ((y == 0.0).sum().item<std::int64_t>(), 3);
  request.degradations[1].mask.clear();
  request.degradations[0].mask = "m.png";
  EXPECT_THROW(measured(request), Error) << "the first takes none";
}

TEST_F(Chain, NoNoiseIsExact) {
  const auto m = measured(chainOf({{"sr", {}, {}, {}, false}}));
  EXPECT_EQ(m.noise_level, 0.0);
  EXPECT_TRUE(at::equal(m.y, m.A->A(m.truth)));
}

/// A measurement is made whatever its solver and model are: they count when it is restored.
TEST_F(Chain, NeedsNoSolverAndNoModel) {
  auto request = chainOf({{"jpeg", {}, {}, {}, false}});
  request.solver = "p2l";  // needs a linear task
  request.model = "no-such-model";
  EXPECT_THROW(catalogue_.complete(request), Error);
  EXPECT_EQ(degrade(catalogue_, request, inputs_).measurement.width, kSide);
}

TEST_F(Chain, PicturesAreShared) {
  const SharedImage photo = Image(8, 8, 3, 0.5f);
  const SharedImage copy = photo;  // NOLINT: the copy is what is tested
  EXPECT_EQ(&*copy, &*photo);
  RestoreRequest request;
  EXPECT_EQ(&*workingPhoto(request, photo), &*photo);
  EXPECT_TRUE(SharedImage().empty());
}

}  // namespace
}  // namespace p2l
