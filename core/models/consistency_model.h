// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/diffusion/diffusion_model.h"

namespace p2l {

/// `model` sampled as a latent consistency model (Luo et al. 2023): its noise prediction is the one whose Tweedie
/// estimate is c_skip(t) z_t + c_out(t) z0_hat, with c_skip = q / (s^2 t^2 + q), c_out = s t / sqrt(s^2 t^2 + q),
/// q = 0.25, s = Consistency::timestep_scaling, as in diffusers' LCMScheduler. "model" as the plan's spacing is "lcm".
std::shared_ptr<const DiffusionModel> withConsistency(std::shared_ptr<const DiffusionModel> model);

}  // namespace p2l
