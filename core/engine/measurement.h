// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "core/degradations/degradation.h"
#include "core/request/request.h"

namespace p2l {

/// The measurement side of a run, at the user's size.
struct Measurement {
  std::unique_ptr<Degradation> A;  ///< on pictures [3, height, width]
  std::int64_t height = 0;         ///< of the full picture
  std::int64_t width = 0;
  at::Tensor truth;          ///< [1, 3, height, width] in [-1, 1]; undefined in Restore
  at::Tensor y;              ///< [1, ...A->measurementShape()]
  at::Tensor plain;          ///< the plain picture made from y, [1, 3, height, width]
  double noise = 0.0;        ///< sigma_y of an entry, NoiseEntry::deviation
  double noise_level = 0.0;  ///< sigma_y sqrt(m)

  /// A->mask() where it is one of the full picture; else undefined.
  at::Tensor pictureMask() const;
};

/// The side of the full picture of a completed request, of which the photo's is `side` pixels: as many where the photo
/// is the truth.
std::int64_t pictureSide(const RestoreRequest& request, std::int64_t side);

/// Builds A from a completed request, and y from the photo (Restore), from the file given, or by degrading the photo.
/// @throws Error on pictures, masks, kernels or files that do not fit.
Measurement makeMeasurement(const RestoreRequest& request, const RunInputs& inputs, at::Device device);

/// Refuses the masks and kernels that makeMeasurement refuses, without a measurement. @throws Error on one that does
/// not fit.
void requireFittingPictures(const RestoreRequest& request, const RunInputs& inputs);

/// The weights of a degradation's kernel picture as they are applied, [1, 1, h, w].
at::Tensor appliedKernel(const DegradationChoice& choice, const Image& picture);

/// Mirrors the picture beyond its right and lower border to [.., height, width].
at::Tensor padToCanvas(const at::Tensor& picture, std::int64_t height, std::int64_t width);

/// The smallest multiple of `multiple` that is >= n.
std::int64_t roundUp(std::int64_t n, std::int64_t multiple);

}  // namespace p2l
