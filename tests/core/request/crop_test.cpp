// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/request/crop.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>

#include "core/api/measure.h"
#include "core/types/error.h"

namespace p2l {
namespace {

Image ramp(int width, int height, int channels) {
  Image image(width, height, channels);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = static_cast<float>(i * 7919 % 1009) / 1008.0f;
  return image;
}

std::string errorOf(const std::string& text) {
  try {
    cropFromText(text);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(Crop, TextsAreThoseOfImageMagick) {
  const Crop crop{640, 480, 100, 50};
  EXPECT_EQ(textFromCrop(crop), "640x480+100+50");
  EXPECT_EQ(cropFromText("640x480+100+50"), crop);
  EXPECT_EQ(textFromCrop({}), "");
  EXPECT_TRUE(cropFromText("").empty());
  for (const char* text : {"640x480", "640x480+1", "0x480+1+1", "640x480+1+1 ", "640x480-1+1", "-64x48+1+1", "x",
                           "640x480+1+99999999999", "640 x 480+1+1"})
    EXPECT_NE(errorOf(text).find("such as 640x480+100+50, found " + std::string(text)), std::string::npos) << text;
}

TEST(Crop, ThePartIsThatOfOpenCv) {
  const auto image = ramp(37, 23, 4);
  const Crop crop{20, 17, 9, 5};
  const Image part = cutPart(image, crop);
  const cv::Mat whole(23, 37, CV_32FC4, const_cast<float*>(image.pixels.data()));
  const cv::Mat expected = whole(cv::Rect(crop.left, crop.top, crop.width, crop.height)).clone();
  ASSERT_EQ(part.pixels.size(), expected.total() * 4);
  EXPECT_EQ(cv::norm(expected, cv::Mat(17, 20, CV_32FC4, const_cast<float*>(part.pixels.data())), cv::NORM_INF), 0.0);
}

TEST(Crop, MustLieInsideOfThePhoto) {
  const SharedImage photo(ramp(64, 48, 3));
  for (const Crop& crop : {Crop{32, 32, 33, 0}, Crop{32, 32, 0, 17}, Crop{65, 32, 0, 0}, Crop{15, 32, 0, 0}})
    EXPECT_THROW(cutPart(photo, crop), Error) << textFromCrop(crop);
  EXPECT_EQ(cutPart(photo, {32, 32, 32, 16})->width, 32);
  EXPECT_EQ(&*cutPart(photo, {64, 48, 0, 0}), &*photo) << "the whole is not copied";
  try {
    checkCrop({100, 100, 0, 0}, 64, 48);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "The crop 100x100+0+0 goes beyond the photo of 64 x 48 pixels: choose a part inside of it.");
  }
}

TEST(Crop, ComesBeforeTheWorkingSize) {
  const SharedImage photo(ramp(64, 48, 3));
  RestoreRequest request;
  request.crop = "40x30+4+8";
  EXPECT_EQ(workingSize(request, 64, 48), std::pair(40, 30));
  EXPECT_EQ(workingPhoto(request, photo)->pixels, cutPart(photo, {40, 30, 4, 8})->pixels);
  request.size = 16;
  EXPECT_EQ(workingSize(request, 64, 48), std::pair(16, 16));
  const Image square = cutPart(photo, {30, 30, 9, 8});
  EXPECT_EQ(workingPhoto(request, photo)->pixels, resizeImage(square, 16, 16).pixels);
  EXPECT_THROW(workingSize(request, 40, 30), Error);
}

TEST(Crop, ARequestWithABadOneIsRefused) {
  const auto catalogue = readCatalogue();
  RestoreRequest request;
  request.crop = "40x30";
  EXPECT_THROW(catalogue.complete(request), Error);
  request.crop = "40x30+1+2";
  EXPECT_EQ(catalogue.complete(request).crop, request.crop);
  EXPECT_EQ(requestFromJson(jsonFromRequest(request)).crop, request.crop);
}

}  // namespace
}  // namespace p2l
