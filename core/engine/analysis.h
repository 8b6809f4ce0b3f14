// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "core/diffusion/diffusion_model.h"
#include "core/request/report.h"
#include "core/request/request.h"
#include "core/types/run_control.h"

namespace p2l {

// The functions of Session that need no solver, on completed requests.

Outcome plainBaseline(const RestoreRequest& request, const RunInputs& inputs);
Outcome roundTrip(const RestoreRequest& request, const RunInputs& inputs, const DiffusionModel& model,
                  at::Device device);
Outcome judge(const RestoreRequest& request, const RunInputs& inputs, const Image& picture);
std::vector<RoundTrip> roundTrips(const RestoreRequest& request, const RunInputs& inputs, int trips, bool glue,
                                  const DiffusionModel& model, at::Device device, RunControl& control);

}  // namespace p2l
