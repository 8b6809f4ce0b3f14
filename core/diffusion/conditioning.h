// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <utility>

namespace p2l {

/// C: what a noise prediction is conditioned on. Solvers hand it on as a whole; those that tune the prompt exchange
/// that part of it.
struct Conditioning {
  at::Tensor prompt;  ///< embedding of the text's tokens, [B, L, D]; of a model of classes the class, [B, 1, 1]
  at::Tensor pooled;  ///< embedding of the text as a whole, [B, P], where the network takes one; else undefined

  Conditioning() = default;
  Conditioning(at::Tensor tokens, at::Tensor whole = {})  // NOLINT: most models have the tokens alone
      : prompt(std::move(tokens)), pooled(std::move(whole)) {}
  /// The same with another prompt.
  Conditioning with(at::Tensor tokens) const { return {std::move(tokens), pooled}; }
};

}  // namespace p2l
