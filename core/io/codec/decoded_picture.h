// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/types/image.h"

namespace p2l {

/// What a file's samples are wanted for. Integer samples are divided by their largest value in both cases.
enum class SampleUse {
  Picture,  ///< in [0, 1]; float samples on another known scale are brought there with a remark, others refused
  Weights,  ///< float samples as they are stored, below 0 and above 1 as well: a kernel's
};

/// The picture of a file, as its decoder gives it.
struct DecodedPicture {
  Image image;        ///< not turned upright; alpha is not multiplied in
  int bits = 8;       ///< of an integer sample that keeps the file's: 8 or 16
  bool srgb = false;  ///< its colours were converted to sRGB already, by the file's own profile
  std::vector<std::string> remarks;
};

}  // namespace p2l
