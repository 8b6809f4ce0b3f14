// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figures/canvas.h"

#include <opencv2/imgproc.hpp>

namespace p2l::cli {
namespace {

constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;
constexpr double kCapitalHeight = 21.0;  ///< of the font at scale 1, in pixels
constexpr int kShift = 4;                ///< sub-pixel bits of OpenCV's coordinates

cv::Point fixedPoint(cv::Point2d p) {
  return {cvRound(p.x * (1 << kShift)), cvRound(p.y * (1 << kShift))};
}

/// One `?` for every character that the font does not have.
std::string asciiOf(const std::string& text) {
  std::string ascii;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 128) ascii += c;
    if (byte >= 192) ascii += '?';
  }
  return ascii;
}

}  // namespace

Canvas::Canvas(int width, int height) : pixels_(height, width, CV_8UC3, cv::Scalar::all(255)) {}

void Canvas::picture(const Image& image, int left, int top) {
  Frame frame = frameFromImage(image);
  const cv::Mat source(frame.height, frame.width, frame.channels == 4 ? CV_8UC4 : CV_8UC3, frame.bytes.data());
  cv::Mat target = pixels_(cv::Rect(left, top, frame.width, frame.height));
  if (frame.channels == 4) {
    cv::cvtColor(source, target, cv::COLOR_RGBA2RGB);
  } else {
    source.copyTo(target);
  }
}

void Canvas::text(const std::string& text, int x, int y, int size, const cv::Scalar& colour) {
  cv::putText(pixels_, asciiOf(text), {x, y}, kFont, size / kCapitalHeight, colour, 1, cv::LINE_AA);
}

int Canvas::textWidth(const std::string& text, int size) {
  int base_line = 0;
  return cv::getTextSize(asciiOf(text), kFont, size / kCapitalHeight, 1, &base_line).width;
}

void Canvas::line(cv::Point2d from, cv::Point2d to, const cv::Scalar& colour, int thickness) {
  cv::line(pixels_, fixedPoint(from), fixedPoint(to), colour, thickness, cv::LINE_AA, kShift);
}

void Canvas::dot(cv::Point2d centre, int radius, const cv::Scalar& colour) {
  cv::circle(pixels_, fixedPoint(centre), radius << kShift, colour, cv::FILLED, cv::LINE_AA, kShift);
}

void Canvas::shade(const std::vector<cv::Point>& polygon, const cv::Scalar& colour, double weight) {
  if (polygon.size() < 3) return;
  cv::Mat filled = pixels_.clone();
  cv::fillPoly(filled, std::vector<std::vector<cv::Point>>{polygon}, colour, cv::LINE_AA);
  cv::addWeighted(filled, weight, pixels_, 1.0 - weight, 0.0, pixels_);
}

Image Canvas::image() const {
  Frame frame;
  frame.width = pixels_.cols;
  frame.height = pixels_.rows;
  frame.bytes.assign(pixels_.datastart, pixels_.dataend);
  return imageFromFrame(frame);
}

}  // namespace p2l::cli
