// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/types/image.h"

namespace p2l {

/// Pictures of a run by step.
using StepPictures = std::map<int, std::shared_ptr<const Frame>>;

/// Writes them as one file, as lossy WebP of their own size; what a killed process has begun leaves nothing.
/// @throws Error
void writeStepPictures(const std::string& path, const StepPictures& pictures);
/// @throws Error naming a file that is missing or damaged
StepPictures readStepPictures(const std::string& path);

}  // namespace p2l
