// SPDX-License-Identifier: GPL-3.0-or-later
// x + n is measured as x is, by the program's own `degrade`.
#include "core/insight/null_space.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/api/files.h"
#include "core/api/measure.h"

namespace p2l {
namespace {

double largestDifference(const Image& one, const Image& other) {
  double largest = 0.0;
  for (std::size_t i = 0; i < one.pixels.size(); ++i)
    largest = std::max<double>(largest, std::abs(one.pixels[i] - other.pixels[i]));
  return largest;
}

class NullSpaceTest : public testing::TestWithParam<const char*> {};

TEST_P(NullSpaceTest, TheDegradationDoesNotSeeIt) {
  const auto catalogue = readCatalogue();
  RestoreRequest request;
  request.degradation().id = GetParam();
  request.noise = 0.0;
  request.size = 64;
  RunInputs inputs;
  inputs.photo = readPhoto(resourceFolder() + "/photos/skimage_astronaut.png").image;
  const auto other = readPhoto(resourceFolder() + "/photos/skimage_chelsea.png").image;
  const auto found = nullSpaceOf(catalogue, request, inputs, other);
  EXPECT_GT(found.moved_unseen, 1.0);
  EXPECT_LT(found.changed_y_unseen, 0.02 * found.changed_y_seen);
  EXPECT_LT(found.numbers_y, found.numbers_x + 1);

  // Clipping would change the picture: a small part of it.
  const auto moved = movedPicture(found.x, found.unseen, 0.05, found.seen, 0.0);
  RunInputs moved_inputs;
  moved_inputs.photo = moved;
  const auto y = degrade(catalogue, request, inputs).measurement;
  const auto moved_y = degrade(catalogue, request, moved_inputs).measurement;
  ASSERT_EQ(y.pixels.size(), moved_y.pixels.size());
  EXPECT_GT(largestDifference(moved, found.x), 0.003);
  EXPECT_LT(largestDifference(y, moved_y), 0.003);
}

INSTANTIATE_TEST_SUITE_P(Tasks, NullSpaceTest, testing::Values("sr", "box-inpaint", "gaussian-blur"),
                         [](const auto& info) {
                           std::string name = info.param;
                           for (auto& letter : name) letter = letter == '-' ? '_' : letter;
                           return name;
                         });

}  // namespace
}  // namespace p2l
