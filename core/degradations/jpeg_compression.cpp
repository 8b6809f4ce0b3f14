// SPDX-License-Identifier: GPL-3.0-or-later
//
// JPEG: the picture was compressed (ITU-T T.81, baseline, chroma at half the resolution, as cameras and libjpeg have
// it).
//
//   p = round(Y Cb Cr of 127.5 (x' + 1)), x' = x clipped to [-1, 1];  Cb and Cr: means over 2 x 2 pixels
//   c = Q round(DCT_8x8(p) / Q)         Q: the standard's tables at libjpeg's scale of the quality
//   A x = round(RGB of round(IDCT(c))) / 127.5 - 1 + (x - x'),  Cb and Cr enlarged linearly, the RGB clipped
//
// Samples are rounded to bytes where libjpeg does it, so that y is what a real file of that quality gives, but for the
// rounding inside its integer transform.
//
// Not linear: only solvers that follow the gradient of ||y - A D(z)|| take it. Rounding and clipping have the gradient
// of the identity (straight-through; Bengio, Leonard, Courville 2013), while their values are the true ones: the
// residual is that of a real JPEG file, and its gradient is the one of the linear map without either. No file holds
// what lies outside the range: x - x' counts as it is, so that the residual of an estimate that has left the range
// grows with its distance and draws it back. Early estimates on pixels are far outside; clipped, a white sky would have
// no residual.
#include <ATen/ops/arange.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/replication_pad2d.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/upsample_bilinear2d.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/degradations/degradation.h"
#include "core/tensor/constant_tensor.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr std::int64_t kBlock = 8;
constexpr std::int64_t kUnit = 16;  // blocks of the halved chroma

// T.81, Tables K.1 and K.2.
constexpr std::array<double, 64> kLuminance = {
    16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,  //
    14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,  //
    18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,  //
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};
constexpr std::array<double, 64> kChrominance = {17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,  //
                                                 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,  //
                                                 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,  //
                                                 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99};

/// The table at a quality from 1 to 100, as libjpeg scales it, [8, 8].
at::Tensor quantization(const std::array<double, 64>& table, int quality) {
  const double percent = quality < 50 ? std::floor(5000.0 / quality) : 200.0 - 2.0 * quality;
  at::Tensor Q = at::zeros({kBlock * kBlock}, at::kDouble);
  for (std::int64_t i = 0; i < Q.size(0); ++i) {
    Q[i] = std::clamp(std::floor((table[static_cast<std::size_t>(i)] * percent + 50.0) / 100.0), 1.0, 255.0);
  }
  return Q.view({kBlock, kBlock});
}

/// The orthogonal DCT-II, [8, 8]: a row is a frequency.
at::Tensor cosineTransform() {
  at::Tensor T = at::zeros({kBlock, kBlock}, at::kDouble);
  for (std::int64_t k = 0; k < kBlock; ++k) {
    for (std::int64_t n = 0; n < kBlock; ++n) {
      T[k][n] = std::sqrt((k == 0 ? 1.0 : 2.0) / kBlock) *
                std::cos(std::numbers::pi * static_cast<double>(k * (2 * n + 1)) / (2.0 * kBlock));
    }
  }
  return T;
}

/// JFIF: Y, Cb, Cr (without the 128) from R, G, B, [3, 3].
at::Tensor coloursFromRgb() {
  constexpr double r = 0.299, g = 0.587, b = 0.114;
  return at::tensor({r, g, b, -0.5 * r / (1 - b), -0.5 * g / (1 - b), 0.5, 0.5, -0.5 * g / (1 - r), -0.5 * b / (1 - r)},
                    at::kDouble)
      .view({3, 3});
}

/// round(x) with the gradient of x.
at::Tensor rounded(const at::Tensor& x) {
  return x + (x.round() - x).detach();
}

/// x clipped to [low, high] with the gradient of x.
at::Tensor clipped(const at::Tensor& x, double low, double high) {
  return x + (x.clamp(low, high) - x).detach();
}

/// floor(x + b) with the gradient of x; b is `even` in even columns and `odd` in odd ones. libjpeg's integer means lean
/// to both sides by turns.
at::Tensor floored(const at::Tensor& x, double even, double odd) {
  const at::Tensor is_odd = at::arange(x.size(-1), x.options()).remainder(2);
  return x + ((x + even + (odd - even) * is_odd).floor() - x).detach();
}

/// M applied to the three channels of [B, 3, H, W].
at::Tensor mixed(const at::Tensor& M, const at::Tensor& x) {
  return M.matmul(x.flatten(2)).view(x.sizes());
}

