// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/types/image.h"

namespace p2l {

/// The noise that a photo has, on the scale of RestoreRequest::noise: half of that is its deviation on [0, 1].
struct NoiseEstimate {
  double sigma = 0.0;            ///< of all colours: the root of their mean variance
  std::vector<double> channels;  ///< grey, or red, green and blue
};

/// Estimates white noise from the finest diagonal detail, as Donoho and Johnstone ("Ideal spatial adaptation by wavelet
/// shrinkage", 1994) and Immerkaer ("Fast noise variance estimation", 1996) do. Detail is measured in blocks, of which
/// the smooth ones count, so that texture and edges are not taken for noise; clipped and transparent pixels do not
/// count, and the rounding to 8 bit is subtracted. What a JPEG has rounded away is not found.
/// @throws Error for a picture of less than 10 x 10 pixels
NoiseEstimate estimateNoise(const Image& photo);

}  // namespace p2l
