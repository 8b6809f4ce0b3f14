// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/request/request.h"
#include "core/types/catalogue_rows.h"

namespace p2l {

/// Seconds of what is measured beside runs, on a picture of `pixels` pixels.
struct MeasureTimes {
  double pixels = 0.0;   ///< 0: not measured
  double loading = 0.0;  ///< of the weights of LPIPS, before each picture of any size
  double metrics = 0.0;  ///< MS-SSIM and LPIPS of a picture against the truth, as far as there are weights
  double fill = 0.0;     ///< Telea's method where half of the picture is hidden
};

/// Seconds of one evaluation of a model's networks on a picture of `pixels` pixels, without a gradient. A model of
/// pixels has the noise network alone.
struct NetworkTimes {
  double pixels = 0.0;  ///< 0: not measured
  double unet = 0.0, decode = 0.0, encode = 0.0;
  double last_decode = 0.0;  ///< of the decoder that makes the last picture, where the steps have another; else 0
};

/// What a run is expected to take.
struct TimeEstimate {
  double seconds = 0.0;
  bool at_most = false;
};

/// From the networks' times, taken to grow with the pixels. The one place for what a run's time is made of.
/// @param width, height of the full picture @param model of the request
TimeEstimate expectedTime(const SolverInfo& solver, const RestoreRequest& completed, const ModelInfo& model,
                          std::int64_t width, std::int64_t height, const NetworkTimes& times);

/// "about 25 min", "at most about 3 h", "a few seconds".
std::string textFromTime(const TimeEstimate& estimate);

}  // namespace p2l