class Jpeg final : public Degradation {
 public:
  Jpeg(std::int64_t height, std::int64_t width, int quality)
      : height_(height),
        width_(width),
        luminance_(quantization(kLuminance, quality)),
        chrominance_(quantization(kChrominance, quality)),
        T_(cosineTransform()),
        colours_(coloursFromRgb()),
        rgb_(coloursFromRgb().inverse()) {}

  at::Tensor A(const at::Tensor& x) const override {
    const bool half = x.scalar_type() == at::kHalf || x.scalar_type() == at::kBFloat16;
    const at::Tensor exact = half ? x.to(at::kFloat) : x;
    const at::Tensor inside = exact.clamp(-1.0, 1.0);
    const at::Tensor rgb = rounded(127.5 * (inside + 1.0));
    const at::Tensor p = rounded(mixed(colours_.like(rgb), padded(rgb)));  // [B, 3, 16 m, 16 n]
    const at::Tensor Y = coded(p.narrow(1, 0, 1) - 128.0, luminance_) + 128.0;
    const at::Tensor C = coded(floored(at::avg_pool2d(p.narrow(1, 1, 2), {2, 2}), 0.25, 0.5), chrominance_);
    const at::Tensor whole = at::cat({cropped(Y, height_, width_), enlarged(C)}, 1);
    const at::Tensor decoded = clipped(rounded(mixed(rgb_.like(rgb), whole)), 0.0, 255.0) / 127.5 - 1.0;
    return (decoded + (exact - inside)).to(x.scalar_type());
  }
  at::Tensor At(const at::Tensor&) const override { throw Error("JPEG compression is not linear: it has no adjoint."); }
  at::Tensor pseudoInverse(const at::Tensor&, int, const std::function<void()>&) const override {
    throw Error("JPEG compression is not linear: it has no pseudo-inverse.");
  }

  std::vector<std::int64_t> pictureShape() const override { return {3, height_, width_}; }
  std::vector<std::int64_t> measurementShape() const override { return {3, height_, width_}; }
  at::Tensor plainPicture(const at::Tensor& y) const override { return y.clamp(-1.0, 1.0); }

 private:
  static at::Tensor cropped(const at::Tensor& x, std::int64_t height, std::int64_t width) {
    return x.narrow(-2, 0, height).narrow(-1, 0, width);
  }
  at::Tensor padded(const at::Tensor& x) const {
    const auto missing = [](std::int64_t n) { return (kUnit - n % kUnit) % kUnit; };
    return at::replication_pad2d(x, {0, missing(width_), 0, missing(height_)});
  }
  /// The planes after quantization, [B, C, 8 m, 8 n].
  at::Tensor coded(const at::Tensor& planes, const ConstantTensor& table) const {
    const auto rows = planes.size(2) / kBlock, columns = planes.size(3) / kBlock;
    const at::Tensor T = T_.like(planes), Q = table.like(planes);
    const at::Tensor blocks =
        planes.reshape({planes.size(0), planes.size(1), rows, kBlock, columns, kBlock}).transpose(3, 4);
    const at::Tensor c = rounded(T.matmul(blocks).matmul(T.t()) / Q) * Q;  // [B, C, m, n, 8, 8]
    return clipped(rounded(T.t().matmul(c).matmul(T)), -128.0, 127.0).transpose(3, 4).reshape(planes.sizes());
  }
  /// Decoders enlarge what belongs to the picture alone, and continue it at its border.
  at::Tensor enlarged(const at::Tensor& C) const {
    const std::int64_t height = (height_ + 1) / 2, width = (width_ + 1) / 2;
    const at::Tensor twice =
        at::upsample_bilinear2d(cropped(C, height, width), {2 * height, 2 * width}, /*align_corners=*/false);
    return floored(cropped(twice, height_, width_), 8.0 / 16.0, 7.0 / 16.0);
  }

  std::int64_t height_, width_;
  ConstantTensor luminance_, chrominance_, T_, colours_, rgb_;
};

}  // namespace

DegradationEntry jpeg_compression() {
  DegradationEntry entry;
  entry.info.id = "jpeg";
  entry.info.label = "JPEG compression";
  entry.info.help =
      "The picture was compressed: A x = IDCT(Q round(DCT(x) / Q)) on blocks of 8 x 8, colours at half the resolution. "
      "Not linear: for solvers that follow the gradient alone, in which rounding counts as the identity.";
  entry.info.reference = "ITU-T T.81; straight-through rounding: Bengio et al., 2013";
  entry.info.linear = false;
  entry.info.parameters = {
      integerParam("quality", "", "Quality", 1, 100, 20,
                   "As libjpeg counts it. Smaller stores less: blocks and ringing appear, and more is left to "
                   "the model."),
  };
  entry.make = [](const DegradationContext& context) {
    return std::make_unique<Jpeg>(context.height, context.width, integerOf(context.values, "quality"));
  };
  return entry;
}

}  // namespace p2l
