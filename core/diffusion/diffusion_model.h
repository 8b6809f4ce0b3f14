// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/diffusion/conditioning.h"
#include "core/diffusion/noise_schedule.h"
#include "core/types/catalogue_rows.h"
#include "core/types/error.h"

namespace p2l {

/// A word that the text encoder's vocabulary lacks, with vectors instead of its token embeddings: a textual
/// inversion (Gal et al. 2023).
struct PromptWord {
  std::string word;
  at::Tensor vectors;  ///< [n, D]; undefined: there is no such word
};

/// What a solver sees of a diffusion model: eps_theta(z_t, t, C), E and D, and the levels of its way from noise to
/// pictures. Tensors are float32 on one device. Tests put a Gaussian prior with an exact denoiser in its place. A model
/// of pixels is one whose E and D are the identity and that looks at no prompt: its C is one number that nothing reads.
class DiffusionModel {
 public:
  virtual ~DiffusionModel() = default;

  /// The noise prediction eps_theta(z_t, C), whatever the network itself predicts. @param z_t [B, c, h, w]
  virtual at::Tensor predictNoise(const at::Tensor& z_t, const Level& level, const Conditioning& C) const = 0;
  /// eps_theta(z_t, .) at a fixed z_t as a function of C. What does not depend on C is evaluated once, in the caller's
  /// grad mode.
  using NoiseOfPrompt = std::function<at::Tensor(const Conditioning& C)>;
  virtual NoiseOfPrompt noiseOfPrompt(const at::Tensor& z_t, const Level& level) const {
    return [this, z_t, level](const Conditioning& C) { return predictNoise(z_t, level, C); };
  }
  /// D: latent [B, c, h, w] -> picture [B, 3, H, W], nominally in [-1, 1].
  virtual at::Tensor decode(const at::Tensor& z) const = 0;
  /// E: picture -> posterior mean times the scale factor.
  virtual at::Tensor encode(const at::Tensor& x) const = 0;
  /// C of a text, of one picture. The empty text is the null prompt.
  virtual Conditioning embedPrompt(const std::string& prompt) const = 0;

  /// C of a text in which a word stands for its vectors. @throws Error where they do not fit the text encoder
  virtual Conditioning embedPromptWith(const std::string& prompt, const PromptWord& word) const;
  /// The end of the text for which the text encoder has no room; empty: it takes the whole text.
  virtual std::string beyondLength(const std::string& prompt, const PromptWord& word) const;

  /// The levels of a run of N steps, in their order. @param spacing as samplingPlan has it, where the model has a
  /// choice
  /// @throws Error
  virtual std::vector<SamplingStep> plan(int steps, const std::string& spacing) const = 0;
  /// The level at a time between two of training's, for solvers that go their own way. @throws Error
  virtual Level levelAt(double t) const = 0;
  /// How it is sampled as a latent consistency model, and whether it is one.
  virtual Consistency consistency() const { return {}; }
  virtual ModelKind kind() const { return ModelKind::Latent; }
  virtual std::int64_t latentChannels() const = 0;
  virtual std::int64_t pixelsPerLatent() const = 0;
  /// Heights and widths of pictures must be multiples of this.
  virtual std::int64_t sizeMultiple() const = 0;
};

inline Conditioning DiffusionModel::embedPromptWith(const std::string&, const PromptWord& word) const {
  throw Error(concat("This model reads no text, so that the word ", word.word, " means nothing to it"));
}

inline std::string DiffusionModel::beyondLength(const std::string&, const PromptWord&) const {
  return {};
}

}  // namespace p2l
