// SPDX-License-Identifier: GPL-3.0-or-later
// How runs end: as a value, whatever happens after they began.
#include <gtest/gtest.h>

#include <cmath>

#include "core/api/session.h"

namespace p2l {
namespace {

Image gradientPicture(int side) {
  Image image(side, side, 3);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      for (int c = 0; c < 3; ++c) image.at(x, y, c) = static_cast<float>(x + c * y) / (3.0f * side);
    }
  }
  return image;
}

class CountsSteps : public RunObserver {
 public:
  void stepFinished(std::uint64_t, const StepReport& step) override { steps = step.step; }
  int steps = 0;
};

TEST(RunEnd, ADivergedRunKeepsItsStepsAndItsLastFiniteEstimate) {
  Session session;
  RestoreRequest request;
  request.device = "cpu";
  request.solver = "latent_daps";
  request.solver_values = {{"lr", 0.1}, {"tau", 0.001}, {"iterations", 2.0}};
  request.sampler_values = {{"steps", 8.0}};
  RunInputs inputs;
  inputs.photo = gradientPicture(32);
  CountsSteps observer;
  RunControl control;
  const auto outcome = session.run(request, inputs, observer, control);
  ASSERT_EQ(outcome.status, Outcome::Status::Diverged) << outcome.message;
  ASSERT_FALSE(outcome.report.steps.empty());
  EXPECT_EQ(observer.steps, static_cast<int>(outcome.report.steps.size()));
  EXPECT_LE(observer.steps, 8);
  ASSERT_FALSE(outcome.picture.empty());
  for (const float value : outcome.picture.pixels) ASSERT_TRUE(std::isfinite(value));
  EXPECT_TRUE(std::isfinite(outcome.report.residual));
  EXPECT_NE(outcome.message.find("diverged in step"), std::string::npos) << outcome.message;
  EXPECT_NE(outcome.message.find("a smaller lr"), std::string::npos) << outcome.message;
}

Outcome restored(const char* task, Mode mode, const Image& photo, bool keep_colour) {
  Session session;
  RestoreRequest request;
  request.device = "cpu";
  request.mode = mode;
  request.degradation().id = task;
  request.solver = "ldps";
  request.sampler_values = {{"steps", 2.0}, {"keep_colour", keep_colour ? 1.0 : 0.0}};
  RunInputs inputs;
  inputs.photo = photo;
  RunObserver observer;
  RunControl control;
  return session.run(request, inputs, observer, control);
}

/// A line of measured pixels has no low-pass, whether the photo is one or what was measured of it.
TEST(RunEnd, TheColoursOfALineAreLeftAsTheyAre) {
  struct Case {
    const char* task;
    Mode mode;
    int width, height;
  };
  for (const auto& each : {Case{"denoise", Mode::Restore, 40, 1}, Case{"denoise", Mode::Restore, 1, 40},
                           Case{"sr", Mode::Restore, 20, 1}, Case{"sr", Mode::Demonstrate, 4, 40}}) {
    Image photo(each.width, each.height, 3);
    for (std::size_t i = 0; i < photo.pixels.size(); ++i)
      photo.pixels[i] = static_cast<float>(i) / static_cast<float>(photo.pixels.size());
    const auto kept = restored(each.task, each.mode, photo, true);
    EXPECT_EQ(kept.status, Outcome::Status::Completed) << each.task << ' ' << each.width << ": " << kept.message;
    EXPECT_EQ(kept.picture.pixels, restored(each.task, each.mode, photo, false).picture.pixels) << each.task;
  }
  const auto photo = gradientPicture(32);  // which has one
  EXPECT_NE(restored("denoise", Mode::Restore, photo, true).picture.pixels,
            restored("denoise", Mode::Restore, photo, false).picture.pixels);
}

}  // namespace
}  // namespace p2l
