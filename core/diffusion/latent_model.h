// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <string>

#include "core/diffusion/noise_schedule.h"
#include "core/types/error.h"

namespace p2l {

/// A word that the text encoder's vocabulary lacks, with vectors instead of its token embeddings: a textual
/// inversion (Gal et al. 2023).
struct PromptWord {
  std::string word;
  at::Tensor vectors;  ///< [n, D]; undefined: there is no such word
};

/// What a solver sees of a latent diffusion model: eps_theta(z_t, t, C), E and D. Tensors are float32 on one device.
/// Tests put a Gaussian prior with an exact denoiser in its place. A model of pixels is one whose E and D are the
/// identity and that looks at no prompt: its C is one number that nothing reads.
class LatentModel {
 public:
  virtual ~LatentModel() = default;

  /// The noise prediction eps_theta(z_t, C), whatever the network itself predicts.
  /// @param z_t [B, c, h, w] @param timestep training timestep @param prompt_embedding C, [B, L, D]
  virtual at::Tensor predictNoise(const at::Tensor& z_t, std::int64_t timestep,
                                  const at::Tensor& prompt_embedding) const = 0;
  /// eps_theta(z_t, .) at a fixed z_t as a function of C. What does not depend on C is evaluated once, in the caller's
  /// grad mode.
  using NoiseOfPrompt = std::function<at::Tensor(const at::Tensor& prompt_embedding)>;
  virtual NoiseOfPrompt noiseOfPrompt(const at::Tensor& z_t, std::int64_t timestep) const {
    return [this, z_t, timestep](const at::Tensor& prompt_embedding) {
      return predictNoise(z_t, timestep, prompt_embedding);
    };
  }
  /// D: latent [B, c, h, w] -> picture [B, 3, H, W], nominally in [-1, 1].
  virtual at::Tensor decode(const at::Tensor& z) const = 0;
  /// E: picture -> posterior mean times the scale factor.
  virtual at::Tensor encode(const at::Tensor& x) const = 0;
  /// C of a text, [1, L, D]. The empty text is the null prompt.
  virtual at::Tensor embedPrompt(const std::string& prompt) const = 0;

  /// C of a text in which a word stands for its vectors. @throws Error where they do not fit the text encoder
  virtual at::Tensor embedPromptWith(const std::string& prompt, const PromptWord& word) const;
  /// The end of the text for which the text encoder has no room; empty: it takes the whole text.
  virtual std::string beyondLength(const std::string& prompt, const PromptWord& word) const;

  virtual const NoiseSchedule& schedule() const = 0;
  /// True for a model of pixels: nothing depends on C, and guidance does nothing.
  virtual bool isPixelModel() const { return false; }
  virtual std::int64_t latentChannels() const = 0;
  virtual std::int64_t pixelsPerLatent() const = 0;
  /// Heights and widths of pictures must be multiples of this.
  virtual std::int64_t sizeMultiple() const = 0;
};

inline at::Tensor LatentModel::embedPromptWith(const std::string&, const PromptWord& word) const {
  throw Error(concat("This model reads no text, so that the word ", word.word, " means nothing to it"));
}

inline std::string LatentModel::beyondLength(const std::string&, const PromptWord&) const {
  return {};
}

}  // namespace p2l
