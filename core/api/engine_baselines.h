// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include "core/api/report.h"
#include "core/api/request.h"
#include "core/diffusion/latent_model.h"

namespace p2l {

/// Engine::plainBaseline and Engine::roundTrip on a completed request. @throws Error on bad input
Outcome plainBaseline(const RestoreRequest& request, const RunInputs& inputs);
Outcome roundTrip(const RestoreRequest& request, const RunInputs& inputs, const LatentModel& model, at::Device device);

}  // namespace p2l
