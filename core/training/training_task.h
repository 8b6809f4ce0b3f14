// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/request/training_request.h"
#include "core/training/trainable_weights.h"
#include "core/types/image.h"

namespace p2l {

/// What is trained: the networks with their loss, as the trainer sees it.
class TrainingTask {
 public:
  virtual ~TrainingTask() = default;

  /// All tensors that are trained, by a name of their own.
  virtual const NamedTensors& parameters() const = 0;
  /// The loss of a batch, with gradients recorded. @param crops [B, 3, s, s] in [-1, 1], on the request's device
  /// @param generator of the CPU
  /// @param numbers takes what else is to be told of this step
  virtual at::Tensor loss(const at::Tensor& crops, at::Generator& generator, TrainingNumbers& numbers) const = 0;
  /// Measures of photos [1, 3, H, W] that are not trained on, and pictures, by what the parameters are at the moment.
  /// Without gradients.
  virtual TrainingNumbers measure(const std::vector<at::Tensor>& photos,
                                  std::vector<TrainingPicture>& pictures) const = 0;
  /// Writes the model that `values` (of the names of parameters()) make, in the layout that the engine loads.
  /// @param folder is not there yet
  virtual void write(const std::string& folder, const NamedTensors& values) const = 0;
};

/// The task of request.part. @throws Error
std::unique_ptr<TrainingTask> makeTrainingTask(const TrainingRequest& request);

/// One file each.
std::unique_ptr<TrainingTask> makeAutoencoderTask(const TrainingRequest& request);
std::unique_ptr<TrainingTask> makeDetailTask(const TrainingRequest& request);
std::unique_ptr<TrainingTask> makeLatentTask(const TrainingRequest& request);
std::unique_ptr<TrainingTask> makePixelTask(const TrainingRequest& request);

}  // namespace p2l
