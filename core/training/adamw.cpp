// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/adamw.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include "core/types/error.h"

namespace p2l {
namespace {

constexpr double kBeta1 = 0.9, kBeta2 = 0.999, kEps = 1e-8, kWeightDecay = 1e-4;

}  // namespace

AdamW::AdamW(const NamedTensors& parameters) : parameters_(parameters) {
  for (const auto& [name, parameter] : parameters_) {
    average_[name] = parameter.detach().clone();
    m_[name] = at::zeros_like(average_[name]);
    v_[name] = at::zeros_like(average_[name]);
    count_[name] = at::zeros({}, average_[name].options());
  }
}

double AdamW::step(double learning_rate, double clip, double ema_decay) {
  const at::NoGradGuard no_grad;
  std::vector<at::Tensor> parameters, gradients, m, v, count, norms;
  for (auto& [name, parameter] : parameters_) {
    if (!parameter.grad().defined()) continue;
    parameters.push_back(parameter);
    gradients.push_back(parameter.grad().contiguous());
    norms.push_back(at::linalg_vector_norm(gradients.back()));
    m.push_back(m_[name]);
    v.push_back(v_[name]);
    count.push_back(count_[name].add_(1.0));
  }
  const double norm = at::linalg_vector_norm(at::stack(norms)).item<double>();
  if (norm > clip) {
    for (auto& gradient : gradients) gradient.mul_(clip / norm);
  }
  at::_fused_adamw_(parameters, gradients, m, v, {}, count, learning_rate, kBeta1, kBeta2, kWeightDecay, kEps,
                    /*amsgrad=*/false, /*maximize=*/false);
  for (auto& [name, parameter] : parameters_) {
    parameter.mutable_grad() = at::Tensor();
    average_[name].lerp_(parameter.detach(), 1.0 - ema_decay);
  }
  return norm;
}

NamedTensors AdamW::state() const {
  NamedTensors state;
  for (const auto& [prefix, tensors] : {std::pair<const char*, const NamedTensors*>{"parameter.", &parameters_},
                                        {"average.", &average_},
                                        {"m.", &m_},
                                        {"v.", &v_},
                                        {"count.", &count_}}) {
    for (const auto& [name, tensor] : *tensors) state[prefix + name] = tensor.detach();
  }
  return state;
}

void AdamW::restore(const NamedTensors& state, const std::string& path) {
  const at::NoGradGuard no_grad;
  for (auto& [name, own] : this->state()) {
    const auto found = state.find(name);
    require(found != state.end() && found->second.sizes() == own.sizes(), path, ": the tensor ", name, " of shape ",
            own.sizes(), " is missing; the checkpoint belongs to another training. Choose another --out");
    own.copy_(found->second);
  }
}

}  // namespace p2l
