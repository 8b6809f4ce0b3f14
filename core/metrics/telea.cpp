// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/telea.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>

#include "core/tensor/image_tensor.h"
#include "core/types/error.h"

namespace p2l {
namespace {

// OpenCV 4.6 keeps the front of the fill as a sorted list: where the front is most of the picture, as with dropped
// pixels, the time grows with the square of the pixels (0.3 s at 256 x 256, 7 s at 512 x 512). What a pixel is filled
// with comes from nearby, so that large pictures with small holes are filled tile by tile.
constexpr int kTile = 128;
constexpr int kWholePixels = 256 * 256;  ///< up to here in one piece
constexpr int kLeastMargin = 16;
constexpr int kDeepest = 32;  ///< pixels from a hole's border to its middle; deeper ones have a short front

void fill(const cv::Mat& rgb, const cv::Mat& holes, cv::Mat& out) {
  constexpr double kRadius = 3.0;
  cv::inpaint(rgb, holes, out, kRadius, cv::INPAINT_TELEA);
}

int deepestHole(const cv::Mat& holes) {
  cv::Mat depth;
  cv::distanceTransform(holes, depth, cv::DIST_C, cv::DIST_MASK_3);
  double most = 0.0;
  cv::minMaxLoc(depth, nullptr, &most);
  return cvCeil(most);
}

void fillTiles(const cv::Mat& rgb, const cv::Mat& holes, int margin, cv::Mat& out) {
  const int columns = (rgb.cols + kTile - 1) / kTile, rows = (rgb.rows + kTile - 1) / kTile;
  const cv::Rect all(0, 0, rgb.cols, rgb.rows);
  at::parallel_for(0, std::int64_t{columns} * rows, 1, [&](std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<int>(begin); i < end; ++i) {
      const cv::Point corner(i % columns * kTile, i / columns * kTile), border(margin, margin);
      const auto tile = cv::Rect(corner, cv::Size(kTile, kTile)) & all;
      const auto around = cv::Rect(tile.tl() - border, tile.br() + border) & all;
      cv::Mat filled;
      fill(rgb(around), holes(around), filled);
      filled(tile - around.tl()).copyTo(out(tile));
    }
  });
}

}  // namespace

at::Tensor teleaFill(const at::Tensor& picture, const at::Tensor& measured) {
  require(picture.dim() == 4 && picture.size(0) == 1 && picture.size(1) == 3 && measured.dim() == 4 &&
              measured.size(2) == picture.size(2) && measured.size(3) == picture.size(3),
          "Telea's fill needs one picture and its mask, found ", picture.sizes(), " and ", measured.sizes());
  Frame frame = frameFromTensor(picture);
  const auto missing = measured.lt(0.5).to(at::kCPU, at::kByte).contiguous();
  const cv::Mat rgb(frame.height, frame.width, CV_8UC3, frame.bytes.data());
  const cv::Mat holes(frame.height, frame.width, CV_8UC1, missing.data_ptr());
  Frame filled = frame;
  cv::Mat out(frame.height, frame.width, CV_8UC3, filled.bytes.data());
  const int deepest = rgb.total() > kWholePixels ? deepestHole(holes) : 0;
  if (rgb.total() > kWholePixels && deepest <= kDeepest)
    fillTiles(rgb, holes, std::max(kLeastMargin, 2 * deepest), out);
  else
    fill(rgb, holes, out);
  return tensorFromImage(imageFromFrame(filled));
}

}  // namespace p2l
