// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/types/mask.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "core/types/error.h"

namespace p2l {

Image cutMask(const Image& mask, int side) {
  require(side > 0, "a mask cannot be resized to ", side, " x ", side, " pixels.");
  const Image square = centreSquare(mask);
  require(!square.empty(), "an empty mask cannot be resized.");
  cv::Mat missing(square.height, square.width, CV_32F), cut;
  for (int y = 0; y < square.height; ++y) {
    for (int x = 0; x < square.width; ++x) missing.at<float>(y, x) = square.at(x, y, 0) >= 0.5f ? 1.0f : 0.0f;
  }
  if (side > square.width) {
    // Bicubic resampling of the photo takes one pixel more on every side than linear does.
    cv::dilate(missing, missing, cv::Mat::ones(3, 3, CV_8U));
  }
  cv::resize(missing, cut, cv::Size(side, side), 0.0, 0.0, side < square.width ? cv::INTER_AREA : cv::INTER_LINEAR);
  constexpr float kRounding = 1e-6f;
  Image result(side, side, 1);
  std::transform(cut.begin<float>(), cut.end<float>(), result.pixels.begin(),
                 [](float share) { return share > kRounding ? 1.0f : 0.0f; });
  return result;
}

}  // namespace p2l
