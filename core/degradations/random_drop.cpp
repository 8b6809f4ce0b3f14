// SPDX-License-Identifier: GPL-3.0-or-later
//
// Random pixels are missing (random inpainting of the DPS line of papers, p = 0.8 there too).
//
//   A x = M x,   M_i = 0 for round(p H W) pixels drawn without replacement, 1 elsewhere; all channels alike
//
// The count is exact rather than a coin toss per pixel, so that a result does not depend on how many happened to stay.
#include <ATen/ops/randperm.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/degradations/mask_operator.h"

namespace p2l {
namespace {

/// 1 = missing, [H, W].
at::Tensor randomPixels(const DegradationContext& context) {
  const std::int64_t pixel_count = context.height * context.width;
  const auto missing_count = static_cast<std::int64_t>(std::llround(numberOf(context.values, "drop") * pixel_count));
  at::Generator generator = makeGenerator(context.seed, RandomStream::Mask);
  const at::Tensor order = at::randperm(pixel_count, generator, at::kLong);
  const at::Tensor missing = order < std::min(missing_count, pixel_count - 1);  // one pixel is left in any case
  return missing.view({context.height, context.width});
}

}  // namespace

DegradationEntry random_drop() {
  DegradationEntry entry;
  entry.info.id = "random-drop";
  entry.info.label = "Random pixels missing";
  entry.info.help =
      "Single pixels are missing all over the picture: A x = M x with M = 0 for round(p H W) random pixels. A "
      "mask from a file replaces the random one.";
  entry.info.reference = "Chung et al., Diffusion Posterior Sampling, ICLR 2023";
  entry.info.hides = true;
  entry.info.takes_mask = true;
  entry.info.drawn = "which pixels are missing";
  entry.info.parameters = {
      realParam("drop", "p", "Missing share", 0.0, 0.99, 0.8,
                "Share p of the pixels that are missing, all channels together. Larger leaves more to the model."),
  };
  entry.make = [](const DegradationContext& context) {
    const at::Tensor given = missingFromContext(context);
    return makeMaskOperator(given.defined() ? given : randomPixels(context));
  };
  return entry;
}

}  // namespace p2l
