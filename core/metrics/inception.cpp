// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/inception.h"

#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/upsample_bilinear2d.h>

#include <array>
#include <set>
#include <vector>

#include "core/types/error.h"
#include "core/weights/weights.h"

namespace p2l {
namespace {

using Pair = std::array<std::int64_t, 2>;

/// Convolution without bias, batch normalisation by stored moments, ReLU: torchvision's BasicConv2d.
struct BasicConv {
  BasicConv(const WeightScope& scope, std::int64_t in, std::int64_t out, Pair kernel, std::int64_t stride = 1,
            Pair padding = {0, 0})
      : weight((scope / "conv").take("weight", {out, in, kernel[0], kernel[1]})),
        scale((scope / "bn").take("weight", {out})),
        shift((scope / "bn").take("bias", {out})),
        mean((scope / "bn").take("running_mean", {out})),
        variance((scope / "bn").take("running_var", {out})),
        stride(stride),
        padding(padding) {}

  at::Tensor operator()(const at::Tensor& x) const {
    constexpr double kEpsilon = 0.001;
    const auto h = at::conv2d(x, weight, {}, stride, padding);
    return at::batch_norm(h, scale, shift, mean, variance, /*training=*/false, 0.0, kEpsilon, false).relu_();
  }

  at::Tensor weight, scale, shift, mean, variance;
  std::int64_t stride;
  Pair padding;
};

/// A row of convolutions, behind which the path may part once more.
struct Branch {
  std::vector<BasicConv> row;
  std::vector<BasicConv> fork;

  at::Tensor operator()(at::Tensor x) const {
    for (const auto& conv : row) x = conv(x);
    if (fork.empty()) return x;
    std::vector<at::Tensor> ends;
    for (const auto& conv : fork) ends.push_back(conv(x));
    return at::cat(ends, 1);
  }
};

enum class Pool { Average, Max, MaxHalving };

at::Tensor pooled(const at::Tensor& x, Pool pool) {
  switch (pool) {
    case Pool::Average:  // the margin does not count, as in TensorFlow
      return at::avg_pool2d(x, 3, 1, 1, /*ceil_mode=*/false, /*count_include_pad=*/false);
    case Pool::Max:
      return at::max_pool2d(x, 3, 1, 1);
    case Pool::MaxHalving:
      break;
  }
  return at::max_pool2d(x, 3, 2);
}

/// Branches side by side, the last of which begins with pooling.
struct Mixed {
  std::vector<Branch> branches;
  Pool pool;
  std::vector<BasicConv> behind_pool;

