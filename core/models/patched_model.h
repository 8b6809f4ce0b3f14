// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "core/diffusion/diffusion_model.h"

namespace p2l {

/// How a latent is covered by patches, and what each of them weighs where they overlap.
struct PatchLayout {
  enum class Weights {
    Uniform,   ///< MultiDiffusion: Bar-Tal et al., ICML 2023
    Gaussian,  ///< Mixture of Diffusers: Jimenez 2023; variance 0.01 of the patch's side taken as 1
  };
  Weights weights = Weights::Uniform;
  std::int64_t size = 64;    ///< side of a patch in latent pixels
  std::int64_t stride = 32;  ///< from patch to patch, at most the size; the last patch ends at the border
};

/// `model` whose noise prediction is the weighted mean of its predictions of square patches of the latent (paper
/// App. F, Fig. 6 (c) and (d)): eps(z) = sum_p w_p eps(z_p) / sum_p w_p. A latent that is no larger than a patch in
/// both directions is predicted as a whole, as by `model`; one that is so in one direction has patches of that height
/// or width.
///
/// The patches are evaluated one after the other and forget their activations until the gradient asks for them
/// (core/nn/layers/checkpoint.h), so that the memory is that of one patch whatever the picture's size; for the same
/// reason noiseOfPrompt keeps nothing of a latent of several patches.
///
/// @param before_patch called before each evaluation of a patch, in the backward pass, too; may throw, to stop
/// @throws Error when the stride is more than the size, or the size does not suit the model
std::shared_ptr<const DiffusionModel> withPatches(std::shared_ptr<const DiffusionModel> model,
                                                  const PatchLayout& layout, std::function<void()> before_patch = {});

}  // namespace p2l
