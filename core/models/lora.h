// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/request/request.h"
#include "core/types/catalogue_rows.h"
#include "core/weights/model_files.h"
#include "core/weights/weights.h"

namespace p2l {

/// What LoRAs (Hu et al. 2022) add to a model's networks: scale (alpha / rank) up down of every layer that they have.
/// Convolutions are products of a convolution of the layer's size and one of 1 x 1.
struct LoraAdditions {
  WeightAdditions unet, text_encoder;
  std::vector<LoraInfo> loras;  ///< their digests are empty
};

/// Reads the LoRAs of the options. Headers are read and every tensor has its place in the model, of the right shape;
/// the numbers are read when the networks take them. @throws Error naming the file, the tensor, what was expected and
/// found
LoraAdditions loraAdditions(const ModelFiles& files, const ModelOptions& options);

/// SHA-256 of a model: over its weight files, as hashOfWeights; where LoRAs are merged, over that, their digests and
/// their scales. @param loras if given, gets the digests @throws Error where they are not ModelOptions::lora_digest
std::string hashOfModel(const ModelFiles& files, const ModelOptions& options, std::vector<LoraInfo>* loras = nullptr);

}  // namespace p2l
