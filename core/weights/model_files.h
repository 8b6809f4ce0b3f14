// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/request/request.h"
#include "core/types/catalogue_rows.h"
#include "core/weights/json_config.h"
#include "core/weights/weights.h"

namespace p2l {

/// One network on disk: its config, and its tensors under diffusers' names.
struct PartFiles {
  std::shared_ptr<const JsonConfig> config;
  std::vector<std::string> files;      ///< that hold the weights
  std::function<TensorMap()> tensors;  ///< opens them. @throws Error
};

/// A model on disk, whatever its layout: the one place that knows layouts. A model of pixels has a UNet and a
/// scheduler alone.
struct ModelFiles {
  std::string path;                          ///< the folder or checkpoint file, without links
  std::string name;                          ///< the last part of it
  std::string kind;                          ///< "folder in diffusers layout" or "Stable Diffusion 1.x checkpoint"
  ModelKind model_kind = ModelKind::Latent;  ///< Pixel: no text encoder, autoencoder, tokenizer
  PartFiles text_encoder, unet, autoencoder;
  PartFiles fast_autoencoder;  ///< of the steps (ModelOptions::fast_autoencoder); its config is null: there is none
  std::string
      detail_decoder;  ///< weights of a second decoder, `vae/detail_decoder.safetensors`; empty where there is none
  std::shared_ptr<const JsonConfig> scheduler;
  std::string tokenizer;  ///< folder
  std::string pad_token;  ///< of the tokenizer where its files may be another model's; empty: as they say
  std::string licence;
  std::vector<std::string> notes;    ///< what was assumed, a sentence each
  std::vector<std::string> skipped;  ///< tensors of a checkpoint that belong to no network

  bool isPixel() const { return model_kind == ModelKind::Pixel; }
  /// The files with weights, each once, in the order in which they are hashed.
  std::vector<std::string> weightFiles() const;
};

/// Finds the parts of a folder in diffusers layout (of Hugging Face's cache too) or of a checkpoint with the original
/// names. Of a folder only configs are read. @throws Error naming the file, what was expected and found.
ModelFiles findModelFiles(const std::string& path, const ModelOptions& options);

/// Finds an autoencoder alone: a folder with config and weights, the `vae` of a model folder, a checkpoint, an
/// autoencoder file with diffusers' or the original names, or TAESD's two files. @throws Error
PartFiles findAutoencoder(const std::string& path);

}  // namespace p2l
