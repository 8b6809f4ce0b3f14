// SPDX-License-Identifier: GPL-3.0-or-later
// What the measurement says without a model: against the truth, against its own optimality, and with a wrong width.
#include "core/insight/closed_form.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/api/files.h"
#include "core/api/measure.h"

namespace p2l {
namespace {

double meanSquare(const Image& one, const Image& other) {
  double sum = 0.0;
  for (std::size_t i = 0; i < one.pixels.size(); ++i) sum += std::pow(one.pixels[i] - other.pixels[i], 2);
  return sum / static_cast<double>(one.pixels.size());
}

double psnrOf(const Image& picture, const Image& truth) {
  return -10.0 * std::log10(meanSquare(picture, truth));
}

/// How much darker than the darkest, or brighter than the brightest pixel within two, on the average: rings.
double overshoot(const Image& picture, const Image& truth) {
  double sum = 0.0;
  for (int y = 8; y < picture.height - 8; ++y) {
    for (int x = 8; x < picture.width - 8; ++x) {
      float low = 1.0f, high = 0.0f;
      for (int dy = -2; dy <= 2; ++dy) {
        for (int dx = -2; dx <= 2; ++dx) {
          low = std::min(low, truth.at(x + dx, y + dy, 1));
          high = std::max(high, truth.at(x + dx, y + dy, 1));
        }
      }
      sum += std::max({0.0f, low - picture.at(x, y, 1), picture.at(x, y, 1) - high});
    }
  }
  return sum;
}

class ClosedForm : public testing::Test {
 protected:
  static constexpr int kSide = 96;
  Catalogue catalogue_ = readCatalogue();
  Image truth_ =
      resizeImage(centreSquare(readPhoto(resourceFolder() + "/photos/skimage_astronaut.png").image), kSide, kSide);

  RestoreRequest task(const std::string& id, ParamValues values = {}) const {
    RestoreRequest request;
    request.degradation().id = id;
    request.degradation().values = std::move(values);
    return request;
  }
  /// The measurement of the truth, restored as a photo with the values of `stated`.
  Outcome restored(const RestoreRequest& made, const RestoreRequest& stated) {
    RunInputs inputs;
    inputs.photo = truth_;
    const auto measured = degrade(catalogue_, made, inputs);
    auto request = stated;
    request.mode = Mode::Restore;
    inputs.photo = measured.measurement;
    RunControl control;
    return closedForm(catalogue_, request, inputs, control);
  }
  Outcome restored(const RestoreRequest& task) { return restored(task, task); }
};

TEST_F(ClosedForm, SharpensWhatWasBlurredOrMadeSmall) {
  for (const auto& request :
       {task("gaussian-blur", {{"sigma", 2.0}}), task("defocus", {{"radius", 4.0}}),
        task("straight-motion-blur", {{"length", 9.0}, {"angle", 20.0}}), task("sr", {{"factor", 4.0}})}) {
    const auto outcome = restored(request);
    ASSERT_EQ(outcome.status, Outcome::Status::Completed);
    ASSERT_FALSE(outcome.picture.empty()) << request.degradation().id;
    EXPECT_GT(psnrOf(outcome.picture, truth_), psnrOf(outcome.baseline, truth_) + 0.3) << request.degradation().id;
  }
}

TEST_F(ClosedForm, RingsWhereTheWidthIsWrong) {
  const auto right = task("defocus", {{"radius", 4.0}}), wrong = task("defocus", {{"radius", 7.0}});
  EXPECT_GT(overshoot(restored(right, wrong).picture, truth_), 3.0 * overshoot(restored(right, right).picture, truth_));
}

TEST_F(ClosedForm, FillsHolesAsTeleaDoes) {
  auto request = task("inpaint");
  RunInputs inputs;
  inputs.photo = truth_;
  Image mask(kSide, kSide, 1);
  for (int y = 30; y < 50; ++y) {
    for (int x = 40; x < 46; ++x) mask.at(x, y, 0) = 1.0f;
  }
  inputs.of(0).mask = mask;
  request.degradation().mask = "painted";
  request.mode = Mode::Restore;
  RunControl control;
  const auto outcome = closedForm(catalogue_, request, inputs, control);
  EXPECT_EQ(outcome.picture.pixels, degrade(catalogue_, request, inputs, /*with_telea=*/true).telea.pixels);
}

TEST_F(ClosedForm, SaysNothingOfNoiseAndJpeg) {
  for (const char* id : {"denoise", "jpeg"}) {
    const auto outcome = restored(task(id));
    EXPECT_EQ(outcome.status, Outcome::Status::Completed) << id;
    EXPECT_TRUE(outcome.picture.empty()) << id;
    EXPECT_FALSE(outcome.baseline.empty()) << id;
  }
}

TEST_F(ClosedForm, StopsWhenItIsTold) {
  auto request = task("gaussian-blur");
  request.mode = Mode::Restore;
  RunInputs inputs;
  inputs.photo = truth_;
  RunControl control;
  control.requestStop();
  const auto outcome = closedForm(catalogue_, request, inputs, control);
  EXPECT_EQ(outcome.status, Outcome::Status::Cancelled);
  EXPECT_TRUE(outcome.picture.empty());
}

}  // namespace
}  // namespace p2l
