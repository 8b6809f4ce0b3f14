// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layers/convolution.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/baddbmm.h>
#include <ATen/ops/bmm.h>
#include <ATen/ops/col2im.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/convolution_backward.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/im2col.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "core/nn/layers/half_precision.h"
#include "core/nn/layers/mixed_precision.h"

namespace p2l {
namespace {

using winograd::kPoints;

constexpr std::int64_t kBlock = 24;  // tiles that a thread transforms at a time, so that v and m stay in its cache
constexpr std::int64_t kGap = 16;    // floats between points, so that they do not fall onto the same lines of a cache

at::Tensor floats(std::int64_t count) {
  return at::empty({count}, at::kFloat);
}

/// A convolution in progress: where its numbers lie.
struct Winograd {
  const winograd::Kernels& kernel;
  winograd::Shape shape;
  winograd::WeightStrides at;
  const float *x, *w, *bias, *zeros;
  float* y;

  /// Many tiles: the weights are transformed whole, the picture a block of tiles at a time.
  void byTiles() const {
    const auto u_stride = shape.in * shape.out + kGap;
    const auto u_floats = floats(kPoints * u_stride);
    float* const u = u_floats.mutable_data_ptr<float>();
    at::parallel_for(0, panels(), 1, [&](std::int64_t begin, std::int64_t end) {
      kernel.transformWeight(w, at, shape, begin * kernel.panel, std::min(end * kernel.panel, shape.out), u_stride, u);
    });
    at::parallel_for(0, shape.tiles(), kBlock / 3, [&](std::int64_t begin, std::int64_t end) {
      const auto v_stride = kBlock * shape.in + kGap, m_stride = kBlock * shape.out + kGap;
      const auto v = floats(kPoints * v_stride), m = floats(kPoints * m_stride);
      float* const v_at = v.mutable_data_ptr<float>();
      float* const m_at = m.mutable_data_ptr<float>();
      for (auto tile = begin; tile < end; tile += kBlock) {
        const auto last = std::min(tile + kBlock, end);
        kernel.transformInput(x, shape, tile, last, zeros, v_stride, v_at);
        for (std::int64_t p = 0; p < kPoints; ++p)
          kernel.multiply(v_at + p * v_stride, u + p * u_stride, shape, last - tile, m_at + p * m_stride);
        kernel.transformOutput(m_at, shape, tile, last, m_stride, bias, y);
      }
    });
  }

  /// Few tiles: the picture is transformed whole, the weights a panel of output channels at a time, so that the
  /// transformed weights, four times as large as they are, stay in the processor's cache.
  void byPanels() const {
    const auto tiles = shape.tiles(), pixels = shape.n * shape.h * shape.w;
    const auto v_stride = tiles * shape.in + kGap;
    const auto v_floats = floats(kPoints * v_stride);
    float* const v = v_floats.mutable_data_ptr<float>();
    at::parallel_for(0, tiles, 1, [&](std::int64_t begin, std::int64_t end) {
      kernel.transformInput(x, shape, begin, end, zeros, v_stride, v + begin * shape.in);
    });
    at::parallel_for(0, panels(), 1, [&](std::int64_t begin, std::int64_t end) {
      const auto u_stride = shape.in * kernel.panel + kGap, m_stride = tiles * kernel.panel + kGap;
      const auto u_floats = floats(kPoints * u_stride), m_floats = floats(kPoints * m_stride),
                 part_floats = floats(pixels * kernel.panel);
      float* const u = u_floats.mutable_data_ptr<float>();
      float* const m = m_floats.mutable_data_ptr<float>();
      float* const part = part_floats.mutable_data_ptr<float>();
      for (auto panel = begin; panel < end; ++panel) {
        const auto first = panel * kernel.panel;
        auto some = shape;
        some.out = std::min(kernel.panel, shape.out - first);
        kernel.transformWeight(w + first * at.out, at, some, 0, some.out, u_stride, u);
        for (std::int64_t p = 0; p < kPoints; ++p)
          kernel.multiply(v + p * v_stride, u + p * u_stride, some, tiles, m + p * m_stride);
        kernel.transformOutput(m, some, 0, tiles, m_stride, bias ? bias + first : nullptr, part);
        for (std::int64_t pixel = 0; pixel < pixels; ++pixel)
          std::copy_n(part + pixel * some.out, some.out, y + pixel * shape.out + first);
      }
    });
  }

