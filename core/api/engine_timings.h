// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

#include "core/diffusion/latent_model.h"

namespace p2l {

/// Engine::networkSeconds on a loaded model.
std::map<std::string, double> networkSeconds(const LatentModel& model, at::Device device, int size, int repeat);

}  // namespace p2l
