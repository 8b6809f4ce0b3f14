// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/patched_model.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <utility>
#include <vector>

#include "core/models/model_decorator.h"
#include "core/nn/layers/checkpoint.h"
#include "core/types/error.h"

namespace p2l {
namespace {

constexpr double kVariance = 0.01;  // Jimenez 2023; paper App. F

/// A patch's part of one side of the latent.
struct Interval {
  std::int64_t begin = 0, size = 0;
  at::Tensor share;  ///< its weight over the sum of all weights, [size], float64
};

at::Tensor weightsOf(PatchLayout::Weights kind, std::int64_t size) {
  if (kind == PatchLayout::Weights::Uniform) return at::ones({size}, at::kDouble);
  const double side = static_cast<double>(size);
  const auto from_middle = (at::arange(size, at::kDouble) - (side - 1.0) / 2.0) / side;
  return (-from_middle.square() / (2.0 * kVariance)).exp();
}

/// The intervals that cover a side of `length` latent pixels. Weights are products of a row's and a column's, and so is
/// their sum: each direction can be normalised by itself.
std::vector<Interval> intervalsOf(const PatchLayout& layout, std::int64_t length) {
  std::vector<Interval> intervals;
  const std::int64_t size = std::min(layout.size, length);
  for (std::int64_t begin = 0;; begin += layout.stride) {
    begin = std::min(begin, length - size);
    intervals.push_back({begin, size, weightsOf(layout.weights, size)});
    if (begin == length - size) break;
  }
  auto sum = at::zeros({length}, at::kDouble);
  for (const auto& interval : intervals) sum.narrow(0, interval.begin, size).add_(interval.share);
  for (auto& interval : intervals) interval.share = interval.share / sum.narrow(0, interval.begin, size);
  return intervals;
}

class PatchedModel : public ModelDecorator {
 public:
  PatchedModel(std::shared_ptr<const DiffusionModel> model, const PatchLayout& layout,
               std::function<void()> before_patch)
      : ModelDecorator(std::move(model)), layout_(layout), before_patch_(std::move(before_patch)) {}

  at::Tensor predictNoise(const at::Tensor& z_t, const Level& level, const Conditioning& C) const override {
    const auto rows = intervalsOf(layout_, z_t.size(-2));
    const auto columns = intervalsOf(layout_, z_t.size(-1));
    if (rows.size() * columns.size() == 1) return model_->predictNoise(z_t, level, C);
    auto eps = at::zeros_like(z_t);
    for (const auto& row : rows) {
      for (const auto& column : columns) {
        auto part = [&](const at::Tensor& of) {
          return of.narrow(-2, row.begin, row.size).narrow(-1, column.begin, column.size);
        };
        const auto share = row.share.outer(column.share).to(z_t.device(), z_t.scalar_type());
        part(eps).add_(share * patchNoise(part(z_t), level, C));
      }
    }
    return eps;
  }
  NoiseOfPrompt noiseOfPrompt(const at::Tensor& z_t, const Level& level) const override {
    const bool whole = z_t.size(-2) <= layout_.size && z_t.size(-1) <= layout_.size;
    return whole ? model_->noiseOfPrompt(z_t, level) : DiffusionModel::noiseOfPrompt(z_t, level);
  }

 private:
  /// What the segment captures is held by value: it is evaluated again in the backward pass, when the caller is gone.
  at::Tensor patchNoise(const at::Tensor& z_t, const Level& level, const Conditioning& C) const {
    const auto segment = [model = model_, before_patch = before_patch_, level, C](const auto& inputs) {
      if (before_patch) before_patch();
      return model->predictNoise(inputs[0], level, C.with(inputs[1]));
    };
    return checkpointed(segment, {z_t.contiguous(), C.prompt});
  }

  PatchLayout layout_;
  std::function<void()> before_patch_;
};

}  // namespace

std::shared_ptr<const DiffusionModel> withPatches(std::shared_ptr<const DiffusionModel> model,
                                                  const PatchLayout& layout, std::function<void()> before_patch) {
  const auto multiple = model->sizeMultiple() / model->pixelsPerLatent();
  require(layout.size >= 1 && layout.size % multiple == 0, "The patch size must be a multiple of ", multiple,
          " latent pixels for this model, found ", layout.size);
  require(layout.stride >= 1 && layout.stride <= layout.size, "The patch stride must be from 1 to the patch size, ",
          layout.size, ", so that the patches leave no gap; found ", layout.stride);
  return std::make_shared<const PatchedModel>(std::move(model), layout, std::move(before_patch));
}

}  // namespace p2l
