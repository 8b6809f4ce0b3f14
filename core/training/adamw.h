// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/trainable_weights.h"

namespace p2l {

/// AdamW (Loshchilov & Hutter 2019) on the tensors of a training, by ATen's fused kernel, with the average of the
/// weights beside it and all its state by name.
class AdamW {
 public:
  /// @param parameters leaves that require grad; changed in place
  explicit AdamW(const NamedTensors& parameters);

  /// One step along the gradients that the parameters hold, which are then dropped.
  /// @param clip largest norm of all gradients together @return the norm before clipping
  double step(double learning_rate, double clip, double ema_decay);

  const NamedTensors& average() const { return average_; }
  /// Everything that the next step depends on, the parameters too.
  NamedTensors state() const;
  /// @throws Error naming a tensor that is missing or of another shape
  void restore(const NamedTensors& state, const std::string& path);

 private:
  NamedTensors parameters_, average_, m_, v_, count_;
};

}  // namespace p2l
