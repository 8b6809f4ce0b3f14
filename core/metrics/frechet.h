// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

namespace p2l {

/// Frechet distance of the Gaussians that have the samples' means and covariances (divided by n - 1), FID when the rows
/// are Inception's features (Heusel et al. 2017): |mu_a - mu_b|^2 + tr(S_a + S_b - 2 (S_a S_b)^(1/2)).
/// a: [n, d], b: [m, d] with n, m >= 2; computed in float64.
///
/// The square root is not formed: with S_a = A^T A and S_b = B^T B its trace is the sum of the singular values of A
/// B^T. That is exact for covariances of any rank, and fast when there are fewer samples than features.
double frechetDistance(const at::Tensor& a, const at::Tensor& b);

}  // namespace p2l
