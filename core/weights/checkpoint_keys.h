// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/weights/safetensors.h"
#include "core/weights/weights.h"

namespace p2l {

/// The parts of a single-file checkpoint, under diffusers' names.
struct CheckpointTensors {
  TensorMap text_encoder, unet, autoencoder;
  bool open_clip = false;  ///< Stable Diffusion 2's text encoder, cut at its last layer but one
  std::optional<std::int64_t> global_step;
  std::vector<std::string> skipped;  ///< keys outside of the networks that no known training leaves
};

/// Sorts the tensors of a checkpoint with the original names of Rombach et al. (CompVis/stable-diffusion and
/// Stability-AI/stablediffusion). What training left in the file (moving averages, schedule, loss) is passed over.
/// @throws Error naming a tensor of a network that has no place in it.
CheckpointTensors tensorsOfCheckpoint(const std::shared_ptr<const SafetensorsFile>& file);

/// An autoencoder alone with those original names, with or without `first_stage_model.` before them.
TensorMap tensorsOfAutoencoder(const std::shared_ptr<const SafetensorsFile>& file);

/// The two files of madebyollin/taesd under AutoencoderTiny's names.
TensorMap tensorsOfTaesd(const std::shared_ptr<const SafetensorsFile>& encoder,
                         const std::shared_ptr<const SafetensorsFile>& decoder);

}  // namespace p2l
