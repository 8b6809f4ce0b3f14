// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/diffusion/diffusion_model.h"

namespace p2l {

/// `model` with classifier-free guidance: eps = eps(null) + guidance (eps(C) - eps(null)). guidance 1 gives the model
/// itself.
std::shared_ptr<const DiffusionModel> withGuidance(std::shared_ptr<const DiffusionModel> model, double guidance);

}  // namespace p2l
