// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/types/catalogue_rows.h"

namespace p2l {

/// What Degradation::pseudoInverse takes where it has no closed form.
inline constexpr int kPseudoInverseIterations = 30;

/// The A of y = A x + n (Eq. 3). x: [B, 3, H, W] in [-1, 1], any float type; the result is in the same type.
/// Implementations hold no random state: kernels and masks are drawn when they are made.
class Degradation {
 public:
  virtual ~Degradation() = default;

  /// A x; differentiable by autograd. @return the measurement, [B, ...measurementShape()]
  virtual at::Tensor A(const at::Tensor& x) const = 0;
  /// A^T v, the exact adjoint: <A x, v> = <x, A^T v>. @return [B, 3, H, W]
  virtual at::Tensor At(const at::Tensor& v) const = 0;
  at::Tensor AtA(const at::Tensor& x) const { return At(A(x)); }

  /// Shape of x and of y without the batch: [3, H, W].
  virtual std::vector<std::int64_t> pictureShape() const = 0;
  virtual std::vector<std::int64_t> measurementShape() const = 0;

  /// True when proximalClosedForm is there.
  virtual bool hasClosedForm() const { return false; }
  /// argmin_x ||y - A x||^2 + lambda ||x - x0||^2 (Eq. 19) without iterations. lambda > 0.
  virtual at::Tensor proximalClosedForm(const at::Tensor& y, const at::Tensor& x0, double lambda) const;

  /// A^+ y, the pseudo-inverse: of all x that minimise ||y - A x|| the shortest, so that A A^+ A = A. In closed form
  /// where hasClosedForm(); elsewhere by conjugate gradients from 0 on A^T A x = A^T y, of which
  /// kPseudoInverseIterations bring A A^+ A x within 1e-2 of A x for photos. There fewer iterations amplify less noise.
  /// Differentiable by autograd. `checkpoint` is called before each iteration, may be empty. @throws Error when A is
  /// not linear
  virtual at::Tensor pseudoInverse(const at::Tensor& y, int iterations = kPseudoInverseIterations,
                                   const std::function<void()>& checkpoint = {}) const;

  /// The plain picture that a person would make of y without a prior, [B, 3, H, W] in [-1, 1]: bicubic
  /// enlargement, the blurred picture itself, holes in grey.
  virtual at::Tensor plainPicture(const at::Tensor& y) const = 0;

  /// The 0/1 weights of a mask operator, float64 [1, 1, H, W] on the CPU (1 = measured), or an undefined tensor.
  /// Entries of y that are not measured are 0: who adds noise to y multiplies by the mask afterwards, as addNoise does.
  virtual at::Tensor mask() const { return {}; }
  /// Entries of y that carry a measurement, 3 channels included: m of the noise level sigma sqrt(m).
  virtual std::int64_t measurementCount() const;
};

/// argmin_x ||y - A x||^2 + lambda ||x - x0||^2 (Eq. 19) by conjugate gradients from x0 on
/// (A^T A + lambda I) x = A^T y + lambda x0. `checkpoint` is called before each iteration.
at::Tensor proximalByConjugateGradients(const Degradation& A, const at::Tensor& y, const at::Tensor& x0, double lambda,
                                        int iterations, const std::function<void()>& checkpoint);

/// What a degradation is made from.
struct DegradationContext {
  std::int64_t height = 0;  ///< of the full picture x
  std::int64_t width = 0;
  ParamValues values;      ///< completed
  std::uint64_t seed = 0;  ///< of random kernels and masks
  at::Tensor mask;         ///< [1, 1, H, W], 1 = missing; undefined: drawn from the seed
  /// Point-spread function [1, 1, kh, kw], odd sizes, divided by its sum; undefined: by values and seed.
  at::Tensor kernel;
};

/// What a file of core/degradations registers through degradation_list.def.
struct DegradationEntry {
  DegradationInfo info;
  std::function<std::unique_ptr<Degradation>(const DegradationContext&)> make;
};

/// All entries in the order of the list.
const std::vector<DegradationEntry>& degradationEntries();
/// @throws Error with the known ids.
const DegradationEntry& degradationEntry(const std::string& id);

/// `inner` on the top left corner of a larger canvas [3, canvas_height, canvas_width]: A = A_inner crop. The
/// proximal step leaves the margin as it is. In the plain picture the margin continues the edge.
std::unique_ptr<Degradation> onCanvas(std::unique_ptr<Degradation> inner, std::int64_t canvas_height,
                                      std::int64_t canvas_width);

}  // namespace p2l
