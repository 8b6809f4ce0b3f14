// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/training/trainable_weights.h"
#include "core/training/training_task.h"
#include "core/weights/model_files.h"

namespace p2l {

/// The weights to train a network of, on the request's device: the part's own, or fresh ones where the request says so.
TrainableWeights trainableWeights(const PartFiles& part, const TrainingRequest& request);

/// SHA-256 of what a training takes from its model folder: weights (unless all of them are to be fresh), configs and
/// vocabulary. Where the folder lies does not count. @throws Error unless it is a folder
std::string digestOfModel(const TrainingRequest& request);

/// Copies a model folder to `to`, over what is there. @throws Error
void copyModelFolder(const std::string& from, const std::string& to);

/// Writes the part's weights file in a copy of the model folder, in the types that the file had.
/// @param values by the names that the network has for them @throws Error when the part lies in more than one file
void writePart(const PartFiles& part, const std::string& model_folder, const std::string& copy,
               const NamedTensors& values);

/// "28.31 dB"
std::string decibels(double value);

}  // namespace p2l
