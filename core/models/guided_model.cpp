// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/guided_model.h"

#include <ATen/TensorOperators.h>

#include <utility>

#include "core/models/model_decorator.h"

namespace p2l {
namespace {

class GuidedModel : public ModelDecorator {
 public:
  GuidedModel(std::shared_ptr<const LatentModel> model, double guidance)
      : ModelDecorator(std::move(model)), guidance_(guidance), null_embedding_(model_->embedPrompt("")) {}

  at::Tensor predictNoise(const at::Tensor& z_t, std::int64_t timestep,
                          const at::Tensor& prompt_embedding) const override {
    return noiseOfPrompt(z_t, timestep)(prompt_embedding);
  }
  NoiseOfPrompt noiseOfPrompt(const at::Tensor& z_t, std::int64_t timestep) const override {
    auto noise = model_->noiseOfPrompt(z_t, timestep);
    const auto eps_null = noise(null_embedding_);
    return [this, noise, eps_null](const at::Tensor& prompt_embedding) {
      return eps_null + guidance_ * (noise(prompt_embedding) - eps_null);
    };
  }

 private:
  double guidance_;
  at::Tensor null_embedding_;
};

}  // namespace

std::shared_ptr<const LatentModel> withGuidance(std::shared_ptr<const LatentModel> model, double guidance) {
  if (guidance == 1.0) return model;
  return std::make_shared<const GuidedModel>(std::move(model), guidance);
}

}  // namespace p2l
