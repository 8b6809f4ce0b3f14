// SPDX-License-Identifier: GPL-3.0-or-later
// What a step shows beyond its estimate: only for those who want it, and only where the step made it.
#include <ATen/ops/tensor.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/api/session.h"
#include "core/engine/snapshot_tap.h"

namespace p2l {
namespace {

Image picture(int side) {
  Image image(side, side, 3);
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      for (int c = 0; c < 3; ++c) image.at(x, y, c) = static_cast<float>((7 * x + 3 * y + 40 * c) % 90) / 90.0f;
    }
  }
  return image;
}

class Collects : public RunObserver {
 public:
  explicit Collects(bool wants) : wants_(wants) {}
  Pictures wantedPictures() const override { return Pictures::Every; }
  bool wantsGradients() const override { return wants_; }
  void pictureReady(std::shared_ptr<const Snapshot> snapshot) override { snapshots.push_back(std::move(snapshot)); }
  std::vector<std::shared_ptr<const Snapshot>> snapshots;

 private:
  bool wants_;
};

std::vector<std::shared_ptr<const Snapshot>> snapshotsOf(const std::string& solver, bool wants) {
  Session session;
  RestoreRequest request;
  request.device = "cpu";
  request.solver = solver;
  request.sampler_values = {{"steps", 2.0}};
  RunInputs inputs;
  inputs.photo = picture(32);
  Collects observer(wants);
  RunControl control;
  const auto outcome = session.run(request, inputs, observer, control);
  EXPECT_EQ(outcome.status, Outcome::Status::Completed) << outcome.message;
  return observer.snapshots;
}

TEST(Run, StoppedBeforeItsFirstStepSaysThatThereIsNoPicture) {
  struct Stopper : RunObserver {
    explicit Stopper(RunControl& to_stop) : control(to_stop) {}
    void runStarted(const RunStart&) override { control.requestStop(); }
    RunControl& control;
  };
  Session session;
  RestoreRequest request;
  request.device = "cpu";
  request.sampler_values = {{"steps", 2.0}};
  RunInputs inputs;
  inputs.photo = picture(32);
  RunControl control;
  Stopper stopper(control);
  const auto outcome = session.run(request, inputs, stopper, control);
  EXPECT_EQ(outcome.status, Outcome::Status::Cancelled);
  EXPECT_EQ(outcome.message, "Stopped after 0 of 2 steps: there is no picture yet");
}

TEST(StepParts, AGradientIsAPictureWhiteAtItsMaximum) {
  const auto snapshots = snapshotsOf("ldps", true);
  ASSERT_EQ(snapshots.size(), 2u);
  for (const auto& snapshot : snapshots) {
    ASSERT_NE(snapshot->gradient, nullptr);
    EXPECT_EQ(snapshot->gradient->width, 32);
    EXPECT_EQ(snapshot->gradient->height, 32);
    const auto& bytes = snapshot->gradient->bytes;
    EXPECT_EQ(*std::max_element(bytes.begin(), bytes.end()), 255);
    EXPECT_LT(*std::min_element(bytes.begin(), bytes.end()), 128);
  }
}

TEST(StepParts, NoneWhereNobodyWantsItOrNoneIsTaken) {
  for (const auto& snapshot : snapshotsOf("ldps", false)) EXPECT_EQ(snapshot->gradient, nullptr);
  for (const auto& snapshot : snapshotsOf("latino", true)) EXPECT_EQ(snapshot->gradient, nullptr);
}

TEST(StepParts, EachOfTheLatentsPixelsIsASquare) {
  const auto gradient = at::tensor({1.0f, -2.0f, 0.0f, 0.5f, 3.0f, 0.0f, 0.0f, 0.5f}).view({1, 2, 2, 2});
  const auto x = gradientPicture(gradient, 4);  // means 2, 1, 0, 0.5 of the largest, 2
  ASSERT_EQ(x.sizes(), (std::vector<std::int64_t>{1, 3, 8, 8}));
  EXPECT_FLOAT_EQ(x[0][0][0][0].item<float>(), 1.0f);
  EXPECT_FLOAT_EQ(x[0][1][3][7].item<float>(), 0.0f);
  EXPECT_FLOAT_EQ(x[0][2][4][0].item<float>(), -1.0f);
  EXPECT_FLOAT_EQ(x[0][2][7][7].item<float>(), -0.5f);
}

}  // namespace
}  // namespace p2l
