// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/api/catalogue.h"
#include "core/request/memory_plan.h"
#include "core/request/request.h"
#include "core/request/time_plan.h"

namespace p2l {

// What can be said of models without loading them. Needs no Session, so that a window may ask during a run; safe
// on any thread.

/// Where a model lies: `name_or_path` is one of the catalogue, of the embedded ones, a folder, or a checkpoint file.
/// @throws Error with the known names
std::string modelPath(const Catalogue& catalogue, const std::string& name_or_path);

/// From configs and headers alone; takes milliseconds. @throws Error naming the file, what was expected and found
ModelInfo inspectModel(const Catalogue& catalogue, const std::string& name_or_path, const ModelOptions& options);

/// SHA-256 over the weight files, as in ModelInfo::sha256. Reads gigabytes once; remembered. @throws Error
std::string modelHash(const Catalogue& catalogue, const std::string& name_or_path, const ModelOptions& options);

/// The peak memory of a run of this request on a photo of width x height, predicted from the model's configs; on the
/// CPU within about 15 % of what is measured. No weights are read. @throws Error on bad input
MemoryEstimate estimateMemory(const Catalogue& catalogue, const RestoreRequest& request, int width, int height);

/// A sentence about that estimate and what would make it smaller. @throws Error
std::string memoryAdvice(const Catalogue& catalogue, const RestoreRequest& request, int width, int height);

/// What a run of this request on a photo of width x height is expected to take with a model whose networks take these
/// times (Session::networkTimes). @throws Error on bad input
TimeEstimate estimateTime(const Catalogue& catalogue, const RestoreRequest& request, const ModelInfo& model, int width,
                          int height, const NetworkTimes& times);

/// What a device (auto, cpu, cuda, cuda:N, mps) is on this computer: "cpu", or the card's name, "NVIDIA H200". The
/// first call may load CUDA's libraries. @throws Error where there is no such device
std::string deviceName(const std::string& device);

/// The memory of this computer in bytes; NaN where the system does not tell.
double systemMemory();

}  // namespace p2l
