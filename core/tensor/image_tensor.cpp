// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/image_tensor.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <cstring>

#include "core/types/error.h"

namespace p2l {
namespace {

/// The samples of the picture as [H, W, C]; shares its memory.
at::Tensor samplesOf(const Image& image) {
  require(!image.empty(), "the picture is empty.");
  require(image.channels >= 1 && image.channels <= 4, "a picture has 1 to 4 channels, found ", image.channels, ".");
  // from_blob wants a pointer that could be written through; no caller writes.
  return at::from_blob(const_cast<float*>(image.pixels.data()), {image.height, image.width, image.channels},
                       at::kFloat);
}

void checkPicture(const at::Tensor& x) {
  require(x.dim() == 4 && x.size(0) == 1 && x.size(1) == 3, "expected a tensor [1, 3, H, W], found ", x.sizes(), ".");
}

/// [H, W, 3], contiguous.
at::Tensor interleaved(const at::Tensor& x) {
  return x[0].permute({1, 2, 0}).contiguous();
}

}  // namespace

at::Tensor tensorFromImage(const Image& image) {
  const at::Tensor samples = samplesOf(image);
  const at::Tensor colour = image.channels < 3 ? samples.narrow(2, 0, 1).expand({-1, -1, 3}) : samples.narrow(2, 0, 3);
  return (colour.permute({2, 0, 1}).unsqueeze(0) * 2.0 - 1.0).contiguous();
}

at::Tensor greyTensorFromImage(const Image& image) {
  const at::Tensor samples = samplesOf(image);
  if (image.channels < 3) return samples.narrow(2, 0, 1).permute({2, 0, 1}).unsqueeze(0).clone();
  const at::Tensor luma = at::tensor({0.299f, 0.587f, 0.114f});  // ITU-R BT.601
  return samples.narrow(2, 0, 3).matmul(luma).unsqueeze(0).unsqueeze(0);
}

Image imageFromTensor(const at::Tensor& x) {
  checkPicture(x);
  const at::Tensor samples = interleaved(((x.detach().to(at::kFloat) + 1.0) * 0.5).clamp(0.0, 1.0)).cpu();
  Image image(static_cast<int>(x.size(3)), static_cast<int>(x.size(2)), 3);
  std::copy_n(samples.const_data_ptr<float>(), image.pixels.size(), image.pixels.begin());
  return image;
}

Frame frameFromTensor(const at::Tensor& x) {
  return frameFromBytes(bytesFromTensor(x).cpu());
}

at::Tensor bytesFromTensor(const at::Tensor& x) {
  checkPicture(x);
  const at::Tensor levels = (x.detach().to(at::kFloat).nan_to_num(0.0) * 127.5 + 127.5).clamp_(0.0, 255.0).round_();
  return interleaved(levels.to(at::kByte));
}

Frame frameFromBytes(const at::Tensor& bytes) {
  Frame frame;
  frame.width = static_cast<int>(bytes.size(1));
  frame.height = static_cast<int>(bytes.size(0));
  frame.bytes.resize(static_cast<std::size_t>(bytes.numel()));
  std::memcpy(frame.bytes.data(), bytes.const_data_ptr<std::uint8_t>(), frame.bytes.size());
  return frame;
}

}  // namespace p2l
