// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/request/training_request.h"

namespace p2l {

/// Numbers in their ranges, photos for each weight, and an output folder that holds neither photos nor the model to
/// start from, nor lies in that. Writes nothing. @throws Error one sentence that names the option
void checkTraining(const TrainingRequest& request);

/// Trains until request.steps are done or a stop is asked for; either way the checkpoint and the model lie in
/// request.out afterwards. A training that finds its own checkpoint there goes on from it, and gives the numbers that
/// it would have given without the break; of one that is done, the model and measures are made again, since it may have
/// been killed before they were. Begins with checkTraining. @return whether all steps are done @throws Error, also when
/// the checkpoint there is of other photos, another model or other settings
bool train(const TrainingRequest& request, TrainingObserver& observer, RunControl& control);

}  // namespace p2l
