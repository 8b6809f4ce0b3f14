// SPDX-License-Identifier: GPL-3.0-or-later
// A crop of the request is as if the photo's part had been given, for the measurement and for masks.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/api/measure.h"
#include "core/engine/measurement.h"
#include "core/engine/memory_planner.h"
#include "core/request/crop.h"
#include "core/types/error.h"

namespace p2l {
namespace {

class CroppedRun : public testing::Test {
 protected:
  CroppedRun() {
    Image photo(64, 48, 3);
    for (std::size_t i = 0; i < photo.pixels.size(); ++i)
      photo.pixels[i] = static_cast<float>(i * 7919 % 1009) / 1008.0f;
    photo_ = photo;
  }
  Measurement measured(RestoreRequest request, const SharedImage& photo, const Image& mask = {}) const {
    RunInputs inputs;
    inputs.photo = photo;
    if (!mask.empty()) inputs.of(0).mask = mask;
    return makeMeasurement(catalogue_.completeMeasurement(std::move(request)), inputs, at::kCPU);
  }
  static RestoreRequest task(const char* id, Mode mode) {
    RestoreRequest request;
    request.mode = mode;
    request.degradations = {{id, {}, {}, {}, false}};
    request.noise = 0.05;
    return request;
  }

  Catalogue catalogue_ = readCatalogue();
  SharedImage photo_;
  const Crop crop_{40, 32, 12, 8};
};

TEST_F(CroppedRun, MeasuresThePartAlone) {
  for (const char* id : {"sr", "gaussian-blur", "jpeg"}) {
    for (const auto mode : {Mode::Demonstrate, Mode::Restore}) {
      auto request = task(id, mode);
      const auto expected = measured(request, cutPart(photo_, crop_));
      request.crop = textFromCrop(crop_);
      const auto m = measured(request, photo_);
      EXPECT_TRUE(at::equal(m.y, expected.y)) << id;
      EXPECT_EQ(m.width, expected.width);
      EXPECT_EQ(m.height, expected.height);
      const auto size = fullSize(catalogue_.completeMeasurement(request), 64, 48);
      EXPECT_EQ(size, std::pair(m.width, m.height)) << id;
    }
  }
}

TEST_F(CroppedRun, CutsAMaskOfTheWholePhotoAlong) {
  Image mask(64, 48, 1);
  mask.at(20, 10, 0) = 1.0f;  // of the part: 8, 2
  mask.at(2, 2, 0) = 1.0f;    // cut away
  auto request = task("inpaint", Mode::Restore);
  request.degradation().mask = "mask.png";
  request.crop = textFromCrop(crop_);
  const auto holes = [](const Measurement& m) { return (m.A->mask() == 0).nonzero(); };
  const auto found = holes(measured(request, photo_, mask));
  ASSERT_EQ(found.size(0), 1);
  EXPECT_EQ(found[0][-2].item<int>(), 2);
  EXPECT_EQ(found[0][-1].item<int>(), 8);
  EXPECT_TRUE(at::equal(holes(measured(request, photo_, cutPart(SharedImage(mask), crop_))), found))
      << "a mask of the part is as good";
  EXPECT_THROW(measured(request, photo_, Image(50, 40, 1, 1.0f)), Error);
}

TEST_F(CroppedRun, CutsMasksOfPhotoAndPartToTheWorkingSize) {
  Image mask(64, 48, 1);
  mask.at(12 + 4 + 20, 8 + 10, 0) = 1.0f;  // the crop's centre square begins at 4; two pixels make one
  auto request = task("inpaint", Mode::Demonstrate);
  request.degradation().mask = "mask.png";
  request.crop = textFromCrop(crop_);
  request.size = 16;
  for (const Image& given : {mask, *cutPart(SharedImage(mask), crop_)}) {
    const auto found = (measured(request, photo_, given).A->mask() == 0).nonzero();
    ASSERT_EQ(found.size(0), 1);
    EXPECT_EQ(found[0][-2].item<int>(), 5);
    EXPECT_EQ(found[0][-1].item<int>(), 10);
  }
}

}  // namespace
}  // namespace p2l
