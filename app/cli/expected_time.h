// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/api/engine.h"
#include "core/types/image.h"

namespace p2l::cli {

/// Says on the standard error stream what the runs on this photo are expected to take together, where it is more than a
/// few seconds. Loads the model and evaluates its networks once. What is wrong with a request is left to its run.
void tellTime(Engine& engine, const std::vector<RestoreRequest>& requests, const Image& photo);

}  // namespace p2l::cli
