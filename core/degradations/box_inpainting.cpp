// SPDX-License-Identifier: GPL-3.0-or-later
//
// Box inpainting: a rectangle of the picture is missing (DPS and its successors: 128 x 128 of 256 x 256).
//
//   A x = M x,   M_i = 0 in a rectangle of q H x q W pixels, 1 elsewhere
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/degradations/mask_operator.h"

namespace p2l {
namespace {

/// Where the box begins along a side of `length` pixels. A box at random keeps a margin of an eighth of the picture to
/// its border where there is room, as DPS keeps 16 to 32 of 256 pixels.
std::int64_t beginOf(std::int64_t length, std::int64_t box, bool random, at::Generator& generator) {
  const std::int64_t room = length - box;
  if (!random) return room / 2;
  const std::int64_t margin = std::min(length / 8, room / 2);
  const auto places = room - 2 * margin + 1;
  return margin + std::min(places - 1, static_cast<std::int64_t>(randomUniform(generator) * places));
}

/// 1 = missing, [H, W].
at::Tensor boxMask(const DegradationContext& context) {
  const double side = numberOf(context.values, "side");
  const bool random = choiceOf(context.values, "place") == "random";
  const auto sideOf = [&](std::int64_t length) {
    return std::clamp<std::int64_t>(std::llround(side * static_cast<double>(length)), 1, length - 1);
  };
  at::Generator generator = makeGenerator(context.seed, RandomStream::Mask);
  at::Tensor missing = at::zeros({context.height, context.width}, at::kDouble);
  const std::int64_t height = sideOf(context.height), width = sideOf(context.width);
  const std::int64_t top = beginOf(context.height, height, random, generator);
  const std::int64_t left = beginOf(context.width, width, random, generator);
  missing.narrow(0, top, height).narrow(1, left, width).fill_(1.0);
  return missing;
}

}  // namespace

DegradationEntry box_inpainting() {
  DegradationEntry entry;
  entry.info.id = "box-inpaint";
  entry.info.label = "Box missing";
  entry.info.help =
      "A rectangle of the picture is missing: A x = M x with M = 0 in a box of q H x q W pixels and 1 elsewhere. "
      "For a mask of your own use Inpainting.";
  entry.info.reference = "Chung et al., Diffusion Posterior Sampling, ICLR 2023";
  entry.info.parameters = {
      realParam("side", "q", "Side", 0.05, 0.9, 0.5,
                "Height and width of the box as shares q of the picture's; DPS uses 0.5. Larger leaves more to "
                "the model."),
      choiceParam("place", "Place", {"centre", "random"},
                  "centre: in the middle. random: by the measurement seed, away from the border."),
  };
  entry.info.hides = true;
  entry.info.drawn = "the place of the box";
  entry.info.drawn_key = "place";
  entry.info.drawn_value = "random";
  entry.make = [](const DegradationContext& context) { return makeMaskOperator(boxMask(context)); };
  return entry;
}

}  // namespace p2l
