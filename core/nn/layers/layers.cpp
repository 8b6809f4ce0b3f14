// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layers/layers.h"

#include <ATen/ops/addcmul.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/cos.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/group_norm.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/sin.h>
#include <ATen/ops/upsample_nearest2d.h>
#include <ATen/ops/var_mean.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/nn/layers/attention.h"
#include "core/nn/layers/convolution.h"
#include "core/nn/layers/half_precision.h"

namespace p2l {

Linear::Linear(const WeightScope& scope, std::int64_t in, std::int64_t out, bool with_bias)
    : weight(scope.take("weight", {out, in})) {
  if (with_bias) bias = scope.take("bias", {out});
}

at::Tensor Linear::operator()(const at::Tensor& x) const {
  return linear(x, weight, bias);
}

Conv2d::Conv2d(const WeightScope& scope, std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride,
               std::int64_t padding)
    : weight(scope.take("weight", {out, in, kernel, kernel})),
      bias(scope.take("bias", {out})),
      stride(stride),
      padding(padding) {}

at::Tensor Conv2d::operator()(const at::Tensor& x) const {
  return convolve2d(x, weight, bias, stride, padding);
}

GroupNorm::GroupNorm(const WeightScope& scope, std::int64_t groups, std::int64_t channels, double eps)
    : weight(scope.take("weight", {channels})), bias(scope.take("bias", {channels})), groups(groups), eps(eps) {}

at::Tensor GroupNorm::operator()(const at::Tensor& x, NormStatistics* statistics) const {
  if (statistics) return statistics->normalised(*this, x);
  return at::group_norm(x, groups, weight, bias, eps);
}

void NormStatistics::collect(const GroupNorm& norm, const at::Tensor& x) {
  const auto part = [](const at::Tensor& t, int axis, double from, double to) {
    const auto side = static_cast<double>(t.size(axis));
    const auto begin = std::llround(from * side), end = std::llround(to * side);
    return t.narrow(axis, begin, end - begin);
  };
  const auto counted = part(part(x.detach(), 2, window_.top, window_.bottom), 3, window_.left, window_.right);
  const auto grouped = counted.to(at::kFloat).unflatten(1, {norm.groups, -1});  // [B, groups, C / groups, h, w]
  const auto [variance, mean] = at::var_mean(grouped, at::IntArrayRef{2, 3, 4}, /*correction=*/0, /*keepdim=*/true);
  const auto square = variance + mean.square();
  const auto area = static_cast<double>(counted.size(2) * counted.size(3));
  Moments& moments = collected_[&norm];
  moments.sum = moments.area > 0.0 ? moments.sum + area * mean : area * mean;
  moments.square_sum = moments.area > 0.0 ? moments.square_sum + area * square : area * square;
  moments.area += area;
}

double NormStatistics::finishRound() {
  double moved = used_.empty() ? std::numeric_limits<double>::infinity() : 0.0;
  for (const auto& [norm, before] : used_) {
    const auto& now = collected_.at(norm);
    const auto deviation = (now.variance() + norm->eps).sqrt();
    const auto of_mean = (now.mean() - before.mean()).abs(), of_deviation = (before.variance() + norm->eps).sqrt();
    const auto largest = at::maximum(of_mean, (deviation - of_deviation).abs()) / deviation;
    moved = std::max(moved, largest.max().item<double>());
  }
  used_ = std::move(collected_);
  collected_.clear();
  return moved;
}

at::Tensor NormStatistics::normalised(const GroupNorm& norm, const at::Tensor& x) {
  if (collecting_) collect(norm, x);
  const auto found = used_.find(&norm);
  if (found == used_.end()) return norm(x);
  const Moments& moments = found->second;
  const auto mean = moments.mean(), variance = moments.variance();
  const auto per_channel = [&](const at::Tensor& t) {  // [C] -> [1, groups, C / groups, 1, 1]
    return t.to(at::kFloat).view({1, norm.groups, -1, 1, 1});
  };
  const auto scale = per_channel(norm.weight) / (variance + norm.eps).sqrt();
  const auto shift = per_channel(norm.bias) - mean * scale;
  return at::addcmul(shift.flatten(1, 2).to(x), x, scale.flatten(1, 2).to(x));
}

LayerNorm::LayerNorm(const WeightScope& scope, std::int64_t channels, double eps)
    : weight(scope.take("weight", {channels})), bias(scope.take("bias", {channels})), eps(eps) {}

at::Tensor LayerNorm::operator()(const at::Tensor& x) const {
  return at::layer_norm(x, weight.sizes(), weight, bias, eps);
}

ResnetBlock2D::ResnetBlock2D(const WeightScope& scope, std::int64_t in, std::int64_t out, std::int64_t time_channels,
                             std::int64_t groups, double eps)
    : norm1(scope / "norm1", groups, in, eps),
      conv1(scope / "conv1", in, out, 3, 1, 1),
      norm2(scope / "norm2", groups, out, eps),
      conv2(scope / "conv2", out, out, 3, 1, 1) {
  if (time_channels > 0) time_emb_proj.emplace(scope / "time_emb_proj", time_channels, out);
  if (in != out) conv_shortcut.emplace(scope / "conv_shortcut", in, out, 1);
}

at::Tensor ResnetBlock2D::operator()(const at::Tensor& x, const at::Tensor& silu_time,
                                     NormStatistics* statistics) const {
  auto h = conv1(at::silu(norm1(x, statistics)));
  if (time_emb_proj) h = h + (*time_emb_proj)(silu_time).unsqueeze(-1).unsqueeze(-1);
  h = conv2(at::silu(norm2(h, statistics)));
  return (conv_shortcut ? (*conv_shortcut)(x) : x) + h;
}

Attention::Attention(const WeightScope& scope, std::int64_t channels, std::int64_t context_channels, std::int64_t heads,
                     bool qkv_bias, const Names& names)
    : q(scope / names.q, channels, channels, qkv_bias),
      k(scope / names.k, context_channels, channels, qkv_bias),
      v(scope / names.v, context_channels, channels, qkv_bias),
      out(scope / names.out, channels, channels),
      heads(heads) {}

at::Tensor Attention::operator()(const at::Tensor& x, const at::Tensor& context, bool causal) const {
  const auto& source = context.defined() ? context : x;
  auto split = [&](const at::Tensor& t) {  // [B, n, C] -> [B, heads, n, C / heads]
    return t.unflatten(-1, {heads, t.size(-1) / heads}).transpose(1, 2);
  };
  const auto h = scaledDotProductAttention(split(q(x)), split(k(source)), split(v(source)), causal);
  return out(h.transpose(1, 2).flatten(2));
}

namespace {
constexpr Attention::Names kNames{"to_q", "to_k", "to_v", "to_out.0"};
constexpr Attention::Names kOldNames{"query", "key", "value", "proj_attn"};  // diffusers before 0.18
}  // namespace

PixelAttention::PixelAttention(const WeightScope& scope, std::int64_t channels, std::int64_t heads, std::int64_t groups,
                               double eps)
    : group_norm(scope / "group_norm", groups, channels, eps),
      attention(scope, channels, channels, heads, /*qkv_bias=*/true,
                scope.has("query.weight") && !scope.has("to_q.weight") ? kOldNames : kNames) {}

at::Tensor PixelAttention::operator()(const at::Tensor& x) const {
  const auto tokens = attention(group_norm(x).flatten(2).transpose(1, 2));  // [B, h w, C]
  return x + tokens.transpose(1, 2).unflatten(2, {x.size(2), x.size(3)});
}

at::Tensor timestepEmbedding(const at::Tensor& timesteps, std::int64_t channels, bool flip_sin_to_cos,
                             double freq_shift) {
  const auto half = channels / 2;
  const auto exponent =
      at::arange(half, timesteps.options()) * (-std::log(10000.0) / (static_cast<double>(half) - freq_shift));
  const auto angle = timesteps.unsqueeze(1) * at::exp(exponent);  // [B, half]
  const auto sine = at::sin(angle), cosine = at::cos(angle);
  return flip_sin_to_cos ? at::cat({cosine, sine}, 1) : at::cat({sine, cosine}, 1);
}

at::Tensor quickGelu(const at::Tensor& x) {
  return x * at::sigmoid(1.702 * x);
}

at::Tensor upsampleNearest2x(const at::Tensor& x) {
  return at::upsample_nearest2d(x, {x.size(2) * 2, x.size(3) * 2});
}

}  // namespace p2l
