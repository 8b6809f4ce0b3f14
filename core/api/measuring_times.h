// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/api/catalogue.h"
#include "core/request/request.h"
#include "core/request/time_plan.h"

namespace p2l {

// What is measured beside a run takes time of its own, which grows with the pixels as a run's does. Safe on any thread.

/// Measures small pictures on this machine: takes well under a second. @param lpips_folder holds the weights; empty:
/// there are none @throws Error where they are damaged
MeasureTimes timeMeasuring(const std::string& lpips_folder, const std::string& device);

/// Seconds that measureOrRemark() is expected to take for a picture of so many pixels; 0: not known, or the picture is
/// too large to be measured.
double metricsSeconds(const MeasureTimes& times, double pixels);

/// Seconds that the picture that is had without a model is expected to take, with its metrics where the truth is known.
/// Of what is hidden half of the picture is reckoned with. @throws Error where the request has an unknown degradation
double plainSeconds(const Catalogue& catalogue, const RestoreRequest& request, const MeasureTimes& times,
                    double pixels);

}  // namespace p2l
