// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optim/adam.h"

#include <ATen/ops/sqrt.h>
#include <ATen/ops/zeros_like.h>

#include <cmath>

namespace p2l {

at::Tensor Adam::step(const at::Tensor& parameter, const at::Tensor& gradient) {
  if (!m_.defined()) {
    m_ = at::zeros_like(gradient);
    v_ = at::zeros_like(gradient);
  }
  ++count_;
  m_ = beta1_ * m_ + (1.0 - beta1_) * gradient;
  v_ = beta2_ * v_ + (1.0 - beta2_) * gradient * gradient;
  const double correction1 = 1.0 - std::pow(beta1_, count_);
  const double correction2 = 1.0 - std::pow(beta2_, count_);
  return parameter - (learning_rate_ / correction1) * m_ / (at::sqrt(v_) / std::sqrt(correction2) + eps_);
}

void Adam::reset() {
  count_ = 0;
  m_ = at::Tensor();
  v_ = at::Tensor();
}

at::Tensor HistoryGradient::direction(const at::Tensor& gradient) {
  if (!m_.defined()) {
    m_ = at::zeros_like(gradient);
    v_ = at::zeros_like(gradient);
  }
  // The paper writes one symbol for the moment that is carried on and the one that is used. The raw moment is carried:
  // the divided one would grow by beta / (1 - beta) a step without bound.
  m_ = kBeta1 * m_ + (1.0 - kBeta1) * gradient;
  v_ = kBeta2 * v_ + (1.0 - kBeta2) * gradient * gradient;
  const auto m_hat = m_ / (1.0 - kBeta1);  // Alg. 3, l. 12
  const auto v_hat = v_ / (1.0 - kBeta2);  // Alg. 3, l. 13
  return m_hat / at::sqrt(v_hat + kEps);
}

}  // namespace p2l
