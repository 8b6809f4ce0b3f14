// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/types/image.h"

namespace p2l {

/// Mean and spread of pictures of one request and several seeds: what they agree on was measured or is known of all
/// photos, what they differ in is invented. Adds picture after picture, so that memory does not grow.
class Spread {
 public:
  /// The pictures are of one size and kind. @throws Error
  void add(const Image& picture);

  int count() const { return count_; }
  /// Of the pictures so far; empty before the first.
  Image mean() const;
  /// Standard deviation at each pixel over the pictures (divided by count - 1), root of the mean over the channels
  /// without alpha, on the scale [0, 1]; row by row. Empty before the second picture.
  std::vector<float> deviation() const;

 private:
  Image shape_;
  std::vector<double> mean_, squares_;  ///< Welford's running mean and sum of squared differences from it
  int count_ = 0;
};

/// Pixels of about the same spread, and how wrong the mean picture is there; root mean squares.
struct Calibration {
  double spread = 0.0;
  double error = 0.0;
};

/// The pixels of the two maps in `groups` of the same size, by growing spread. Where the samples tell how uncertain
/// they are, the error is as large as the spread. @throws Error when the maps are not of one size or have too few
/// pixels
std::vector<Calibration> calibrationOf(const std::vector<float>& spread, const std::vector<float>& error, int groups);

}  // namespace p2l
