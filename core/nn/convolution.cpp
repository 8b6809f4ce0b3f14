// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/convolution.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/convolution_backward.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

#include "core/nn/half_precision.h"

namespace p2l {
namespace {

using winograd::kPoints;

constexpr std::int64_t kBlock = 24;  // tiles that a thread transforms at a time, so that v and m stay in its cache
constexpr std::int64_t kGap = 16;    // floats between points, so that they do not fall onto the same lines of a cache

at::Tensor floats(std::int64_t count) {
  return at::empty({count}, at::kFloat);
}

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
  const auto u_stride = shape.in * shape.out + kGap;
  const auto u = floats(kPoints * u_stride);
  const auto zeros = at::zeros({shape.in}, at::kFloat);
  const float* const x_at = x.const_data_ptr<float>();
  const float* const w_at = weight.const_data_ptr<float>();
  const float* const bias_at = bias.defined() ? bias.const_data_ptr<float>() : nullptr;
  const float* const zeros_at = zeros.const_data_ptr<float>();
  float* const u_at = u.mutable_data_ptr<float>();
  float* const y_at = y.mutable_data_ptr<float>();

  at::parallel_for(0, (shape.out + kernel.panel - 1) / kernel.panel, 1, [&](std::int64_t begin, std::int64_t end) {
    kernel.transformWeight(w_at, at, shape, begin * kernel.panel, std::min(end * kernel.panel, shape.out), u_stride,
                           u_at);
  });
  at::parallel_for(0, shape.tiles(), kBlock / 3, [&](std::int64_t begin, std::int64_t end) {
    const auto v_stride = kBlock * shape.in + kGap, m_stride = kBlock * shape.out + kGap;
    const auto v = floats(kPoints * v_stride), m = floats(kPoints * m_stride);
    float* const v_at = v.mutable_data_ptr<float>();
    float* const m_at = m.mutable_data_ptr<float>();
    for (auto tile = begin; tile < end; tile += kBlock) {
      const auto last = std::min(tile + kBlock, end);
      kernel.transformInput(x_at, shape, tile, last, zeros_at, v_stride, v_at);
      for (std::int64_t p = 0; p < kPoints; ++p)
        kernel.multiply(v_at + p * v_stride, u_at + p * u_stride, shape, last - tile, m_at + p * m_stride);
      kernel.transformOutput(m_at, shape, tile, last, m_stride, bias_at, y_at);
    }
  });
  return y;
}

namespace {

const winograd::Kernels& kernels() {
  static const winograd::Kernels& best = *winograd::availableKernels().sets[0];
  return best;
}

/// Whether transforming the weights at every call pays: with many tiles, or where they stay in the cache.
bool pays(const winograd::Shape& shape) {
  return shape.tiles() >= 64 || (shape.tiles() >= 16 && shape.in * shape.out <= 128 * 1024);
}

bool winogradSuits(const at::Tensor& x, const at::Tensor& weight, std::int64_t stride, std::int64_t padding) {
  const auto lanes = kernels().lanes;
  return x.device().is_cpu() && x.scalar_type() == at::kFloat && weight.scalar_type() == at::kFloat &&
         weight.size(2) == 3 && weight.size(3) == 3 && stride == 1 && padding == 1 && weight.size(0) % lanes == 0 &&
         weight.size(1) % lanes == 0 && pays({x.size(0), x.size(2), x.size(3), weight.size(1), weight.size(0)});
}

at::Tensor forwardOf(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, std::int64_t stride,
                     std::int64_t padding) {
  if (multipliesWidened(x))
    return forwardOf(widened(x), widened(weight), widened(bias), stride, padding).to(x.scalar_type());
  if (winogradSuits(x, weight, stride, padding)) return winogradConv3x3(kernels(), x, weight, bias, false);
  return at::conv2d(x, weight, bias, stride, padding).contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor gradientOfInput(const at::Tensor& g, const at::Tensor& weight, at::IntArrayRef size, std::int64_t stride,
                           std::int64_t padding) {
  if (multipliesWidened(g))
    return gradientOfInput(widened(g), widened(weight), size, stride, padding).to(g.scalar_type());
  if (winogradSuits(g, weight, stride, padding)) return winogradConv3x3(kernels(), g, weight, {}, /*transposed=*/true);
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
  if (grad && weight.requires_grad()) return TrainedConvolution::apply(x, weight, bias, stride, padding);
  if (grad && x.requires_grad()) return FrozenConvolution::apply(x, weight, bias, stride, padding);
  return forwardOf(x, weight, bias, stride, padding);
}

}  // namespace p2l
