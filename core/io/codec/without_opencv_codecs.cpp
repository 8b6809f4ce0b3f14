// SPDX-License-Identifier: GPL-3.0-or-later
// In place of OpenCV's imgcodecs (P2L_OPENCV_CODECS=OFF), which Debian links with 170 packages: for a machine that is
// given little. TIFF is read and written without it.
#include <opencv2/imgcodecs.hpp>

#include "core/types/error.h"

namespace cv {
namespace {

[[noreturn]] void refuse() {
  throw p2l::Error("This build was made without OpenCV's codecs: it reads and writes TIFF alone.");
}

}  // namespace

Mat imdecode(InputArray /*bytes*/, int /*flags*/) {
  refuse();
}

bool imencode(const String& /*ending*/, InputArray /*picture*/, std::vector<uchar>& /*bytes*/,
              const std::vector<int>& /*options*/) {
  refuse();
}

}  // namespace cv
