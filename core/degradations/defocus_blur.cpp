// SPDX-License-Identifier: GPL-3.0-or-later
//
// Defocus: a lens that is out of focus makes a disc of every point.
//
//   A x = w * reflect(x),   w_k ~ area of pixel k inside the disc |p| <= r,   sum_k w_k = 1
//
// The area is counted on 32 x 32 points of each pixel, so that the kernel changes smoothly with r.
#include <ATen/ops/arange.h>

#include <cmath>

#include "core/degradations/blur.h"

namespace p2l {
namespace {

at::Tensor discKernel(double radius) {
  constexpr std::int64_t kPoints = 32;
  const auto reach = static_cast<std::int64_t>(std::ceil(radius - 0.5));
  const std::int64_t size = 2 * reach + 1;
  // Coordinates of the points along one side of the kernel, the middle of the middle pixel at 0.
  const auto p = (at::arange(size * kPoints, at::kDouble) + 0.5) / kPoints - static_cast<double>(size) / 2.0;
  const auto inside = p.square().unsqueeze(1) + p.square().unsqueeze(0) <= radius * radius;
  return inside.to(at::kDouble).view({size, kPoints, size, kPoints}).mean({1, 3});
}

}  // namespace

DegradationEntry defocus_blur() {
  DegradationEntry entry;
  entry.info.id = "defocus";
  entry.info.label = "Defocus blur";
  entry.info.help =
      "The lens was out of focus: every point becomes a disc, w_k ~ area of pixel k inside |p| <= r; the picture "
      "is reflected at its border.";
  entry.info.reference = "Born and Wolf, Principles of Optics: geometrical optics of a circular aperture";
  ParamSpec radius = realParam("radius", "r", "Radius", 0.5, 30.0, 4.0,
                               "Radius r of the disc. Larger blurs more. Unlike a Gaussian's, the disc's "
                               "spectrum has zeros: what lies there is lost.",
                               ParamScale::Logarithmic);
  radius.unit = "px";
  entry.info.parameters = {radius};
  entry.info.blurs = true;
  entry.info.width_key = "radius";
  entry.make = [](const DegradationContext& context) {
    return makeBlur(context.height, context.width, discKernel(numberOf(context.values, "radius")));
  };
  return entry;
}

}  // namespace p2l
