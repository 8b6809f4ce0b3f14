// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/insight/null_space.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/linalg_vector_norm.h>

#include <algorithm>

#include "core/engine/measurement.h"
#include "core/tensor/image_tensor.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr int kIterations = 300;  // of A^+ where it has no closed form

/// A difference [1, 3, H, W] on the scale [-1, 1] as one on [0, 1].
Image changeFromTensor(const at::Tensor& difference) {
  const auto samples = (0.5 * difference)[0].permute({1, 2, 0}).to(at::kFloat).contiguous();
  Image image(static_cast<int>(samples.size(1)), static_cast<int>(samples.size(0)), 3);
  std::copy_n(samples.const_data_ptr<float>(), image.pixels.size(), image.pixels.begin());
  return image;
}

double lengthOf(const at::Tensor& x) {
  return at::linalg_vector_norm(x).item<double>();
}

}  // namespace

NullSpace nullSpaceOf(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs,
                      const Image& other) {
  const at::NoGradGuard no_grad;
  const auto completed = catalogue.completeMeasurement(request);
  for (const auto& each : completed.degradations)
    require(catalogue.degradation(each.id).linear, "The task ", each.id,
            " is not linear: it has no null space to move along.");
  const auto m = makeMeasurement(completed, inputs, at::kCPU);
  require(m.truth.defined(), "A picture is moved whose truth is known, and this one was given as a measured one.");
  const auto x = m.truth.to(at::kDouble);
  const auto fitted = resizeImage(centreSquare(other), static_cast<int>(m.width), static_cast<int>(m.height));
  const auto w = tensorFromImage(fitted).to(at::kDouble) - x;
  const auto r = m.A->pseudoInverse(m.A->A(w), kIterations);
  const auto n = w - r;
  const auto An = m.A->A(n), Ar = m.A->A(r);
  NullSpace found;
  found.x = imageFromTensor(x);
  found.unseen = changeFromTensor(n);
  found.seen = changeFromTensor(r);
  found.y = imageFromTensor(m.A->A(x));
  found.unseen_in_y = changeFromTensor(An);
  found.seen_in_y = changeFromTensor(Ar);
  found.moved_unseen = lengthOf(n);
  found.moved_seen = lengthOf(r);
  found.changed_y_unseen = lengthOf(An);
  found.changed_y_seen = lengthOf(Ar);
  found.numbers_x = x.numel();
  found.numbers_y = m.A->measurementCount();
  return found;
}

Image movedPicture(const Image& picture, const Image& change, double share, const Image& other_change,
                   double other_share) {
  Image moved = picture;
  for (std::size_t i = 0; i < moved.pixels.size(); ++i)
    moved.pixels[i] += static_cast<float>(share * change.pixels[i] + other_share * other_change.pixels[i]);
  return moved;
}

}  // namespace p2l