  at::Tensor operator()(const at::Tensor& x) const {
    std::vector<at::Tensor> ends;
    for (const auto& branch : branches) ends.push_back(branch(x));
    ends.push_back(Branch{behind_pool, {}}(pooled(x, pool)));
    return at::cat(ends, 1);
  }
};

// The blocks of torchvision's inception.py, with its names.

Mixed mixedA(const WeightScope& s, std::int64_t in, std::int64_t pool_out) {
  return {{{{{s / "branch1x1", in, 64, {1, 1}}}, {}},
           {{{s / "branch5x5_1", in, 48, {1, 1}}, {s / "branch5x5_2", 48, 64, {5, 5}, 1, {2, 2}}}, {}},
           {{{s / "branch3x3dbl_1", in, 64, {1, 1}},
             {s / "branch3x3dbl_2", 64, 96, {3, 3}, 1, {1, 1}},
             {s / "branch3x3dbl_3", 96, 96, {3, 3}, 1, {1, 1}}},
            {}}},
          Pool::Average,
          {{s / "branch_pool", in, pool_out, {1, 1}}}};
}

Mixed mixedB(const WeightScope& s, std::int64_t in) {
  return {{{{{s / "branch3x3", in, 384, {3, 3}, 2}}, {}},
           {{{s / "branch3x3dbl_1", in, 64, {1, 1}},
             {s / "branch3x3dbl_2", 64, 96, {3, 3}, 1, {1, 1}},
             {s / "branch3x3dbl_3", 96, 96, {3, 3}, 2}},
            {}}},
          Pool::MaxHalving,
          {}};
}

Mixed mixedC(const WeightScope& s, std::int64_t c7) {
  constexpr std::int64_t kIn = 768, kOut = 192;
  const Pair wide = {1, 7}, wide_padding = {0, 3}, tall = {7, 1}, tall_padding = {3, 0};
  return {{{{{s / "branch1x1", kIn, kOut, {1, 1}}}, {}},
           {{{s / "branch7x7_1", kIn, c7, {1, 1}},
             {s / "branch7x7_2", c7, c7, wide, 1, wide_padding},
             {s / "branch7x7_3", c7, kOut, tall, 1, tall_padding}},
            {}},
           {{{s / "branch7x7dbl_1", kIn, c7, {1, 1}},
             {s / "branch7x7dbl_2", c7, c7, tall, 1, tall_padding},
             {s / "branch7x7dbl_3", c7, c7, wide, 1, wide_padding},
             {s / "branch7x7dbl_4", c7, c7, tall, 1, tall_padding},
             {s / "branch7x7dbl_5", c7, kOut, wide, 1, wide_padding}},
            {}}},
          Pool::Average,
          {{s / "branch_pool", kIn, kOut, {1, 1}}}};
}

Mixed mixedD(const WeightScope& s, std::int64_t in) {
  return {{{{{s / "branch3x3_1", in, 192, {1, 1}}, {s / "branch3x3_2", 192, 320, {3, 3}, 2}}, {}},
           {{{s / "branch7x7x3_1", in, 192, {1, 1}},
             {s / "branch7x7x3_2", 192, 192, {1, 7}, 1, {0, 3}},
             {s / "branch7x7x3_3", 192, 192, {7, 1}, 1, {3, 0}},
             {s / "branch7x7x3_4", 192, 192, {3, 3}, 2}},
            {}}},
          Pool::MaxHalving,
          {}};
}

Mixed mixedE(const WeightScope& s, std::int64_t in, Pool pool) {
  const Pair wide = {1, 3}, wide_padding = {0, 1}, tall = {3, 1}, tall_padding = {1, 0};
  return {
      {{{{s / "branch1x1", in, 320, {1, 1}}}, {}},
       {{{s / "branch3x3_1", in, 384, {1, 1}}},
        {{s / "branch3x3_2a", 384, 384, wide, 1, wide_padding}, {s / "branch3x3_2b", 384, 384, tall, 1, tall_padding}}},
       {{{s / "branch3x3dbl_1", in, 448, {1, 1}}, {s / "branch3x3dbl_2", 448, 384, {3, 3}, 1, {1, 1}}},
        {{s / "branch3x3dbl_3a", 384, 384, wide, 1, wide_padding},
         {s / "branch3x3dbl_3b", 384, 384, tall, 1, tall_padding}}}},
      pool,
      {{s / "branch_pool", in, 192, {1, 1}}}};
}

/// The classifier, its helper and counters are in the file, and not needed.
std::set<std::string> ignoredKeys(const SafetensorsFile& file) {
  std::set<std::string> keys;
  for (const auto& [key, entry] : file.entries()) {
    if (key.ends_with(".num_batches_tracked") || key.starts_with("fc.") || key.starts_with("AuxLogits."))
      keys.insert(key);
  }
  return keys;
}

}  // namespace

struct Inception::Network {
  explicit Network(const WeightScope& s)
      : conv_1a(s / "Conv2d_1a_3x3", 3, 32, {3, 3}, 2),
        conv_2a(s / "Conv2d_2a_3x3", 32, 32, {3, 3}),
        conv_2b(s / "Conv2d_2b_3x3", 32, 64, {3, 3}, 1, {1, 1}),
        conv_3b(s / "Conv2d_3b_1x1", 64, 80, {1, 1}),
        conv_4a(s / "Conv2d_4a_3x3", 80, 192, {3, 3}),
        mixed{mixedA(s / "Mixed_5b", 192, 32), mixedA(s / "Mixed_5c", 256, 64), mixedA(s / "Mixed_5d", 288, 64),
              mixedB(s / "Mixed_6a", 288), mixedC(s / "Mixed_6b", 128), mixedC(s / "Mixed_6c", 160),
              mixedC(s / "Mixed_6d", 160), mixedC(s / "Mixed_6e", 192), mixedD(s / "Mixed_7a", 768),
              mixedE(s / "Mixed_7b", 1280, Pool::Average),
              // The network of 2015 pools here by the maximum.
              mixedE(s / "Mixed_7c", 2048, Pool::Max)} {}

  BasicConv conv_1a, conv_2a, conv_2b, conv_3b, conv_4a;
  std::vector<Mixed> mixed;
};

Inception::Inception(const std::string& path, at::Device device) : device_(device) {
  const auto file = SafetensorsFile::open(path);
  Weights weights(tensorsOf({file}), device, at::kFloat, ignoredKeys(*file));
  network_ = std::make_unique<Network>(WeightScope(weights));
  weights.finish();
}

Inception::~Inception() = default;

at::Tensor Inception::operator()(const at::Tensor& x) const {
  require(x.dim() == 4 && x.size(1) == 3, "Inception looks at RGB pictures, found ", x.sizes(), ".");
  const Network& n = *network_;
  auto h = at::upsample_bilinear2d(x.to(device_, at::kFloat), {299, 299}, /*align_corners=*/false);
  h = pooled(n.conv_2b(n.conv_2a(n.conv_1a(h))), Pool::MaxHalving);  // [B, 64, 73, 73]
  h = pooled(n.conv_4a(n.conv_3b(h)), Pool::MaxHalving);             // [B, 192, 35, 35]
  for (const auto& block : n.mixed) h = block(h);                    // [B, 2048, 8, 8]
  return h.mean({2, 3}).to(at::kCPU);
}

}  // namespace p2l
