// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/lpips.h"

#include <memory>

#include <ATen/core/grad_mode.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>

#include "core/metrics/metric.h"
#include "core/metrics/ssim_maps.h"
#include "core/types/error.h"

namespace p2l {
namespace {

// AlexNet (Krizhevsky 2014) as torchvision has it.
constexpr Lpips::ConvRow kAlex[] = {
    {1, 0, 3, 64, 11, 4, 2, false},   {2, 3, 64, 192, 5, 1, 2, true},    {3, 6, 192, 384, 3, 1, 1, true},
    {4, 8, 384, 256, 3, 1, 1, false}, {5, 10, 256, 256, 3, 1, 1, false},
};

// VGG16 (Simonyan and Zisserman 2015).
constexpr Lpips::ConvRow kVgg[] = {
    {1, 0, 3, 64, 3, 1, 1, false},     {1, 2, 64, 64, 3, 1, 1, false},   {2, 5, 64, 128, 3, 1, 1, true},
    {2, 7, 128, 128, 3, 1, 1, false},  {3, 10, 128, 256, 3, 1, 1, true}, {3, 12, 256, 256, 3, 1, 1, false},
    {3, 14, 256, 256, 3, 1, 1, false}, {4, 17, 256, 512, 3, 1, 1, true}, {4, 19, 512, 512, 3, 1, 1, false},
    {4, 21, 512, 512, 3, 1, 1, false}, {5, 24, 512, 512, 3, 1, 1, true}, {5, 26, 512, 512, 3, 1, 1, false},
    {5, 28, 512, 512, 3, 1, 1, false},
};

/// Keys that a state_dict holds twice, and constants.
std::set<std::string> ignoredKeys() {
  std::set<std::string> keys = {"scaling_layer.shift", "scaling_layer.scale"};
  for (int k = 0; k < 5; ++k) keys.insert(concat("lins.", k, ".model.1.weight"));
  return keys;
}

/// [-1, 1] -> the scale that the trunks were trained on: mean 0 and deviation 1 of ImageNet's samples.
at::Tensor trunkInput(const at::Tensor& x, at::Device device) {
  const auto shift = at::tensor({-0.030f, -0.088f, -0.188f}, device).view({1, 3, 1, 1});
  const auto scale = at::tensor({0.458f, 0.448f, 0.450f}, device).view({1, 3, 1, 1});
  return (x.to(device, at::kFloat) - shift) / scale;
}

/// Length of every place's features [1, C, h, w], 1 x 1 x h x w.
at::Tensor lengthOf(const at::Tensor& features) {
  constexpr double kEpsilon = 1e-10;
  return at::linalg_vector_norm(features, 2, {1}, /*keepdim=*/true) + kEpsilon;
}

/// Mean over places of sum_c head_c (x_c / |x| - y_c / |y|)^2, a few channels at a time: whole maps of the difference
/// would be as large as the features.
double headDistance(const at::Tensor& x, const at::Tensor& y, const at::Tensor& head) {
  constexpr std::int64_t kChunk = 16;
  const auto length_x = lengthOf(x), length_y = lengthOf(y);
  auto sum = at::zeros_like(length_x);
  for (std::int64_t c = 0; c < x.size(1); c += kChunk) {
    const auto end = std::min(c + kChunk, x.size(1));
    const auto difference = (x.slice(1, c, end) / length_x - y.slice(1, c, end) / length_y).square_();
    sum += (difference * head.slice(1, c, end)).sum(1, /*keepdim=*/true);
  }
  return sum.mean().item<double>();
}

}  // namespace

std::vector<Lpips::ConvRow> Lpips::convolutions(Trunk trunk) {
  if (trunk == Trunk::Alex) return {std::begin(kAlex), std::end(kAlex)};
  return {std::begin(kVgg), std::end(kVgg)};
}

Lpips::Lpips(const std::string& path, Trunk trunk, at::Device device) : trunk_(trunk), device_(device) {
  Weights weights(tensorsOf({SafetensorsFile::open(path)}), device, at::kFloat, ignoredKeys());
  const WeightScope scope(weights);
  const auto rows = convolutions(trunk);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const auto place = scope / "net" / concat("slice", row.slice) / static_cast<std::size_t>(row.index);
    Layer layer{Conv2d(place, row.in, row.out, row.kernel, row.stride, row.padding), row.pool_before, {}};
    const bool tapped = i + 1 == rows.size() || rows[i + 1].slice != row.slice;
    if (tapped) layer.head = (scope / concat("lin", row.slice - 1)).take("model.1.weight", {1, row.out, 1, 1});
    layers_.push_back(std::move(layer));
  }
  weights.finish();
}

