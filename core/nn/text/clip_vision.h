// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <string>

#include "core/nn/text/clip_config.h"
#include "core/weights/weights.h"

namespace p2l {

/// transformers' CLIPVisionModelWithProjection (Radford et al. 2021): a picture to its CLIP feature.
class ClipVisionModel {
 public:
  struct Config : ClipConfig {
    std::int64_t projection_dim = 512;
    std::int64_t image_size = 224;
    std::int64_t patch_size = 32;

    /// @throws Error naming the field.
    static Config fromJson(const JsonConfig& json);
  };

  ClipVisionModel(const Config& config, const WeightScope& scope);
  ~ClipVisionModel();

  /// The projected feature of normalised pixels. @param pixels [B, 3, image_size, image_size], as CLIP's image
  /// processor gives them @return `image_embeds`, [B, projection_dim], not normalised
  at::Tensor project(const at::Tensor& pixels) const;
  /// The feature of a picture [B, 3, H, W] in [-1, 1]: the whole of it resized (bicubic, antialiased) to a square of
  /// image_size, as latent-diffusion's image embedder does, not CLIP's centre cut; then CLIP's mean and deviation.
  at::Tensor operator()(const at::Tensor& x) const;
  const Config& config() const { return config_; }

 private:
  struct Parts;
  Config config_;
  std::unique_ptr<const Parts> parts_;
};

/// The image encoder of a model folder in diffusers layout, `image_encoder/`; null where there is none.
/// @throws Error naming the file, what was expected, what was found.
std::shared_ptr<const ClipVisionModel> loadImageEncoder(const std::string& model_folder, at::Device device);

}  // namespace p2l
