// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress/progress_bar.h"

#include <gtest/gtest.h>

namespace p2l::cli {
namespace {

TEST(ProgressBar, Durations) {
  EXPECT_EQ(durationText(0.0), "0:00");
  EXPECT_EQ(durationText(-1.0), "0:00");
  EXPECT_EQ(durationText(7.4), "0:07");
  EXPECT_EQ(durationText(59.6), "1:00");
  EXPECT_EQ(durationText(750.0), "12:30");
  EXPECT_EQ(durationText(3723.0), "1:02:03");
}

TEST(ProgressBar, LineSaysStepResidualNoisePsnrAndTimeLeft) {
  StepReport step;
  step.step = 40;
  step.steps = 100;
  step.residual = 3.214;
  step.psnr = 25.06;
  EXPECT_EQ(progressLine(step, 1.92, 37.0),
            "[########............]  40/100  residual 3.21 (noise 1.92)  PSNR 25.1 dB  0:37 left");
  step.psnr = kUnknown;
  step.step = 100;
  EXPECT_EQ(progressLine(step, 0.0, 0.0), "[####################]  100/100  residual 3.21  0:00 left");
}

}  // namespace
}  // namespace p2l::cli