double Lpips::operator()(const at::Tensor& a, const at::Tensor& b) const {
  checkSameSize(a, b);
  const std::int64_t smallest = trunk_ == Trunk::Alex ? 31 : 16;
  if (std::min(a.size(2), a.size(3)) < smallest) return std::numeric_limits<double>::quiet_NaN();
  const std::int64_t pool = trunk_ == Trunk::Alex ? 3 : 2;
  auto x = trunkInput(a, device_);
  auto y = trunkInput(b, device_);
  double distance = 0.0;
  for (const auto& layer : layers_) {
    for (auto* features : {&x, &y}) {
      if (layer.pool_before) *features = at::max_pool2d(*features, pool, 2);
      *features = layer.conv(*features).relu_();
    }
    if (!layer.head.defined()) continue;
    distance += headDistance(x, y, layer.head);
  }
  return distance;
}

at::Tensor Lpips::distances(const at::Tensor& a, const at::Tensor& b) const {
  checkSameSize(a, b);
  constexpr double kEpsilon = 1e-10;  // under the root, whose gradient at 0 is infinite
  const std::int64_t pool = trunk_ == Trunk::Alex ? 3 : 2;
  const auto next = [&](const Layer& layer, const at::Tensor& x) {
    return at::relu(layer.conv(layer.pool_before ? at::max_pool2d(x, pool, 2) : x));
  };
  const auto unit = [&](const at::Tensor& x) {
    const auto features = x.to(at::kFloat);
    return features / (features.square().sum(1, /*keepdim=*/true) + kEpsilon).sqrt();
  };
  auto x = trunkInput(a, device_);
  auto y = trunkInput(b, device_).detach();
  at::Tensor distance;
  for (const auto& layer : layers_) {
    x = next(layer, x);
    {
      const at::NoGradGuard no_grad;
      y = next(layer, y);
    }
    if (!layer.head.defined()) continue;
    const auto part = ((unit(x) - unit(y)).square() * layer.head).sum(1).mean(at::IntArrayRef{1, 2});
    distance = distance.defined() ? distance + part : part;
  }
  return distance;
}

namespace metrics {

/// LPIPS with the weights of a trunk.
MetricEntry lpips(const char* key, const char* label, const char* file, Lpips::Trunk trunk) {
  MetricEntry entry;
  entry.spec = {
      .key = key, .label = label, .unit = {}, .digits = 3, .better = MetricSpec::Better::Lower, .needs = file};
  entry.make = [trunk](const std::string& weights, at::Device device) -> MetricEntry::Measure {
    return [network = std::make_shared<const Lpips>(weights, trunk, device)](const at::Tensor& a, const at::Tensor& b) {
      return (*network)(a, b);
    };
  };
  return entry;
}

MetricEntry lpips_alex() {
  return lpips("lpips_alex", "LPIPS (Alex)", "lpips_alex.safetensors", Lpips::Trunk::Alex);
}

MetricEntry lpips_vgg() {
  return lpips("lpips_vgg", "LPIPS (VGG)", "lpips_vgg.safetensors", Lpips::Trunk::Vgg);
}

}  // namespace metrics

}  // namespace p2l
