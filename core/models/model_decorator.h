// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/diffusion/diffusion_model.h"

namespace p2l {

/// A model that is another one in all but its noise prediction, which derived classes give.
class ModelDecorator : public DiffusionModel {
 public:
  at::Tensor decode(const at::Tensor& z) const override { return model_->decode(z); }
  at::Tensor encode(const at::Tensor& x) const override { return model_->encode(x); }
  Conditioning embedPrompt(const std::string& prompt) const override { return model_->embedPrompt(prompt); }
  Conditioning embedPromptWith(const std::string& prompt, const PromptWord& word) const override {
    return model_->embedPromptWith(prompt, word);
  }
  std::string beyondLength(const std::string& prompt, const PromptWord& word) const override {
    return model_->beyondLength(prompt, word);
  }
  std::vector<SamplingStep> plan(int steps, const std::string& spacing) const override {
    return model_->plan(steps, spacing);
  }
  Level levelAt(double t) const override { return model_->levelAt(t); }
  Consistency consistency() const override { return model_->consistency(); }
  ModelKind kind() const override { return model_->kind(); }
  std::int64_t latentChannels() const override { return model_->latentChannels(); }
  std::int64_t pixelsPerLatent() const override { return model_->pixelsPerLatent(); }
  std::int64_t sizeMultiple() const override { return model_->sizeMultiple(); }

 protected:
  explicit ModelDecorator(std::shared_ptr<const DiffusionModel> model) : model_(std::move(model)) {}

  std::shared_ptr<const DiffusionModel> model_;
};

}  // namespace p2l
