// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "core/types/image.h"

namespace p2l::cli {

/// An 8-bit RGB picture to draw on; colours are RGB in 0 .. 255.
class Canvas {
 public:
  Canvas(int width, int height);

  void picture(const Image& image, int left, int top);
  /// `size`: height of a capital letter in pixels; left end of the base line at (x, y). What is not ASCII becomes `?`.
  void text(const std::string& text, int x, int y, int size, const cv::Scalar& colour);
  static int textWidth(const std::string& text, int size);
  void line(cv::Point2d from, cv::Point2d to, const cv::Scalar& colour, int thickness = 1);
  void dot(cv::Point2d centre, int radius, const cv::Scalar& colour);
  /// Mixes the colour into the polygon with this weight.
  void shade(const std::vector<cv::Point>& polygon, const cv::Scalar& colour, double weight);

  Image image() const;

 private:
  cv::Mat pixels_;
};

}  // namespace p2l::cli
