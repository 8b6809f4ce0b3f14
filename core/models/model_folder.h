// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/diffusion/diffusion_model.h"
#include "core/models/graphed_function.h"
#include "core/request/request.h"
#include "core/types/catalogue_rows.h"

namespace p2l {

/// A loaded model and what is known of it.
struct LoadedModel {
  std::shared_ptr<const DiffusionModel> model;
  ModelInfo info;
  std::vector<std::string> remarks;  ///< for every run's report, a sentence each: tensors that were left out
  /// A second decoder D' of the same latents, trained on how pictures look, for the end of a restoration; empty where
  /// the model has none.
  std::function<at::Tensor(const at::Tensor& z)> decode_in_detail;
  /// The model's own decoder, where another autoencoder serves the steps (ModelOptions::fast_autoencoder); else empty.
  std::function<at::Tensor(const at::Tensor& z)> decode_at_the_end;
};

/// Reads a model: a folder in diffusers layout (unet, vae, text_encoder, tokenizer, scheduler), a single-file
/// checkpoint of Stable Diffusion 1.x or 2.x, or a model of pixels (unet and scheduler, or one folder with the UNet's
/// config and weights and scheduler_config.json). @throws Error naming the file, what was expected, what was found.
/// @param graphs what options.cuda_graphs records with; empty: the device's own, if it has any
LoadedModel loadModel(const std::string& path, at::Device device, const ModelOptions& options = {},
                      DeviceGraphFactory graphs = {});

/// What can be said of a model from its configs, or a checkpoint's header, alone; cheap. @throws Error
ModelInfo inspectModel(const std::string& path, const ModelOptions& options = {});

}  // namespace p2l
