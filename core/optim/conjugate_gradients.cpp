// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optim/conjugate_gradients.h"

#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>

namespace p2l {
namespace {

at::Tensor innerProduct(const at::Tensor& a, const at::Tensor& b) {
  return (a * b).sum();
}

/// a / b, and 0 where b = 0 or the iterations are at their end: a residual of exactly zero stays there. A tensor, so
/// that the GPU is not waited for and autograd sees the step lengths.
at::Tensor quotient(const at::Tensor& a, const at::Tensor& b, const at::Tensor& done) {
  const at::Tensor is_zero = (b == 0).logical_or(done);
  return at::where(is_zero, at::zeros_like(b), a / b.masked_fill(is_zero, 1.0));
}

}  // namespace

at::Tensor conjugateGradients(const LinearMap& M, const at::Tensor& b, const at::Tensor& start, int iterations,
                              const std::function<void()>& checkpoint, double tolerance) {
  at::Tensor x = start.defined() ? start : at::zeros_like(b);
  at::Tensor r = start.defined() ? b - M(start) : b;
  at::Tensor p = r;
  at::Tensor rr = innerProduct(r, r);
  const at::Tensor enough = tolerance * tolerance * innerProduct(b, b);
  for (int i = 0; i < iterations; ++i) {
    if (checkpoint) checkpoint();
    const at::Tensor Mp = M(p);
    const at::Tensor done = rr <= enough;
    const at::Tensor alpha = quotient(rr, innerProduct(p, Mp), done);
    x = x + alpha * p;
    r = r - alpha * Mp;
    const at::Tensor rr_next = innerProduct(r, r);
    p = r + quotient(rr_next, rr, done) * p;
    rr = rr_next;
  }
  return x;
}

}  // namespace p2l
