// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

#include "core/diffusion/diffusion_model.h"
#include "core/models/model_folder.h"
#include "core/request/time_plan.h"

namespace p2l {

/// Session::networkSeconds on a loaded model.
std::map<std::string, double> networkSeconds(const DiffusionModel& model, at::Device device, int size, int repeat);

/// One evaluation of each network on a picture of height x width, multiples of the model's; the median of several where
/// that takes little time.
NetworkTimes networkTimes(const LoadedModel& loaded, at::Device device, std::int64_t height, std::int64_t width);

}  // namespace p2l
