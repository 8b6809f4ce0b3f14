// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/request/report.h"
#include "core/request/request.h"
#include "core/types/run_control.h"

namespace p2l::test {

/// A run of the engine on a model whose denoiser costs next to nothing (tests/support/gaussian_prior.h: twelve channels
/// at half the picture's side). No Qt here: the networks' headers and Qt's keywords do not meet.
Outcome runOnFakeDenoiser(const RestoreRequest& completed, const RunInputs& inputs, std::uint64_t run_id,
                          RunObserver& observer, RunControl& control);

}  // namespace p2l::test
