// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/training/trainable_weights.h"
#include "core/training/training_task.h"
#include "core/weights/model_files.h"

namespace p2l {

/// The weights to train a network of, on the request's device: the part's own, or fresh ones where the request says so.
TrainableWeights trainableWeights(const PartFiles& part, const TrainingRequest& request);

/// SHA-256 of what a training takes from its model folder: weights (unless all of them are to be fresh), configs and
/// vocabulary. Where the folder lies does not count. @throws Error unless it is a folder
std::string digestOfModel(const TrainingRequest& request);

/// Whether the path is the folder or lies in it, whatever links lead there. Neither has to exist.
bool liesIn(const std::string& path, const std::string& folder);

/// The files of a model folder by their names in it, also where links lead to them.
/// @throws Error when `out` lies in it, or in a folder that its links lead to
std::vector<std::string> filesOfModel(const std::string& folder, const std::string& out);

/// Copies a model folder to a new folder. @throws Error, also when that lies in it
void copyModelFolder(const std::string& from, const std::string& to);

/// Writes the part's weights file in a copy of the model folder, in the types that the file had.
/// @param values by the names that the network has for them @throws Error when the part lies in more than one file
void writePart(const PartFiles& part, const std::string& model_folder, const std::string& copy,
               const NamedTensors& values);

/// Has `write` make a new folder and puts it in the place of `folder` when it is whole. Whatever goes wrong, and
/// whenever the program is killed, `folder` is as it was or as it is to be; where the file system cannot exchange two
/// folders, it may be missing. What a killed program has left beside it is removed. @throws Error as `write` does
void replaceFolder(const std::string& folder, const std::function<void(const std::string& made)>& write);

/// "28.31 dB"
std::string decibels(double value);

}  // namespace p2l
