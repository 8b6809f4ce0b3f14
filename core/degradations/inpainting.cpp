// SPDX-License-Identifier: GPL-3.0-or-later
//
// Inpainting: pixels under a mask are missing (Sec. 5: 10-20 % free-form masks as in Palette, Saharia et al. 2022).
//
//   A x = M x,   M_i = 0 under the strokes, 1 elsewhere
//   argmin ||y - A x||^2 + lambda ||x - x0||^2 = (M y + lambda x0) / (M + lambda)
//
// A mask has 1-3 strokes; a stroke has 4-11 segments of length N(d/8, d/16) clipped to [0, d/4] (d: diagonal), turned
// by 2 pi/5 -+ up to 2 pi/15, every second one mirrored, so that it runs to and fro; it is 12-40 px wide at 256 x 256,
// in proportion at other sizes, with round joints. Masks are drawn until the area is inside the wanted range.
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "core/base/random.h"
#include "core/degradations/mask_operator.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr double kPi = std::numbers::pi;

double uniform(at::Generator& generator, double low, double high) {
  return low + (high - low) * randomUniform(generator);
}

/// One of low, ..., high.
int uniformInteger(at::Generator& generator, int low, int high) {
  return low + static_cast<int>(randomUniform(generator) * (high - low + 1));
}

/// Draws one stroke into the mask, an 8-bit picture.
void drawStroke(cv::Mat& mask, at::Generator& generator) {
  const double diagonal = std::hypot(mask.cols, mask.rows);
  const double side = std::sqrt(static_cast<double>(mask.cols) * mask.rows);
  const int segments = uniformInteger(generator, 4, 11);
  const double least_angle = 2.0 * kPi / 5.0 - uniform(generator, 0.0, 2.0 * kPi / 15.0);
  const double largest_angle = 2.0 * kPi / 5.0 + uniform(generator, 0.0, 2.0 * kPi / 15.0);
  const int width = std::max(1, static_cast<int>(uniform(generator, 12.0, 40.0) * side / 256.0));
  cv::Point2d from(uniform(generator, 0.0, mask.cols), uniform(generator, 0.0, mask.rows));
  for (int i = 0; i < segments; ++i) {
    const double size = uniform(generator, least_angle, largest_angle);
    const double angle = i % 2 == 0 ? 2.0 * kPi - size : size;
    const double length = std::clamp(diagonal / 8.0 + diagonal / 16.0 * randomNormal(generator), 0.0, diagonal / 4.0);
    const cv::Point2d to(std::clamp(from.x + length * std::cos(angle), 0.0, static_cast<double>(mask.cols)),
                         std::clamp(from.y + length * std::sin(angle), 0.0, static_cast<double>(mask.rows)));
    cv::line(mask, from, to, cv::Scalar(1), width);  // OpenCV's thick lines have round ends
    from = to;
  }
}

/// 1 = missing, [H, W].
at::Tensor freeFormMask(const DegradationContext& context) {
  const double least = numberOf(context.values, "min_area");
  const double largest = numberOf(context.values, "max_area");
  require(least < largest, "degradation inpaint: min_area must be less than max_area, found ", least, " and ", largest,
          ".");
  at::Generator generator = makeGenerator(context.seed, RandomStream::Mask);
  const int most_strokes = std::max(1, static_cast<int>(std::ceil(3.0 * largest / 0.2 - 1e-9)));  // 3 for 20 %
  constexpr int kTries = 5000;
  for (int i = 0; i < kTries; ++i) {
    cv::Mat mask = cv::Mat::zeros(static_cast<int>(context.height), static_cast<int>(context.width), CV_8U);
    const int strokes = uniformInteger(generator, 1, most_strokes);
    for (int stroke = 0; stroke < strokes; ++stroke) drawStroke(mask, generator);
    const double area = static_cast<double>(cv::countNonZero(mask)) / static_cast<double>(mask.total());
    if (area > least && area < largest) return at::from_blob(mask.data, {mask.rows, mask.cols}, at::kByte).clone();
  }
  throw Error(concat("degradation inpaint: no mask that hides between ", 100.0 * least, " % and ", 100.0 * largest,
                     " % of a picture of ", context.height, " x ", context.width, " pixels was found in ", kTries,
                     " tries; widen the range of min_area and max_area."));
}

}  // namespace

DegradationEntry inpainting() {
  DegradationEntry entry;
  entry.info.id = "inpaint";
  entry.info.label = "Inpainting";
  entry.info.help =
      "Parts of the picture are missing: A x = M x with M = 0 under the mask and 1 elsewhere. The mask is painted, "
      "read "
      "from a file (white is missing) or drawn at random: a few thick zigzag strokes.";
  entry.info.reference = "Saharia et al., Palette, SIGGRAPH 2022 (free-form masks)";
  entry.info.hides = true;
  entry.info.takes_mask = true;
  entry.info.drawn = "the mask";
  entry.info.parameters = {
      realParam("min_area", "", "Least area", 0.01, 0.5, 0.1,
                "A random mask hides more than this share of the picture. No effect on a mask of your own."),
      realParam("max_area", "", "Largest area", 0.02, 0.6, 0.2,
                "A random mask hides less than this share of the picture; the paper uses 10 to 20 %. Larger leaves "
                "more to the model."),
  };
  entry.make = [](const DegradationContext& context) {
    const at::Tensor given = missingFromContext(context);
    return makeMaskOperator(given.defined() ? given : freeFormMask(context));
  };
  return entry;
}

}  // namespace p2l
