// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "core/models/model_folder.h"
#include "core/nn/text/clip_vision.h"
#include "core/request/report.h"
#include "core/request/request.h"
#include "core/types/run_control.h"

namespace p2l {

/// A run of a completed request on a loaded model, from the measurement to the outcome; may be stopped.
/// @param image_encoder null where the model has none, or the solver does not use it
Outcome carryOut(const RestoreRequest& request, const RunInputs& inputs, const LoadedModel& loaded,
                 std::shared_ptr<const ClipVisionModel> image_encoder, at::Device device, std::uint64_t run_id,
                 RunObserver& observer, RunControl& control);

/// Of the program and what it computes with, for RunReport::versions.
std::map<std::string, std::string> versions(at::Device device);

}  // namespace p2l
