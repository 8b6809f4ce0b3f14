// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace p2l {

/// Adam (Kingma & Ba 2015, Alg. 1) on one tensor, with PyTorch's order of operations.
class Adam {
 public:
  explicit Adam(double learning_rate, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8)
      : learning_rate_(learning_rate), beta1_(beta1), beta2_(beta2), eps_(eps) {}

  /// @return parameter - lr m_hat / (sqrt(v_hat) + eps), with the moments' bias corrected
  at::Tensor step(const at::Tensor& parameter, const at::Tensor& gradient);
  /// Forgets the moments.
  void reset();

 private:
  double learning_rate_, beta1_, beta2_, eps_;
  std::int64_t count_ = 0;
  at::Tensor m_, v_;
};

/// The "Adam" z-update of Alg. 3 (from LDIR, He et al. 2023): constant division by 1 - beta in place of Adam's 1 -
/// beta^t.
class HistoryGradient {
 public:
  /// @return m_hat / sqrt(v_hat + eps) of Alg. 3, l. 12-14
  at::Tensor direction(const at::Tensor& gradient);

 private:
  static constexpr double kBeta1 = 0.9, kBeta2 = 0.999, kEps = 1e-8;  // paper App. D.2
  at::Tensor m_, v_;
};

}  // namespace p2l