 private:
  std::int64_t panels() const { return (shape.out + kernel.panel - 1) / kernel.panel; }
};

}  // namespace

at::Tensor winogradConv3x3(const winograd::Kernels& kernel, const at::Tensor& x_any, const at::Tensor& weight,
                           const at::Tensor& bias, bool transposed) {
  const auto x = x_any.contiguous(at::MemoryFormat::ChannelsLast);
  const auto outer = weight.stride(0), inner = weight.stride(1), row = weight.stride(2), column = weight.stride(3);
  const winograd::WeightStrides at = transposed
                                         ? winograd::WeightStrides{2 * row + 2 * column, inner, outer, -row, -column}
                                         : winograd::WeightStrides{0, outer, inner, row, column};
  const winograd::Shape shape{x.size(0), x.size(2), x.size(3), x.size(1), weight.size(transposed ? 1 : 0)};
  const auto y = at::empty({shape.n, shape.out, shape.h, shape.w}, x.options(), at::MemoryFormat::ChannelsLast);
  const auto zeros = at::zeros({shape.in}, at::kFloat);
  const Winograd convolution{kernel,
                             shape,
                             at,
                             x.const_data_ptr<float>(),
                             weight.const_data_ptr<float>(),
                             bias.defined() ? bias.const_data_ptr<float>() : nullptr,
                             zeros.const_data_ptr<float>(),
                             y.mutable_data_ptr<float>()};
  if (shape.tiles() > shape.out) {
    convolution.byTiles();
  } else {
    convolution.byPanels();
  }
  return y;
}

namespace {

constexpr std::int64_t kFewestTiles = 4;         // from which on transforming the weights at every call pays
constexpr std::int64_t kFewestTilesInHalf = 32;  // and widening them before

const winograd::Kernels& kernels() {
  static const winograd::Kernels& best = *winograd::availableKernels().sets[0];
  return best;
}

std::int64_t tilesOf(const at::Tensor& x) {
  return winograd::Shape{x.size(0), x.size(2), x.size(3), 0, 0}.tiles();
}

bool winogradSuits(const at::Tensor& x, const at::Tensor& weight, std::int64_t stride, std::int64_t padding) {
  const auto lanes = kernels().lanes;
  return x.device().is_cpu() && weight.size(2) == 3 && weight.size(3) == 3 && stride == 1 && padding == 1 &&
         weight.size(0) % lanes == 0 && weight.size(1) % lanes == 0 && tilesOf(x) >= kFewestTiles;
}

/// Half precision is multiplied in float32 where that is as fast: by a processor that cannot do it otherwise, and by
/// Winograd's kernels where there is more to do than to widen the weights.
bool multipliesInFloat(const at::Tensor& x, bool suits_winograd) {
  return multipliesWidened(x) || (isHalf(x) && suits_winograd && tilesOf(x) >= kFewestTilesInHalf);
}

/// As a matrix product: where weights are larger than the picture, a library's convolution spends most of its time on
/// bringing them into its own layout.
bool multipliesAsMatrix(const at::Tensor& x, const at::Tensor& weight) {
  return x.device().is_cpu() && isHalf(x) && weight.is_contiguous() && x.numel() < weight.numel();
}

at::Tensor forwardOf(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, std::int64_t stride,
                     std::int64_t padding) {
  const bool suits = winogradSuits(x, weight, stride, padding);
  if (multipliesInFloat(x, suits))
    return forwardOf(widened(x), widened(weight), widened(bias), stride, padding).to(x.scalar_type());
  if (suits && x.scalar_type() == at::kFloat) return winogradConv3x3(kernels(), x, weight, bias, false);
  if (multipliesAsMatrix(x, weight)) {
    const auto columns = at::im2col(x, weight.sizes().slice(2), {1, 1}, {padding, padding}, {stride, stride});
    const auto matrix = weight.flatten(1).expand({x.size(0), -1, -1});
    const auto y = bias.defined() ? at::baddbmm(bias.view({1, -1, 1}), matrix, columns)  // [B, out, h' w']
                                  : at::bmm(matrix, columns);
    const auto down = (x.size(2) + 2 * padding - weight.size(2)) / stride + 1;
    return y.unflatten(2, {down, y.size(2) / down}).contiguous(at::MemoryFormat::ChannelsLast);
  }
  return at::conv2d(x, weight, bias, stride, padding).contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor gradientOfInput(const at::Tensor& g, const at::Tensor& weight, at::IntArrayRef size, std::int64_t stride,
                           std::int64_t padding) {
  const bool suits = winogradSuits(g, weight, stride, padding);
  if (multipliesInFloat(g, suits))
    return gradientOfInput(widened(g), widened(weight), size, stride, padding).to(g.scalar_type());
  if (suits && g.scalar_type() == at::kFloat) return winogradConv3x3(kernels(), g, weight, {}, /*transposed=*/true);
  if (multipliesAsMatrix(g, weight)) {
    const auto columns = at::matmul(weight.flatten(1).t(), g.contiguous().flatten(2));
    return at::col2im(columns, size, weight.sizes().slice(2), {1, 1}, {padding, padding}, {stride, stride});
  }
  // Rows and columns at the end that the stride never reached.
  auto rest = [&](std::int64_t i) {
    return size[i] - ((g.size(i + 2) - 1) * stride - 2 * padding + weight.size(i + 2));
  };
  return at::conv_transpose2d(g, weight, {}, stride, padding, {rest(0), rest(1)});
}

struct FrozenConvolution : torch::autograd::Function<FrozenConvolution> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                            const at::Tensor& bias, std::int64_t stride, std::int64_t padding) {
    context->save_for_backward({weight});
    context->saved_data["stride"] = stride;
    context->saved_data["padding"] = padding;
    context->saved_data["size"] = x.sizes().slice(2).vec();
    return forwardOf(x, weight, bias, stride, padding);
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::variable_list& gradients) {
    const auto weight = context->get_saved_variables()[0];
    const auto size = context->saved_data["size"].toIntVector();
    return {gradientOfInput(gradients[0], weight, size, context->saved_data["stride"].toInt(),
                            context->saved_data["padding"].toInt()),
            {},
            {},
            {},
            {}};
  }
};

/// In training: the weights have gradients, too, and those need the input.
struct TrainedConvolution : torch::autograd::Function<TrainedConvolution> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
                            const at::Tensor& bias, std::int64_t stride, std::int64_t padding) {
    context->save_for_backward({x, weight});
    context->saved_data["stride"] = stride;
    context->saved_data["padding"] = padding;
    return forwardOf(x, weight, bias, stride, padding);
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::variable_list& gradients) {
    const auto saved = context->get_saved_variables();
    const auto &x = saved[0], weight = saved[1];
    const auto stride = context->saved_data["stride"].toInt(), padding = context->saved_data["padding"].toInt();
    const auto g = gradients[0].contiguous(at::MemoryFormat::ChannelsLast);
    const auto [unused, of_weight, of_bias] =
        at::convolution_backward(g, x, weight, at::IntArrayRef{weight.size(0)}, {stride, stride}, {padding, padding},
                                 {1, 1}, /*transposed=*/false, {0, 0}, /*groups=*/1, {false, true, true});
    return {
        context->needs_input_grad(0) ? gradientOfInput(g, weight, x.sizes().slice(2), stride, padding) : at::Tensor(),
        of_weight,
        of_bias,
        {},
        {}};
  }
};

}  // namespace

at::Tensor convolve2d(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, std::int64_t stride,
                      std::int64_t padding) {
  const bool grad = at::GradMode::is_enabled();
  if (MixedPrecision::active())
    return at::conv2d(x.contiguous(at::MemoryFormat::ChannelsLast), weight, bias, stride, padding);
  if (grad && weight.requires_grad()) return TrainedConvolution::apply(x, weight, bias, stride, padding);
  if (grad && x.requires_grad()) return FrozenConvolution::apply(x, weight, bias, stride, padding);
  return forwardOf(x, weight, bias, stride, padding);
}

}  // namespace p2l
