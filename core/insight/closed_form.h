// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/catalogue.h"
#include "core/request/report.h"
#include "core/request/request.h"
#include "core/types/run_control.h"

namespace p2l {

/// What the measurement alone says of the picture, without a model: x = argmin ||y - A x||^2 + (sigma / tau)^2
/// ||x - x_p||^2 about the plain picture x_p, or holes filled by Telea's method. Takes a fraction of a second on small
/// pictures, and shows at once what a wrong kernel or width does: it rings. Fills picture, measurement and baseline; no
/// picture where the plain one fits already (denoising), or the task is not linear. A stop leaves the status Cancelled.
/// Safe on any thread. @throws Error on bad input.
Outcome closedForm(const Catalogue& catalogue, const RestoreRequest& request, const RunInputs& inputs,
                   RunControl& control);

}  // namespace p2l
