// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/correlation.h"

#include <ATen/ops/fft_irfft2.h>
#include <ATen/ops/fft_rfft2.h>

#include "core/types/error.h"

namespace p2l {
namespace {

/// The next size whose prime factors are 2, 3, 5 and 7: transforms of such sizes are fast everywhere.
std::int64_t fastTransformSize(std::int64_t size) {
  for (;; ++size) {
    std::int64_t rest = size;
    for (const int prime : {2, 3, 5, 7}) {
      while (rest % prime == 0) rest /= prime;
    }
    if (rest == 1) return size;
  }
}

}  // namespace

// A circular correlation of the frame's own size has no wrap-around where i + k stays inside the frame, which is all
// that `valid` returns; the same holds for the full convolution of the adjoint. So the transform needs no more room.
Correlation::Correlation(const at::Tensor& kernel, std::int64_t height, std::int64_t width)
    : frame_size_{height, width},
      valid_size_{height - kernel.size(-2) + 1, width - kernel.size(-1) + 1},
      transform_size_{fastTransformSize(height), fastTransformSize(width)},
      spectrum_(at::fft_rfft2(kernel.to(at::kDouble), at::IntArrayRef(transform_size_))) {
  require(valid_size_[0] > 0 && valid_size_[1] > 0, "correlation: a kernel of ", kernel.size(-2), " x ",
          kernel.size(-1), " does not fit into a frame of ", height, " x ", width, ".");
}

at::Tensor Correlation::valid(const at::Tensor& x) const {
  return multiplySpectrum(x, true, valid_size_);
}

at::Tensor Correlation::validAdjoint(const at::Tensor& v) const {
  return multiplySpectrum(v, false, frame_size_);
}

at::Tensor Correlation::multiplySpectrum(const at::Tensor& x, bool conjugate, const Size& size) const {
  const bool half = x.scalar_type() == at::kHalf || x.scalar_type() == at::kBFloat16;
  const at::Tensor input = half ? x.to(at::kFloat) : x;
  const at::IntArrayRef transform_size(transform_size_);
  const at::Tensor kernel_spectrum = spectrum_.like(input);
  const at::Tensor product =
      at::fft_rfft2(input, transform_size) * (conjugate ? kernel_spectrum.conj() : kernel_spectrum);
  const at::Tensor result =
      at::fft_irfft2(product, transform_size).narrow(-2, 0, size[0]).narrow(-1, 0, size[1]).contiguous();
  return half ? result.to(x.scalar_type()) : result;
}

}  // namespace p2l
