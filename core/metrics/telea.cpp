// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/telea.h"

#include <opencv2/core.hpp>
#include <opencv2/photo.hpp>

#include "core/tensor/image_tensor.h"
#include "core/types/error.h"

namespace p2l {

at::Tensor teleaFill(const at::Tensor& picture, const at::Tensor& measured) {
  require(picture.dim() == 4 && picture.size(0) == 1 && picture.size(1) == 3 && measured.dim() == 4 &&
              measured.size(2) == picture.size(2) && measured.size(3) == picture.size(3),
          "Telea's fill needs one picture and its mask, found ", picture.sizes(), " and ", measured.sizes());
  constexpr double kRadius = 3.0;
  Frame frame = frameFromTensor(picture);
  const auto holes = measured.lt(0.5).to(at::kCPU, at::kByte).contiguous();
  const cv::Mat rgb(frame.height, frame.width, CV_8UC3, frame.bytes.data());
  const cv::Mat mask(frame.height, frame.width, CV_8UC1, holes.data_ptr());
  Frame filled = frame;
  cv::Mat out(frame.height, frame.width, CV_8UC3, filled.bytes.data());
  cv::inpaint(rgb, mask, out, kRadius, cv::INPAINT_TELEA);
  return tensorFromImage(imageFromFrame(filled));
}

}  // namespace p2l
