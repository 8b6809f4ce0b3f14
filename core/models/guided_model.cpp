// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/guided_model.h"

#include <ATen/TensorOperators.h>

#include <utility>

#include "core/models/model_decorator.h"

namespace p2l {
namespace {

class GuidedModel : public ModelDecorator {
 public:
  GuidedModel(std::shared_ptr<const DiffusionModel> model, double guidance)
      : ModelDecorator(std::move(model)), guidance_(guidance), null_(model_->embedPrompt("")) {}

  at::Tensor predictNoise(const at::Tensor& z_t, const Level& level, const Conditioning& C) const override {
    return noiseOfPrompt(z_t, level)(C);
  }
  NoiseOfPrompt noiseOfPrompt(const at::Tensor& z_t, const Level& level) const override {
    auto noise = model_->noiseOfPrompt(z_t, level);
    const auto eps_null = noise(null_);
    return [this, noise, eps_null](const Conditioning& C) { return eps_null + guidance_ * (noise(C) - eps_null); };
  }

 private:
  double guidance_;
  Conditioning null_;
};

}  // namespace

std::shared_ptr<const DiffusionModel> withGuidance(std::shared_ptr<const DiffusionModel> model, double guidance) {
  if (guidance == 1.0) return model;
  return std::make_shared<const GuidedModel>(std::move(model), guidance);
}

}  // namespace p2l
