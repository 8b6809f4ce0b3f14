// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/consistency_model.h"

#include <ATen/TensorOperators.h>

#include <cmath>
#include <utility>

#include "core/models/model_decorator.h"

namespace p2l {
namespace {

constexpr double kSigmaData = 0.5;

class ConsistencyModel : public ModelDecorator {
 public:
  explicit ConsistencyModel(std::shared_ptr<const DiffusionModel> model) : ModelDecorator(std::move(model)) {}

  at::Tensor predictNoise(const at::Tensor& z_t, const Level& level, const Conditioning& C) const override {
    return noiseOfPrompt(z_t, level)(C);
  }
  NoiseOfPrompt noiseOfPrompt(const at::Tensor& z_t, const Level& level) const override {
    const double time = level.t * consistency().timestep_scaling;
    const double root = std::hypot(time, kSigmaData);
    const double skip = kSigmaData * kSigmaData / (root * root), out = time / root;
    // Of c_skip z_t + c_out (z_t - noise eps) / signal.
    const double share = (1.0 - out - level.signal * skip) / level.noise;
    return
        [=, noise = model_->noiseOfPrompt(z_t, level)](const Conditioning& C) { return share * z_t + out * noise(C); };
  }
  std::vector<SamplingStep> plan(int steps, const std::string& spacing) const override {
    return model_->plan(steps, spacing == "model" ? "lcm" : spacing);
  }
  Consistency consistency() const override {
    auto consistency = model_->consistency();
    consistency.distilled = true;
    return consistency;
  }
};

}  // namespace

std::shared_ptr<const DiffusionModel> withConsistency(std::shared_ptr<const DiffusionModel> model) {
  return std::make_shared<const ConsistencyModel>(std::move(model));
}

}  // namespace p2l
