// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/point_spread.h"

#include <ATen/ops/zeros.h>

#include <algorithm>

#include "core/degradations/degradation.h"
#include "core/engine/measurement.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr std::int64_t kReach = 100;  // of the widest blur
constexpr float kBlack = 1e-3f;       // of the largest sample

/// The smallest square of odd side around the middle that holds all that is not black.
Image cut(const Image& whole) {
  const int middle = whole.width / 2;
  int reach = 1;
  for (int y = 0; y < whole.height; ++y) {
    for (int x = 0; x < whole.width; ++x) {
      if (whole.at(x, y, 0) > kBlack) reach = std::max({reach, std::abs(x - middle), std::abs(y - middle)});
    }
  }
  Image kernel(2 * reach + 1, 2 * reach + 1, 1);
  for (int y = 0; y < kernel.height; ++y) {
    for (int x = 0; x < kernel.width; ++x) kernel.at(x, y, 0) = whole.at(middle - reach + x, middle - reach + y, 0);
  }
  return kernel;
}

}  // namespace

Image pointSpread(const RestoreRequest& request, const Image& kernel) {
  const auto& choice = request.degradation();
  const auto& entry = degradationEntry(choice.id);
  constexpr std::int64_t kSide = 2 * kReach + 1;
  DegradationContext context;
  context.height = context.width = kSide;
  context.values = completeValues(entry.info.parameters, choice.values, "degradation " + entry.info.id);
  context.seed = request.measurement_seed.value_or(request.seed);
  if (!kernel.empty() && entry.info.takes_kernel) context.kernel = appliedKernel(choice, kernel);
  const auto A = entry.make(context);
  require(entry.info.linear && !A->mask().defined() && A->measurementShape() == A->pictureShape(), "The task ",
          entry.info.id, " is no blur: it has no kernel.");
  auto point = at::zeros({1, 3, kSide, kSide}, at::kFloat);
  point.select(2, kReach).select(2, kReach).fill_(1.0);
  const auto spread = A->A(point)[0][0].clamp_min(0.0).contiguous();
  Image whole(kSide, kSide, 1);
  std::copy_n(spread.const_data_ptr<float>(), whole.pixels.size(), whole.pixels.begin());
  const float largest = *std::max_element(whole.pixels.begin(), whole.pixels.end());
  require(largest > 0.0f, "The kernel of ", entry.info.id, " is black.");
  for (auto& sample : whole.pixels) sample /= largest;
  return cut(whole);
}

}  // namespace p2l
